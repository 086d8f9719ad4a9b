// Where the reader's answers are, and the way to take them out and in: a file, the same that a class hands in.
import { h } from "./dom.js";
import known from "./known.js";
import { keptByReader } from "./teller.js";

const EXPORTED = "dateline-exported"; // when the answers were last saved as a file
const NAME = "my-answers.json";
const LARGEST = 8_000_000; // bytes of a file that is read at all; a whole course of answers has a tenth of it
const HERE = "Your answers are in this browser on this device, and nowhere else. Nothing of them leaves it unless you save a file.";
const CLEARED = "Clearing the browser's data takes them away.";
const NOT_KEPT = "This browser keeps nothing from this page. Save a file before you close it.";
const FOR_TEACHER = "The keys are not in this copy: save the file and give it to your teacher.";
const WAIT = "The course is still getting ready. Try again in a moment.";

/** When the answers were last saved as a file, in words. */
function lastSaved() {
  const when = keptByReader((storage) => storage.getItem(EXPORTED));
  if (!when) return "They were never saved as a file here.";
  return `Last saved as a file: ${new Date(when).toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short" })}.`;
}

/**
 * The dialog, and a line for the foot of every page.
 * @param {import("./teller.js").Teller} teller @param {() => void} changed called when a file was taken in
 */
export function answersBox(teller, changed) {
  const said = h("p", { role: "status", class: "bk-told" });
  const where = h("p");
  const last = h("p");
  const news = h("p");
  const note = h("p", { class: "bk-where" }, HERE, " ", lastSaved());
  const name = h("input", { type: "text", id: "bk-file-name", value: NAME, autocomplete: "off", spellcheck: "false" });
  const file = h("input", { type: "file", id: "bk-file", accept: ".json,application/json", onchange: take });
  const buttons = h(
    "div",
    { class: "dl-buttons" },
    h("button", { type: "button", class: "dl-button dl-main", onclick: save }, "Save as a file"),
    h("button", { type: "button", class: "dl-button", onclick: () => node.close() }, "Close"),
  );
  const node = h(
    "dialog",
    { class: "bk-box", "aria-labelledby": "bk-box-title" },
    h("h2", { id: "bk-box-title" }, "Your answers"),
    where,
    !known.keys && h("p", {}, FOR_TEACHER),
    last,
    news,
    h("label", { for: "bk-file-name" }, "File name"),
    name,
    buttons,
    h("label", { for: "bk-file" }, "Take in a file of answers, for example from another device"),
    file,
    said,
  );

  function open() {
    where.textContent = teller.isKept ? `${HERE} ${CLEARED}` : NOT_KEPT;
    tellWhen();
    said.textContent = "";
    node.showModal();
  }

  function tellWhen() {
    last.textContent = lastSaved();
    note.replaceChildren(HERE, " ", lastSaved());
  }

  async function save() {
    if (!teller.isReady) return say(WAIT);
    const { words, said: why } = await teller.ask({ call: "export" });
    if (!words) return say(why);
    const address = URL.createObjectURL(new Blob([words], { type: "application/json" }));
    h("a", { href: address, download: fileName(name.value) }).click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
    keptByReader((storage) => storage.setItem(EXPORTED, new Date().toISOString()));
    tellWhen();
    say(`Saved as ${fileName(name.value)}. It holds what you answered and when; it holds no name.`);
  }

  async function take() {
    const chosen = file.files?.[0];
    if (!chosen) return;
    if (!teller.isReady) return say(WAIT);
    if (chosen.size > LARGEST) return say(`${chosen.name} is too large to be a file of answers. Nothing was changed.`);
    const { said: what } = await teller.ask({ call: "take", name: chosen.name, words: await chosen.text() });
    file.value = "";
    say(what);
    changed();
  }

  /** @param {string} words */
  function say(words) {
    said.textContent = words;
  }

  /** @param {string} words */
  const tell = (words) => {
    news.textContent = words;
  };
  return { node, note, open, tell };
}

/** A name that every system takes. @param {string} wished */
function fileName(wished) {
  const stem = wished
    .replace(/\.json$/i, "")
    .replace(/[^\p{L}\p{N} .()_-]+/gu, "")
    .replace(/^[ .]+|[ .]+$/g, "");
  return `${stem || "my-answers"}.json`;
}
