// Putting items in order with buttons.

import { button, CONTROLS, emphasised, h } from "../cards/basics.js";

/** @param {OrderSpec} spec @param {string} _name @param {Changed} changed @returns {Control} */
export function ordering(spec, _name, changed) {
  const asked = spec.items.map((item) => item.id);
  const text = Object.fromEntries(spec.items.map((item) => [item.id, item.text]));
  let order = [...asked];
  let touched = false;
  const list = h("ol", { class: "dl-order" });

  /** @param {string} id @param {-1 | 1} by */
  function move(id, by) {
    const from = order.indexOf(id);
    order.splice(from + by, 0, ...order.splice(from, 1));
    touched = true;
    paint();
    const [up, down] = list.children[from + by].querySelectorAll("button");
    const [same, other] = by < 0 ? [up, down] : [down, up];
    (same.disabled ? other : same).focus();
    changed();
  }

  function paint() {
    list.replaceChildren(
      ...order.map((id, i) => {
        const up = button("↑ Up", () => move(id, -1), { disabled: i === 0, "aria-label": `Move up: ${text[id]}` });
        const down = button("↓ Down", () => move(id, 1), { disabled: i === order.length - 1, "aria-label": `Move down: ${text[id]}` });
        const moves = h("span", { class: "dl-moves" }, up, down);
        return h("li", {}, h("div", { class: "dl-place" }, h("span", { dir: "auto" }, ...emphasised(text[id])), moves));
      }),
    );
  }

  paint();
  return {
    node: h("div", { class: "dl-row" }, h("p", { class: "dl-help" }, `At the top: ${spec.ends[0]}. At the bottom: ${spec.ends[1]}.`), list),
    read: () => (touched ? [...order] : null),
    // Pressing Check on the order as it stands is an answer.
    settle: () => {
      touched = true;
    },
    write: (value) => {
      touched = Array.isArray(value);
      order = touched && value.length === asked.length ? [...value] : [...asked];
      paint();
    },
    spot: (item) => (order.includes(item) ? { into: list.children[order.indexOf(item)] } : null),
  };
}

CONTROLS.order = ordering;
