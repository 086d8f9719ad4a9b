// Every card carries only these lines. The card's code travels once for each notebook, in a model of its own.

const here = /** @type {{ datelineCards?: Map<string, Promise<any>> }} */ (globalThis);
here.datelineCards ??= new Map();
const modules = here.datelineCards;

/** @param {Model} model */
async function cardModule(model) {
  const code = await model.widget_manager.get_model(model.get("code"));
  const source = code.get("source");
  const known = modules.get(source);
  if (known) return known;
  const made = import(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
  modules.set(source, made);
  return made;
}

export default {
  /** @param {{ model: Model, el: HTMLElement }} context */
  async render(context) {
    return (await cardModule(context.model)).render(context);
  },
};
