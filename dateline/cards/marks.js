// The card on which a draft of marks is corrected. Marks are drawn in the text, all kinds at once: each underlined in the manner of its kind,
// with a letter after it that is a button. One of these buttons is reached with Tab, the others with the arrow keys.

import { at, button, fresh, h, menu } from "./basics.js";

const PARTS = ["source", "cue", "content"];
const GROUPS = { attribution: "who says what", quotation: "quotations", hedge: "hedges", date: "dates and times", number: "quantities" };

/** @param {Model} model @param {HTMLElement} el */
export function marksView(model, el) {
  /** @type {MarksSpec} */
  const spec = model.get("spec");
  const name = fresh("marks");
  const layerOf = Object.fromEntries(spec.labels.map((label) => [label.id, label.layer]));
  const letterOf = Object.fromEntries(spec.labels.map((label) => [label.id, label.letter]));
  const textOf = Object.fromEntries(spec.labels.map((label) => [label.id, label.text]));
  let sent = 0;
  /** @type {number | null} */
  let chosen = null;
  /** @type {"print" | "save" | null} */
  let wanted = null;

  /** @param {object} message */
  function send(message) {
    sent += 1;
    status.textContent = "One moment …";
    model.send({ ...message, n: sent, view: name });
  }

  /** @returns {MarksState} */
  const state = () => model.get("state");

  // ---- what is shown ------------------------------------------------------------------------------------------------

  const boxes = Object.entries(GROUPS).map(([layer, words]) => {
    const box = h("input", { type: "checkbox", id: `${name}-${layer}`, checked: true, onchange: draw });
    return { layer, box, node: h("label", { class: "dl-choice", for: box.id }, box, h("span", {}, words)) };
  });
  const openOnly = h("input", { type: "checkbox", id: `${name}-open`, onchange: draw });
  const unsureOnly = h("input", { type: "checkbox", id: `${name}-unsure`, onchange: draw });

  /** @param {MarkItem} item */
  function isShown(item) {
    const box = boxes.find((one) => one.layer === (layerOf[item.label] ?? "hedge"));
    return (
      item.state !== "out" &&
      (box?.box.checked ?? true) &&
      !(openOnly.checked && item.state !== "draft") &&
      !(unsureOnly.checked && item.sure)
    );
  }

  const lines = spec.passage.map((line) => {
    const node = h("p", { class: `dl-line ${line.at.startsWith("H") ? "dl-heading" : ""}`, dir: "auto", "data-at": line.at });
    return { line, node };
  });
  const text = h(
    "div",
    { class: "dl-marktext", role: "group", "aria-label": `${spec.title}, with its marks`, onkeydown: key, onmouseup: selected },
    ...lines.map(({ node }) => node),
  );
  const detail = h("div", { class: "dl-detail", role: "region", "aria-label": "The chosen mark" });
  const status = h("p", { class: "dl-status", role: "status", "aria-live": "polite" });
  const undo = button("Undo", () => send({ do: "undo" }), { "aria-keyshortcuts": "u" });

  function draw() {
    const items = state().items.filter(isShown);
    for (const { line, node } of lines) {
      const own = items.filter((item) => item.at === line.at);
      node.replaceChildren(at(line.at), ...pieces(line.words, own));
    }
    const tags = allTags();
    const here = tags.find((tag) => Number(tag.dataset.mark) === chosen) ?? tags[0];
    for (const tag of tags) tag.tabIndex = tag === here ? 0 : -1;
  }

  /** A sentence in pieces, each under the marks that cover it. Offsets count code points. @param {string} words @param {MarkItem[]} own */
  function pieces(words, own) {
    const letters = [...words];
    const edges = [...new Set([0, letters.length, ...own.flatMap((item) => [item.start, item.end])])].sort((a, b) => a - b);
    const parts = [];
    for (const [i, from] of edges.slice(0, -1).entries()) {
      const to = edges[i + 1];
      const covers = own.filter((item) => item.start <= from && to <= item.end);
      const kinds = [...new Set(covers.map((item) => (PARTS.includes(item.label) ? item.label : layerOf[item.label])))];
      const picked = covers.some((item) => item.number === chosen) ? " dl-picking" : "";
      const piece = letters.slice(from, to).join("");
      parts.push(kinds.length ? h("span", { class: `${kinds.map((kind) => `dl-m-${kind}`).join(" ")}${picked}` }, piece) : piece);
      const ending = own.filter((item) => item.end === to).sort((a, b) => b.start - a.start);
      parts.push(...ending.map(tagOf));
    }
    return parts;
  }

  /** @param {MarkItem} item */
  function tagOf(item) {
    const doubt = item.sure ? "" : "?";
    const settled = item.state === "draft" ? "" : " dl-settled";
    const said = `${textOf[item.label] ?? item.label}: ${item.words}${item.sure ? "" : ", not sure"}${item.state === "draft" ? ", draft" : ", decided"}`;
    return h(
      "button",
      {
        type: "button",
        class: `dl-tag${settled}`,
        tabindex: "-1",
        "data-mark": String(item.number),
        "aria-label": said,
        title: item.why,
        onfocus: () => choose(item.number),
        onmouseenter: () => hover(item),
        onclick: () => choose(item.number),
      },
      `${letterOf[item.label] ?? "•"}${doubt}`,
    );
  }

  /** @returns {HTMLButtonElement[]} */
  const allTags = () => [...text.querySelectorAll("button")];

  // ---- one mark --------------------------------------------------------------------------------------------------------

  const found = () => state().items.find((item) => item.number === chosen && item.state !== "out");

  /** @param {number} number */
  function choose(number) {
    if (chosen === number && detail.childElementCount > 0) return;
    chosen = number;
    for (const tag of allTags()) tag.tabIndex = Number(tag.dataset.mark) === number ? 0 : -1;
    paint();
    describe();
  }

  /** Underlines what goes with the chosen mark, without laying the text anew, so that the focus stays. */
  function paint() {
    for (const tag of allTags()) tag.classList.toggle("dl-picking", Number(tag.dataset.mark) === chosen);
  }

  /** @param {MarkItem} item */
  function hover(item) {
    if (document.activeElement instanceof HTMLElement && detail.contains(document.activeElement)) return;
    if (!text.contains(document.activeElement)) {
      chosen = item.number;
      paint();
      describe();
    }
  }

  function describe() {
    const item = found();
    if (!item) {
      detail.replaceChildren(h("p", { class: "dl-help" }, "Choose a letter in the text to see why the mark is there."));
      return;
    }
    const sorts = spec.labels.filter((label) => PARTS.includes(label.id) === PARTS.includes(item.label));
    const box = menu(sorts, { id: `${name}-label`, onchange: () => box.value && alter(item, item.start, item.end, box.value) }, "choose…");
    box.value = item.label;
    const parts = state().items.filter(
      (other) => item.link && other.link === item.link && other.number !== item.number && other.state !== "out",
    );
    detail.replaceChildren(
      h("p", {}, at(item.at), h("q", { dir: "auto" }, item.words), ` ${textOf[item.label] ?? item.label}. ${item.why}`),
      ...(parts.length > 0
        ? [
            h(
              "p",
              { class: "dl-help" },
              "Goes with: ",
              parts.map((other) => `${textOf[other.label]?.split(":")[0]} “${other.words}”`).join("; "),
            ),
          ]
        : []),
      h(
        "div",
        { class: "dl-buttons", role: "group", "aria-label": "What to do with the mark" },
        button("Keep", () => send({ do: "keep", mark: item.number }), { "aria-keyshortcuts": "k" }),
        button("Throw out", () => throwOut(item), { "aria-keyshortcuts": "x" }),
        button("Begin earlier", () => move(item, "start", -1)),
        button("Begin later", () => move(item, "start", 1)),
        button("End earlier", () => move(item, "end", -1)),
        button("End later", () => move(item, "end", 1)),
      ),
      h("p", { class: "dl-number" }, h("label", { class: "dl-label", for: box.id }, "Label"), box),
    );
  }

  /** @param {MarkItem} item */
  function throwOut(item) {
    const tags = allTags();
    const here = tags.findIndex((tag) => Number(tag.dataset.mark) === item.number);
    const gone = new Set(
      state()
        .items.filter((other) => other.number === item.number || (item.link && other.link === item.link))
        .map((one) => one.number),
    );
    const next = [...tags.slice(here + 1), ...tags.slice(0, here).reverse()].find((tag) => !gone.has(Number(tag.dataset.mark)));
    following = next ? Number(next.dataset.mark) : null;
    send({ do: "out", mark: item.number });
  }
  /** @type {number | null} */
  let following = null;

  /** @param {MarkItem} item @param {number} start @param {number} end @param {string} label */
  const alter = (item, start, end, label) => send({ do: "change", mark: item.number, start, end, label });

  /** The words of a sentence, in code points. @param {string} address @returns {[number, number][]} */
  function wordsOf(address) {
    const letters = [...(spec.passage.find((line) => line.at === address)?.words ?? "")];
    /** @type {[number, number][]} */
    const words = [];
    let from = -1;
    for (let i = 0; i <= letters.length; i++) {
      const inside = i < letters.length && letters[i].trim() !== "";
      if (inside && from < 0) from = i;
      if (!inside && from >= 0) {
        words.push([from, i]);
        from = -1;
      }
    }
    return words;
  }

  /** Moves an edge of a mark by a word. @param {MarkItem} item @param {"start" | "end"} edge @param {number} step */
  function move(item, edge, step) {
    const words = wordsOf(item.at);
    const places = words.map((word) => word[edge === "start" ? 0 : 1]);
    const now = item[edge];
    const to = step > 0 ? places.find((place) => place > now) : [...places].reverse().find((place) => place < now);
    const [start, end] = edge === "start" ? [to ?? now, item.end] : [item.start, to ?? now];
    if (to === undefined || start >= end) {
      status.textContent = "It cannot go further there.";
      return;
    }
    alter(item, start, end, item.label);
  }

  /** @param {KeyboardEvent} event */
  function key(event) {
    const tags = allTags();
    const here = tags.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    if (here < 0 || event.ctrlKey || event.metaKey) return;
    const item = found();
    const arrow = /** @type {Record<string, number>} */ ({ ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 })[event.key];
    const to = arrow ? here + arrow : /** @type {Record<string, number>} */ ({ Home: 0, End: tags.length - 1 })[event.key];
    if (arrow && item && (event.shiftKey || event.altKey)) move(item, event.shiftKey ? "end" : "start", arrow);
    else if (to !== undefined) tags[Math.max(0, Math.min(tags.length - 1, to))].focus();
    else if (event.key === "k" && item) send({ do: "keep", mark: item.number });
    else if ((event.key === "x" || event.key === "Delete") && item) throwOut(item);
    else if (event.key === "u") send({ do: "undo" });
    else if (event.key === "Enter") detail.querySelector("button")?.focus();
    else return;
    event.preventDefault();
  }

  // ---- a mark more --------------------------------------------------------------------------------------------------------

  const sentence = menu(
    spec.passage.map((line) => ({ id: line.at, text: `${line.at} ${line.words.slice(0, 50)}` })),
    { id: `${name}-at` },
  );
  const typed = h("input", { type: "text", id: `${name}-words`, autocomplete: "off", spellcheck: "false" });
  const nth = h("input", { type: "number", id: `${name}-nth`, min: "1" });
  const newLabel = menu(spec.labels, { id: `${name}-new`, onchange: offerParts });
  const partOf = h("select", { id: `${name}-part` });
  const partRow = h("p", { hidden: true }, h("label", { class: "dl-label", for: partOf.id }, "Goes with"), partOf);

  function offerParts() {
    partRow.hidden = !PARTS.includes(newLabel.value);
    const cues = state().items.filter((item) => item.state !== "out" && item.link && item.at === sentence.value);
    const options = cues.map((item) => h("option", { value: String(item.number) }, `${textOf[item.label]?.split(":")[0]} “${item.words}”`));
    partOf.replaceChildren(h("option", { value: "" }, "an attribution of its own"), ...options);
  }
  sentence.addEventListener("change", offerParts);

  /** Words that are chosen with the mouse are offered below. */
  function selected() {
    const chosenWords = document.getSelection();
    const words = chosenWords?.toString().trim() ?? "";
    const line = /** @type {Element | null} */ (chosenWords?.anchorNode?.parentElement?.closest("[data-at]"));
    if (!words || !(line instanceof HTMLElement) || !text.contains(line)) return;
    sentence.value = line.dataset.at ?? "";
    const range = chosenWords?.getRangeAt(0);
    typed.value = range ? spoken(range.cloneContents()) : words;
    adding.open = true;
    offerParts();
  }

  /** Words of the text without the letters of its marks. @param {DocumentFragment} part */
  function spoken(part) {
    for (const tag of part.querySelectorAll("button, .dl-at")) tag.remove();
    return (part.textContent ?? "").trim();
  }

  function add() {
    if (!sentence.value || !typed.value.trim() || !newLabel.value) {
      status.textContent = "Choose a sentence, its words and a label.";
      return;
    }
    const to = PARTS.includes(newLabel.value) && partOf.value ? Number(partOf.value) : null;
    send({
      do: "add",
      at: sentence.value,
      words: typed.value.trim(),
      label: newLabel.value,
      nth: nth.value ? Number(nth.value) : null,
      to,
    });
  }
  const adding = h(
    "details",
    {},
    h("summary", {}, "Add a mark"),
    h("p", { class: "dl-help" }, "Choose words in the text with the mouse, or write them as they stand in the sentence."),
    h("p", {}, h("label", { class: "dl-label", for: sentence.id }, "Sentence"), sentence),
    h("p", {}, h("label", { class: "dl-label", for: typed.id }, "Words"), typed),
    h("p", {}, h("label", { class: "dl-label", for: nth.id }, "If they stand there more than once: the how manieth"), nth),
    h("p", {}, h("label", { class: "dl-label", for: newLabel.id }, "Label"), newLabel),
    partRow,
    button("Add the mark", add),
  );

  // ---- what is counted, compared and taken along -----------------------------------------------------------------------------

  const counts = h("div", {});
  const agreeing = h("div", {});
  const beside = h("div", {});
  const other = menu(
    spec.others.map((id) => ({ id, text: id })),
    { id: `${name}-other`, onchange: () => send({ do: "compare", with: other.value }) },
    "none",
  );
  const colleague = h("input", {
    type: "file",
    id: `${name}-colleague`,
    accept: ".toml",
    onchange: async () => {
      const file = colleague.files?.[0];
      if (file) send({ do: "agree", words: await file.text(), name: file.name });
      colleague.value = "";
    },
  });

  /** @param {string} form @param {"save" | "print"} how */
  function take(form, how) {
    wanted = how;
    send({ do: "export", form });
  }

  /** @param {string[]} head @param {(string | number)[][]} rows @param {string} label */
  function table(head, rows, label) {
    return h(
      "table",
      { class: "dl-grid", "aria-label": label },
      h("thead", {}, h("tr", {}, ...head.map((words) => h("th", { scope: "col" }, words)))),
      h(
        "tbody",
        {},
        ...rows.map((row) => h("tr", {}, ...row.map((cell, i) => h(i ? "td" : "th", i ? {} : { scope: "row" }, String(cell))))),
      ),
    );
  }

  function recount() {
    const now = state();
    const rest = now.resting;
    const rows = now.voices.map((voice) => [voice.name + (voice.vague ? " (vague)" : ""), voice.statements, voice.sentences.join(", ")]);
    const alone = rest.voice && rest.alone.length ? ` On ${rest.voice} alone: ${rest.alone.join(", ")}.` : "";
    counts.replaceChildren(
      table(["Voice", "Statements", "In"], rows, "Who speaks how often"),
      h(
        "p",
        {},
        `Sentences: ${rest.nobody} hand nothing to anybody, ${rest.one} rest on one voice alone, ${rest.several} on several.${alone}`,
      ),
    );
    const agreed = now.agreement;
    agreeing.replaceChildren(
      ...(agreed
        ? [
            table(
              ["Kind", "Here", agreed.with, "Both", "Agreement"],
              agreed.rows.map((row) => [
                row.label,
                row.left,
                row.right,
                row.both,
                row.share === null ? "–" : `${Math.round(100 * row.share)} %`,
              ]),
              `Agreement with ${agreed.with}`,
            ),
          ]
        : []),
    );
    const compared = now.comparison;
    beside.replaceChildren(
      ...(compared
        ? [
            table(
              ["", spec.title, compared.with, "Only left", "Only right"],
              compared.rows.map((row) => [
                row.how,
                row.left.join(" "),
                row.right.join(" "),
                row.dropped.join(" · "),
                row.added.join(" · "),
              ]),
              `${spec.title} beside ${compared.with}`,
            ),
            h("p", {}, `Named in both: ${compared.both.join("; ") || "nobody"}.`),
            h("p", {}, `Only here: ${compared.here.join("; ") || "nobody"}. Only there: ${compared.there.join("; ") || "nobody"}.`),
          ]
        : []),
    );
  }

  function update() {
    const now = state();
    const held = text.contains(document.activeElement);
    const inDetail = detail.contains(document.activeElement) ? document.activeElement?.textContent : null;
    if (following !== null && !found()) chosen = following;
    following = null;
    undo.disabled = now.undo === 0;
    draw();
    paint();
    describe();
    recount();
    status.textContent = now.said;
    const file = now.view === name ? now.file : null;
    if (file && wanted) hand(file, wanted);
    wanted = null;
    if (held)
      allTags()
        .find((tag) => tag.tabIndex === 0)
        ?.focus();
    else if (inDetail) [...detail.querySelectorAll("button")].find((one) => one.textContent === inDetail)?.focus();
  }

  /** @param {{ name: string, type: string, words: string }} file @param {"save" | "print"} how */
  function hand(file, how) {
    if (how === "print") {
      const frame = h("iframe", { title: "The page to print", hidden: true, srcdoc: file.words });
      frame.addEventListener("load", () => frame.contentWindow?.print());
      node.append(frame);
      return;
    }
    const address = URL.createObjectURL(new Blob([file.words], { type: file.type }));
    const link = h("a", { href: address, download: file.name, class: "dl-file" }, `Save ${file.name} once more`);
    status.append(" ", link);
    link.click();
  }

  const node = h(
    "section",
    {
      class: "dl-card dl-markcard",
      "data-marks": spec.marks,
      "aria-label": `Marks on ${spec.title}`,
      "data-lm-suppress-shortcuts": "true",
      onkeydown: (/** @type {Event} */ event) => event.stopPropagation(),
    },
    h(
      "p",
      { class: "dl-help" },
      "Rules made these marks and some are wrong. Arrow keys go from letter to letter; k keeps a mark, x throws it out, u undoes; " +
        "Shift with an arrow moves its end, Alt with an arrow its beginning. Every change is saved at once.",
    ),
    h(
      "fieldset",
      {},
      h("legend", { class: "dl-label" }, "Show"),
      h(
        "div",
        { class: "dl-choices" },
        ...boxes.map((one) => one.node),
        h("label", { class: "dl-choice", for: openOnly.id }, openOnly, h("span", {}, "only what is not decided")),
        h("label", { class: "dl-choice", for: unsureOnly.id }, unsureOnly, h("span", {}, "only what is not sure")),
      ),
    ),
    text,
    detail,
    h("div", { class: "dl-buttons" }, undo),
    status,
    adding,
    h("details", {}, h("summary", {}, "Who speaks how often, and what rests on one voice"), counts),
    h(
      "details",
      {},
      h("summary", {}, "Agreement with the draft or a colleague"),
      h(
        "p",
        {},
        button("Compare with the draft", () => send({ do: "agree" })),
      ),
      h("p", {}, h("label", { class: "dl-label", for: colleague.id }, "A colleague's annotation file of this text"), colleague),
      agreeing,
    ),
    h(
      "details",
      {},
      h("summary", {}, "Beside another report"),
      h("p", {}, h("label", { class: "dl-label", for: other.id }, "Text"), other),
      beside,
    ),
    h(
      "div",
      { class: "dl-buttons", role: "group", "aria-label": "Take the marks along" },
      button("Table (CSV)", () => take("csv", "save")),
      button("Annotations (JSON)", () => take("json", "save")),
      button("Marked page (HTML)", () => take("html", "save")),
      button("Print", () => take("html", "print")),
    ),
  );
  model.on("change:state", update);
  update();
  el.append(node);
  return () => model.off("change:state", update);
}
