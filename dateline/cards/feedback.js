// What is said of an answer: a sign and a reason at each part that they are about, and below what is about the whole.

import { emphasised, fresh, h } from "./basics.js";
import { readersNode } from "./readers.js";

const SIGNS = { right: ["✓", "right"], half: ["◐", "half right"], not: ["✗", "not yet"], none: ["○", "open"] };
const EARLIER = "You have changed your answer since. Check again to hear about what is new.";

/** The sign of a note, as a mark and a word. @param {Note} note */
const signOf = (note) => [h("span", { "aria-hidden": "true", class: "dl-sign" }, `${SIGNS[note.sign][0]} `), SIGNS[note.sign][1]];

/** @param {Note} note @param {string} at @param {"li" | "div"} tag */
function noteNode(note, at, tag) {
  const chosen = note.chosen ? ` · “${note.chosen}”` : "";
  const belief = ["A common belief: ", h("q", {}, note.misconception), `. ${note.better}`];
  return h(
    tag,
    { class: `dl-note dl-${note.sign}`, id: fresh("note") },
    h("span", { class: "dl-head" }, ...signOf(note), at && ` · ${at}`, chosen),
    h("span", { class: "dl-reason", dir: "auto" }, ...emphasised(note.reason)),
    note.quote && h("span", { class: "dl-look" }, "Look at: ", h("q", { dir: "auto" }, note.quote)),
    note.misconception && h("span", { class: "dl-belief" }, ...belief),
  );
}

/** @param {Feedback} feedback @param {Note[]} notes those that are about no part that is on the page */
function restNodes(feedback, notes) {
  const model = feedback.model.map((line) => h("p", {}, line));
  return [
    notes.length && h("ul", { class: "dl-notes" }, ...notes.map((note) => noteNode(note, note.at, "li"))),
    feedback.readers && readersNode(feedback.readers),
    model.length && h("div", { class: "dl-model" }, h("p", { class: "dl-label" }, "Our line"), ...model),
    feedback.next && h("p", { class: "dl-next" }, ...emphasised(feedback.next)),
  ].filter((node) => node instanceof Node);
}

/** The place for what is said of an answer; it takes no room while nothing is said. @param {Control} control */
export function openFeedback(control) {
  const earlier = h("p", { class: "dl-help", hidden: true }, EARLIER);
  const rest = h("div");
  const node = h("div", { class: "dl-feedback", role: "group", "aria-label": "Reasons", hidden: true }, earlier, rest);
  /** @type {{ item: string, into: Element, clear: () => void }[]} */
  let laid = [];
  /** @type {unknown} */
  let checked = null; // the answer that is spoken of

  /** @param {Note} note @param {Spot} spot */
  function lay(note, { into, at = "", group, sign }) {
    const said = noteNode(note, at, "div");
    into.append(said);
    group?.setAttribute("aria-describedby", said.id);
    sign?.replaceChildren(h("span", { class: `dl-note dl-${note.sign}` }, ...signOf(note)));
    const clear = () => {
      said.remove();
      if (group?.getAttribute("aria-describedby") === said.id) group.removeAttribute("aria-describedby");
      sign?.replaceChildren();
    };
    laid.push({ item: note.item, into, clear });
  }

  return {
    node,
    /** @param {Feedback | null} feedback @param {unknown} value the answer that it is about */
    show(feedback, value) {
      for (const { clear } of laid) clear();
      laid = [];
      checked = value;
      const others = (feedback?.notes ?? []).filter((note) => {
        const spot = note.item ? control.spot?.(note.item) : null;
        if (spot) lay(note, spot);
        return !spot;
      });
      rest.replaceChildren(...(feedback ? restNodes(feedback, others) : []));
      earlier.hidden = true;
      node.hidden = !rest.hasChildNodes();
    },
    /** The answer was changed: what is said of a changed part goes, and the rest says that it is older. @param {unknown} value */
    follow(value) {
      if (!laid.length && node.hidden) return;
      for (const { item, into, clear } of laid) {
        if (control.spot?.(item)?.into !== into || partOf(value, item) !== partOf(checked, item)) clear();
      }
      earlier.hidden = node.hidden = false;
    },
  };
}

/** What an answer made of parts says of one of them. @param {any} value @param {string} item */
const partOf = (value, item) => (Array.isArray(value) ? value.includes(item) : value?.[item]);
