// What is alive on a page of the book: each card, panel and act as the cards' own code wants it, in place of Jupyter's widgets.

const WAITS = "The cards are still getting ready. Your answer is kept in this page, and is saved in a moment.";
const DOWN = "Not saved yet. Your answer is kept in this page; load the page again to go on.";

/** One model: what it is, how it stands, and a way to send what is done on it. */
class PageModel {
  /** @param {Models} all @param {string} name @param {object} spec @param {object} state */
  constructor(all, name, spec, state) {
    this.all = all;
    this.name = name;
    /** @type {Record<string, any>} */
    this.fields = { spec, state, code: "" };
    /** @type {Map<string, Set<() => void>>} */
    this.listeners = new Map();
    this.widget_manager = { get_model: (/** @type {string} */ wanted) => all.wanted(wanted) };
  }

  /** @param {string} field */
  get(field) {
    if (field === "how") return this.all.how();
    return field === "unheard" ? this.all.unheard() : this.fields[field];
  }

  /** @param {object} state */
  stand(state) {
    this.fields.state = state;
    for (const listener of this.listeners.get("change:state") ?? []) listener();
  }

  /** @param {string} event @param {() => void} listener */
  on(event, listener) {
    this.listeners.set(event, (this.listeners.get(event) ?? new Set()).add(listener));
  }

  /** @param {string} event @param {() => void} listener */
  off(event, listener) {
    this.listeners.get(event)?.delete(listener);
  }

  /** @param {object} message */
  send(message) {
    this.all.send(this.name, message);
  }
}

/** All models of the visit, by name. */
export class Models {
  /** @param {(name: string, message: object) => void} send @param {() => { isDown: boolean, isReady: boolean }} how how the worker is */
  constructor(send, how) {
    this.send = send;
    this.how = how;
    /** @type {Map<string, PageModel>} */
    this.known = new Map();
    /** @type {Map<string, (model: PageModel) => void>} */
    this.awaited = new Map();
  }

  /** What a card says when nobody has answered it for a while; nothing where its own words will do. */
  unheard() {
    const { isDown, isReady } = this.how();
    return isDown ? DOWN : isReady ? undefined : WAITS;
  }

  /** The model of a name as it stands now, made where it is new. @param {string} name @param {object} spec @param {object} state */
  put(name, spec, state) {
    const known = this.known.get(name);
    if (known) {
      known.stand(state);
      return known;
    }
    const model = new PageModel(this, name, spec, state);
    this.known.set(name, model);
    this.awaited.get(name)?.(model);
    this.awaited.delete(name);
    return model;
  }

  /** A model by its name, which may come later. @param {string} name @returns {Promise<PageModel>} */
  wanted(name) {
    const known = this.known.get(name);
    return known ? Promise.resolve(known) : new Promise((made) => this.awaited.set(name, made));
  }

  /** A new page: the models of the last one are gone. */
  clear() {
    this.known.clear();
    this.awaited.clear();
  }
}
