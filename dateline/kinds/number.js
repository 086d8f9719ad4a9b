// A number, in a box or with a slider.

import { CONTROLS, h } from "../cards/basics.js";
import { numberBox } from "../cards/numbers.js";

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

CONTROLS.number = oneNumber;
