// Marking words in a text. Mouse: press on a word and release on another. Keyboard: arrows move by word, Shift+arrows extend,
// then a label's letter or its button. What is marked is listed below the text, each with a button to remove it.

import { at, button, CONTROLS, h } from "../cards/basics.js";
import { letter } from "../cards/choices.js";

/** @param {MarkSpec} spec @param {string} name @param {Changed} changed @returns {Control} */
export function marking(spec, name, changed) {
  /** @type {Mark[]} */
  let marks = [];
  let touched = false;
  /** @type {{ s: number, from: number, to: number } | null} */
  let chosen = null; // in words
  /** @type {{ s: number, w: number } | null} */
  let anchor = null;
  const list = h("ul", { class: "dl-marks", "aria-label": "Marked words" });
  const nothing = h("input", {
    type: "checkbox",
    id: `${name}-nothing`,
    onchange: () => {
      marks = [];
      touched = nothing.checked;
      relist();
      changed();
    },
  });
  const labels = spec.choices.map((choice, i) => {
    const keys = { "aria-keyshortcuts": choice.letter.toLowerCase() || null, "data-label": choice.id };
    const node = button("", () => label(choice.id), keys);
    node.append(letter(choice, i), ` ${choice.text}`);
    return node;
  });

  const lines = spec.sentences.map((sentence, s) => {
    const words = sentence.words.map(([, , word], w) =>
      h(
        "span",
        {
          class: "dl-word",
          role: "option",
          tabindex: w ? -1 : 0,
          "aria-selected": "false",
          onmousedown: (/** @type {MouseEvent} */ event) => {
            event.preventDefault();
            words[w].focus();
            pick(s, w, event.shiftKey);
          },
          onmouseover: (/** @type {MouseEvent} */ event) => {
            if (event.buttons === 1 && anchor?.s === s) pick(s, w, true);
          },
          onkeydown: (/** @type {KeyboardEvent} */ event) => key(event, s, w),
        },
        word,
      ),
    );
    const box = h("div", {
      class: "dl-line dl-listbox",
      role: "listbox",
      "aria-multiselectable": "true",
      "aria-orientation": "horizontal",
      "aria-label": `Words of ${sentence.at}`,
      dir: "auto",
    });
    for (const [w, word] of words.entries()) box.append(word, w < words.length - 1 ? " " : "");
    return { words, node: h("div", { class: "dl-item dl-sentence" }, at(sentence.at), box) };
  });

  /** @param {KeyboardEvent} event @param {number} s @param {number} w */
  function key(event, s, w) {
    const last = spec.sentences[s].words.length - 1;
    const target = /** @type {Record<string, number>} */ ({ ArrowRight: w + 1, ArrowLeft: w - 1, Home: 0, End: last })[event.key];
    const byLetter = spec.choices.find((choice) => choice.letter && choice.letter.toLowerCase() === event.key.toLowerCase());
    if (target !== undefined) {
      event.preventDefault();
      const to = Math.max(0, Math.min(last, target));
      if (event.shiftKey) pick(s, to, true);
      lines[s].words[to].focus();
      if (!event.shiftKey) roam(s, to);
    } else if (event.key === " " || event.key === "Enter") {
      event.preventDefault();
      pick(s, w, event.shiftKey);
    } else if (event.key === "Escape") {
      chosen = anchor = null;
      paint();
    } else if (byLetter && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      if (!chosen) pick(s, w, false);
      label(byLetter.id);
    }
  }

  /** The one word of a sentence that Tab comes to. @param {number} s @param {number} w */
  function stop(s, w) {
    for (const [i, word] of lines[s].words.entries()) word.tabIndex = i === w ? 0 : -1;
  }

  /** @param {number} s @param {number} w */
  function roam(s, w) {
    stop(s, w);
    anchor = { s, w };
  }

  /** @param {number} s @param {number} w @param {boolean} extend */
  function pick(s, w, extend) {
    const from = extend && anchor?.s === s ? anchor.w : w;
    anchor = { s, w: from };
    chosen = { s, from: Math.min(from, w), to: Math.max(from, w) };
    stop(s, w);
    paint();
  }

  /** @param {string} choice */
  function label(choice) {
    if (!chosen) return;
    const sentence = spec.sentences[chosen.s];
    const made = { at: sentence.at, start: sentence.words[chosen.from][0], end: sentence.words[chosen.to][1], label: choice };
    /** @param {Mark} mark */
    const stays = (mark) => mark.at !== made.at || mark.end <= made.start || mark.start >= made.end || (spec.two && mark.label !== choice);
    marks = marks.filter(stays).concat(made);
    touched = true;
    nothing.checked = false;
    chosen = null;
    relist();
    changed();
  }

  /** @param {Mark} mark */
  function remove(mark) {
    marks = marks.filter((other) => other !== mark);
    touched = marks.length > 0;
    relist();
    (list.querySelector("button") ?? nothing).focus();
    changed();
  }

  /** @param {Mark} mark @param {Sentence} sentence @param {number} w */
  const inside = (mark, sentence, w) => mark.at === sentence.at && sentence.words[w][0] >= mark.start && sentence.words[w][1] <= mark.end;

  /** @param {Mark} mark */
  const said = (mark) => {
    const sentence = spec.sentences.find((one) => one.at === mark.at);
    const words = sentence?.words.filter((_, w) => inside(mark, sentence, w)) ?? [];
    return words.map(([, , word]) => word).join(" ");
  };

  function paint() {
    for (const [s, sentence] of spec.sentences.entries()) {
      for (const [w, word] of lines[s].words.entries()) {
        const found = marks.find((mark) => inside(mark, sentence, w));
        const colour = found ? ` dl-n${spec.choices.findIndex((choice) => choice.id === found.label) % 8}` : "";
        const picked = chosen?.s === s && w >= chosen.from && w <= chosen.to;
        word.className = `dl-word${colour}${picked ? " dl-picked" : ""}`;
        word.setAttribute("aria-selected", String(picked || Boolean(found)));
      }
    }
    for (const node of labels) node.disabled = !chosen;
  }

  /** The marks are others than before. */
  function relist() {
    paint();
    list.replaceChildren(...marks.map(listed));
  }

  /** @param {Mark} mark */
  function listed(mark) {
    const i = spec.choices.findIndex((choice) => choice.id === mark.label);
    const away = button("Remove", () => remove(mark), { "aria-label": `Remove the mark on “${said(mark)}”` });
    return h("li", {}, at(mark.at), h("q", {}, said(mark)), " ", letter(spec.choices[i], i), ` ${spec.choices[i].text} `, away);
  }

  relist();
  return {
    node: h(
      "div",
      { class: "dl-row" },
      ...lines.map(({ node }) => node),
      h(
        "p",
        { class: "dl-help" },
        "Press on the first word and release on the last, or move with the arrow keys and extend with Shift. Then choose a label.",
        spec.two ? " Words may have two labels, one after the other." : "",
      ),
      h("div", { class: "dl-buttons", role: "group", "aria-label": "Label the chosen words" }, ...labels),
      list,
      h("label", { class: "dl-choice", for: nothing.id }, nothing, h("span", {}, "There is nothing to mark here")),
    ),
    read: () => (touched ? [...marks] : null),
    write: (value) => {
      marks = Array.isArray(value) ? [...value] : [];
      touched = Array.isArray(value);
      nothing.checked = touched && !marks.length;
      relist();
    },
    spot: (item) => {
      const i = marks.findIndex((mark) => `${mark.at}:${mark.start}-${mark.end}` === item);
      return i < 0 ? null : { into: list.children[i] };
    },
  };
}

CONTROLS.mark = marking;
