// One choice: from a list, step by step, for each row, or for each cell of a table.

import { at, button, CONTROLS, emphasised, h, menu, unstarred, wholeChoice } from "../cards/basics.js";
import { byRow, letter, radios, rowList } from "../cards/choices.js";

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

const KEYED = 5; // rows from which on the labels stand once, at the top, and a row shows their letters

/** What each letter means, in sight for as long as its rows are. @param {Choice[]} choices */
const keyTo = (choices) =>
  h(
    "p",
    { class: "dl-key", "aria-hidden": "true" }, // each choice still says its own words to who hears the page
    ...choices.map((choice, i) => h("span", {}, letter(choice, i), " ", ...emphasised(choice.text))),
  );

/** @param {RowSpec} spec @param {string} name @param {Changed} changed @returns {Control} */
export function labelledRows(spec, name, changed) {
  /** @type {ReturnType<typeof radios>[]} */
  const controls = [];
  const rows = spec.rows.map((row, i) => {
    const paint = () => {
      const chosen = spec.kind === "tag" ? spec.choices.findIndex((choice) => choice.id === (row.given || control.read())) : -1;
      words.className = chosen < 0 ? "dl-words" : `dl-words dl-n${chosen % 8}`;
    };
    const control = radios(`${name}-${i}`, spec.choices, () => {
      paint();
      changed();
    });
    controls.push(control);
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
  const list = rowList(rows);
  if (rows.length < KEYED || !spec.choices.every((choice) => choice.letter)) return list;
  for (const { labels } of controls) for (const [i, label] of labels.entries()) label.title = unstarred(spec.choices[i].text);
  return { ...list, node: h("div", { class: "dl-keyed" }, keyTo(spec.choices), list.node) };
}

/** @param {GridSpec} spec @param {string} name @param {Changed} changed @returns {Control} */
export function gridTable(spec, name, changed) {
  const [items, columns] = [spec.items, spec.columns].map((list) => Object.fromEntries(list.map(({ id, text }) => [id, text])));
  const cells = spec.rows.map((row, i) => {
    const [item, column] = row.id.split("/");
    const given = row.choices.find((choice) => choice.id === row.given);
    const label = `${unstarred(items[item] ?? "")}, ${columns[column] ?? ""}`;
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
      return cell && { into: reasons[cell.item], at: columns[cell.column], group: cell.box ?? undefined, sign: cell.sign };
    },
    write: (value) => {
      control.write(value);
      unveil();
    },
  };
}

Object.assign(CONTROLS, { choose: oneChoice, tag: labelledRows, match: labelledRows, ladder: labelledRows, grid: gridTable });
