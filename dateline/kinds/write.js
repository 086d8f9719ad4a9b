// Open text; in a long one the words are counted as one types.

import { CONTROLS, h, typedInto } from "../cards/basics.js";

const LONG = 6; // lines from which on a text is long enough for its words to be counted

/** @param {TextSpec} spec @param {string} name @param {Changed} changed @returns {Control} */
export function openText(spec, name, changed) {
  const { oninput, onchange } = typedInto(changed);
  const type = () => {
    count();
    oninput();
  };
  const box = h("textarea", { id: name, rows: spec.lines, dir: "auto", maxlength: 20000, oninput: type, onchange });
  const words = h("p", { class: "dl-help", id: `${name}-count` });
  const count = () => {
    const found = box.value.split(/\s+/u).filter(Boolean).length;
    words.textContent = `${found} ${found === 1 ? "word" : "words"}`;
  };
  count();
  const counted = spec.lines >= LONG;
  if (counted) box.setAttribute("aria-describedby", words.id);
  return {
    node: h("div", { class: "dl-row" }, h("label", { for: name, class: "dl-label" }, "Your answer"), box, counted && words),
    read: () => box.value || null,
    write: (value) => {
      box.value = value ?? "";
      count();
    },
  };
}

CONTROLS.write = openText;
