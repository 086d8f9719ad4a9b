// A desk of closed cards: how sure before, which cards are opened, how sure after. An opened card stays open.

import { button, CONTROLS, h } from "../cards/basics.js";
import { numberBox } from "../cards/numbers.js";

/** @param {DeskSpec} spec @param {string} name @param {Changed} changed @returns {Control} */
export function desk(spec, name, changed) {
  /** @type {string[]} */
  let opened = [];
  /** @type {Bounded} */
  const percent = { bounds: [0, 100], unit: "%" };
  const before = numberBox(percent, `${name}-before`, "Before you open a card: how sure are you that the claim holds?", changed);
  const after = numberBox(percent, `${name}-after`, "When you stop: how sure are you now?", changed);
  const left = h("p", { class: "dl-help", role: "status" });
  const cards = spec.items.map((item) => {
    const inside = h("p", { class: "dl-line", id: `${name}-${item.id}`, dir: "auto", tabindex: "-1" }, item.inside);
    const show = () => {
      opened.push(item.id);
      lay();
      inside.focus();
      changed();
    };
    const open = button("Open", show, { "aria-label": `Open: ${item.title}` });
    const from = h("p", { class: "dl-help" }, `${item.who} · ${item.date}`);
    const node = h("li", { class: "dl-deskcard" }, from, h("p", { class: "dl-label" }, item.title), open, inside);
    return { item, open, inside, node };
  });

  function lay() {
    const first = before.read();
    const started = typeof first === "number" && first >= 0 && first <= 100;
    const rest = spec.budget - opened.length;
    for (const { item, open, inside, node } of cards) {
      const seen = opened.includes(item.id);
      inside.hidden = !seen;
      open.hidden = seen;
      open.disabled = !started || rest < 1;
      node.classList.toggle("dl-open", seen);
    }
    left.textContent = started
      ? `You may open ${rest} more of ${spec.budget === 1 ? "1 card" : `${spec.budget} cards`}, or stop.`
      : "Give your first number, and the cards can be opened.";
  }

  before.box.addEventListener("input", lay);
  lay();
  return {
    node: h(
      "div",
      { class: "dl-row" },
      h("p", { class: "dl-numbers dl-wide" }, before.node),
      left,
      h("ol", { class: "dl-desk", "aria-label": "Source cards" }, ...cards.map(({ node }) => node)),
      h("p", { class: "dl-numbers dl-wide" }, after.node),
    ),
    read: () => (before.read() === null && !opened.length ? null : { before: before.read(), opened: [...opened], after: after.read() }),
    write: (value) => {
      const known = spec.items.map((item) => item.id);
      opened = Array.isArray(value?.opened) ? value.opened.filter((/** @type {string} */ id) => known.includes(id)) : [];
      before.write(value?.before);
      after.write(value?.after);
      lay();
    },
    spot: (id) => {
      const card = opened.includes(id) ? cards.find(({ item }) => item.id === id) : null;
      return card && { into: card.node };
    },
  };
}

CONTROLS.desk = desk;
