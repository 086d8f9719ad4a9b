// A date for each item, with a time and its offset where the question has them, and "not stated" as an answer.

function dates(spec, name, changed) {
  const rows = spec.items.map((item, i) => {
    const id = `${name}-${i}`;
    const { now, later } = unhurried(changed);
    const date = h("input", { type: "text", id: `${id}-date`, size: 11, placeholder: "2025-12-31", autocomplete: "off", oninput: later, onchange: now });
    const time = h("input", { type: "text", id: `${id}-time`, size: 6, placeholder: "17:00", autocomplete: "off", oninput: later, onchange: now });
    const offset = h("select", { id: `${id}-offset`, onchange: changed }, ...spec.offsets.map((zone) => h("option", { value: zone }, zone === "Z" ? "UTC" : `UTC${zone}`)));
    const unknown = h("input", { type: "checkbox", id: `${id}-unknown`, onchange: () => { lock(); changed(); } });
    const lock = () => [date, time, offset].forEach((box) => (box.disabled = unknown.checked));
    const boxed = (box, words) => h("span", { class: "dl-number" }, h("label", { for: box.id, class: "dl-label" }, words), box);
    const node = h("fieldset", { class: "dl-row" }, h("legend", { class: "dl-legend", dir: "auto" }, item.text),
      h("div", { class: "dl-numbers" }, boxed(date, "Date"),
        spec.offsets.length ? boxed(time, "Time, if stated") : "", spec.offsets.length ? boxed(offset, "Zone") : "",
        h("label", { class: "dl-choice", for: unknown.id }, unknown, h("span", {}, "not stated"))));
    return {
      row: item, node,
      read: () => (unknown.checked ? "not stated" : date.value.trim() && date.value.trim() + (time.value.trim() ? `T${time.value.trim()}${offset.value}` : "")),
      write: (value) => {
        const [, day, clock, zone] = /^([^T]*)(?:T(\d\d:\d\d)(.*))?$/.exec(value) ?? [];
        unknown.checked = value === "not stated";
        date.value = unknown.checked ? "" : (day ?? value);
        time.value = clock ?? "";
        offset.value = spec.offsets.includes(zone) ? zone : (spec.offsets[0] ?? "");
        lock();
      },
    };
  });
  return byRow(rows, h("div", { class: "dl-rows" }, ...rows.map(({ node }) => h("div", { class: "dl-item" }, node))));
}
