// Widgets without JupyterLab: each model keeps what it is sent, and the test says what comes back.

/** @type {any} */
const page = window;

class FakeModel {
  /** @param {Record<string, any>} values */
  constructor(values) {
    this.values = values;
    /** @type {{ event: string, call: () => void }[]} */
    this.listeners = [];
    /** @type {object[]} */
    this.sent = [];
    this.widget_manager = { get_model: async (/** @type {string} */ id) => page.models[id], kernel: page.kernel };
  }

  /** @param {string} name */
  get(name) {
    return this.values[name];
  }

  /** @param {string} event @param {() => void} call */
  on(event, call) {
    this.listeners.push({ event, call });
  }

  /** @param {string} event @param {() => void} call */
  off(event, call) {
    this.listeners = this.listeners.filter((one) => one.event !== event || one.call !== call);
  }

  /** @param {string} event */
  trigger(event) {
    for (const { call } of this.listeners.filter((one) => one.event === event)) call();
  }

  /** @param {object} message */
  send(message) {
    this.sent.push(structuredClone(message));
  }
}

const EMPTY = {
  ...{ value: null, confidence: null, feedback: null, earlier: false, hints: [], message: "" },
  ...{ saved: "", stored: true, readable: true, newer: null, n: 0, view: "" },
};

/** What a kernel's connection tells. @returns {any} */
const signal = () => {
  /** @type {((sender: unknown, value: string) => void)[]} */
  let slots = [];
  return {
    connect: (/** @type {any} */ slot) => slots.push(slot),
    disconnect: (/** @type {any} */ slot) => {
      slots = slots.filter((one) => one !== slot);
    },
    emit: (/** @type {string} */ value) => slots.forEach((slot) => void slot(null, value)),
    count: () => slots.length,
  };
};
page.kernel = { statusChanged: signal(), connectionStatusChanged: signal() };

page.models = { code: new FakeModel({ style: page.style }) };
page.models.code.comm_live = true;
page.ends = {};

const { render } = await import(URL.createObjectURL(new Blob([page.source], { type: "text/javascript" })));

/** Lay one more view of a model; the first makes the model. @param {string} id @param {any} spec @param {object} state */
page.show = (id, spec, state = {}) => {
  page.models[id] ??= new FakeModel({ code: "code", spec, state: { ...EMPTY, ...state } });
  const el = document.createElement("div");
  document.getElementById("cards")?.append(el);
  page.ends[id] = [...(page.ends[id] ?? []), render({ model: page.models[id], el })];
};

/** A model that is made anew, as when a notebook is run again. @param {string} id */
page.anew = (id) => {
  page.models[id] = undefined;
  page.ends[id] = [];
};

/** What the other side says, to every view. @param {string} id @param {object} state */
page.answer = (id, state) => {
  const model = page.models[id];
  model.values.state = { ...model.values.state, ...state };
  model.trigger("change:state");
};

page.ready = true;
