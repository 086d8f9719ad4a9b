// Beside the page: Python, loaded once for the whole visit. It takes one message at a time and answers each.
import { loadPyodide } from "./pyodide/pyodide.mjs";
import settings from "./settings.js";
import { openStorage, within } from "./storage.js";

const WRITES = ["hear", "save", "take"]; // the calls that may write
const HOME = "/course";
const FOLLOWS = 80; // milliseconds after an answer before what follows it is looked at, so that a quick writer waits for nothing
const REFUSED = "This browser cannot keep it: its storage for this site is full or switched off. Save your answers as a file.";

/** @type {(asked: string) => string} */
let work;
/** @type {IDBDatabase | null} */
let base = null;
/** @type {Map<string, string>} */
const known = new Map(); // each document as it was last seen in the browser's database
/** @type {ReturnType<typeof setTimeout> | undefined} */
let following;
let turn = Promise.resolve();

/** @param {object} message */
const tell = (message) => postMessage(message);

/** @param {string} name */
async function fetched(name) {
  const response = await fetch(new URL(name, import.meta.url));
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  return response.arrayBuffer();
}

async function start() {
  const [python, course, kernel] = await Promise.all([
    loadPyodide({
      indexURL: new URL("./pyodide/", import.meta.url).href,
      env: {
        HOME: "/",
        DATELINE_COURSE: HOME,
        DATELINE_PATH: settings.path,
        PYTHONHASHSEED: "0",
        TZ: Intl.DateTimeFormat().resolvedOptions().timeZone ?? "UTC",
      },
      packages: [],
    }),
    fetched("course.zip"),
    fetched("packages.zip"),
  ]);
  const site = python.runPython("import sysconfig; sysconfig.get_paths()['purelib']");
  python.unpackArchive(kernel, "zip", { extractDir: site });
  python.unpackArchive(course, "zip", { extractDir: HOME });
  work = python.runPython(`import sys; sys.path.insert(0, "${HOME}")\nfrom dateline.book.worker import work\nwork`);
  base = await openStorage();
  tell({ ready: true, kept: base !== null });
}

/** Ask Python, with the documents that were changed elsewhere. @param {any} asked @param {{ module: string, words: string }[]} documents */
function answerTo(asked, documents) {
  const changed = documents.filter(({ module, words }) => known.get(module) !== words);
  const differing = Object.fromEntries(changed.map(({ module, words }) => [module, words]));
  for (const { module, words } of changed) known.set(module, words);
  const there = new Set(documents.map(({ module }) => module));
  for (const [module, words] of known) {
    if (!words || there.has(module)) continue; // what is gone was taken away elsewhere
    differing[module] = "";
    known.set(module, "");
  }
  return JSON.parse(work(JSON.stringify({ ...asked, documents: differing })));
}

/** One message, with the reader's documents before and after. @param {any} asked */
async function ask(asked) {
  /** @type {Record<string, string>} */
  let written = {};
  let again = false;
  /** @param {{ module: string, words: string }[]} documents */
  const act = (documents) => {
    const result = answerTo(asked, documents);
    again = true;
    written = result.written;
    return { written, result };
  };
  try {
    if (!base) throw new Error("There is no storage.");
    const result = await within(base, WRITES.includes(asked.call) ? "readwrite" : "readonly", act);
    for (const [module, words] of Object.entries(written)) known.set(module, words);
    return { ...result, refused: "" };
  } catch (error) {
    if (base) console.warn("The browser's storage:", error);
    // As if it had not been asked; then once more, with the truth about the storage.
    const result = JSON.parse(work(JSON.stringify({ ...asked, again, refused: REFUSED })));
    return { ...result, refused: WRITES.includes(asked.call) || !base ? REFUSED : "" };
  }
}

/** @param {any} message */
async function handle({ id, ...asked }) {
  const { answer, events, waits, refused } = await ask(asked);
  tell({ id, answer, events, refused });
  if (waits || asked.call === "page" || WRITES.includes(asked.call)) {
    clearTimeout(following);
    following = setTimeout(() => queue(follow), FOLLOWS);
  }
}

async function follow() {
  const { answer, events } = await ask({ call: "follow" });
  tell({ standing: answer, events });
}

/** One after the other, and one that fails stops no other. @param {() => Promise<void>} act */
function queue(act) {
  turn = turn.then(act).catch((error) => tell({ failed: String(error?.message ?? error), dead: Boolean(error?.pyodide_fatal_error) }));
}

addEventListener("message", ({ data }) => queue(() => handle(data)));
queue(start);
