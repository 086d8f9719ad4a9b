// The reader's own texts: a box to paste one into, the list of those that are kept, and a file of them all. Nothing of it is sent anywhere.
import { h } from "./dom.js";
import { keptByReader } from "./teller.js";

const TYPED = "dateline-own-typed"; // what stands in the box and is not taken in yet
const LARGEST = 8_000_000; // bytes of a file of texts that is read at all
const WAIT = "The page is still getting ready. Your text stays in the box, and is marked in a moment.";
const DOWN = "The marks could not be made ready here. Your text is kept; load the page again to go on.";
const MOMENT = "One moment …";
const BENCH = '[data-cell="own-bench"]';

/** @param {{ model: any, el: HTMLElement }} context @returns {() => void} what takes it away again */
export function ownView({ model, el }) {
  const { button: mark, most } = model.get("spec");
  let sent = 0;
  /** @type {string | null} what was sent and is not answered yet */
  let waiting = null;
  let isOpening = false;

  /** @returns {OwnState} */
  const state = () => model.get("state");

  /** @param {object} message */
  function send(message) {
    sent += 1;
    const { isDown, isReady } = model.get("how");
    say(isDown ? DOWN : isReady ? MOMENT : WAIT);
    model.send({ ...message, n: sent });
  }

  const status = h("p", { class: "dl-status", role: "status" });
  const notes = h("ul", { class: "bk-notes" });
  const faults = h("ul", { class: "bk-notes", role: "alert" });
  /** @param {string} words */
  const say = (words) => {
    status.textContent = words;
  };

  // ---- the box -------------------------------------------------------------------------------------------------------

  const box = h("textarea", {
    id: "own-words",
    rows: "10",
    dir: "auto",
    spellcheck: "false",
    "aria-describedby": "own-help",
    oninput: keep,
  });
  const outlet = h("input", { type: "text", id: "own-outlet", autocomplete: "off", maxlength: "200", oninput: keep });
  const day = h("input", { type: "date", id: "own-day", oninput: keep });

  /** What is typed outlives the page until it is taken in. */
  function keep() {
    const typed = { words: box.value, outlet: outlet.value, day: day.value };
    keptByReader((storage) => {
      if (Object.values(typed).some(Boolean)) storage.setItem(TYPED, JSON.stringify(typed));
      else storage.removeItem(TYPED);
    });
  }

  function bringWhatWasTyped() {
    const typed = keptByReader((storage) => JSON.parse(storage.getItem(TYPED) ?? "null"));
    box.value = typed?.words ?? "";
    outlet.value = typed?.outlet ?? "";
    day.value = typed?.day ?? "";
  }

  function take() {
    if (waiting === box.value) return; // pressed twice
    waiting = box.value;
    faults.replaceChildren();
    notes.replaceChildren();
    send({ do: "take", words: box.value, outlet: outlet.value, day: day.value });
  }

  /** Choose a line in the box, so that it can be mended. @param {number} line counted from 1 */
  function goTo(line) {
    const lines = box.value.split("\n");
    const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
    box.focus();
    box.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
  }

  // ---- the list ------------------------------------------------------------------------------------------------------

  const list = h("ul", { class: "bk-texts" });
  const unread = h("p");
  const back = h("button", { type: "button", class: "dl-button dl-small", onclick: () => send({ do: "undo" }) });
  const backRow = h("p", { hidden: true }, back);

  /** @param {OwnState["texts"][number]} text */
  function row(text) {
    const isOpen = text.id === state().open;
    const buttons = h("div", { class: "dl-buttons" });
    const opens = h(
      "button",
      {
        type: "button",
        class: "dl-button dl-small",
        "aria-label": `${isOpen ? "Open below" : "Open"}: ${text.title}`,
        onclick: () => open(text.id),
      },
      isOpen ? "Open below" : "Open",
    );
    const away = h(
      "button",
      { type: "button", class: "dl-button dl-small", "aria-label": `Delete: ${text.title}`, onclick: ask },
      "Delete",
    );
    function ask() {
      const no = h("button", { type: "button", class: "dl-button dl-small", onclick: offer }, "Keep it");
      const yes = h(
        "button",
        { type: "button", class: "dl-button dl-small", onclick: () => send({ do: "delete", text: text.id }) },
        "Delete it",
      );
      const question = h(
        "p",
        { id: "own-question" },
        `Delete “${text.title}” and its marks? You can bring it back until you leave this site.`,
      );
      no.setAttribute("aria-describedby", question.id);
      buttons.replaceChildren(question, yes, no);
      no.focus();
    }
    function offer() {
      buttons.replaceChildren(opens, away);
      away.focus();
    }
    buttons.append(opens, away);
    return h(
      "li",
      { "data-text": text.id },
      h("strong", { dir: "auto" }, text.title),
      h("span", { class: "bk-about" }, text.about),
      buttons,
    );
  }

  /** @param {string} text */
  function open(text) {
    isOpening = true;
    send({ do: "open", text });
  }

  function goToMarks() {
    const bench = /** @type {HTMLElement | null} */ (document.querySelector(BENCH));
    bench?.setAttribute("tabindex", "-1");
    bench?.focus();
    bench?.scrollIntoView();
  }

  // ---- the file of all -----------------------------------------------------------------------------------------------

  const file = h("input", { type: "file", id: "own-file", accept: ".json,application/json", onchange: takeFile });

  async function takeFile() {
    const chosen = file.files?.[0];
    if (!chosen) return;
    if (chosen.size > LARGEST) return say(`${chosen.name} is too large to be a file of texts. Nothing was changed.`);
    send({ do: "import", name: chosen.name, words: await chosen.text() });
    file.value = "";
  }

  /** @param {{ name: string, type: string, words: string }} made */
  function hand(made) {
    const address = URL.createObjectURL(new Blob([made.words], { type: made.type }));
    const link = h("a", { href: address, download: made.name, class: "dl-file" }, `Save ${made.name} once more`);
    status.append(" ", link);
    link.click();
  }

  // ---- what comes back -----------------------------------------------------------------------------------------------

  /** @type {number} the message that was answered last */
  let heard = 0;

  function update() {
    const now = state();
    const isAnswer = now.n === sent && now.n !== heard;
    draw(now);
    if (!isAnswer) return;
    heard = now.n;
    const wasThis = waiting === box.value;
    waiting = null;
    say(now.said);
    notes.replaceChildren(...now.notes.map((words) => h("li", {}, words)));
    faults.replaceChildren(...now.faults.map(fault));
    if (now.file) hand(now.file);
    if (now.took) status.append(" ", h("button", { type: "button", class: "dl-button dl-small", onclick: goToMarks }, "Go to its marks"));
    if (isOpening) goToMarks();
    isOpening = false;
    if (now.took && wasThis) {
      for (const field of [box, outlet, day]) field.value = "";
      keep();
    }
  }

  /** @param {OwnState["faults"][number]} one */
  function fault(one) {
    const go = h("button", { type: "button", class: "dl-button dl-small", onclick: () => goTo(one.line) }, `Go to line ${one.line}`);
    return h("li", {}, `Line ${one.line}: ${one.words} `, go);
  }

  let drawn = "";

  /** @param {OwnState} now */
  function draw(now) {
    unread.textContent = now.unread;
    backRow.hidden = !now.deleted;
    back.textContent = now.deleted && `Bring back “${now.deleted}”`;
    const wanted = JSON.stringify([now.texts, now.open]);
    if (wanted === drawn) return;
    drawn = wanted;
    const held = list.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement).closest("li") : null;
    const rows = now.texts.map(row);
    list.replaceChildren(...(rows.length > 0 ? rows : [h("li", {}, "No text is kept here yet.")]));
    if (held) (rows.find((one) => one.dataset.text === held.dataset.text)?.querySelector("button") ?? (now.deleted ? back : box)).focus();
  }

  const node = h(
    "section",
    { class: "dl-card bk-own", "aria-label": "Your own texts" },
    h(
      "p",
      { class: "dl-help", id: "own-help" },
      `Put the headline first, then the text as it stands: at most ${most.toLocaleString("en")} bytes, about forty pages.`,
    ),
    h("label", { class: "dl-label", for: "own-words" }, "The text"),
    box,
    h(
      "div",
      { class: "bk-fields" },
      h("p", {}, h("label", { class: "dl-label", for: "own-outlet" }, "Outlet, if you know it"), outlet),
      h("p", {}, h("label", { class: "dl-label", for: "own-day" }, "Day that the page carries, if it carries one"), day),
    ),
    h("div", { class: "dl-buttons" }, h("button", { type: "button", class: "dl-button dl-main", onclick: take }, mark)),
    status,
    faults,
    notes,
    h("h2", {}, "Texts that are kept here"),
    backRow,
    unread,
    list,
    h(
      "div",
      { class: "dl-buttons" },
      h("button", { type: "button", class: "dl-button dl-small", onclick: () => send({ do: "export" }) }, "Save all texts as a file"),
    ),
    h("label", { class: "dl-label", for: "own-file" }, "Take in a file of texts, for example from another device"),
    file,
  );
  bringWhatWasTyped();
  model.on("change:state", update);
  draw(state());
  el.append(node);
  return () => model.off("change:state", update);
}
