// The card of one exercise: builds the control, sends what the learner does, shows what comes back.

import { at, CONTROLS, fresh, h } from "./basics.js";
import { confidenceRow } from "./choices.js";
import { feedbackNodes } from "./feedback.js";

const PATIENCE = 8000; // milliseconds without an answer from the kernel before the card says so
const NOT_SAVED =
  "Not saved yet: the kernel is busy or has stopped. Your answer stays on screen. When the kernel is ready, run this cell again.";

/** @typedef {"save" | "check" | "hint" | "reset"} Action */

/**
 * Lays the card into `el` and returns what takes it away again.
 * @param {Model} model @param {HTMLElement} el
 */
export function cardView(model, el) {
  /** @type {Spec} */
  const spec = model.get("spec");
  const name = fresh(spec.id);
  const view = `${Date.now()}-${name}`;
  let sent = 0;
  /** @type {number | undefined} */
  let timer;
  /** @type {{ value: unknown, confidence: number | null } | null} */
  let undo = null;

  const status = h("p", { class: "dl-status", role: "status", "aria-live": "polite" });
  const hints = h("ol", { class: "dl-hints", "aria-label": "Hints" });
  const panel = h("section", { class: "dl-feedback", "aria-label": `Feedback on ${name}` });
  const prompt = h("p", { class: "dl-prompt", id: `${name}-prompt` }, spec.prompt);
  const control = CONTROLS[spec.kind](spec, name, changed, prompt.id);
  const sure = confidenceRow(spec, name, changed);
  const checkButton = h("button", { type: "submit", class: "dl-button dl-main" }, "Check");
  const hintButton = h("button", { type: "button", class: "dl-button", onclick: () => send("hint") }, "Hint");
  const resetButton = h("button", { type: "button", class: "dl-button", onclick: startOver }, "Start over");
  const passage = spec.passage.map((line) => h("p", { class: "dl-line", dir: "auto" }, at(line.at), line.words));

  const form = h(
    "form",
    {
      class: "dl-card",
      "aria-labelledby": prompt.id,
      "data-exercise": spec.id,
      "data-kind": spec.kind,
      "data-lm-suppress-shortcuts": "true",
      onsubmit: (/** @type {Event} */ event) => {
        event.preventDefault();
        send(spec.test ? "save" : "check");
      },
      // JupyterLab acts on single keys outside text boxes; inside a card every key belongs to the card.
      onkeydown: (/** @type {Event} */ event) => event.stopPropagation(),
    },
    prompt,
    passage.length && h("blockquote", { class: "dl-passage" }, ...passage),
    control.node,
    sure.node,
    h("div", { class: "dl-buttons" }, !spec.test && checkButton, spec.hints > 0 && hintButton, resetButton),
    status,
    hints,
    !spec.test && panel,
  );

  /** @param {Action} action */
  function send(action) {
    if (action === "check") control.settle?.();
    clearTimeout(timer);
    sent += 1;
    timer = setTimeout(() => say(NOT_SAVED), PATIENCE);
    model.send({ do: action, value: control.read(), confidence: sure.read(), n: sent, view });
  }

  /** @param {string} words */
  function say(words) {
    if (status.textContent !== words) status.textContent = words;
  }

  function changed() {
    setUndo(null);
    panel.classList.add("dl-earlier");
    send("save");
  }

  /** @param {typeof undo} kept */
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

  /** @param {boolean} first */
  function update(first) {
    /** @type {State} */
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
  el.append(form);
  return () => {
    clearTimeout(timer);
    model.off("change:state", listener);
  };
}
