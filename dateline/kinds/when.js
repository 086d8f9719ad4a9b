// A date for each item, with a time and its zone (or none) where the question has them, and "not stated" as an answer.

import { CONTROLS, h, typedInto } from "../cards/basics.js";
import { rowList, withNamed } from "../cards/choices.js";

/** @param {DateSpec} spec @param {string} name @param {Changed} changed @returns {Control} */
export function dates(spec, name, changed) {
  let items = spec.items;
  let list = rowList([]);
  const node = h("div", {});

  /** @param {any} value */
  function write(value) {
    const rows = spec.from_marks ? withNamed(items, Object.keys(value ?? {})) : items;
    list = rowList(rows.map((item, i) => dateRow(spec.offsets, item, `${name}-${i}`, changed)));
    list.write(value);
    node.replaceChildren(list.node);
  }

  write(null);
  return {
    node,
    read: () => list.read(),
    write: (value) => (spec.from_marks ? write(value) : list.write(value)),
    offer: (now) => {
      items = now;
      write(list.read());
    },
    spot: (item) => list.spot?.(item),
  };
}

/** @param {string[]} offsets @param {Item} item @param {string} id @param {Changed} changed */
function dateRow(offsets, item, id, changed) {
  const typed = { type: "text", autocomplete: "off", ...typedInto(changed) };
  const date = h("input", { ...typed, id: `${id}-date`, size: 11, placeholder: "2025-12-31" });
  const time = h("input", { ...typed, id: `${id}-time`, size: 6, placeholder: "17:00" });
  const zones = offsets.map((zone) => h("option", { value: zone }, zone === "Z" ? "UTC" : `UTC${zone}`));
  const none = h("option", { value: "" }, "no zone given");
  const offset = h("select", { id: `${id}-offset`, onchange: () => changed() }, none, ...zones);
  const unknown = h("input", {
    type: "checkbox",
    id: `${id}-unknown`,
    onchange: () => {
      lock();
      changed();
    },
  });
  const lock = () => {
    for (const box of [date, time, offset]) box.disabled = unknown.checked;
  };
  /** @param {HTMLElement} box @param {string} words */
  const boxed = (box, words) => h("span", { class: "dl-number" }, h("label", { for: box.id, class: "dl-label" }, words), box);
  const clock = offsets.length ? [boxed(time, "Time, if stated"), boxed(offset, "Zone")] : [];
  const not = h("label", { class: "dl-choice", for: unknown.id }, unknown, h("span", {}, "not stated"));
  return {
    row: item,
    node: h(
      "fieldset",
      { class: "dl-row" },
      h("legend", { class: "dl-legend", dir: "auto" }, item.text),
      h("div", { class: "dl-numbers" }, boxed(date, "Date or month"), ...clock, not),
    ),
    read: () => {
      const [day, hour] = [date.value.trim(), time.value.trim()];
      return unknown.checked ? "not stated" : day && (hour ? `${day}T${hour}${offset.value}` : day);
    },
    write: (/** @type {string} */ value) => {
      const [, day, hour, zone] = /^([^T]*)(?:T(\d\d:\d\d)(.*))?$/.exec(value) ?? [];
      unknown.checked = value === "not stated";
      date.value = unknown.checked ? "" : (day ?? value);
      time.value = hour ?? "";
      offset.value = offsets.includes(zone) ? zone : "";
      lock();
    },
  };
}

CONTROLS.when = dates;
