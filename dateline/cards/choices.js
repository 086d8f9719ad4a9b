// Controls are functions (spec, name, changed, prompt) that return { node, read(), write(value) }.
// Here: one choice, several choices, one choice for each row, a table of choices, and how sure.

const letter = (option, i) => (option.letter ? h("span", { class: `dl-letter dl-n${i % 8}`, "aria-hidden": "true" }, option.letter) : "");

function picks(type, name, options, changed) {
  const inputs = options.map((option) => h("input", { type, name, value: option.id, id: `${name}-${option.id}`, onchange: changed }));
  const labels = options.map((option, i) =>
    h("label", { class: "dl-choice", for: inputs[i].id }, inputs[i], letter(option, i), h("span", {}, option.text)));
  return { inputs, node: h("div", { class: "dl-choices" }, ...labels) };
}

function radios(name, options, changed) {
  const { inputs, node } = picks("radio", name, options, changed);
  return {
    node,
    read: () => inputs.find((input) => input.checked)?.value ?? "",
    write: (value) => inputs.forEach((input) => (input.checked = input.value === value)),
  };
}

function oneChoice(spec, name, changed, prompt) {
  if (spec.one_by_one) return oneByOne(spec, name, changed, prompt);
  const control = radios(name, spec.choices, changed);
  return {
    node: h("fieldset", { class: "dl-row", "aria-labelledby": prompt }, control.node),
    read: () => control.read() || null,
    write: control.write,
  };
}

// The choices are steps of one thing. They are laid out in turn, and the learner stops at one; going on is always possible.
function oneByOne(spec, name, changed, prompt) {
  const control = radios(name, spec.choices.map((choice, i) => ({ ...choice, text: `Stop at ${i + 1}: ${choice.text}` })), changed);
  const steps = [...control.node.children];
  let shown = 1;
  const more = button("Next", () => { shown += 1; lay(); steps[shown - 1].querySelector("input").focus(); });
  const place = h("p", { class: "dl-help", role: "status" });
  const lay = () => {
    steps.forEach((step, i) => (step.hidden = i >= shown));
    more.disabled = shown >= steps.length;
    place.textContent = `${shown} of ${steps.length} shown.`;
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

function manyChoices(spec, name, changed, prompt) {
  const none = { id: "", text: "None of these" };
  const { inputs, node } = picks("checkbox", name, [...spec.choices, none], (event) => {
    const clear = event.target.value === "" ? (input) => input.value !== "" : (input) => input.value === "";
    if (event.target.checked) inputs.filter(clear).forEach((input) => (input.checked = false));
    changed();
  });
  return {
    node: h("fieldset", { class: "dl-row", "aria-labelledby": prompt }, node),
    read: () => {
      const chosen = inputs.filter((input) => input.checked).map((input) => input.value);
      return chosen.length ? chosen.filter(Boolean) : null;
    },
    write: (value) => inputs.forEach((input) => (input.checked = Array.isArray(value) && (input.value ? value.includes(input.value) : !value.length))),
  };
}

function labelledRows(spec, name, changed) {
  const rows = spec.rows.map((row, i) => {
    const paint = () => {
      const chosen = spec.kind === "tag" ? spec.choices.findIndex((choice) => choice.id === (row.given || control.read())) : -1;
      words.className = chosen < 0 ? "dl-words" : `dl-words dl-n${chosen % 8}`;
    };
    const control = radios(`${name}-${i}`, spec.choices, () => { paint(); changed(); });
    const words = h("span", { class: "dl-words", dir: "auto" }, row.words);
    const given = spec.choices.find((choice) => choice.id === row.given);
    const node = given
      ? h("div", { class: "dl-row" }, h("p", { class: "dl-legend" }, at(row.at), words), h("p", { class: "dl-given" }, `Filled in for you: ${given.text}`))
      : h("fieldset", { class: "dl-row" }, h("legend", { class: "dl-legend" }, at(row.at), words), control.node);
    paint();
    return { row, node, read: control.read, write: (value) => { control.write(value); paint(); } };
  });
  return byRow(rows, h("div", { class: "dl-rows" }, ...rows.map(({ node }) => h("div", { class: "dl-item" }, node))));
}

// Several controls whose answer is an object from row id to value.
function byRow(rows, node) {
  const asked = rows.filter(({ row }) => !row.given);
  return {
    node,
    read: () => {
      const answered = asked.map(({ row, read }) => [row.id, read()]).filter(([, value]) => value);
      return answered.length ? Object.fromEntries(answered) : null;
    },
    write: (value) => asked.forEach(({ row, write }) => write((value ?? {})[row.id] ?? "")),
  };
}

function menu(options, attributes, first = "choose…") {
  return h("select", attributes, h("option", { value: "" }, first), ...options.map((option) => h("option", { value: option.id }, option.text)));
}

function gridTable(spec, name, changed) {
  const cells = spec.rows.map((row, i) => {
    const [item, column] = row.id.split("/");
    const given = row.choices.find((choice) => choice.id === row.given);
    const box = given
      ? h("span", { class: "dl-given" }, given.text)
      : menu(row.choices, { id: `${name}-${i}`, "aria-labelledby": `${name}-r-${item} ${name}-c-${column}`, onchange: () => { unveil(); changed(); } });
    return { row, item, column, node: box, read: () => box.value ?? "", write: (value) => (box.value = value) };
  });
  const head = h("tr", {}, h("td"), ...spec.columns.map((column) => h("th", { scope: "col", id: `${name}-c-${column.id}` }, column.text)));
  const veils = spec.items.filter((item) => item.reveal).map((item) => {
    const words = h("span", { class: "dl-reveal" }, item.reveal);
    const [first, ...others] = cells.filter((cell) => cell.item === item.id);
    return { id: item.id, words, lift: () => { words.hidden = !first.read(); others.forEach((cell) => (cell.node.disabled = !first.read())); } };
  });
  const unveil = () => veils.forEach((veil) => veil.lift());
  const body = spec.items.map((item) =>
    h("tr", {}, h("th", { scope: "row", id: `${name}-r-${item.id}` }, item.text, veils.find((veil) => veil.id === item.id)?.words),
      ...spec.columns.map((column) => h("td", { "data-column": column.text }, cells.find((cell) => cell.item === item.id && cell.column === column.id).node))));
  unveil();
  const control = byRow(cells, h("table", { class: "dl-grid" }, h("thead", {}, head), h("tbody", {}, ...body)));
  return { ...control, write: (value) => { control.write(value); unveil(); } };
}

function openText(spec, name, changed) {
  const { now, later } = unhurried(changed);
  const box = h("textarea", { id: name, rows: spec.lines, dir: "auto", maxlength: 20000, oninput: later, onchange: now });
  return {
    node: h("div", { class: "dl-row" }, h("label", { for: name, class: "dl-label" }, "Your answer"), box),
    read: () => box.value || null,
    write: (value) => (box.value = value ?? ""),
  };
}

function confidenceRow(spec, name, changed) {
  const options = spec.confidence.map(([percent, word]) => ({ id: String(percent), text: `${word} (${percent} %)` }));
  const control = radios(`${name}-sure`, options, changed);
  return {
    node: options.length ? h("fieldset", { class: "dl-row dl-sure" }, h("legend", { class: "dl-label" }, "How sure are you that your answer is right?"), control.node) : "",
    read: () => (control.read() ? Number(control.read()) : null),
    write: (value) => control.write(value === null || value === undefined ? "" : String(value)),
  };
}
