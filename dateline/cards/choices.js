// Controls are functions (spec, name, changed, prompt) that return { node, read(), write(value) }.
// Here: one choice, several choices, one choice for each row, a table of choices, open text, and how sure.

import { at, button, CONTROLS, emphasised, h, menu, typedInto, unstarred, wholeChoice } from "./basics.js";

/** @param {Choice} option @param {number} i */
export const letter = (option, i) =>
  option.letter ? h("span", { class: `dl-letter dl-n${i % 8}`, "aria-hidden": "true" }, option.letter) : "";

/** @param {"radio" | "checkbox"} type @param {string} name @param {Choice[]} options @param {(event: Event) => void} changed */
function picks(type, name, options, changed) {
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

/** @param {ChoiceSpec} spec @param {string} name @param {Changed} changed @param {string} prompt @returns {Control} */
export function oneChoice(spec, name, changed, prompt) {
  if (spec.one_by_one) return oneByOne(spec, name, changed, prompt);
  const control = radios(name, spec.choices, changed);
  return {
    node: h("fieldset", { class: "dl-row", "aria-labelledby": prompt }, control.node),
    read: () => control.read() || null,
    write: control.write,
  };
}

/**
 * The choices are steps of one thing. They are laid out in turn, and the learner stops at one; going on is always possible.
 * @param {ChoiceSpec} spec @param {string} name @param {Changed} changed @param {string} prompt @returns {Control}
 */
function oneByOne(spec, name, changed, prompt) {
  const options = spec.choices.map((choice, i) => ({ ...choice, text: `Stop at ${i + 1}: ${choice.text}` }));
  const control = radios(name, options, changed);
  let shown = 1;
  const more = button("Next", () => {
    shown += 1;
    lay();
    control.inputs[shown - 1].focus();
  });
  const place = h("p", { class: "dl-help", role: "status" });
  const lay = () => {
    for (const [i, label] of control.labels.entries()) label.hidden = i >= shown;
    more.disabled = shown >= options.length;
    place.textContent = `${shown} of ${options.length} shown.`;
  };
  lay();
  return {
    node: h("fieldset", { class: "dl-row", "aria-labelledby": prompt }, control.node, h("div", { class: "dl-buttons" }, more), place),
    read: () => control.read() || null,
    write: (value) => {
      control.write(value);
      shown = Math.max(shown, spec.choices.findIndex((choice) => choice.id === value) + 1);
      lay();
    },
  };
}

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

/** @param {RowSpec} spec @param {string} name @param {Changed} changed @returns {Control} */
export function labelledRows(spec, name, changed) {
  const rows = spec.rows.map((row, i) => {
    const paint = () => {
      const chosen = spec.kind === "tag" ? spec.choices.findIndex((choice) => choice.id === (row.given || control.read())) : -1;
      words.className = chosen < 0 ? "dl-words" : `dl-words dl-n${chosen % 8}`;
    };
    const control = radios(`${name}-${i}`, spec.choices, () => {
      paint();
      changed();
    });
    const words = h("span", { class: "dl-words", dir: "auto" }, ...emphasised(row.words));
    const given = spec.choices.find((choice) => choice.id === row.given);
    const node = given
      ? h(
          "div",
          { class: "dl-row" },
          h("p", { class: "dl-legend" }, at(row.at), words),
          h("p", { class: "dl-given" }, `Filled in for you: ${given.text}`),
        )
      : h("fieldset", { class: "dl-row" }, h("legend", { class: "dl-legend" }, at(row.at), words), control.node);
    paint();
    return {
      row,
      node,
      read: control.read,
      write: (/** @type {string} */ value) => {
        control.write(value);
        paint();
      },
    };
  });
  return rowList(rows);
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

/** @param {GridSpec} spec @param {string} name @param {Changed} changed @returns {Control} */
export function gridTable(spec, name, changed) {
  const texts = Object.fromEntries([...spec.items, ...spec.columns].map(({ id, text }) => [id, text]));
  const cells = spec.rows.map((row, i) => {
    const [item, column] = row.id.split("/");
    const given = row.choices.find((choice) => choice.id === row.given);
    const label = `${unstarred(texts[item] ?? "")}, ${texts[column] ?? ""}`;
    const box = given
      ? null
      : menu(row.choices, {
          id: `${name}-${i}`,
          "aria-label": label,
          onchange: () => {
            unveil();
            changed();
          },
        });
    const shown = box && wholeChoice(box);
    const sign = h("div", { class: "dl-cellsign" });
    return {
      row,
      item,
      column,
      box,
      sign,
      node: h("div", {}, shown?.node ?? h("span", { class: "dl-given" }, given?.text), sign),
      read: () => box?.value ?? "",
      write: (/** @type {string} */ value) => {
        if (box) box.value = value;
        shown?.fit();
      },
    };
  });
  const head = h("tr", {}, h("td"), ...spec.columns.map((column) => h("th", { scope: "col" }, column.text)));
  const veils = spec.items
    .filter((item) => item.reveal)
    .map((item) => {
      const [first, ...others] = cells.filter((cell) => cell.item === item.id);
      return { id: item.id, words: h("span", { class: "dl-reveal" }, item.reveal), first, others };
    });
  const unveil = () => {
    for (const { words, first, others } of veils) {
      words.hidden = !first.read();
      for (const { box } of others) if (box) box.disabled = !first.read();
    }
  };
  /** @type {Record<string, HTMLElement>} */
  const reasons = {};
  const body = spec.items.flatMap((item) => {
    const own = cells.filter((cell) => cell.item === item.id);
    const veil = veils.find(({ id }) => id === item.id)?.words;
    const named = h("th", { scope: "row" }, ...emphasised(item.text), veil);
    const asked = spec.columns.map((column) =>
      h("td", { "data-column": column.text }, own.find((cell) => cell.column === column.id)?.node),
    );
    reasons[item.id] = h("td", { colspan: spec.columns.length + 1 });
    return [h("tr", {}, named, ...asked), h("tr", { class: "dl-why" }, reasons[item.id])];
  });
  unveil();
  const control = byRow(cells, h("table", { class: "dl-grid dl-long" }, h("thead", {}, head), h("tbody", {}, ...body)));
  return {
    ...control,
    spot: (name) => {
      const cell = cells.find(({ row }) => row.id === name);
      return cell && { into: reasons[cell.item], at: texts[cell.column], group: cell.box ?? undefined, sign: cell.sign };
    },
    write: (value) => {
      control.write(value);
      unveil();
    },
  };
}

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

Object.assign(CONTROLS, {
  choose: oneChoice,
  tag: labelledRows,
  match: labelledRows,
  ladder: labelledRows,
  grid: gridTable,
  "choose-many": manyChoices,
  write: openText,
});
