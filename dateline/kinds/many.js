// Any number of choices, and a box that says that none applies.

import { CONTROLS, h } from "../cards/basics.js";
import { picks } from "../cards/choices.js";

/** @param {ChoiceSpec} spec @param {string} name @param {Changed} changed @param {string} prompt @returns {Control} */
export function manyChoices(spec, name, changed, prompt) {
  const none = { id: "", text: "None of these" };
  const { inputs, labels, node } = picks("checkbox", name, [...spec.choices, none], (event) => {
    const ticked = /** @type {HTMLInputElement} */ (event.target);
    // "None of these" and the others are never ticked together.
    if (ticked.checked) for (const input of inputs) if ((input.value === "") !== (ticked.value === "")) input.checked = false;
    changed();
  });
  const places = labels.map(() => h("div"));
  for (const [i, place] of places.entries()) labels[i].after(place);
  return {
    node: h("fieldset", { class: "dl-row", "aria-labelledby": prompt }, node),
    read: () => {
      const chosen = inputs.filter((input) => input.checked).map((input) => input.value);
      return chosen.length ? chosen.filter(Boolean) : null;
    },
    write: (value) => {
      const given = Array.isArray(value);
      for (const input of inputs) input.checked = given && (input.value ? value.includes(input.value) : !value.length);
    },
    spot: (item) => {
      const i = inputs.findIndex((input) => input.value === item);
      return i < 0 ? null : { into: places[i], group: inputs[i] };
    },
  };
}

CONTROLS["choose-many"] = manyChoices;
