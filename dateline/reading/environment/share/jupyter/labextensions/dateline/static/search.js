// The search over lessons and glossary: plain words, the best places first.
import { h } from "./dom.js";

const MOST = 8;

/** @param {string} words */
const fold = (words) =>
  words
    .toLowerCase()
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "");

/** How well a place fits: words in its heading count more; every word has to be there. @param {string[]} wanted @param {string} head @param {string} words */
function fits(wanted, head, words) {
  let points = 0;
  for (const word of wanted) {
    const inHead = fold(head).includes(word);
    if (!inHead && !fold(words).includes(word)) return 0;
    points += inHead ? 5 : 1;
  }
  return points;
}

/** Some words around the first place where one of the wanted words stands. @param {string[]} wanted @param {string} words */
function around(wanted, words) {
  const at = Math.max(0, Math.min(...wanted.map((word) => fold(words).indexOf(word)).filter((place) => place >= 0), words.length));
  const start = at > 40 ? words.indexOf(" ", at - 40) + 1 : 0;
  return (start ? "… " : "") + words.slice(start, start + 110).trim() + (start + 110 < words.length ? " …" : "");
}

/**
 * @param {Host & { after?: () => void }} host
 * @returns {HTMLElement} a form with its list of results
 */
export function searchBox(host) {
  /** @type {Section[] | null} */
  let sections = null;
  const found = h("ul", { class: "rv-found", hidden: true });
  const told = h("p", { class: "rv-told", role: "status" });
  const box = h("input", { type: "search", id: "rv-search", autocomplete: "off", oninput: look, onfocus: fetchWords });
  const form = h(
    "form",
    { class: "rv-search", role: "search", onsubmit: (/** @type {Event} */ event) => event.preventDefault(), onkeydown: clearOnEscape },
    h("label", { for: "rv-search" }, "Search lessons and terms"),
    box,
    told,
    found,
  );

  async function fetchWords() {
    sections ??= await host.words().catch(() => []);
    look();
  }

  /** @param {KeyboardEvent} event */
  function clearOnEscape(event) {
    if (event.key !== "Escape" || !box.value) return;
    event.stopPropagation();
    box.value = "";
    look();
    box.focus();
  }

  function look() {
    const wanted = fold(box.value)
      .split(/\s+/)
      .filter((word) => word.length > 1);
    const terms = host.known.terms.map((one) => ({ points: 2 * fits(wanted, one.term, one.plain), node: () => term(one) }));
    const places = (sections ?? []).map((one) => ({ points: fits(wanted, one.head, one.words), node: () => place(one, wanted) }));
    const best = wanted.length ? [...terms, ...places].filter((one) => one.points > 0).sort((a, b) => b.points - a.points) : [];
    found.hidden = best.length === 0;
    found.replaceChildren(...best.slice(0, MOST).map((one) => h("li", {}, one.node())));
    told.textContent = !wanted.length
      ? ""
      : best.length
        ? best.length === 1
          ? "1 place"
          : `${Math.min(best.length, MOST)} of ${best.length} places`
        : "Nothing found.";
  }

  /** @param {Term} one */
  function term(one) {
    return h("p", {}, h("strong", {}, one.term), ` (${one.plain}): ${one.meaning}`);
  }

  /** @param {Section} one @param {string[]} wanted */
  function place(one, wanted) {
    const title = host.known.pages[one.page]?.title ?? one.page;
    return h(
      "a",
      { href: host.href(one.page), "data-page": one.page, "data-at": one.head, onclick: () => host.after?.() },
      h("span", { class: "rv-name" }, title === one.head ? title : `${title}: ${one.head}`),
      h("span", { class: "rv-detail" }, around(wanted, one.words)),
    );
  }

  return form;
}
