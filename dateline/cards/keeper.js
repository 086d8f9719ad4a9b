// What is on screen and not yet known to be saved, by exercise: it outlives a card that is laid anew, and a page that is loaded anew.

/** @typedef {{ value: unknown, confidence: number | null }} Given */
/** @typedef {Given & { based: string, sent: string[] }} Kept */

/** @type {Map<string, Kept>} */
const unsaved = new Map();
const KEY = "dateline-unsaved-";
const LAST = 20; // answers that were sent and not confirmed; one of them may have arrived

/** @param {string} id @param {Kept} kept */
export function keep(id, kept) {
  unsaved.set(id, kept);
  inStorage((storage) => storage.setItem(KEY + id, JSON.stringify(kept)));
}

/** @param {string} id @returns {Kept | null} */
export function keptOf(id) {
  return unsaved.get(id) ?? inStorage((storage) => JSON.parse(storage.getItem(KEY + id) ?? "null"));
}

/** @param {string} id */
export function forget(id) {
  unsaved.delete(id);
  inStorage((storage) => storage.removeItem(KEY + id));
}

/** The list of answers sent, with one more. @param {string[]} sent @param {Given} given */
export const withSent = (sent, given) => [...sent, plain(given)].slice(-LAST);

/** @param {Given} one @param {Given} other */
export const isSame = (one, other) => plain(one) === plain(other);

/** An answer as text that is the same whatever the order of its names. @param {Given} given */
export const plain = ({ value, confidence }) => JSON.stringify([sorted(value), confidence]);

/** @param {any} value @returns {any} */
function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  return Object.keys(value)
    .sort()
    .map((name) => [name, sorted(value[name])]);
}

/**
 * The browser's storage: of this tab, or the one that a page of the book names, which outlives a visit. It may be full or forbidden.
 * @template T @param {(storage: Storage) => T} act
 */
function inStorage(act) {
  const page = /** @type {{ datelineKeeps?: Storage }} */ (globalThis);
  try {
    return act(page.datelineKeeps ?? sessionStorage);
  } catch {
    return null;
  }
}
