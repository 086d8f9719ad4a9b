// The workbench: a text on one side, its tools as tabs on the other; narrow, they stand below each other.

import { at, fresh, h, menu } from "./basics.js";
import { cardView } from "./card.js";
import { marksView } from "./marks.js";

/** @param {Model} model @param {HTMLElement} el */
export function workbenchView(model, el) {
  /** @type {BenchSpec} */
  const spec = model.get("spec");
  const name = fresh("bench");
  const lines = spec.passage.map((line) => {
    const node = h("p", { class: `dl-line ${line.at.startsWith("H") ? "dl-heading" : ""}`, dir: "auto" }, at(line.at), line.words);
    return { line, node };
  });
  const notes = h("ul", { class: "dl-marks", "aria-label": "Marks" });

  /** Marks that are open, one layer at a time; each says why it is there. @param {string} layer */
  const show = (layer) => {
    const marks = spec.layers.find((one) => one.name === layer)?.marks ?? [];
    for (const { line, node } of lines) {
      const own = marks.filter((mark) => mark.at === line.at);
      node.replaceChildren(at(line.at), ...marked(line.words, own));
    }
    notes.replaceChildren(
      ...marks.map((mark) =>
        h("li", {}, at(mark.at), h("q", { dir: "auto" }, mark.words), ` ${mark.label}${mark.note ? `: ${mark.note}` : ""}`),
      ),
    );
  };
  const options = spec.layers.map((layer) => ({ id: layer.name, text: `${layer.name} (${layer.marks.length})` }));
  const box = menu(options, { id: `${name}-layer`, onchange: () => show(box.value) }, "none");
  const layers = h("p", { class: "dl-number" }, h("label", { class: "dl-label", for: box.id }, "Show marks"), box);

  const panels = spec.tools.map((_, i) =>
    h("div", { role: "tabpanel", id: `${name}-panel-${i}`, "aria-labelledby": `${name}-tab-${i}`, hidden: i > 0, tabindex: "-1" }),
  );
  const tabs = spec.tools.map((tool, i) =>
    h(
      "button",
      {
        type: "button",
        role: "tab",
        id: `${name}-tab-${i}`,
        class: "dl-button dl-tab",
        "aria-controls": `${name}-panel-${i}`,
        onclick: () => choose(i),
      },
      tool.title,
    ),
  );

  /** @param {number} chosen @param {boolean} focus */
  function choose(chosen, focus = false) {
    for (const [i, tab] of tabs.entries()) {
      tab.setAttribute("aria-selected", String(i === chosen));
      tab.tabIndex = i === chosen ? 0 : -1;
      panels[i].hidden = i !== chosen;
    }
    node.classList.toggle("dl-whole", spec.tools[chosen].whole); // the text is in the tool itself
    if (focus) tabs[chosen].focus();
  }

  /** @param {KeyboardEvent} event */
  function walk(event) {
    const here = tabs.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    const last = tabs.length - 1;
    const to = /** @type {Record<string, number>} */ ({ ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: last })[event.key];
    if (to === undefined) return;
    event.preventDefault();
    choose((to + tabs.length) % tabs.length, true);
  }

  const bar = h("div", { role: "tablist", class: "dl-tabs", "aria-label": "Tools", onkeydown: walk }, ...tabs);
  const text = [...lines.map((line) => line.node), spec.layers.length > 0 && layers, notes];
  const node = h(
    "section",
    {
      class: "dl-card dl-bench",
      "data-workbench": spec.workbench,
      "data-lm-suppress-shortcuts": "true",
      "aria-label": `Workbench: ${spec.title}`,
      onkeydown: (/** @type {Event} */ event) => event.stopPropagation(),
    },
    h("div", { class: "dl-text", tabindex: "0", role: "region", "aria-label": spec.title }, ...text),
    h("div", { class: "dl-tools" }, bar, ...panels),
  );
  choose(0);
  el.append(node);
  return laid(model, spec, panels);
}

/** Lays the tools' cards, which come later, and returns what takes them away. @param {Model} model @param {BenchSpec} spec @param {HTMLElement[]} panels */
function laid(model, spec, panels) {
  let gone = false;
  /** @type {(() => void)[]} */
  const ended = [];
  for (const [i, tool] of spec.tools.entries()) {
    model.widget_manager.get_model(tool.model).then((card) => {
      if (!gone) ended.push((card.get("spec").marks ? marksView : cardView)(card, panels[i]));
    });
  }
  return () => {
    gone = true;
    for (const end of ended) end();
  };
}

/**
 * A sentence with some of its words marked. Offsets count code points, so the words are taken apart as such.
 * Of two marks that overlap the first is drawn; the list below has both.
 * @param {string} words @param {OpenMark[]} marks
 */
function marked(words, marks) {
  const letters = [...words];
  const parts = [];
  let from = 0;
  for (const mark of [...marks].sort((a, b) => a.start - b.start)) {
    if (mark.start < from) continue;
    parts.push(letters.slice(from, mark.start).join(""));
    parts.push(h("mark", { class: "dl-marked" }, letters.slice(mark.start, mark.end).join("")));
    from = mark.end;
  }
  return [...parts, letters.slice(from).join("")].filter(Boolean);
}
