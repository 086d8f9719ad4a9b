// The cards' code is several files joined in the order that card.py gives.
// One visual language for every kind of question, made of native controls. Words that come from a text, a question
// or a learner are only ever set as text, never as HTML.

let count = 0;

function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

const at = (address) => (address ? h("span", { class: "dl-at" }, address, " ") : "");

const PAUSE = 400; // milliseconds after the last key before typing is saved

// Typing is saved when it pauses, and at once when the box is left.
function unhurried(changed) {
  let timer;
  return {
    later: () => { clearTimeout(timer); timer = setTimeout(changed, PAUSE); },
    now: () => { clearTimeout(timer); changed(); },
  };
}

function button(words, onclick, attributes = {}) {
  return h("button", { type: "button", class: "dl-button dl-small", onclick, ...attributes }, words);
}
