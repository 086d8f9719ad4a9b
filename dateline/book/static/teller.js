// The page's side of the worker: what is asked goes out in order, what comes back is passed on, and nothing unsaved is forgotten.

const UNSAVED = "dateline-unsaved-"; // the keeper's names in the browser's storage

/** The storage that outlives a visit, where there is any: it may be full or forbidden. @template T @param {(storage: Storage) => T} act */
export function keptByReader(act) {
  try {
    return act(localStorage);
  } catch {
    return null;
  }
}

export class Teller {
  /** @param {Listener} page who is told */
  constructor(page) {
    this.page = page;
    /** @type {Worker} made by `start`, before anything is asked */
    this.worker = /** @type {any} */ (null);
    this.lastRefused = "";
    this.hasAsked = false; // for the browser to keep the answers for good
    this.isReady = false;
    this.isDown = false;
    this.isKept = true;
    this.asked = 0;
    /** @type {Map<number, (answer: any) => void>} */
    this.waiting = new Map();
    /** @type {object[]} */
    this.held = []; // what was done on cards before Python was there
  }

  start() {
    if (typeof WebAssembly === "undefined") return this.page.failed("no WebAssembly");
    this.worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
    this.worker.onerror = (event) => this.down(event.message ?? "the worker did not start");
    this.worker.onmessage = ({ data }) => this.heard(data);
  }

  /** @param {string} why */
  down(why) {
    this.isDown = true;
    this.page.failed(why);
  }

  /** @param {any} data */
  heard(data) {
    if (data.ready) return this.begin(data.kept);
    if (data.failed) return this.isReady && !data.dead ? console.error(data.failed) : this.down(data.failed);
    if (data.events) this.page.changed(data.events);
    if (data.standing) this.page.stands(data.standing);
    if (data.id === undefined) return;
    if (data.refused !== undefined && this.lastRefused !== data.refused) {
      this.lastRefused = data.refused;
      this.page.refused(data.refused);
    }
    this.waiting.get(data.id)?.(data.answer);
    this.waiting.delete(data.id);
  }

  /** @param {boolean} isKept */
  async begin(isKept) {
    this.isKept = isKept;
    this.lastRefused = isKept ? "" : "refused";
    if (!isKept) this.page.refused("refused");
    const first = this.run(this.page.page);
    this.isReady = true;
    await first;
    for (const message of this.held.splice(0)) this.ask(message);
    this.saveWhatWasLeft();
    this.beOffline();
  }

  /** @param {object} message @returns {Promise<any>} */
  ask(message) {
    const id = ++this.asked;
    return new Promise((done) => {
      this.waiting.set(id, done);
      this.worker.postMessage({ id, ...message });
    });
  }

  /** @param {string} page */
  async run(page) {
    const outputs = await this.ask({ call: "page", page });
    this.page.ran(page, outputs);
  }

  /** The reader has turned to another page. @param {string} page */
  turn(page) {
    if (this.isReady) this.run(page);
  }

  /** @param {string} model @param {any} message */
  hear(model, message) {
    const asked = { call: "hear", model, message };
    if (!this.hasAsked && message.do !== "look") {
      this.hasAsked = true;
      navigator.storage?.persist?.();
    }
    if (this.isReady) this.ask(asked);
    else if (!this.isDown) this.held.push(asked);
  }

  /** What the last visit left on screen and unsaved: the pages it belongs to may not be opened again. */
  async saveWhatWasLeft() {
    const left = keptByReader((storage) => Object.keys(storage).filter((key) => key.startsWith(UNSAVED))) ?? [];
    for (const key of left) {
      const id = key.slice(UNSAVED.length);
      if (this.page.models.known.has(id)) continue; // its own card does that
      const kept = keptByReader((storage) => JSON.parse(storage.getItem(key) ?? "null"));
      if (!kept) continue;
      const isSaved = await this.ask({ call: "save", id, value: kept.value, confidence: kept.confidence, based: kept.based });
      if (isSaved) keptByReader((storage) => storage.removeItem(key));
    }
  }

  /** Keep the whole book for when there is no network; a newer one is fetched beside it and taken at the next visit. */
  async beOffline() {
    const { serviceWorker } = navigator; // there is none on a plain address with a name
    if (!serviceWorker) return;
    try {
      const book = await serviceWorker.register(new URL("../service.js", import.meta.url), { updateViaCache: "none" });
      book.addEventListener("updatefound", () => this.watch(book.installing));
      await book.update();
      this.watch(book.waiting ?? book.installing);
    } catch {
      // Without a network there is nothing newer; where the browser refuses, the book is read from its server.
    }
  }

  /** @param {ServiceWorker | null} coming */
  watch(coming) {
    const tell = () => coming?.state === "installed" && navigator.serviceWorker.controller && this.page.newer();
    coming?.addEventListener("statechange", tell);
    tell();
  }
}
