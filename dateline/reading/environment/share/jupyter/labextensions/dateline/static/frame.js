// The course frame: where one is, how far one is, and the way to move. It knows nothing of the program that shows it.
//
// Its host gives `known` (pages, terms, texts), `start` (the first page), `href(page)`, `open(page, at)`, `linked(href)` (the page and
// the place that a link in the prose means, or nothing), `words()` for the search, `tools()`: buttons of its own, and, where answers can
// be handed in, `handIn(place)`: it fills `place` with what hands in and returns what takes it away again.
import { h } from "./dom.js";
import { searchBox } from "./search.js";

const STATES = { done: "done", begun: "begun", waiting: "not begun" };
const NARROW = "(max-width: 64rem)"; // a screen on which the map covers the page, and therefore starts closed

/** The state of a page in one word; pages without questions have none. @param {MapEntry} entry */
function stateOf(entry) {
  if (!entry.of) return "";
  return entry.done === entry.of ? "done" : entry.done ? "begun" : "waiting";
}

/** @param {MapEntry} entry */
const nameOf = (entry) => [entry.number, entry.title].filter(Boolean).join(" ");

/**
 * A dialog of the browser's own: it keeps the focus inside, closes with Escape, and gives the focus back.
 * @param {string} title @param {(place: HTMLElement) => Promise<() => void>} fill
 */
function dialogOf(title, fill) {
  const place = h("div", { class: "rv-dialog-inside" });
  const close = h("button", { type: "button", class: "rv-tool", onclick: () => node.close() }, "Close");
  const node = /** @type {HTMLDialogElement} */ (h("dialog", { class: "rv-dialog", "aria-label": title }, place, close));
  let empty = () => {};
  node.addEventListener("close", () => {
    empty();
    place.replaceChildren();
  });
  return {
    node,
    async open() {
      place.replaceChildren(h("p", { role: "status" }, "One moment …"));
      node.showModal();
      const taken = await fill(place).catch((error) => {
        console.error(error);
        place.replaceChildren(
          h("p", { role: "alert" }, "This could not be shown just now. Your saved answers are safe. Close it and try again."),
        );
        return () => {};
      });
      if (node.open) empty = taken;
      else taken(); // closed before it was there
    },
  };
}

/** @param {Host} host @returns {Frame} */
export function makeFrame(host) {
  /** @type {Standing} */
  let standing = { path: "", left: 0, next: "", review: 0, parts: [] };
  let page = "";
  const narrow = matchMedia(NARROW);

  const main = h("main", { id: "rv-main", class: "rv-main-column", tabindex: "-1" });
  const part = h("span", { class: "rv-part-now" });
  const title = h("strong", { class: "rv-title-now" });
  const count = h("p", { class: "rv-count" });
  const previous = h("a", { class: "rv-step", rel: "prev" });
  const next = h("a", { class: "rv-step", rel: "next" });
  const said = h("p", { class: "rv-said", role: "status" });
  const notice = h("p", { class: "rv-notice", role: "alert", hidden: true });
  const list = h("div", { class: "rv-list" });
  const search = searchBox({ ...host, after: () => narrow.matches && showMap(false) });
  const handIn = host.handIn && dialogOf("Hand in", host.handIn);
  const tools = () => [
    handIn && h("button", { type: "button", class: "rv-tool", "aria-haspopup": "dialog", onclick: handIn.open }, "Hand in"),
    ...host.tools(),
  ];
  const mapButton = h(
    "button",
    { type: "button", class: "rv-tool", "aria-controls": "rv-map", onclick: () => showMap(Boolean(map.hidden)) },
    "Map",
  );
  const map = h(
    "nav",
    { id: "rv-map", class: "rv-map", "aria-label": "Course" },
    search,
    list,
    h("div", { class: "rv-tools-narrow" }, ...tools()),
  );
  const skip = h(
    "a",
    {
      class: "rv-skip",
      href: "#rv-main",
      onclick: (/** @type {Event} */ event) => {
        event.preventDefault();
        main.focus();
      },
    },
    "Skip to the lesson",
  );
  const top = h(
    "header",
    { class: "rv-top" },
    mapButton,
    h("p", { class: "rv-where" }, part, title),
    count,
    h("nav", { class: "rv-steps", "aria-label": "Previous and next page" }, previous, next),
    h("div", { class: "rv-tools-wide" }, ...tools()),
  );
  const node = h("div", { class: "rv-frame" }, skip, top, h("div", { class: "rv-body" }, map, main), notice, said, handIn?.node);

  map.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && narrow.matches && !map.hidden) {
      showMap(false);
      mapButton.focus();
    }
  });
  narrow.addEventListener("change", () => showMap(!narrow.matches));
  showMap(!narrow.matches);

  /** @param {boolean} open */
  function showMap(open) {
    map.hidden = !open;
    mapButton.setAttribute("aria-expanded", String(open));
    node.classList.toggle("rv-open", open);
  }

  const entries = () => standing.parts.flatMap((one) => one.pages.map((entry) => ({ ...entry, part: one.title })));

  /** @param {MapEntry} entry */
  function link(entry) {
    const state = stateOf(entry);
    const detail = state === "begun" ? `${entry.done} of ${entry.of}` : entry.minutes ? `${entry.minutes} min` : "";
    return h(
      "a",
      { href: host.href(entry.page), "data-page": entry.page, "data-state": state, "aria-current": entry.page === page ? "page" : null },
      h("span", { class: "rv-sign", "aria-hidden": "true" }),
      h("span", { class: "rv-name" }, nameOf(entry)),
      h("span", { class: "rv-detail" }, detail),
      state && h("span", { class: "rv-heard" }, `, ${STATES[state]}`),
    );
  }

  function goOn() {
    const coming = entries().find((entry) => entry.page === standing.next);
    const hours =
      standing.left > 90 ? `${(standing.left / 60).toFixed(1)} hours` : standing.left === 1 ? "1 minute" : `${standing.left} minutes`;
    return h(
      "div",
      { class: "rv-go-on" },
      h("p", {}, standing.next ? `About ${hours} left.` : "Every lesson on your path is done."),
      coming &&
        coming.page !== page &&
        h("p", {}, "Next step: ", h("a", { href: host.href(coming.page), "data-page": coming.page }, nameOf(coming))),
      standing.review > 0 &&
        h(
          "p",
          {},
          h(
            "a",
            { href: host.href(host.start), "data-page": host.start, "data-at": "review-head" },
            standing.review === 1 ? "1 card to review" : `${standing.review} cards to review`,
          ),
        ),
    );
  }

  function draw() {
    const held = /** @type {HTMLElement | null | undefined} */ (document.activeElement?.closest?.(".rv-list a"))?.dataset.page;
    list.replaceChildren(
      goOn(),
      ...standing.parts.map((one, number) =>
        h(
          "section",
          { class: "rv-part", "aria-labelledby": one.title ? `rv-part-${number}` : null },
          one.title && h("p", { class: "rv-part-title", id: `rv-part-${number}` }, one.title),
          h("ul", {}, ...one.pages.map((entry) => h("li", {}, link(entry)))),
        ),
      ),
    );
    if (held) /** @type {HTMLElement | null} */ (list.querySelector(`.rv-part a[data-page="${CSS.escape(held)}"]`))?.focus();
    const all = entries();
    const at = all.findIndex((entry) => entry.page === page);
    const here = all[at];
    part.textContent = here?.part ?? "";
    title.textContent = here ? nameOf(here) : (host.known.pages[page]?.title ?? "");
    count.textContent = here?.of ? `${here.done} of ${here.of} answered` : "";
    step(previous, all[at - 1], "Previous");
    step(next, all[at + 1], "Next");
  }

  /** @param {HTMLElement} anchor @param {MapEntry | undefined} entry @param {string} word */
  function step(anchor, entry, word) {
    anchor.hidden = !entry;
    if (!entry) return;
    anchor.setAttribute("href", host.href(entry.page));
    anchor.dataset.page = entry.page;
    anchor.replaceChildren(word, h("span", { class: "rv-step-name" }, `: ${nameOf(entry)}`));
  }

  // A click on any link to a page of the course stays in this tab; with a modifier key the browser does as it always does.
  node.addEventListener(
    "click",
    (event) => {
      const anchor = /** @type {any} */ (event.target).closest?.("a[href]");
      if (!anchor || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      const [wanted, at] = anchor.dataset.page
        ? [anchor.dataset.page, anchor.dataset.at]
        : (host.linked(anchor.getAttribute("href")) ?? []);
      if (!wanted) return;
      event.preventDefault();
      event.stopPropagation();
      if (narrow.matches) showMap(false);
      host.open(wanted, at);
    },
    true,
  );

  return {
    node,
    main,
    /** Say where one is now. */
    at(name) {
      page = name;
      draw();
      list.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
    },
    /** Show where the learner stands; `aloud` also says it to a screen reader. */
    stand(found, aloud = false) {
      standing = found;
      const before = count.textContent;
      draw();
      if (aloud && count.textContent !== before) said.textContent = count.textContent;
    },
    say(words) {
      said.textContent = words;
    },
    /** A line that stays until it is taken away with "", with a button if there is something to do. */
    warn(words, button) {
      notice.hidden = !words;
      notice.replaceChildren(words, button ?? "");
    },
    /** The page after this one in the order of the map. */
    after(name) {
      const all = entries();
      return all[all.findIndex((entry) => entry.page === name) + 1];
    },
  };
}
