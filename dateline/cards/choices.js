// What several kinds share: letters, boxes and buttons to choose by, rows with a control in each, and how sure one is.
// Controls are functions (spec, name, changed, prompt) that return { node, read(), write(value) }.

import { emphasised, h } from "./basics.js";

/** @param {Choice} option @param {number} i */
export const letter = (option, i) =>
  option.letter ? h("span", { class: `dl-letter dl-n${i % 8}`, "aria-hidden": "true" }, option.letter) : "";

/** @param {"radio" | "checkbox"} type @param {string} name @param {Choice[]} options @param {(event: Event) => void} changed */
export function picks(type, name, options, changed) {
  const inputs = options.map((option) => h("input", { type, name, value: option.id, id: `${name}-${option.id}`, onchange: changed }));
  const labels = options.map((option, i) =>
    h("label", { class: "dl-choice", for: inputs[i].id }, inputs[i], letter(option, i), h("span", {}, ...emphasised(option.text))),
  );
  return { inputs, labels, node: h("div", { class: "dl-choices" }, ...labels) };
}

/** @param {string} name @param {Choice[]} options @param {Changed} changed */
export function radios(name, options, changed) {
  const { inputs, labels, node } = picks("radio", name, options, () => changed());
  return {
    node,
    inputs,
    labels,
    read: () => inputs.find((input) => input.checked)?.value ?? "",
    /** @param {string | null | undefined} value */
    write: (value) => {
      for (const input of inputs) input.checked = input.value === value;
    },
  };
}

/**
 * Several controls whose answer is an object from row id to value.
 * @param {{ row: { id: string, given?: string }, node: Node, read(): string, write(value: string): void }[]} rows
 * @param {Node} node
 * @returns {Control}
 */
export function byRow(rows, node) {
  const asked = rows.filter(({ row }) => !row.given);
  return {
    node,
    read: () => {
      const answered = asked.map(({ row, read }) => [row.id, read()]).filter(([, value]) => value);
      return answered.length ? Object.fromEntries(answered) : null;
    },
    write: (value) => {
      for (const { row, write } of asked) write(value?.[row.id] ?? "");
    },
  };
}

/**
 * Items, and what an answer names although no item has it any more: it stays on the page under that name until it is taken away.
 * @param {Item[]} items @param {string[]} named
 */
export function withNamed(items, named) {
  const known = new Set(items.map((item) => item.id));
  return [...items, ...[...new Set(named)].filter((id) => id && !known.has(id)).map((id) => ({ id, text: id }))];
}

/** Rows below each other; what is said of a row stands in it. @param {Parameters<typeof byRow>[0]} rows @returns {Control} */
export function rowList(rows) {
  const items = rows.map(({ node }) => h("div", { class: "dl-item" }, node));
  return {
    ...byRow(rows, h("div", { class: "dl-rows" }, ...items)),
    spot: (item) => {
      const i = rows.findIndex(({ row }) => row.id === item);
      return i < 0 ? null : { into: items[i], group: items[i].firstElementChild ?? undefined };
    },
  };
}

/** @param {Spec} spec @param {string} name @param {Changed} changed */
export function confidenceRow(spec, name, changed) {
  const options = spec.confidence.map(([percent, word]) => ({ id: String(percent), text: `${word} (${percent} %)` }));
  const control = radios(`${name}-sure`, options, changed);
  const legend = h("legend", { class: "dl-label" }, "How sure are you that your answer is right?");
  return {
    node: options.length ? h("fieldset", { class: "dl-row dl-sure" }, legend, control.node) : "",
    read: () => (control.read() ? Number(control.read()) : null),
    write: (/** @type {number | null} */ value) => control.write(value === null ? "" : String(value)),
  };
}
