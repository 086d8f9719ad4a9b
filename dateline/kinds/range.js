// A range: two numbers.

import { CONTROLS, h } from "../cards/basics.js";
import { numberBox } from "../cards/numbers.js";

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

CONTROLS.range = twoNumbers;
