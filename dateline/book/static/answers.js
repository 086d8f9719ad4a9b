// Where the reader's answers are, and the way to take them out and in: a file, the same that a class hands in.
import { h } from "./dom.js";
import { keptByReader } from "./teller.js";

const EXPORTED = "dateline-exported"; // when the answers were last saved as a file
const NAME = "my-answers.json";

/** @param {any} teller */
export function answersBox(teller) {
  const said = h("p", { role: "status", class: "bk-told" });
  const where = h("p", {});
  const last = h("p", {});
  const news = h("p", {});
  const name = h("input", { type: "text", id: "bk-file-name", value: NAME, autocomplete: "off", spellcheck: "false" });
  const file = h("input", { type: "file", id: "bk-file", accept: ".json,application/json" });
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
    last,
    news,
    h("label", { for: "bk-file-name" }, "File name"),
    name,
    buttons,
    h("label", { for: "bk-file" }, "Take in a file of answers, for example from another device"),
    file,
    said,
  );
  file.addEventListener("change", take);

  function open() {
    where.textContent = teller.isKept
      ? "They are in this browser on this device, and nowhere else. Nothing of them leaves it unless you save a file. Clearing the browser's data takes them away."
      : "This browser keeps nothing from this page. Save a file before you close it.";
    tellWhen();
    said.textContent = "";
    node.showModal();
  }

  function tellWhen() {
    const when = keptByReader((storage) => storage.getItem(EXPORTED));
    last.textContent = when
      ? `Last saved as a file: ${new Date(when).toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short" })}.`
      : "They were never saved as a file here.";
  }

  async function save() {
    if (!teller.isReady) return say("The course is still getting ready. Try again in a moment.");
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
    if (!teller.isReady) return say("The course is still getting ready. Try again in a moment.");
    if (chosen.size > 8_000_000) return say(`${chosen.name} is too large to be a file of answers. Nothing was changed.`);
    const { said: what } = await teller.ask({ call: "take", name: chosen.name, words: await chosen.text() });
    file.value = "";
    say(what);
    teller.turn(teller.page.page);
  }

  /** @param {string} words */
  function say(words) {
    said.textContent = words;
  }

  return { node, open, note: (/** @type {string} */ words) => (news.textContent = words) };
}

/** A name that every system takes. @param {string} wished */
function fileName(wished) {
  const stem = wished.replace(/\.json$/i, "").replace(/[^\p{L}\p{N} .()_-]+/gu, "").replace(/^[ .]+|[ .]+$/g, "");
  return `${stem || "my-answers"}.json`;
}
