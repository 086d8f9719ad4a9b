// One visual language for every kind of question, made of native controls. Words that come from a text, a question
// or a learner are only ever set as text, never as HTML.

/**
 * The control of each kind of exercise, by its name. Each file in `kinds/` puts its own here.
 * @type {Record<string, (spec: any, name: string, changed: () => void, prompt: string) => Control>}
 */
export const CONTROLS = {};

let count = 0;

/** A name that no other control on the page has. @param {string} of */
export const fresh = (of) => `dl-${of}-${++count}`;

/** @typedef {Node | string | null | undefined | false} Child */

/**
 * An element with attributes (those that begin with `on` are listeners) and children; empty children are left out.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, any>} attributes
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.filter(isThere));
  return node;
}

/** @param {Child} child @returns {child is Node | string} */
const isThere = (child) => child !== null && child !== undefined && child !== false && child !== "";

/** @param {string} tag @param {Record<string, string | number>} attributes */
export function svgNode(tag, attributes, words = "") {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
  node.append(words);
  return node;
}

/**
 * Do something while a thing stays where it is on the screen, however much grows or shrinks above it.
 * @param {Element} thing @param {() => void} act
 */
export function staying(thing, act) {
  const before = thing.getBoundingClientRect().top;
  act();
  let around = thing.parentElement;
  while (around && !(around.scrollHeight > around.clientHeight && /auto|scroll/.test(getComputedStyle(around).overflowY)))
    around = around.parentElement;
  (around ?? document.scrollingElement)?.scrollBy(0, thing.getBoundingClientRect().top - before);
}

/** A sentence's address. @param {string} address */
export const at = (address) => (address ? h("span", { class: "dl-at" }, address, " ") : "");

/** Listeners of a box that is typed into. @param {Changed} changed */
export const typedInto = (changed) => ({ oninput: () => changed(true), onchange: () => changed() });

const STARRED = /\*(\S|\S[^*]*\S)\*/;

/** The same words without their stars, for a name that only a screen reader says. @param {string} words */
export const unstarred = (words) => words.split(STARRED).join("");

const KOREAN = /([ㄱ-ㅣ가-힣](?:[ㄱ-ㅣ가-힣\d ]*[ㄱ-ㅣ가-힣])?)/;

/** Words with the Korean ones marked, so that a screen reader changes its voice for them. @param {string} words @returns {Child[]} */
const voiced = (words) => words.split(KOREAN).map((part, i) => (i % 2 ? h("span", { lang: "ko" }, part) : part));

/** Words with what stands between *stars* emphasised; a star with a space inside it stays a star. @param {string} words @returns {Child[]} */
export const emphasised = (words) => words.split(STARRED).flatMap((part, i) => (i % 2 ? h("em", {}, ...voiced(part)) : voiced(part)));

/** @param {string} words @param {(event: MouseEvent) => void} onclick @param {Record<string, any>} attributes */
export function button(words, onclick, attributes = {}) {
  return h("button", { type: "button", class: "dl-button dl-small", onclick, ...attributes }, words);
}

/** @param {{ id: string, text: string }[]} options @param {Record<string, any>} attributes */
export function menu(options, attributes, first = "choose…") {
  const shown = options.map((option) => h("option", { value: option.id }, option.text));
  return h("select", attributes, h("option", { value: "" }, first), ...shown);
}

/**
 * The words that are chosen in a menu, below it where it is too narrow to show them. Whoever sets the menu from code calls `fit`.
 * @param {HTMLSelectElement} box
 */
export function wholeChoice(box) {
  const words = h("span", { class: "dl-chosen", "aria-hidden": "true", hidden: true });
  const ruler = document.createElement("canvas").getContext("2d");
  const fit = () => {
    const chosen = box.selectedOptions[0]?.text ?? "";
    if (ruler) ruler.font = getComputedStyle(box).font;
    words.textContent = chosen;
    words.hidden = !box.value || !ruler || ruler.measureText(chosen).width < box.clientWidth - ARROW;
  };
  box.addEventListener("change", fit);
  new ResizeObserver(fit).observe(box);
  return { node: h("span", { class: "dl-menu" }, box, words), fit };
}

const ARROW = 32; // pixels that a menu needs beside its words
