// A page of the book: the frame around it, its cards alive at once, and what is said of them as soon as Python is there.
import { render } from "./cards.js";
import { h } from "./dom.js";
import { makeFrame } from "./frame.js";
import known from "./known.js";
import { Models } from "./models.js";
import { answersBox } from "./answers.js";
import { everyDocument, openStorage } from "./storage.js";
import { keptByReader, Teller } from "./teller.js";
import { explain, pattern } from "./words.js";

const START = "notebooks/00-start.ipynb";
const TOOL = known.keys ? "Your answers" : "Hand in your answers";
const GETTING_READY = "The cards are getting ready.";
const NOT_READY = "The cards could not be made ready here. You can read and print every page; what you answer is kept in this page.";
const NEWER = "A newer version of this course has been fetched. It is here at your next visit.";
const STANDING = "dateline-standing"; // where the learner stood at the last look, so that the map is right before Python is there

keptByReader((storage) => {
  globalThis.datelineKeeps = storage;
});

const pages = new Map(Object.entries(known.files)); // the file of each page
const names = new Map([...pages].map(([name, file]) => [file, name]));
const find = pattern(known.terms);

/** The page and the place that a link means, or nothing for what lies elsewhere. @param {string} href */
function linked(href) {
  const address = new URL(href, document.baseURI);
  const home = new URL(".", document.baseURI);
  if (address.origin !== home.origin || !address.pathname.startsWith(home.pathname)) return undefined;
  const page = names.get(address.pathname.slice(home.pathname.length) || "index.html");
  return page && [page, decodeURIComponent(address.hash.slice(1))];
}

/** @param {string} page */
const href = (page) => pages.get(page) ?? "index.html";

class Book {
  constructor() {
    this.page = "";
    this.turn = 0; // counts openings, so that a slow page never takes the place of one that was asked for later
    /** @type {(() => void)[]} */
    this.ends = [];
    this.models = new Models(
      (model, message) => this.teller.hear(model, message),
      () => this.teller.isDown,
    );
    this.teller = new Teller(this);
    this.box = answersBox(this.teller);
    this.ready = h("p", { class: "bk-ready", role: "status" });
  }

  async start() {
    const still = document.getElementById("bk-still");
    const article = still.querySelector("article");
    const parts = JSON.parse(document.getElementById("bk-parts").textContent);
    this.base = await openStorage();
    this.frame = makeFrame({
      known,
      start: START,
      href,
      linked,
      open: (/** @type {string} */ page, /** @type {string} */ at) => this.open(page, at),
      words: async () => (await import("./searched.js")).default,
      tools: () => [h("button", { type: "button", class: "rv-tool", "aria-haspopup": "dialog", onclick: () => this.box.open() }, TOOL)],
    });
    this.foot = still.querySelector("footer");
    this.frame.node.append(this.ready, this.box.node);
    this.frame.stand(lastStanding() ?? known.standing);
    still.replaceWith(this.frame.node);
    this.ready.textContent = GETTING_READY;
    await this.show(article, parts);
    const at = decodeURIComponent(location.hash.slice(1));
    if (at) placeIn(article, at)?.scrollIntoView();
    addEventListener("popstate", () => this.turned());
    this.teller.start();
  }

  /** The reader went back or forward, or the address got another place. */
  turned() {
    const [page, at] = linked(location.href) ?? [];
    if (page && page !== this.page) this.open(page, at, false);
    else if (at) placeIn(this.frame.main, at)?.scrollIntoView();
  }

  /** Turn to a page. @param {string} page @param {string} [at] */
  async open(page, at = "", isNew = true) {
    const turn = ++this.turn;
    this.frame.warn("");
    if (page !== this.page) {
      let found;
      try {
        found = await fetchPage(href(page));
      } catch {
        if (turn !== this.turn) return;
        const again = h("button", { type: "button", class: "rv-tool", onclick: () => this.open(page, at) }, "Try again");
        return this.frame.warn("This page could not be fetched. Your answers are safe.", again);
      }
      if (turn !== this.turn) return;
      if (isNew) history.pushState(null, "", href(page) + (at ? `#${encodeURIComponent(at)}` : ""));
      document.title = found.title;
      await this.show(found.article, found.parts);
      this.frame.main.scrollTop = 0;
      this.frame.main.focus({ preventScroll: true });
      this.teller.turn(page);
    }
    if (at) placeIn(this.frame.main, at)?.scrollIntoView();
  }

  /** Lay a page into the frame, with its cards as they were left. @param {HTMLElement} article @param {any} parts */
  async show(article, parts) {
    for (const end of this.ends.splice(0)) end();
    this.models.clear();
    this.page = parts.page;
    const saved = answersIn(await everyDocument(this.base));
    this.frame.main.replaceChildren(article, this.foot);
    this.frame.at(parts.page);
    this.article = article;
    for (const [part, items] of Object.entries(parts.items)) this.lay(part, items, saved);
    this.explain(article, parts.page);
    passagesByKey(article);
  }

  /** Lay what a part shows: each thing in a place of its own; what is there already stays. @param {string} part @param {any[]} items */
  lay(part, items, saved = new Map()) {
    const section = this.article.querySelector(`[data-cell="${CSS.escape(part)}"]`) ?? this.newPart(part);
    if (!section) return;
    for (const slot of [...section.children].slice(items.length)) slot.remove();
    for (const [i, item] of items.entries()) {
      const slot = section.children[i] ?? section.appendChild(h("div", { class: "rv-item" }));
      if (item.model === undefined) write(slot, item.html);
      else this.layModel(slot, item, saved.get(item.model));
    }
  }

  /** A part of which nothing is stored stands after the parts before it. @param {string} _part */
  newPart(_part) {
    return null;
  }

  layModel(slot, item, answer) {
    const state = answer && item.state?.hints ? { ...item.state, ...answer } : item.state;
    const model = this.models.put(item.model, item.spec, state);
    if (slot.dataset.model === item.model) return;
    slot.dataset.model = item.model;
    slot.replaceChildren();
    this.ends.push(render({ model, el: slot }) ?? (() => {})); // a panel leaves nothing to take away
  }

  explain(article, page) {
    const seen = new Set();
    const about = known.about[page] ?? {};
    const sections = [...article.children];
    for (const section of article.querySelectorAll(".rv-prose")) {
      const here = sections.indexOf(section);
      const near = [...sections.slice(0, here).reverse(), ...sections.slice(here)].map((one) => about[one.dataset.cell]).filter(Boolean);
      const sentence = (at) => near.map((text) => known.texts[text]?.[at]).find(Boolean) ?? known.texts.article?.[at] ?? "";
      explain(section, { terms: known.terms, seen, find, sentence });
    }
  }

  // What the teller has to say.

  /** The page's parts as Python shows them. @param {string} page @param {Record<string, any[]>} outputs */
  ran(page, outputs) {
    if (page !== this.page) return;
    for (const [part, items] of Object.entries(outputs)) this.lay(part, items);
    passagesByKey(this.article);
    this.article.dataset.alive = "true";
    this.ready.textContent = "";
    this.frame.say("The cards are ready.");
  }

  /** @param {any[]} events */
  changed(events) {
    for (const event of events) {
      if (event.model !== undefined) this.models.known.get(event.model)?.stand(event.state);
      else {
        const [part, i] = event.place.split(/\.(?=\d+$)/);
        const slot = this.article.querySelector(`[data-cell="${CSS.escape(part)}"]`)?.children[Number(i)];
        if (slot) write(slot, event.html);
      }
    }
  }

  /** @param {any} standing */
  stands(standing) {
    this.frame.stand(standing, this.hasStood);
    this.hasStood = true;
    keptByReader((storage) => storage.setItem(STANDING, JSON.stringify(standing)));
  }

  /** @param {string} why */
  failed(why) {
    console.error(why);
    this.ready.textContent = "";
    const again = h("button", { type: "button", class: "rv-tool", onclick: () => location.reload() }, "Load the page again");
    this.frame.warn(NOT_READY, again);
  }

  /** The browser keeps nothing at the moment, or does again ("" ). @param {string} why */
  refused(why) {
    const save = h("button", { type: "button", class: "rv-tool", onclick: () => this.box.open() }, "Save your answers as a file");
    this.frame.warn(why && "This browser does not keep your answers: its storage for this site is full or switched off.", why && save);
  }

  newer() {
    this.frame.say(NEWER);
    this.box.note(NEWER);
  }
}

/** @param {string} file */
async function fetchPage(file) {
  const response = await fetch(file);
  if (!response.ok) throw new Error(String(response.status));
  const found = new DOMParser().parseFromString(await response.text(), "text/html");
  const article = document.adoptNode(found.querySelector("article"));
  return { article, title: found.title, parts: JSON.parse(found.getElementById("bk-parts").textContent) };
}

/** The answers in some documents, by exercise, as a card takes them. */
function answersIn(documents) {
  const found = new Map();
  for (const { words } of documents) {
    try {
      for (const [id, answer] of Object.entries(JSON.parse(words).answers ?? {}))
        found.set(id, { value: answer.value ?? null, confidence: answer.confidence ?? null, saved: answer.saved ?? "" });
    } catch {
      // Python says what is wrong with it, and sets it aside.
    }
  }
  return found;
}

/** Lay HTML that the course's own Python made, unless it is there already. @param {Element} slot @param {string} words */
function write(slot, words) {
  const made = new DOMParser().parseFromString(words, "text/html").body;
  for (const anchor of made.querySelectorAll('a[href$=".ipynb"], a[href*=".ipynb#"], a[href*=".md"]')) {
    const [path, at] = anchor.getAttribute("href").split("#");
    const file = path.split("/").pop();
    const page = [...pages.keys()].find((name) => name.endsWith(`/${file}`));
    if (page) anchor.setAttribute("href", href(page) + (at ? `#${at}` : ""));
  }
  const isSame = slot.children.length === made.children.length && [...made.children].every((node, i) => node.isEqualNode(slot.children[i]));
  if (!isSame) slot.replaceChildren(...[...made.childNodes].map((node) => document.adoptNode(node)));
}

/** The place that a link means: a part, a heading by its words, or whatever has that id. @param {Element} within @param {string} at */
function placeIn(within, at) {
  const heads = [...within.querySelectorAll("h1, h2, h3")];
  return (
    within.querySelector(`[data-cell="${CSS.escape(at)}"], [id="${CSS.escape(at)}"]`) ??
    heads.find((head) => head.textContent.trim() === at)
  );
}

/** A text that scrolls in its card has to be reachable by keyboard, and one that does not scroll is no stop on the way. */
function passagesByKey(article) {
  for (const passage of article.querySelectorAll(".dl-passage"))
    passage.toggleAttribute("tabindex", false) || (passage.scrollHeight > passage.clientHeight + 1 && passage.setAttribute("tabindex", "0"));
}

function lastStanding() {
  return keptByReader((storage) => JSON.parse(storage.getItem(STANDING) ?? "null"));
}

const book = new Book();
await book.start();
