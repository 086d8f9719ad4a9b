// Words that explain themselves: terms of the glossary, and addresses such as p3.s1, on hover, focus and tap.
import { h } from "./dom.js";

const ADDRESS = /\b(?:H[12]|HD\d+|p\d+\.s\d+)\b/;
const WHOLE_ADDRESS = /^(?:H[12]|HD\d+|p\d+\.s\d+)$/;
const LEFT_ALONE = "a, button, h1, h2, h3, summary, pre, .rv-word, form";
let count = 0;

/** @param {string} words */
const escaped = (words) => words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/ /g, "[ -]");

/** One pattern for all terms, the longest first, each in singular and plural. @param {Term[]} terms */
export function pattern(terms) {
  const names = terms
    .map((one) => one.term)
    .sort((a, b) => b.length - a.length)
    .map(escaped);
  const term = names.length ? `\\b(?:${names.join("|")})(?:e?s)?\\b` : "(?!)";
  return new RegExp(`${term}|${ADDRESS.source}`, "gi");
}

/** @param {string} words */
const stem = (words) => words.toLowerCase().replace(/-/g, " ");

/** @param {string} words @param {Term[]} terms */
function termOf(words, terms) {
  const said = stem(words);
  return (
    terms.find((one) => [one.term, `${one.term}s`, `${one.term}es`].includes(said.replace(/-/g, " "))) ??
    terms.find((one) => stem(one.term) === said)
  );
}

/**
 * Make the words in some prose explain themselves, each at its first place.
 * @param {HTMLElement} prose
 * @param {{terms: Term[], seen: Set<string>, sentence: (at: string) => string, find: RegExp}} with_
 */
export function explain(prose, { terms, seen, sentence, find }) {
  const walker = document.createTreeWalker(prose, NodeFilter.SHOW_TEXT);
  /** @type {Text[]} */
  const texts = [];
  while (walker.nextNode())
    if (!walker.currentNode.parentElement?.closest(LEFT_ALONE)) texts.push(/** @type {Text} */ (walker.currentNode));
  for (const text of texts) {
    for (const hit of [...text.data.matchAll(find)].reverse()) {
      const told = note(hit[0], text.data.slice(0, hit.index));
      if (!told) continue;
      const rest = text.splitText(hit.index);
      rest.splitText(hit[0].length);
      rest.replaceWith(explained(hit[0], told));
    }
  }

  /** What is said of these words, or nothing where it was said at an earlier place. @param {string} words @param {string} before */
  function note(words, before) {
    if (WHOLE_ADDRESS.test(words)) {
      const said = sentence(words);
      return said && [h("q", {}, said)];
    }
    const term = termOf(words, terms);
    if (!term || seen.has(term.term) || before.match(find)?.some((other) => termOf(other, terms) === term)) return null;
    seen.add(term.term);
    return [h("strong", {}, term.plain), ": ", term.meaning];
  }
}

/** A word as a button with a note that shows on hover, focus and tap, can be read with the mouse, and closes with Escape. @param {string} words @param {(Node | string)[]} told */
function explained(words, told) {
  const id = `rv-note-${++count}`;
  const note = h("span", { class: "rv-note-box", role: "tooltip", id, hidden: true }, ...told);
  const button = h("button", { type: "button", class: "rv-word-button", "aria-describedby": id }, words);
  const box = h("span", { class: "rv-word" }, button, note);
  let held = false;

  /** @param {boolean} open */
  function show(open) {
    note.hidden = !open;
    if (!open) {
      held = false;
      return;
    }
    note.style.removeProperty("left");
    const edge = box.closest("main")?.getBoundingClientRect() ?? document.documentElement.getBoundingClientRect();
    const { left, right } = note.getBoundingClientRect();
    const over = Math.max(0, right - edge.right + 8);
    if (over || left < edge.left) note.style.left = `${Math.max(edge.left + 8 - left, -over)}px`;
  }

  box.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && show(true));
  box.addEventListener("pointerleave", () => !held && document.activeElement !== button && show(false));
  button.addEventListener("focus", () => show(true));
  button.addEventListener("blur", () => show(false));
  button.addEventListener("click", () => {
    held = !held || Boolean(note.hidden);
    show(held);
    button.focus();
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !note.hidden) {
      event.stopPropagation();
      show(false);
    }
  });
  return box;
}
