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
    this.widget_manager = { get_model: async (/** @type {string} */ id) => page.models[id] };
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
    this.sent.push(message);
  }
}

const EMPTY = { value: null, confidence: null, feedback: null, earlier: false, hints: [], message: "", n: 0, view: "" };

page.models = { code: new FakeModel({ style: page.style }) };
page.ends = {};

const { render } = await import(URL.createObjectURL(new Blob([page.source], { type: "text/javascript" })));

/** Lay one more view of a model; the first makes the model. @param {string} id @param {any} spec @param {object} state */
page.show = (id, spec, state = {}) => {
  page.models[id] ??= new FakeModel({ code: "code", spec, state: { ...EMPTY, ...state } });
  const el = document.createElement("div");
  document.getElementById("cards")?.append(el);
  page.ends[id] = [...(page.ends[id] ?? []), render({ model: page.models[id], el })];
};

/** What the other side says, to every view. @param {string} id @param {object} state */
page.answer = (id, state) => {
  const model = page.models[id];
  model.values.state = { ...model.values.state, ...state };
  model.trigger("change:state");
};

page.ready = true;
