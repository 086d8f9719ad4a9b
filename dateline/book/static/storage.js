// The reader's answers in the browser's own database: one document for each module, as text.

const NAME = "dateline";
const DOCUMENTS = "documents";

/** @typedef {{ module: string, words: string }} Document */

/** The database, or nothing where the browser refuses one. @returns {Promise<IDBDatabase | null>} */
export function openStorage() {
  return new Promise((done) => {
    try {
      const request = indexedDB.open(NAME, 1);
      request.onupgradeneeded = () => request.result.createObjectStore(DOCUMENTS, { keyPath: "module" });
      request.onsuccess = () => {
        request.result.onversionchange = () => request.result.close();
        done(request.result);
      };
      request.onerror = () => done(null);
      request.onblocked = () => done(null);
    } catch {
      done(null);
    }
  });
}

/**
 * Read every document, do something at once with them, and write what comes of it, all in one transaction: nobody else writes between.
 * @template T
 * @param {IDBDatabase} base @param {"readonly" | "readwrite"} mode
 * @param {(documents: Document[]) => { written: Record<string, string>, result: T }} act what is written with no words is deleted
 * @returns {Promise<T>} settled when it has reached the disk; rejected with the browser's reason where it cannot be kept
 */
export function within(base, mode, act) {
  return new Promise((done, failed) => {
    const transaction = base.transaction(DOCUMENTS, mode, { durability: mode === "readwrite" ? "strict" : "default" });
    const documents = transaction.objectStore(DOCUMENTS);
    const request = documents.getAll();
    /** @type {any} */
    let result;
    request.onsuccess = () => {
      try {
        const made = act(request.result);
        result = made.result;
        for (const [module, words] of Object.entries(made.written)) {
          if (words) documents.put({ module, words });
          else documents.delete(module);
        }
      } catch (error) {
        transaction.abort();
        failed(error);
      }
    };
    transaction.oncomplete = () => done(result);
    transaction.onabort = () => failed(transaction.error ?? new Error("The browser stopped it."));
  });
}

/** Every document, for a page that is shown before anything else runs. @param {IDBDatabase | null} base @returns {Promise<Document[]>} */
export async function everyDocument(base) {
  if (!base) return [];
  return within(base, "readonly", (documents) => ({ written: {}, result: documents })).catch(() => []);
}
