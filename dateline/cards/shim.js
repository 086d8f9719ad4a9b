// Every card carries only these lines. The card's code travels once for each notebook, in a model of its own.
const modules = (globalThis.datelineCards ??= new Map());

async function cardModule(model) {
  const code = await model.widget_manager.get_model(model.get("code"));
  const source = code.get("source");
  if (!modules.has(source)) {
    const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    modules.set(source, import(url));
  }
  return modules.get(source);
}

export default {
  async render(context) {
    return (await cardModule(context.model)).render(context);
  },
};
