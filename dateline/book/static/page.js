// A visit to the book: the frame around the pages, the way from one to the next, and what the worker has to say.
import { answersBox } from "./answers.js";
import { h } from "./dom.js";
import { makeFrame } from "./frame.js";
import known from "./known.js";
import { Models } from "./models.js";
import { fetchPage, printedIn, Sheet } from "./sheet.js";
import { everyDocument, openStorage } from "./storage.js";
import { keptByReader, Teller } from "./teller.js";

const START = "notebooks/00-start.ipynb";
const TOOL = known.keys ? "Your answers" : "Hand in your answers";
const GETTING_READY = "The cards are getting ready.";
const NOT_READY = "The cards could not be made ready here. You can read and print every page; what you answer is kept in this page.";
const NEWER = "A newer version of this course has been fetched. It is here at your next visit.";
const REFUSED = "This browser does not keep your answers: its storage for this site is full or switched off.";
const STANDING = "dateline-standing"; // where the learner stood at the last look, so that the map is right before Python is there

keptByReader((storage) => {
  /** @type {any} */ (globalThis).datelineKeeps = storage; // what is on screen and not saved outlives the visit
});

const names = new Map(Object.entries(known.files).map(([name, file]) => [file, name]));

/** @param {string} page */
const href = (page) => known.files[page] ?? "index.html";

/** The page and the place that a link means, or nothing for what lies elsewhere. @param {string} link @returns {[string, string] | undefined} */
function linked(link) {
  const address = new URL(link, document.baseURI);
  const home = new URL(".", document.baseURI);
  if (address.origin !== home.origin || !address.pathname.startsWith(home.pathname)) return undefined;
  const page = names.get(address.pathname.slice(home.pathname.length) || "index.html");
  return page ? [page, decodeURIComponent(address.hash.slice(1))] : undefined;
}

/** @param {string} words @param {() => void} act @param {object} [more] */
const tool = (words, act, more = {}) => h("button", { type: "button", class: "rv-tool", onclick: act, ...more }, words);

class Visit {
  constructor() {
    this.turns = 0; // counts openings, so that a slow page never takes the place of one that was asked for later
    this.models = new Models(
      (model, message) => this.teller.hear(model, message),
      () => this.teller,
    );
    this.sheet = new Sheet(this.models);
    this.teller = new Teller(this);
    this.box = answersBox(this.teller, () => this.again());
    this.ready = h("p", { class: "bk-ready", role: "status" }, GETTING_READY);
    this.frame = makeFrame({
      known,
      start: START,
      href,
      linked,
      open: (page, at) => this.open(page, at),
      words: async () => (await import("./searched.js")).default,
      tools: () => [tool(TOOL, () => this.box.open(), { "aria-haspopup": "dialog" })],
    });
    /** @type {IDBDatabase | null} */
    this.base = null;
    this.foot = h("footer");
    this.hasStood = false;
  }

  get page() {
    return this.sheet.page;
  }

  /** The page that was loaded becomes the frame with this page in it. */
  async start() {
    const still = /** @type {HTMLElement} */ (document.getElementById("bk-still"));
    this.foot = still.querySelector("footer") ?? this.foot;
    this.foot.prepend(this.box.note);
    const printed = printedIn(document);
    this.base = await openStorage();
    this.frame.node.append(this.ready, this.box.node);
    this.frame.stand(keptByReader((storage) => JSON.parse(storage.getItem(STANDING) ?? "null")) ?? known.standing);
    still.replaceWith(this.frame.node);
    await this.show(printed);
    const at = decodeURIComponent(location.hash.slice(1));
    if (at) this.sheet.place(at)?.scrollIntoView();
    addEventListener("popstate", () => this.turned());
    this.teller.start();
  }

  /** The reader went back or forward, or the address got another place. */
  turned() {
    const [page, at] = linked(location.href) ?? ["", ""];
    if (page && page !== this.page) this.open(page, at, false);
    else if (at) this.sheet.place(at)?.scrollIntoView();
  }

  /** Turn to a page. @param {string} page @param {string} [at] @param {boolean} isNew whether the address has to follow */
  async open(page, at = "", isNew = true) {
    const turn = ++this.turns;
    this.frame.warn("");
    if (page !== this.page) {
      const found = await fetchPage(href(page)).catch(() => null);
      if (turn !== this.turns) return;
      if (!found) {
        return this.frame.warn(
          "This page could not be fetched. Your answers are safe.",
          tool("Try again", () => this.open(page, at, isNew)),
        );
      }
      if (isNew) history.pushState(null, "", href(page) + (at ? `#${encodeURIComponent(at)}` : ""));
      document.title = found.title;
      await this.show(found);
      this.frame.main.scrollTop = 0;
      this.frame.main.focus({ preventScroll: true });
      this.teller.turn(page);
    }
    if (at) this.sheet.place(at)?.scrollIntoView();
  }

  /** @param {import("./sheet.js").Printed} printed */
  async show(printed) {
    const documents = await everyDocument(this.base);
    this.sheet.show(printed, documents, (article) => this.frame.main.replaceChildren(article, this.foot));
    this.frame.at(printed.page);
  }

  /** The answers were changed as a whole: show this page with them. */
  again() {
    this.teller.turn(this.page);
  }

  // What the teller has to say.

  /** @param {string} page @param {Items} outputs */
  ran(page, outputs) {
    if (page !== this.page) return;
    this.sheet.come(outputs);
    this.ready.textContent = "";
    this.frame.say("The cards are ready.");
  }

  /** @param {Change[]} changes */
  changed(changes) {
    for (const change of changes) this.sheet.change(change);
  }

  /** @param {Standing} standing */
  stands(standing) {
    this.frame.stand(standing, this.hasStood);
    this.hasStood = true;
    if (parent !== window) this.report(standing);
    keptByReader((storage) => storage.setItem(STANDING, JSON.stringify(standing)));
  }

  /** Tell a school's system around the book (SCORM) how far the reader is; any other frame hears nothing of another site. @param {Standing} standing */
  async report(standing) {
    const practice = await this.teller.ask({ call: "practised" });
    parent.postMessage({ dateline: { practice, finished: standing.left === 0 } }, location.origin);
  }

  /** @param {string} why */
  failed(why) {
    console.error(why);
    this.ready.textContent = "";
    this.frame.warn(
      NOT_READY,
      tool("Load the page again", () => location.reload()),
    );
  }

  /** The browser keeps nothing at the moment, or does again (""). @param {string} why */
  refused(why) {
    if (why)
      this.frame.warn(
        REFUSED,
        tool("Save your answers as a file", () => this.box.open()),
      );
    else this.frame.warn("");
  }

  newer() {
    this.frame.say(NEWER);
    this.box.tell(NEWER);
  }
}

await new Visit().start();
