// Panels: something to try. They keep nothing and mark nothing.

import { at, button, emphasised, fresh, h, svgNode } from "./basics.js";
import { radios } from "./choices.js";

/** @typedef {(words: string) => void} Say */

/** @type {Record<string, (spec: any, name: string, say: Say) => Node[]>} */
const PANELS = {
  steps: stepsPanel,
  supports: supportsPanel,
  renderings: renderingsPanel,
  clocks: clocksPanel,
  gloss: glossPanel,
  fingerprint: fingerprintPanel,
};

/** @param {Model} model @param {HTMLElement} el */
export function panelView(model, el) {
  /** @type {PanelSpec} */
  const spec = model.get("spec");
  const name = fresh("panel");
  const said = h("p", { class: "dl-status", role: "status", "aria-live": "polite" });
  const tell = (/** @type {string} */ words) => {
    said.textContent = words;
  };
  const node = h(
    "section",
    {
      class: "dl-card",
      "data-panel": spec.panel,
      "data-lm-suppress-shortcuts": "true",
      "aria-labelledby": `${name}-prompt`,
      onkeydown: (/** @type {Event} */ event) => event.stopPropagation(),
    },
    h("p", { class: "dl-prompt", id: `${name}-prompt` }, spec.prompt),
    ...PANELS[spec.kind](spec, name, tell),
    said,
    spec.origin && h("p", { class: "dl-help" }, spec.origin),
  );
  el.append(node);
}

/** @param {string[]} words */
const headRow = (...words) => h("thead", {}, h("tr", {}, ...words.map((one) => h("th", { scope: "col" }, one))));

/** @param {{ text: string }[]} things */
const numbered = (things) => things.map(({ text }, i) => ({ id: String(i), text }));

/** Wordings of one sentence: choose one, read what it says and to what it commits. @param {StepsSpec} spec @param {string} name */
function stepsPanel(spec, name) {
  const words = h("p", { class: "dl-line dl-stepped", dir: "auto", "aria-live": "polite" });
  const notes = h("dl", { class: "dl-facts" });
  const show = () => {
    const step = spec.step[Number(control.read())];
    words.textContent = step.words;
    notes.replaceChildren(...spec.headings.flatMap((heading, i) => [h("dt", {}, heading), h("dd", {}, step.notes[i])]));
  };
  const control = radios(name, numbered(spec.step.map((step) => ({ text: step.label }))), show);
  control.write("0");
  show();
  const wording = h("fieldset", { class: "dl-row" }, h("legend", { class: "dl-label" }, "Wording"), control.node);
  return [wording, h("blockquote", { class: "dl-passage" }, words), notes];
}

/**
 * Supports with a box each; a claim stands while one of its sets of supports is whole.
 * @param {SupportsSpec} spec @param {string} name @param {Say} say
 */
function supportsPanel(spec, name, say) {
  const boxes = spec.supports.map((support) => h("input", { type: "checkbox", id: `${name}-${support.id}`, onchange: () => show(true) }));
  for (const box of boxes) box.checked = true;
  const labels = spec.supports.map((support, i) =>
    h("label", { class: "dl-choice", for: boxes[i].id }, boxes[i], h("span", {}, support.text)),
  );
  const claims = spec.claim.map((claim) => {
    const sign = h("span", { class: "dl-head" });
    const why = h("span", { class: "dl-reason" });
    const words = h("span", { class: "dl-reason" }, at(claim.at), claim.text);
    return { claim, sign, why, node: h("li", { class: "dl-note dl-claim" }, sign, words, why) };
  });
  const show = (/** @type {boolean} */ tell) => {
    const there = new Set(spec.supports.filter((_, i) => boxes[i].checked).map((support) => support.id));
    let standing = 0;
    for (const { claim, sign, why, node } of claims) {
      const stands = claim.needs.some((group) => group.every((need) => there.has(need)));
      standing += Number(stands);
      sign.textContent = stands ? "✓ stands" : "✗ falls";
      why.textContent = stands ? "" : claim.why;
      node.className = `dl-note dl-claim ${stands ? "dl-right" : "dl-not"}`;
    }
    if (tell) say(`${standing} of ${claims.length} claims still ${standing === 1 ? "stands" : "stand"}.`);
  };
  show(false);
  const legend = h("legend", { class: "dl-label" }, "What the claims rest on; untick one");
  return [
    h("fieldset", { class: "dl-row" }, legend, h("div", { class: "dl-choices dl-down" }, ...labels)),
    h("ul", { class: "dl-notes", "aria-label": "Claims" }, ...claims.map(({ node }) => node)),
  ];
}

/** Two renderings beside each other, part by part. @param {RenderingsSpec} spec @param {string} name @param {Say} say */
function renderingsPanel(spec, name, say) {
  const select = (/** @type {string} */ which, /** @type {number} */ first) => {
    const options = spec.rendering.map((version, i) => h("option", { value: i }, version.who));
    const box = h("select", { id: `${name}-${which}`, onchange: () => show(true) }, ...options);
    box.value = String(first);
    return box;
  };
  const [one, two] = [select("one", 0), select("two", 1)];
  const body = h("tbody");
  const heads = [h("th", { scope: "col" }), h("th", { scope: "col" })];
  const show = (/** @type {boolean} */ tell) => {
    const [a, b] = [one, two].map((box) => spec.rendering[Number(box.value)]);
    heads[0].textContent = a.who;
    heads[1].textContent = b.who;
    const kinds = a.parts.map((part, i) => compared(part, b.parts[i]));
    const cell = (/** @type {{ who: string, parts: string[] }} */ version, /** @type {number} */ i) =>
      h("td", { "data-column": version.who, dir: "auto", class: "dl-line" }, version.parts[i] || "–");
    const rows = kinds.map(([sign, word], i) =>
      h("tr", { class: `dl-${word}` }, cell(a, i), cell(b, i), h("th", { scope: "row", "data-column": "compared" }, `${sign} ${word}`)),
    );
    body.replaceChildren(...rows.filter((_, i) => kinds[i][1] !== "neither"));
    const differ = kinds.filter(([, word]) => word !== "same" && word !== "neither").length;
    if (tell) say(`${differ} of ${kinds.length} parts ${differ === 1 ? "differs" : "differ"}.`);
  };
  show(false);
  const boxed = (/** @type {HTMLElement} */ box, /** @type {string} */ words) =>
    h("span", { class: "dl-number" }, h("label", { class: "dl-label", for: box.id }, words), box);
  return [
    h("div", { class: "dl-row dl-numbers" }, boxed(one, "Compare"), boxed(two, "with")),
    h("table", { class: "dl-grid" }, h("thead", {}, h("tr", {}, ...heads, h("th", { scope: "col" }, "compared"))), body),
  ];
}

/** @param {string} a @param {string} b @returns {[sign: string, word: string]} */
function compared(a, b) {
  if (!a && !b) return ["", "neither"];
  if (!a) return ["+", "added"];
  if (!b) return ["−", "dropped"];
  return a === b ? ["=", "same"] : ["≠", "changed"];
}

/** @type {Record<Lane, string>} */
const LANES = { event: "what happened", report: "the state's report", publication: "the page you read" };
const TIMELINE = { left: 110, wide: 470, lane: 46, top: 34 };

/**
 * Three lanes of time and a choice of clocks. The moments stay where they are; what moves is midnight, and with it the name of the day.
 * @param {ClocksSpec} spec @param {string} name @param {Say} say
 */
function clocksPanel(spec, name, say) {
  const picture = h("div", { class: "dl-picture" });
  const table = h("table", { class: "dl-grid" });
  const draw = (/** @type {boolean} */ tell) => {
    const place = Number(control.read());
    const here = spec.places[place].text;
    picture.replaceChildren(timeline(spec, place));
    const rows = spec.happening.map((one, i) =>
      h(
        "tr",
        {},
        h("th", { scope: "row" }, `${i + 1} ${one.text}`),
        h("td", { "data-column": "clock" }, LANES[one.lane]),
        h("td", { "data-column": here }, spec.read[place][i]),
        h("td", { "data-column": "how we know" }, one.why),
      ),
    );
    table.replaceChildren(headRow("what", "clock", here, "how we know"), h("tbody", {}, ...rows));
    if (tell) say(`Now on the clock of ${here}.`);
  };
  const control = radios(name, numbered(spec.places), () => draw(true));
  control.write("0");
  draw(false);
  return [h("fieldset", { class: "dl-row" }, h("legend", { class: "dl-label" }, "Clock"), control.node), picture, table];
}

/** @param {ClocksSpec} spec @param {number} place */
function timeline(spec, place) {
  const { left, wide, lane, top } = TIMELINE;
  const lanes = Object.entries(LANES);
  const foot = top + lane * lanes.length;
  const x = (/** @type {number} */ hours) => left + (hours / spec.length) * wide;
  const label = `Timeline on the clock of ${spec.places[place].text}. The table below says the same.`;
  const svg = svgNode("svg", { viewBox: `0 0 600 ${foot + 10}`, role: "img", "aria-label": label });
  for (const [hours, day] of spec.days[place]) {
    svg.append(svgNode("line", { x1: x(hours), x2: x(hours), y1: 22, y2: foot, class: "dl-midnight" }));
    svg.append(svgNode("text", { x: x(hours) + 3, y: 16, class: "dl-name dl-fine" }, day));
  }
  for (const [i, [, words]] of lanes.entries()) {
    const y = top + lane * (i + 0.5);
    svg.append(svgNode("text", { x: 0, y: y + 4, class: "dl-name dl-fine" }, words));
    svg.append(svgNode("line", { x1: left, x2: left + wide, y1: y, y2: y, class: "dl-lane" }));
  }
  for (const [i, one] of spec.happening.entries()) {
    const moment = spec.hours[i];
    if (!moment) continue;
    const [from, to] = moment.map(x);
    const near = spec.happening.slice(0, i).filter((other, j) => {
      const its = spec.hours[j];
      return other.lane === one.lane && its && Math.abs(x(its[0]) - from) < 18;
    }).length;
    const lift = near ? (near % 2 ? 12 : -12) : 0; // moments of one hour stand above each other
    const y = top + lane * (lanes.findIndex(([key]) => key === one.lane) + 0.5) + lift;
    const bar = to - from > 12;
    svg.append(
      bar
        ? svgNode("rect", { x: from, y: y - 11, width: to - from, height: 22, class: "dl-box" })
        : svgNode("circle", { cx: from, cy: y, r: 8, class: "dl-bar" }),
    );
    const words = { x: bar ? (from + to) / 2 : from, y: y + 4, "text-anchor": "middle" };
    svg.append(svgNode("text", { ...words, class: bar ? "dl-name dl-fine" : "dl-fine dl-inverse" }, String(i + 1)));
  }
  return svg;
}

/**
 * A clause of another language. Its words are one group of radio buttons: a tap or an arrow key chooses one, and its form and sense
 * are shown and said. The sense of each word that was looked up stays below it, so that the clause grows into English.
 * @param {GlossSpec} spec @param {string} name
 */
function glossPanel(spec, name) {
  const about = h("div", { class: "dl-glossed", "aria-live": "polite", "aria-atomic": "true" }, h("p", {}, "Choose a word."));
  const chosen = (/** @type {number} */ i) => {
    const { text, sound, form, sense } = spec.word[i];
    senses[i].textContent = sense;
    const facts = [
      { fact: "sense", words: [h("strong", {}, sense)] },
      { fact: "form", words: emphasised(form) },
      { fact: "sounds like", words: [h("span", { lang: `${spec.lang}-Latn` }, sound)] },
    ];
    const rows = facts.flatMap(({ fact, words }) => [h("dt", {}, fact), h("dd", {}, ...words)]);
    about.replaceChildren(h("p", { class: "dl-line", lang: spec.lang }, text), h("dl", { class: "dl-facts" }, ...rows));
  };
  const senses = spec.word.map(() => h("span", { class: "dl-sense" }));
  const words = spec.word.map(({ text, then }, i) =>
    h(
      "label",
      { class: "dl-foreign" },
      h("input", { type: "radio", name, value: i, onchange: () => chosen(i) }),
      h("span", { class: "dl-line", lang: spec.lang }, text + then),
      senses[i],
    ),
  );
  const legend = h("legend", { class: "dl-label" }, spec.who);
  const whole = h("details", {}, h("summary", {}, "All of it in our English"), h("p", { class: "dl-line" }, spec.whole));
  return [h("fieldset", { class: "dl-row" }, legend, h("div", { class: "dl-clause" }, ...words)), about, whole];
}

/** What each sign of a piece of a line says. @type {Record<string, string>} */
const LIGHTS = { alone: "on the cards of this one alone", shared: "on its cards, and on those of another", nobody: "on no card" };

/**
 * A text, and the words that it has in a row with another; a card chosen below shows its own words alone.
 * @param {FingerprintSpec} spec @param {string} name @param {Say} say
 */
function fingerprintPanel(spec, name, say) {
  const told = h("p", { "aria-live": "polite" });
  const text = h("div", { class: "dl-passage" });
  const cards = h("ul", { class: "dl-marks", "aria-label": "Its phrases, and where the article has words of them" });
  const key = h("p", { class: "dl-help" });
  const shown = () => spec.shown[Number(control.read())];
  const light = (/** @type {number | null} */ card) => {
    const { lines } = shown();
    text.replaceChildren(...lines.map((line) => lit(line, card)));
    for (const [i, row] of [...cards.children].entries()) {
      const here = i === card ? lines.filter((line) => line.pieces.some((one) => one.cards.includes(i))) : [];
      row.querySelector("button")?.setAttribute("aria-pressed", String(i === card));
      row.querySelector(".dl-passage")?.remove();
      if (here.length) row.append(h("div", { class: "dl-passage" }, ...here.map((line) => lit(line, card))));
    }
  };
  const show = () => {
    const one = shown();
    const signs = new Set(one.lines.flatMap((line) => line.pieces.map((part) => part.sign)).filter(Boolean));
    key.replaceChildren(
      ...Object.entries(LIGHTS).flatMap(([sign, words]) => (signs.has(sign) ? [h("mark", { class: `dl-${sign}` }, words), " "] : [])),
    );
    told.textContent = one.told;
    cards.replaceChildren(...one.cards.map((card, i) => h("li", {}, chooser(card, i), h("span", { class: "dl-help" }, ` ${card.found}`))));
    cards.hidden = !one.cards.length;
    light(null);
    say("");
  };
  const chooser = (/** @type {{ words: string, found: string }} */ card, /** @type {number} */ i) =>
    button(card.words, (event) => choose(/** @type {HTMLElement} */ (event.currentTarget), card, i), { "aria-pressed": "false" });
  const choose = (/** @type {HTMLElement} */ chosen, /** @type {{ words: string, found: string }} */ card, /** @type {number} */ i) => {
    const off = chosen.getAttribute("aria-pressed") === "true";
    light(off ? null : i);
    say(off ? "All its phrases light again." : `“${card.words}”: ${card.found}.`);
  };
  const control = radios(name, numbered(spec.shown), show);
  control.write("0");
  show();
  const legend = h("legend", { class: "dl-label" }, "Beside the article");
  return [h("fieldset", { class: "dl-row" }, legend, control.node), h("div", {}, told, key, text), cards];
}

/** A line with its address. @param {FingerprintSpec["shown"][0]["lines"][0]} line @param {number | null} card */
const lit = (line, card) => h("p", { class: "dl-line" }, at(line.at), ...line.pieces.map((one) => piece(one, card)));

/** Words of a line, lit if they stand on a card, or on the one that was chosen. @param {FingerprintPiece} piece @param {number | null} card */
const piece = ({ words, sign, cards }, card) =>
  sign && (card === null || cards.includes(card)) ? h("mark", { class: `dl-${sign}` }, words) : words;
