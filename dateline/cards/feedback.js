// What is said of an answer: verdict, reasons, model answers, next step.

import { h } from "./basics.js";
import { readersNode } from "./readers.js";

const SIGNS = { right: ["✓", "right"], half: ["◐", "half right"], not: ["✗", "not yet"], none: ["○", "open"] };

/** @param {Note} note */
function noteNode(note) {
  const [sign, word] = SIGNS[note.sign];
  const head = [note.at, word, note.chosen ? `“${note.chosen}”` : ""].filter(Boolean).join(" · ");
  const belief = ["A common belief: ", h("q", {}, note.misconception), `. ${note.better}`];
  return h(
    "li",
    { class: `dl-note dl-${note.sign}` },
    h("span", { class: "dl-head" }, h("span", { "aria-hidden": "true", class: "dl-sign" }, `${sign} `), head),
    h("span", { class: "dl-reason", dir: "auto" }, note.reason),
    note.quote && h("span", { class: "dl-look" }, "Look at: ", h("q", { dir: "auto" }, note.quote)),
    note.misconception && h("span", { class: "dl-belief" }, ...belief),
  );
}

/** @param {Feedback | null} feedback @returns {Node[]} */
export function feedbackNodes(feedback) {
  if (!feedback) return [h("p", { class: "dl-quiet" }, "Feedback appears here when you press Check.")];
  const model = feedback.model.map((line) => h("p", {}, line));
  return [
    h("p", { class: "dl-verdict" }, feedback.verdict),
    feedback.notes.length && h("ul", { class: "dl-notes" }, ...feedback.notes.map(noteNode)),
    feedback.readers && readersNode(feedback.readers),
    model.length && h("div", { class: "dl-model" }, h("p", { class: "dl-label" }, "Our line"), ...model),
    feedback.next && h("p", { class: "dl-next" }, feedback.next),
  ].filter((node) => node instanceof Node);
}
