// Python as the book has it, in Node.js: prints what a script's last expression is. Words after the script are its `argv`.
//
//     node python.mjs FOLDER-OF-PYODIDE FOLDER-OF-BOOK SCRIPT [WORDS …]
//
// The course is that of the book. Where the variables COURSE and PACKAGES name folders, it is that folder instead, with the pure
// packages of this machine's own Python beside the book's.
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [pyodide, book, script, ...argv] = process.argv.slice(2);
const { COURSE, PACKAGES } = process.env;

async function main() {
  const { loadPyodide } = await import(pathToFileURL(resolve(pyodide, "pyodide.mjs")).href);
  const env = { HOME: "/", DATELINE_COURSE: "/course", DATELINE_ANSWERS: "/answers", PYTHONHASHSEED: "0", PYTHONDONTWRITEBYTECODE: "1" };
  const python = await loadPyodide({ indexURL: resolve(pyodide), env });
  const unpack = (/** @type {string} */ name, /** @type {string} */ folder) =>
    python.unpackArchive(new Uint8Array(readFileSync(join(book, "course", name))), "zip", { extractDir: folder });
  const mount = (/** @type {string} */ folder, /** @type {string} */ place) => {
    python.FS.mkdirTree(place);
    python.FS.mount(python.FS.filesystems.NODEFS, { root: resolve(folder) }, place);
  };
  unpack("packages.zip", python.runPython("import sysconfig; sysconfig.get_paths()['purelib']"));
  if (COURSE && PACKAGES) {
    mount(COURSE, "/course");
    mount(PACKAGES, "/packages");
  } else unpack("course.zip", "/course");
  python.runPython("import sys; sys.path.insert(0, '/course')");
  python.globals.set("argv", python.toPy(argv));
  return python.runPython(readFileSync(script, "utf8"));
}

try {
  process.stdout.write(`${await main()}\n`);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
