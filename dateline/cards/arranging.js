// Putting items in order with buttons, and giving a number or a range.

function ordering(spec, name, changed) {
  let order = spec.items.map((item) => item.id);
  let touched = false;
  const list = h("ol", { class: "dl-order" });
  const text = (id) => spec.items.find((item) => item.id === id).text;

  function move(id, by) {
    const from = order.indexOf(id);
    order.splice(from + by, 0, ...order.splice(from, 1));
    touched = true;
    paint();
    const again = list.children[from + by].querySelectorAll("button");
    (again[by < 0 ? 0 : 1].disabled ? again[by < 0 ? 1 : 0] : again[by < 0 ? 0 : 1]).focus();
    changed();
  }

  function paint() {
    list.replaceChildren(...order.map((id, i) =>
      h("li", {}, h("div", { class: "dl-place" }, h("span", { dir: "auto" }, text(id)), h("span", { class: "dl-moves" },
        button("↑ Up", () => move(id, -1), { disabled: i === 0, "aria-label": `Move up: ${text(id)}` }),
        button("↓ Down", () => move(id, 1), { disabled: i === order.length - 1, "aria-label": `Move down: ${text(id)}` }))))));
  }

  paint();
  return {
    node: h("div", { class: "dl-row" }, h("p", { class: "dl-help" }, `At the top: ${spec.ends[0]}. At the bottom: ${spec.ends[1]}.`), list),
    read: () => (touched ? order : null),
    settle: () => (touched = true), // pressing Check on the order as it stands is an answer
    write: (value) => {
      touched = Array.isArray(value);
      order = touched && value.length === spec.items.length ? [...value] : spec.items.map((item) => item.id);
      paint();
    },
  };
}

function numberBox(spec, id, words, changed) {
  const { now, later } = unhurried(changed);
  const [min, max] = spec.bounds;
  const box = h("input", { type: "number", id, min, max, step: "any", inputmode: "decimal", oninput: later, onchange: now });
  const node = h("span", { class: "dl-number" }, h("label", { for: id, class: "dl-label" }, words), box, h("span", { class: "dl-unit" }, ` ${spec.unit}`));
  return { box, node, read: () => (box.value === "" ? null : Number(box.value)), write: (value) => (box.value = value ?? "") };
}

function oneNumber(spec, name, changed) {
  const number = numberBox(spec, name, "Your number", () => { slide(); changed(); });
  const slider = h("input", { type: "range", min: spec.bounds[0], max: spec.bounds[1], step: "any", "aria-label": "Your number, as a slider", oninput: () => (number.box.value = Math.round(Number(slider.value))), onchange: changed });
  const slide = () => (slider.value = number.box.value === "" ? (spec.bounds[0] + spec.bounds[1]) / 2 : number.box.value);
  return { node: h("div", { class: "dl-row dl-numbers" }, number.node, slider), read: number.read, write: (value) => { number.write(value); slide(); } };
}

function twoNumbers(spec, name, changed) {
  const low = numberBox(spec, `${name}-low`, "From", changed);
  const high = numberBox(spec, `${name}-high`, "To", changed);
  return {
    node: h("div", { class: "dl-row dl-numbers" }, low.node, high.node),
    read: () => (low.read() === null || high.read() === null ? null : [low.read(), high.read()]),
    write: (value) => { low.write(value?.[0]); high.write(value?.[1]); },
  };
}
