// A box for a number, which takes a decimal comma as well as a point.

import { h, typedInto } from "./basics.js";

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
