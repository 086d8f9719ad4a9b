// A notebook shown as a page: its prose set as text, each of its outputs as it is stored, and then alive.
import { h } from "./dom.js";
import { explain, pattern } from "./words.js";

const CHANGED =
  "Parts of this page were changed in your copy, so they do not start by themselves. Show the notebook to start them, or bring the page back with: course.py restore";
const FAILED = "This part could not be shown just now. Open the page again; if it stays, show the notebook to see why.";

/** @param {{ cell: NotebookCell }} part */
const isProse = (part) => part.cell.cell_type === "markdown";
/** @param {NotebookCell} cell */
const sourceOf = (cell) => (Array.isArray(cell.source) ? cell.source.join("") : cell.source);

/**
 * @typedef {{ cell: NotebookCell, source: string, node: HTMLElement, live?: boolean, acts?: boolean, changed?: boolean, area?: JupyterLab }} Part
 */

/**
 * @param {JupyterLab} jupyter what this needs of JupyterLab: `rendermime`, `OutputArea`, `OutputAreaModel`, `Widget`
 * @param {Known} known the course as the frame knows it
 * @param {string} name
 * @param {{ cells: NotebookCell[] }} notebook
 * @returns {ShownPage}
 */
export function makePage(jupyter, known, name, notebook) {
  const facts = known.pages[name] ?? { live: {}, acts: {}, hidden: [], about: {}, title: name };
  const find = pattern(known.terms);
  /** @type {Set<string>} */
  const seen = new Set();
  /** @type {JupyterLab[]} */
  const kept = []; // widgets to take down when the page is left
  let isClosed = false;
  const parts = notebook.cells.filter((cell) => !facts.hidden.includes(cell.id)).map(partOf);
  const isChanged = parts.some((part) => part.changed);
  const shortName = (name.split("/").pop() ?? name).replace(".ipynb", "");
  const article = h(
    "article",
    { class: "rv-page", "data-page": name },
    isChanged && h("p", { class: "rv-notice" }, `${CHANGED} ${shortName}`),
    ...parts.map((part) => part.node),
  );

  // A text that scrolls in its card has to be reachable by keyboard, and one that does not scroll is no stop on the way.
  const looked = new MutationObserver(() => {
    for (const passage of article.querySelectorAll(".dl-passage")) {
      const scrolls = passage.scrollHeight > passage.clientHeight + 1;
      if (scrolls) passage.setAttribute("tabindex", "0");
      else passage.removeAttribute("tabindex");
    }
  });
  looked.observe(article, { childList: true, subtree: true });

  /** @param {NotebookCell} cell @returns {Part} */
  function partOf(cell) {
    const source = sourceOf(cell);
    if (cell.cell_type === "markdown") return { cell, source, node: h("section", { class: "rv-prose", "data-cell": cell.id }) };
    const live = facts.live[cell.id] === source;
    const acts = facts.acts[cell.id] === source; // what acts waits for a button of its own, and what it once said is stale
    return {
      cell,
      source,
      live,
      acts,
      changed: !live && !acts && source.trim() !== "",
      node: h("section", { class: "rv-output", "data-cell": cell.id }),
    };
  }

  /** Put a widget into the page, unless somebody has turned it meanwhile. @param {JupyterLab} widget @param {HTMLElement} node */
  function attach(widget, node) {
    if (isClosed) return widget.dispose();
    jupyter.Widget.attach(widget, node);
    kept.push(widget);
  }

  /** @param {Part} part */
  async function prose(part) {
    const renderer = jupyter.rendermime.createRenderer("text/markdown");
    attach(renderer, part.node);
    if (isClosed) return;
    await renderer.renderModel(jupyter.rendermime.createModel({ data: { "text/markdown": part.source }, trusted: true }));
    for (const anchor of part.node.querySelectorAll("a.jp-InternalAnchorLink")) anchor.remove();
  }

  /**
   * The sentence at an address: in the text that the page shows or asks about nearest before this place, else nearest after it.
   * @param {Part} part
   * @param {string} at
   */
  function sentenceAt(part, at) {
    const place = parts.indexOf(part);
    const near = [...parts.slice(0, place).reverse(), ...parts.slice(place)].map((one) => facts.about[one.cell.id]).filter(Boolean);
    return near.map((text) => known.texts[text]?.[at]).find(Boolean) ?? known.texts.article?.[at] ?? "";
  }

  /** @param {object[]} outputs @param {boolean} trusted */
  function area(outputs, trusted) {
    const model = new jupyter.OutputAreaModel({ values: outputs, trusted });
    return new jupyter.OutputArea({ model, rendermime: jupyter.rendermime, contentFactory: jupyter.OutputArea.defaultContentFactory });
  }

  /** @param {Part} part */
  function stored(part) {
    if (part.acts || !part.cell.outputs?.length) return;
    part.area = area(part.cell.outputs, false);
    attach(part.area, part.node);
  }

  /** Run one part beside what is shown, and let the new take the place of the old when it is there. @param {Part} part @param {JupyterLab} kernel */
  async function run(part, kernel) {
    const fresh = area([], true);
    const future = kernel.requestExecute({ code: part.source, stop_on_error: false, store_history: false, allow_stdin: false }, false); // kept, so that what follows the answers reaches it later
    let isShown = false;
    const takeItsPlace = () => {
      if (isShown || isClosed) return;
      isShown = true;
      attach(fresh, part.node);
      part.area?.dispose();
      part.area = fresh;
      part.node.dataset.alive = "true";
    };
    fresh.outputLengthChanged.connect(takeItsPlace);
    fresh.future = future;
    const reply = await future.done;
    if (reply?.content.status === "error") {
      fresh.model.clear();
      part.node.replaceChildren(h("p", { class: "rv-notice" }, FAILED));
      console.error(`${name} ${part.cell.id}`, reply.content);
      return;
    }
    takeItsPlace();
    if (isClosed) fresh.dispose();
  }

  return {
    node: article,
    /** Draw everything as it is stored; the article has to be in the document. */
    async draw() {
      await Promise.all(parts.map((part) => (isProse(part) ? prose(part) : stored(part))));
      if (isClosed) return;
      for (const part of parts.filter(isProse))
        explain(part.node, { terms: known.terms, seen, find, sentence: (at) => sentenceAt(part, at) });
    },
    /** Bring everything that only shows to life, in the order of the page. */
    async start(kernel) {
      if (!isClosed) await Promise.all(parts.filter((part) => part.live).map((part) => run(part, kernel)));
    },
    /** The place that a link means: a cell's id, or the words of a heading. */
    place(at) {
      const heads = [...article.querySelectorAll("h1, h2, h3")];
      return article.querySelector(`[data-cell="${CSS.escape(at)}"]`) ?? heads.find((head) => head.textContent?.trim() === at);
    },
    close() {
      isClosed = true;
      looked.disconnect();
      for (const widget of kept.splice(0)) widget.isDisposed || widget.dispose();
      article.remove();
    },
  };
}
