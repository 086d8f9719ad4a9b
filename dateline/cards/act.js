// What acts: a card that says how things stand and does something when its button is pressed, never before.

import { fresh, h } from "./basics.js";

const NAME = /(<span data-name>)[^<]*/;

/**
 * A link that saves a file. The reader's name is put in here, in the browser, and is sent nowhere.
 * @param {{ name: string, type: string, words: string }} file @param {string} reader
 */
function fileLink(file, reader) {
  const escaped = reader.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const words = escaped ? file.words.replace(NAME, (_, start) => start + escaped) : file.words;
  const address = URL.createObjectURL(new Blob([words], { type: file.type }));
  return h("a", { href: address, download: file.name, class: "dl-file" }, `Save ${file.name} once more`);
}

/**
 * Lays the card into `el` and returns what takes it away again.
 * @param {Model} model @param {HTMLElement} el
 */
export function actView(model, el) {
  const spec = model.get("spec");
  const name = fresh("act");
  const said = h("div", {});
  const status = h("p", { class: "dl-status", role: "status", "aria-live": "polite" });
  const buttons = h("div", { class: "dl-buttons" });
  const file = h("input", { type: "text", id: `${name}-file`, value: spec.name, spellcheck: "false", autocomplete: "off" });
  const naming = spec.name ? h("p", { class: "dl-naming" }, h("label", { for: file.id, class: "dl-label" }, "File name"), file) : "";
  const reader = h("input", { type: "text", id: `${name}-reader`, autocomplete: "name", spellcheck: "false" });
  const signing = spec.signed
    ? h(
        "p",
        { class: "dl-naming" },
        h("label", { for: reader.id, class: "dl-label" }, "Your name, if you like. It goes into the page alone."),
        reader,
      )
    : "";
  let pressed = false;

  function press() {
    pressed = true;
    status.textContent = "One moment …";
    model.send({ do: "press", name: file.value });
  }

  /** @param {any} state */
  function offer(state) {
    const act = h(
      "button",
      { type: "button", class: "dl-button dl-main", onclick: () => (state.ask ? ask(state) : press()) },
      state.button,
    );
    buttons.replaceChildren(...(state.button ? [act] : []));
  }

  /** @param {any} state */
  function ask(state) {
    const yes = h("button", { type: "button", class: "dl-button dl-main", onclick: press }, state.button);
    const no = h(
      "button",
      {
        type: "button",
        class: "dl-button",
        onclick: () => {
          status.textContent = "";
          offer(state);
        },
      },
      "Not yet",
    );
    status.textContent = state.ask;
    buttons.replaceChildren(yes, no);
    no.focus();
  }

  function update() {
    const state = model.get("state");
    said.replaceChildren(...state.lines.map((/** @type {string} */ line) => h("p", {}, line)));
    if (naming) naming.hidden = !state.button;
    if (signing) signing.hidden = !state.button;
    offer(state);
    const made = state.file ? fileLink(state.file, reader.value.trim()) : null;
    status.replaceChildren(...[state.said, made ? " " : null, made].filter((part) => part !== null));
    if (made && pressed) made.click();
    pressed = false;
  }

  const node = h(
    "section",
    { class: "dl-card dl-act", "aria-label": spec.act, "data-lm-suppress-shortcuts": "true" },
    h("p", { class: "dl-prompt" }, spec.act),
    said,
    signing,
    naming,
    buttons,
    status,
  );
  node.addEventListener("keydown", (event) => event.stopPropagation());
  model.on("change:state", update);
  update();
  el.append(node);
  return () => model.off("change:state", update);
}
