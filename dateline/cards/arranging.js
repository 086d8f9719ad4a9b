// Putting items in order with buttons, and giving a number or a range.

import { button, CONTROLS, emphasised, h, typedInto } from "./basics.js";

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

/**
 * A number as people type it, with a point or a comma; null where nothing is typed, and the words themselves where they are no number.
 * "1,234" could be one number or another, so it is none.
 * @param {string} typed @param {string} unit
 */
function numberIn(typed, unit) {
  const words = typed.trim().replace("−", "-");
  const plain = unit && words.endsWith(unit) ? words.slice(0, -unit.length).trim() : words;
  if (!plain) return null;
  return /^[+-]?\d+([.,]\d+)?$/.test(plain) && !/^[+-]?[1-9]\d{0,2},\d{3}$/.test(plain) ? Number(plain.replace(",", ".")) : typed.trim();
}

/** @param {Bounded} spec @param {string} id @param {string} words @param {Changed} changed */
export function numberBox(spec, id, words, changed) {
  const typed = { type: "text", inputmode: "decimal", autocomplete: "off", size: 7, ...typedInto(changed) };
  const unit = h("span", { class: "dl-unit", id: `${id}-unit` }, ` ${spec.unit} (from ${spec.bounds.join(" to ")})`);
  const box = h("input", { ...typed, id, "aria-describedby": unit.id });
  const read = () => numberIn(box.value, spec.unit);
  const label = h("label", { for: id, class: "dl-label" }, words);
  return {
    box,
    node: h("span", { class: "dl-number" }, label, box, unit),
    read,
    /** What is typed stays as it is typed where it is the same number. @param {any} value */
    write: (value) => {
      if (read() !== (value ?? null)) box.value = value ?? "";
    },
  };
}

/** @param {NumberSpec} spec @param {string} name @param {Changed} changed @returns {Control} */
export function oneNumber(spec, name, changed) {
  const [min, max] = spec.bounds;
  const number = numberBox(spec, name, "Your number", (goesOn) => {
    slide();
    changed(goesOn);
  });
  const none = h("span", { class: "dl-help" }, "no number yet");
  const slider = h("input", {
    type: "range",
    min,
    max,
    step: "any",
    "aria-label": "Your number, as a slider",
    oninput: () => take(true),
    onchange: () => take(),
    onclick: () => number.read() === null && take(), // at the lower end, where nothing moves
  });
  const take = (goesOn = false) => {
    number.box.value = String(Math.round(Number(slider.value)));
    slide();
    changed(goesOn);
  };
  // A slider always has a value; without a number it shows no thumb and says so.
  const slide = () => {
    const value = number.read();
    const there = typeof value === "number";
    slider.value = String(there ? value : min);
    slider.classList.toggle("dl-novalue", !there);
    none.hidden = there;
    if (there) slider.removeAttribute("aria-valuetext");
    else slider.setAttribute("aria-valuetext", "no number yet");
  };
  slide();
  return {
    node: h("div", { class: "dl-row dl-numbers" }, number.node, slider, none),
    read: number.read,
    write: (value) => {
      number.write(value);
      slide();
    },
  };
}

/** @param {NumberSpec} spec @param {string} name @param {Changed} changed @returns {Control} */
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
