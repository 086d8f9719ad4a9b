// The card of one exercise: builds the control, sends what the learner does, shows what comes back.

import { at, CONTROLS, emphasised, fresh, h, staying } from "./basics.js";
import { confidenceRow } from "./choices.js";
import { openFeedback } from "./feedback.js";
import { forget, isSame, keep, keptOf, plain, withSent } from "./keeper.js";
import { presence } from "./presence.js";

const PAUSE = 400; // milliseconds after the last key before typing is saved
const LONGEST = 2000; // milliseconds that typing goes on before it is saved all the same
const PATIENCE = 1000; // milliseconds without an answer from the other side before the card says so
const NOT_SAVED = "Not saved yet. Your answer is kept in this page and will be saved when the course is running again.";

/** @typedef {"save" | "check" | "hint" | "reset" | "look"} Action */
/** @typedef {import("./keeper.js").Given} Given */

/**
 * Lays the card into `el` and returns what takes it away again.
 * @param {Model} model @param {HTMLElement} el
 */
export function cardView(model, el) {
  /** @type {Spec} */
  const spec = model.get("spec");
  const name = fresh(spec.id);
  const view = `${Date.now()}-${name}`;
  const onlySaved = spec.test || spec.unmarked;
  const saving = typing(() => send("save"));
  let sent = 0; // the number of the last message
  let based = ""; // the stamp of the saved answer that this view has seen last
  /** @type {string[]} */
  let unconfirmed = [];
  /** @type {Action} */
  let action = "save"; // of the last message
  let waiting = false; // what is on screen is not known to be saved
  let typed = false; // the last message went out while typing was going on
  /** @type {number | undefined} */
  let timer;
  /** @type {Given | null} */
  let undo = null;

  const verdict = h("strong", { class: "dl-verdict" });
  const message = h("span", { class: "dl-saved" });
  const status = h("p", { class: "dl-status", role: "status", "aria-live": "polite" }, verdict, " ", message);
  const choice = h("div", { class: "dl-newer", hidden: true });
  const hints = h("ol", { class: "dl-hints", "aria-label": "Hints" });
  const prompt = h("p", { class: "dl-prompt", id: `${name}-prompt` }, ...emphasised(spec.prompt));
  const control = CONTROLS[spec.kind](spec, name, changed, prompt.id);
  const sure = confidenceRow(spec, name, changed);
  const told = openFeedback(control);
  const checkButton = h("button", { type: "submit", class: "dl-button dl-main" }, "Check");
  const hintButton = h("button", { type: "button", class: "dl-button", onclick: () => send("hint") }, "Hint");
  const resetButton = h("button", { type: "button", class: "dl-button", onclick: startOver }, "Start over");
  const says = h("ul", {});
  const because = h("details", { hidden: true }, h("summary", {}, "Which marks say so"), says);
  let offered = JSON.stringify(model.get("spec").items ?? []);
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
        send(onlySaved ? "save" : "check");
      },
      // JupyterLab acts on single keys outside text boxes; inside a card every key belongs to the card.
      onkeydown: (/** @type {Event} */ event) => event.stopPropagation(),
    },
    prompt,
    passage.length > 0 && h("blockquote", { class: "dl-passage" }, ...passage),
    control.node,
    because,
    sure.node,
    h("div", { class: "dl-buttons" }, !onlySaved && checkButton, spec.hints > 0 && hintButton, resetButton, status),
    choice,
    hints,
    told.node,
  );

  /** @returns {Given} */
  const onScreen = () => ({ value: control.read(), confidence: sure.read() });

  /** @param {Given} given */
  function lay(given) {
    control.write(given.value);
    sure.write(given.confidence);
  }

  /** Something was done on the page; `goesOn` while it is being typed. @param {boolean} goesOn */
  function changed(goesOn = false) {
    setUndo(null);
    const given = onScreen();
    told.follow(given.value);
    verdict.textContent = "";
    waiting = true;
    keep(spec.id, { ...given, based, sent: unconfirmed });
    typed = goesOn;
    if (goesOn) saving.later();
    else saving.now();
  }

  /** @param {Action} what */
  function send(what) {
    action = what;
    if (action === "check") control.settle?.();
    saving.stop();
    clearTimeout(timer);
    sent += 1;
    const given = onScreen();
    if (action !== "look") {
      unconfirmed = withSent(unconfirmed, given);
      waiting = true;
      keep(spec.id, { ...given, based, sent: unconfirmed });
    }
    timer = setTimeout(unheard, PATIENCE);
    model.send({ do: action, ...given, n: sent, view, based });
  }

  function unheard() {
    if (waiting) say("", model.get("unheard") ?? NOT_SAVED);
  }

  /** @param {string} first @param {string} words */
  function say(first, words) {
    if (verdict.textContent !== first) verdict.textContent = first;
    if (message.textContent !== words) message.textContent = words;
  }

  /** @param {Given | null} kept */
  function setUndo(kept) {
    undo = kept;
    resetButton.textContent = kept ? "Bring my answer back" : "Start over";
  }

  function startOver() {
    const kept = undo ? null : onScreen();
    lay(undo ?? { value: null, confidence: null });
    setUndo(kept);
    send(kept ? "reset" : "save");
  }

  /** @param {boolean} first */
  function update(first) {
    /** @type {State} */
    const state = model.get("state");
    const mine = state.view === view;
    if (mine && state.n < sent) return; // an older answer of the other side: a newer one is on its way
    if (!first && !mine && (waiting || state.newer)) return; // what is on screen here is not saved yet; it is not written over
    clearTimeout(timer);
    offer(state);
    if (mine && state.newer && unconfirmed.slice(0, -1).includes(plain(state.newer))) {
      based = state.newer.saved; // this view wrote it, and was not told
      send("save");
      return;
    }
    if (first || !mine || action === "look" || (action === "reset" && state.drafted)) lay(state);
    if (state.stored || first) based = state.saved;
    if (state.stored && !first) {
      waiting = false;
      unconfirmed = [];
      forget(spec.id);
    }
    showNewer(state.newer);
    if (state.earlier) told.follow(control.read());
    else if (mine && action === "check") staying(checkButton, () => told.show(state.feedback, state.value));
    else told.show(state.feedback, state.value);
    hints.replaceChildren(...state.hints.map((hint) => h("li", {}, ...emphasised(hint))));
    hintButton.disabled = state.hints.length >= spec.hints;
    hintButton.textContent = state.hints.length ? `Hint ${Math.min(state.hints.length + 1, spec.hints)} of ${spec.hints}` : "Hint";
    const halfTyped = mine && typed && !state.readable; // it may be whole with the next key
    say(state.earlier ? "" : (state.feedback?.verdict ?? ""), halfTyped ? "" : state.message);
  }

  /** What a card that is drafted from marks offers now; where that is as before, nothing on the page moves. @param {State} state */
  function offer(state) {
    const now = JSON.stringify(state.items ?? []);
    if (state.items && now !== offered) {
      offered = now;
      control.offer?.(state.items);
    }
    because.hidden = !state.why?.length;
    says.replaceChildren(...(state.why ?? []).map((words) => h("li", {}, words)));
  }

  /** Two answers, and the learner chooses. @param {Newer | null} newer */
  function showNewer(newer) {
    choice.hidden = !newer;
    if (!newer) return choice.replaceChildren();
    const twin = CONTROLS[spec.kind](spec, fresh("other"), () => {}, prompt.id);
    if (model.get("state").items) twin.offer?.(model.get("state").items);
    twin.write(newer.value);
    const certain = newer.confidence === null ? "" : `Confidence there: ${newer.confidence} %.`;
    const heading = `Saved in another window${newer.when ? `, ${newer.when}` : ""}`;
    const keepMine = h("button", { type: "button", class: "dl-button", onclick: () => settle(newer, "save") }, "Keep the answer above");
    const takeOther = h("button", { type: "button", class: "dl-button", onclick: () => settle(newer, "look") }, "Take the other answer");
    choice.replaceChildren(
      h("fieldset", { class: "dl-twin", disabled: true }, h("legend", { class: "dl-label" }, heading), twin.node, h("p", {}, certain)),
      h("div", { class: "dl-buttons" }, keepMine, takeOther),
    );
  }

  /** @param {Newer} newer @param {"save" | "look"} what */
  function settle(newer, what) {
    based = newer.saved;
    if (what === "look") {
      lay(newer);
      waiting = false;
      forget(spec.id);
    }
    choice.hidden = true;
    (onlySaved ? resetButton : checkButton).focus();
    send(what);
  }

  /** What another card of this exercise had on screen and could not save. */
  function restore() {
    const kept = keptOf(spec.id);
    if (!kept) return;
    if (isSame(kept, onScreen())) return forget(spec.id);
    lay(kept);
    say("", "");
    based = kept.based;
    unconfirmed = kept.sent;
    send("save");
  }

  const flush = () => {
    if (saving.stop()) send("save");
  };
  const onHidden = () => document.visibilityState === "hidden" && flush();
  const listener = () => update(false);
  model.on("change:state", listener);
  addEventListener("pagehide", flush);
  document.addEventListener("visibilitychange", onHidden);
  const unlisten = presence(model, unheard, () => waiting && send("save"));
  update(true);
  restore();
  el.append(form);
  return () => {
    flush();
    clearTimeout(timer);
    unlisten();
    model.off("change:state", listener);
    removeEventListener("pagehide", flush);
    document.removeEventListener("visibilitychange", onHidden);
  };
}

/** Typing is saved when it pauses, or has gone on for long; `stop` says whether there was something left. @param {() => void} save */
function typing(save) {
  /** @type {number | undefined} */
  let timer;
  let since = 0;
  const stop = () => {
    const left = since > 0;
    clearTimeout(timer);
    since = 0;
    return left;
  };
  const now = () => {
    stop();
    save();
  };
  const later = () => {
    since ||= Date.now();
    clearTimeout(timer);
    timer = setTimeout(now, Math.max(0, Math.min(PAUSE, since + LONGEST - Date.now())));
  };
  return { stop, now, later };
}
