// One page of the book in sight: what its parts show, its cards alive, its words explained.
import { render } from "./cards.js";
import { h } from "./dom.js";
import known from "./known.js";
import { Models } from "./models.js";
import { ownView } from "./own.js";
import { explain, pattern } from "./words.js";

const find = pattern(known.terms);

/** @typedef {{ article: HTMLElement, page: string, items: Items, title: string }} Printed a page as its file has it */
/** @typedef {{ value: unknown, confidence: number | null, saved: string }} Saved */

/** A page from its document. @param {Document} from @returns {Printed} */
export function printedIn(from) {
  const article = from.querySelector("article");
  const parts = from.getElementById("bk-parts");
  if (!article || !parts) throw new Error("This is no page of the book.");
  const { page, items } = JSON.parse(parts.textContent ?? "");
  return { article: document.adoptNode(article), page, items, title: from.title };
}

/** @param {string} file @returns {Promise<Printed>} */
export async function fetchPage(file) {
  const response = await fetch(file);
  if (!response.ok) throw new Error(String(response.status));
  return printedIn(new DOMParser().parseFromString(await response.text(), "text/html"));
}

export class Sheet {
  /** @param {Models} models */
  constructor(models) {
    this.models = models;
    this.page = "";
    this.article = h("article");
    /** @type {(() => void)[]} */
    this.ends = [];
  }

  /** Lay a page into `place`, with its cards as the reader left them. @param {Printed} printed @param {StoredDocument[]} documents @param {(article: HTMLElement) => void} place */
  show(printed, documents, place) {
    for (const end of this.ends.splice(0)) end();
    this.models.clear();
    this.page = printed.page;
    this.article = printed.article;
    place(printed.article);
    const saved = answersIn(documents);
    for (const [part, items] of Object.entries(printed.items)) this.lay(part, items, saved);
    this.explain();
    this.passagesByKey();
  }

  /** The parts of the page as Python shows them. @param {Items} outputs */
  come(outputs) {
    for (const [part, items] of Object.entries(outputs)) this.lay(part, items);
    this.passagesByKey();
    this.article.dataset.alive = "true";
  }

  /** @param {Change} change */
  change(change) {
    if (change.model !== undefined) return this.models.known.get(change.model)?.stand(change.state);
    if (change.place === undefined) {
      this.lay(change.part, change.items);
      return this.passagesByKey();
    }
    const [part, number] = change.place.split(/\.(?=\d+$)/);
    const slot = this.part(part)?.children[Number(number)];
    if (slot) write(slot, change.html);
  }

  /** @param {string} name */
  part(name) {
    return this.article.querySelector(`[data-cell="${CSS.escape(name)}"]`);
  }

  /** Lay what a part shows, each thing in a place of its own; what is there already stays. @param {string} name @param {Item[]} items @param {Map<string, Saved>} [saved] */
  lay(name, items, saved) {
    const section = this.part(name);
    if (!section) return;
    for (const slot of [...section.children].slice(items.length)) slot.remove();
    for (const [number, item] of items.entries()) {
      const slot = /** @type {HTMLElement} */ (section.children[number] ?? section.appendChild(h("div", { class: "rv-item" })));
      if (item.model === undefined) write(slot, item.html ?? "");
      else this.layModel(slot, item.model, item, saved);
    }
  }

  /** @param {HTMLElement} slot @param {string} name @param {Item} item @param {Map<string, Saved>} [saved] */
  layModel(slot, name, item, saved) {
    const model = this.put(item, saved);
    if (slot.dataset.model === name) return;
    slot.dataset.model = name;
    slot.replaceChildren();
    const draw = model.get("spec").own ? ownView : render;
    this.ends.push(draw({ model, el: slot }) ?? (() => {})); // a panel leaves nothing to take away
  }

  /** A thing's model, and those of what it holds. @param {Item} item @param {Map<string, Saved>} [saved] */
  put(item, saved) {
    for (const held of item.inside ?? []) this.put(held, saved);
    const answer = saved?.get(item.model ?? "");
    const state = answer && item.state?.hints ? { ...item.state, ...answer } : item.state;
    return this.models.put(item.model ?? "", item.spec ?? {}, state);
  }

  /** Let terms and addresses in the prose explain themselves, each text by what stands nearest. */
  explain() {
    /** @type {Set<string>} */
    const seen = new Set();
    const about = known.about[this.page] ?? {};
    const sections = /** @type {HTMLElement[]} */ ([...this.article.children]);
    for (const [here, section] of sections.entries()) {
      if (!section.classList.contains("rv-prose")) continue;
      const near = [...sections.slice(0, here).reverse(), ...sections.slice(here)]
        .map((one) => about[one.dataset.cell ?? ""])
        .filter(Boolean);
      /** @param {string} at */
      const sentence = (at) => near.map((text) => known.texts[text]?.[at]).find(Boolean) ?? known.texts.article?.[at] ?? "";
      explain(section, { terms: known.terms, seen, find, sentence });
    }
  }

  /** A text that scrolls in its card has to be reachable by keyboard, and one that does not scroll is no stop on the way. */
  passagesByKey() {
    for (const passage of this.article.querySelectorAll(".dl-passage")) {
      if (passage.scrollHeight > passage.clientHeight + 1) passage.setAttribute("tabindex", "0");
      else passage.removeAttribute("tabindex");
    }
  }

  /** The place that a link means: a part, whatever has that id, or a heading by its words. @param {string} at */
  place(at) {
    const heads = [...this.article.querySelectorAll("h1, h2, h3")];
    return (
      this.article.querySelector(`[data-cell="${CSS.escape(at)}"], [id="${CSS.escape(at)}"]`) ??
      heads.find((head) => head.textContent?.trim() === at)
    );
  }
}

/** The answers in some documents, by exercise, as a card takes them. @param {StoredDocument[]} documents @returns {Map<string, Saved>} */
function answersIn(documents) {
  const found = new Map();
  for (const { words } of documents) {
    try {
      for (const [id, { value = null, confidence = null, saved = "" }] of Object.entries(JSON.parse(words).answers ?? {}))
        found.set(id, { value, confidence, saved });
    } catch {
      // Python says what is wrong with it, and sets it aside.
    }
  }
  return found;
}

/** Lay HTML that the course's own Python made, unless it is there already. @param {Element} slot @param {string} words */
function write(slot, words) {
  const made = new DOMParser().parseFromString(words, "text/html").body;
  for (const anchor of made.querySelectorAll("a[href]")) anchor.setAttribute("href", inBook(anchor.getAttribute("href") ?? ""));
  const isSame = slot.children.length === made.children.length && [...made.children].every((node, i) => node.isEqualNode(slot.children[i]));
  if (!isSame) slot.replaceChildren(...[...made.childNodes].map((node) => document.adoptNode(node)));
}

/** A link to a notebook or a text of the course as a link to its page; any other as it is. @param {string} href */
function inBook(href) {
  const [path, at] = href.split("#");
  const file = path.split("/").pop() ?? "";
  const page = /\.(ipynb|md)$/.test(file) && Object.keys(known.files).find((name) => name.endsWith(`/${file}`));
  return page ? known.files[page] + (at ? `#${at}` : "") : href;
}
