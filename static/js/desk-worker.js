// The service worker of the cash desk. It keeps the page without anybody's data, its files, and photos of goods, which
// are public; never an answer that is somebody's own. self.DESK is written by orders/views/desk_app.py.
const { version, files, shell, language } = self.DESK;
const CACHE = `kasir-${language}-${version}`;
const PHOTOS = "kasir-foto";
const PHOTOS_KEPT = 300;
const PATIENCE = 8000;
const KEPT = new Set(files.map((file) => new URL(file, location).href));

async function install() {
  const cache = await caches.open(CACHE);
  // Straight from the network, and never what a redirect leads to.
  const fill = async (name, address) => {
    const response = await fetch(new Request(address, { cache: "reload", redirect: "error" }));
    if (!response.ok) throw new Error(`${address}: ${response.status}`);
    await cache.put(name, response);
  };
  // A proxy may keep the page of the last version for a while: this address is new to it.
  await Promise.all([fill(shell, `${shell}?v=${version}`), ...files.map((file) => fill(file, file))]);
  await self.skipWaiting();
}

async function activate() {
  for (const name of await caches.keys()) {
    if (name.startsWith(`kasir-${language}-`) && name !== CACHE) await caches.delete(name);
  }
  await self.clients.claim();
}

// The page from the server as long as it answers in time; otherwise the one that needs no network.
async function page(request) {
  const cache = await caches.open(CACHE);
  try {
    const late = new Promise((_resolve, reject) => { setTimeout(() => reject(new Error("late")), PATIENCE); });
    const response = await Promise.race([fetch(request), late]);
    if (response.status < 502 || response.status > 504) return response;
  } catch {
    // No network, or a very slow one.
  }
  return await cache.match(shell) || Response.error();
}

async function file(request) {
  const cache = await caches.open(CACHE);
  return await cache.match(request, { ignoreVary: true }) || fetch(request);
}

async function photo(request) {
  const cache = await caches.open(PHOTOS);
  const kept = await cache.match(request);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.status === 200) {
    await cache.put(request, response.clone());
    const keys = await cache.keys();
    for (const old of keys.slice(0, Math.max(0, keys.length - PHOTOS_KEPT))) await cache.delete(old);
  }
  return response;
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const address = new URL(request.url);
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (KEPT.has(address.href)) event.respondWith(file(request));
  else if (address.origin === location.origin && address.pathname.startsWith("/media/pictures/")) event.respondWith(photo(request));
});
