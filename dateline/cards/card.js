// The exercise card: one visual language for every kind of question, made of native controls.
// Words that come from a text, a question or a learner are only ever set as text, never as HTML.

const PATIENCE = 8000; // milliseconds without an answer from the kernel before the card says so
const PAUSE = 400; // milliseconds after the last key before typing is saved
let count = 0;

function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

const at = (address) => (address ? h("span", { class: "dl-at" }, address, " ") : "");

// ---- controls: each returns { node, read(), write(value) } -----------------------------------------------

function radios(name, options, changed) {
  const inputs = options.map((option) => h("input", { type: "radio", name, value: option.id, id: `${name}-${option.id}`, onchange: changed }));
  const labels = options.map((option, i) =>
    h("label", { class: "dl-choice", for: inputs[i].id }, inputs[i], letter(option, i), h("span", {}, option.text)),
  );
  return {
    node: h("div", { class: "dl-choices" }, ...labels),
    read: () => inputs.find((input) => input.checked)?.value ?? "",
    write: (value) => inputs.forEach((input) => (input.checked = input.value === value)),
  };
}

const letter = (option, i) => (option.letter ? h("span", { class: `dl-letter dl-n${i % 8}`, "aria-hidden": "true" }, option.letter) : "");

function labelledRows(spec, name, changed) {
  const rows = spec.rows.map((row, i) => {
    const paint = () => {
      const chosen = spec.choices.findIndex((choice) => choice.id === (row.given || control.read()));
      words.className = chosen < 0 ? "dl-words" : `dl-words dl-n${chosen % 8}`;
    };
    const control = radios(`${name}-${i}`, spec.choices, () => { paint(); changed(); });
    const words = h("span", { class: "dl-words", dir: "auto" }, row.words);
    const given = spec.choices.find((choice) => choice.id === row.given);
    const node = given
      ? h("div", { class: "dl-row" }, h("p", { class: "dl-legend" }, at(row.id), words), h("p", { class: "dl-given" }, `Filled in for you: ${given.text}`))
      : h("fieldset", { class: "dl-row" }, h("legend", { class: "dl-legend" }, at(row.id), words), control.node);
    paint();
    return { row, node, read: control.read, write: (value) => { control.write(value); paint(); } };
  });
  const asked = rows.filter(({ row }) => !row.given);
  return {
    node: h("div", { class: "dl-rows" }, ...rows.map(({ node }) => h("div", { class: "dl-item" }, node))),
    read: () => Object.fromEntries(asked.map(({ row, read }) => [row.id, read()]).filter(([, value]) => value)),
    write: (value) => asked.forEach(({ row, write }) => write((value ?? {})[row.id] ?? "")),
  };
}

function oneChoice(spec, name, changed, prompt) {
  const control = radios(name, spec.choices, changed);
  return {
    node: h("fieldset", { class: "dl-row", "aria-labelledby": prompt }, control.node),
    read: () => control.read() || null,
    write: (value) => control.write(value),
  };
}

function openText(spec, name, changed) {
  let timer;
  const later = () => { clearTimeout(timer); timer = setTimeout(changed, PAUSE); };
  const now = () => { clearTimeout(timer); changed(); };
  const box = h("textarea", { id: name, rows: spec.lines, dir: "auto", maxlength: 20000, oninput: later, onchange: now });
  return {
    node: h("div", { class: "dl-row" }, h("label", { for: name, class: "dl-label" }, "Your answer"), box),
    read: () => box.value || null,
    write: (value) => (box.value = value ?? ""),
  };
}

const CONTROLS = { choose: oneChoice, tag: labelledRows, write: openText };

function confidenceRow(spec, name, changed) {
  const options = spec.confidence.map(([percent, word]) => ({ id: String(percent), text: `${word} (${percent} %)` }));
  const control = radios(`${name}-sure`, options, changed);
  return {
    node: options.length ? h("fieldset", { class: "dl-row dl-sure" }, h("legend", { class: "dl-label" }, "How sure are you that your answer is right?"), control.node) : "",
    read: () => (control.read() ? Number(control.read()) : null),
    write: (value) => control.write(value === null || value === undefined ? "" : String(value)),
  };
}

// ---- feedback --------------------------------------------------------------------------------------------

const SIGNS = { right: ["✓", "right"], half: ["◐", "half right"], not: ["✗", "not yet"], none: ["○", "open"] };

function noteNode(note) {
  const [sign, word] = SIGNS[note.sign];
  const head = [note.at, word, note.chosen ? `“${note.chosen}”` : ""].filter(Boolean).join(" · ");
  return h("li", { class: `dl-note dl-${note.sign}` },
    h("span", { class: "dl-head" }, h("span", { "aria-hidden": "true", class: "dl-sign" }, `${sign} `), head),
    h("span", { class: "dl-reason", dir: "auto" }, note.reason),
    note.quote ? h("span", { class: "dl-look" }, "Look at: ", h("q", { dir: "auto" }, note.quote)) : "",
    note.misconception ? h("span", { class: "dl-belief" }, "A common belief: ", h("q", {}, note.misconception), `. ${note.better}`) : "",
  );
}

function feedbackNodes(feedback) {
  if (!feedback) return [h("p", { class: "dl-quiet" }, "Feedback appears here when you press Check.")];
  return [
    h("p", { class: "dl-verdict" }, feedback.verdict),
    feedback.notes.length ? h("ul", { class: "dl-notes" }, ...feedback.notes.map(noteNode)) : "",
    feedback.model.length ? h("div", { class: "dl-model" }, h("p", { class: "dl-label" }, "Our line"), ...feedback.model.map((line) => h("p", {}, line))) : "",
    feedback.next ? h("p", { class: "dl-next" }, feedback.next) : "",
  ].filter(Boolean);
}

// ---- the card --------------------------------------------------------------------------------------------

export function render({ model, el }) {
  const spec = model.get("spec");
  const name = `dl-${spec.id}-${++count}`;
  const view = `${Date.now()}-${count}`;
  let sent = 0;
  let timer = 0;
  let undo = null;

  const status = h("p", { class: "dl-status", role: "status", "aria-live": "polite" });
  const hints = h("ol", { class: "dl-hints", "aria-label": "Hints" });
  const panel = h("section", { class: "dl-feedback", "aria-label": "Feedback" });
  const prompt = h("p", { class: "dl-prompt", id: `${name}-prompt` }, spec.prompt);
  const control = CONTROLS[spec.kind](spec, name, changed, prompt.id);
  const sure = confidenceRow(spec, name, changed);
  const checkButton = h("button", { type: "submit", class: "dl-button dl-main" }, "Check");
  const hintButton = h("button", { type: "button", class: "dl-button", onclick: () => send("hint") }, "Hint");
  const resetButton = h("button", { type: "button", class: "dl-button", onclick: startOver }, "Start over");
  const passage = spec.passage.map((line) => h("p", { class: "dl-line", dir: "auto" }, at(line.at), line.words));

  const form = h("form", { class: "dl-card", "aria-labelledby": prompt.id, "data-exercise": spec.id, "data-kind": spec.kind, "data-lm-suppress-shortcuts": "true", onsubmit: (event) => { event.preventDefault(); send("check"); } },
    prompt,
    passage.length ? h("blockquote", { class: "dl-passage" }, ...passage) : "",
    control.node, sure.node,
    h("div", { class: "dl-buttons" }, checkButton, spec.hints ? hintButton : "", resetButton),
    status, hints, panel,
  );
  // JupyterLab acts on single keys outside text boxes; inside a card every key belongs to the card.
  form.addEventListener("keydown", (event) => event.stopPropagation());

  function send(action) {
    clearTimeout(timer);
    sent += 1;
    timer = setTimeout(() => say("Not saved yet: the kernel is busy or has stopped. Your answer stays on screen. When the kernel is ready, run this cell again."), PATIENCE);
    model.send({ do: action, value: control.read(), confidence: sure.read(), n: sent, view });
  }

  function say(words) {
    if (status.textContent !== words) status.textContent = words;
  }

  function changed() {
    setUndo(null);
    panel.classList.add("dl-earlier");
    send("save");
  }

  function setUndo(kept) {
    undo = kept;
    resetButton.textContent = kept ? "Bring my answer back" : "Start over";
  }

  function startOver() {
    const kept = undo ? null : { value: control.read(), confidence: sure.read() };
    const next = undo ?? { value: null, confidence: null };
    control.write(next.value);
    sure.write(next.confidence);
    setUndo(kept);
    send(kept ? "reset" : "save");
  }

  function update(first) {
    const state = model.get("state");
    const mine = state.view === view;
    if (mine && state.n < sent) return; // an older answer from the kernel: a newer one is on its way
    clearTimeout(timer);
    if (first || !mine) {
      control.write(state.value);
      sure.write(state.confidence);
    }
    panel.replaceChildren(...feedbackNodes(state.feedback));
    panel.classList.toggle("dl-earlier", state.earlier);
    hints.replaceChildren(...state.hints.map((hint) => h("li", {}, hint)));
    hintButton.disabled = state.hints.length >= spec.hints;
    hintButton.textContent = state.hints.length ? `Hint ${Math.min(state.hints.length + 1, spec.hints)} of ${spec.hints}` : "Hint";
    say(state.message);
  }

  const listener = () => update(false);
  model.on("change:state", listener);
  update(true);
  addStyle(model);
  el.append(form);
  return () => { clearTimeout(timer); model.off("change:state", listener); };
}

async function addStyle(model) {
  if (document.getElementById("dateline-cards")) return;
  const code = await model.widget_manager.get_model(model.get("code"));
  document.getElementById("dateline-cards") ?? document.head.append(h("style", { id: "dateline-cards" }, code.get("style")));
}
