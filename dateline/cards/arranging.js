// Putting items in order with buttons, and giving a number or a range.

import { button, CONTROLS, h, unhurried } from "./basics.js";

/** @param {OrderSpec} spec @param {string} _name @param {() => void} changed @returns {Control} */
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
        return h("li", {}, h("div", { class: "dl-place" }, h("span", { dir: "auto" }, text[id]), moves));
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
  };
}

/** @param {Bounded} spec @param {string} id @param {string} words @param {() => void} changed */
export function numberBox(spec, id, words, changed) {
  const { now, later } = unhurried(changed);
  const [min, max] = spec.bounds;
  const box = h("input", { type: "number", id, min, max, step: "any", inputmode: "decimal", oninput: later, onchange: now });
  const label = h("label", { for: id, class: "dl-label" }, words);
  return {
    box,
    node: h("span", { class: "dl-number" }, label, box, h("span", { class: "dl-unit" }, ` ${spec.unit}`)),
    read: () => (box.value === "" ? null : Number(box.value)),
    /** @param {any} value */
    write: (value) => {
      box.value = value ?? "";
    },
  };
}

/** @param {NumberSpec} spec @param {string} name @param {() => void} changed @returns {Control} */
export function oneNumber(spec, name, changed) {
  const [min, max] = spec.bounds;
  const number = numberBox(spec, name, "Your number", () => {
    slide();
    changed();
  });
  const slider = h("input", {
    type: "range",
    min,
    max,
    step: "any",
    "aria-label": "Your number, as a slider",
    oninput: () => number.write(Math.round(Number(slider.value))),
    onchange: changed,
  });
  const slide = () => {
    slider.value = number.box.value === "" ? String((min + max) / 2) : number.box.value;
  };
  return {
    node: h("div", { class: "dl-row dl-numbers" }, number.node, slider),
    read: number.read,
    write: (value) => {
      number.write(value);
      slide();
    },
  };
}

/** @param {NumberSpec} spec @param {string} name @param {() => void} changed @returns {Control} */
export function twoNumbers(spec, name, changed) {
  const low = numberBox(spec, `${name}-low`, "From", changed);
  const high = numberBox(spec, `${name}-high`, "To", changed);
  return {
    node: h("div", { class: "dl-row dl-numbers" }, low.node, high.node),
    read: () => (low.read() === null || high.read() === null ? null : [low.read(), high.read()]),
    write: (value) => {
      low.write(value?.[0]);
      high.write(value?.[1]);
    },
  };
}

Object.assign(CONTROLS, { order: ordering, number: oneNumber, range: twoNumbers });
