// The whole book for when there is no network. The builder puts the list of files, each with its hash, in front of this file.

/* global FILES, VERSION */
const HOME = new URL("./", self.location.href);
const OURS = `dateline ${HOME.pathname} `; // other books on this host keep theirs
const NOW = OURS + VERSION;
const INDEX = new URL("course/files.json", HOME).href; // the list itself, kept among the files

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== HOME.origin || !address.pathname.startsWith(HOME.pathname)) return;
  event.respondWith(answer(event.request, address));
});

/** Take what has not changed from the book that is here, and fetch the rest. */
async function install() {
  const cache = await caches.open(NOW);
  const before = await older();
  await Promise.all(Object.entries(FILES).map(([file, hash]) => take(cache, before, file, hash)));
  await cache.put(INDEX, new Response(JSON.stringify(FILES)));
}

async function take(cache, before, file, hash) {
  const address = new URL(file, HOME).href;
  const same = before.files[file] === hash && (await before.cache.match(address));
  if (same) return cache.put(address, same);
  const found = await fetch(address, { cache: "no-cache", integrity: `sha256-${hash}` });
  if (!found.ok) throw new Error(`${file}: ${found.status}`);
  await cache.put(address, found);
}

/** The book that is here already, with the hashes of its files. */
async function older() {
  for (const name of (await caches.keys()).filter((name) => name.startsWith(OURS) && name !== NOW).reverse()) {
    const cache = await caches.open(name);
    const list = await cache.match(INDEX);
    if (list) return { cache, files: await list.json() };
  }
  return { cache: null, files: {} };
}

async function activate() {
  for (const name of await caches.keys()) if (name.startsWith(OURS) && name !== NOW) await caches.delete(name);
  await self.clients.claim();
}

/** Pages come from the book that is kept, whole and of one version; what it does not have comes from the server. */
async function answer(request, address) {
  const file = address.pathname.endsWith("/") ? `${address.pathname}index.html` : address.pathname;
  const cache = await caches.open(NOW);
  return (await cache.match(new URL(file, HOME).href)) ?? fetch(request);
}
