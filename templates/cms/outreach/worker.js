{% load static %}// Keeps what people chose to keep: lessons, and what they need to look right. Everything else goes to the network, untouched.
const SHELF = "envol-shelf-1";
const OFFLINE = ["fr", "en"].map((code) => `/${code}/offline/`);
const FIRST = [...OFFLINE,{% for path in styles %} "{% static path %}",{% endfor %}];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(SHELF).then((shelf) => Promise.allSettled(FIRST.map((address) => keep(shelf, address)))));
  self.skipWaiting();
});

self.addEventListener("activate", (event) => {
  event.waitUntil(caches.keys()
    .then((names) => Promise.all(names.filter((name) => name !== SHELF).map((name) => caches.delete(name))))
    .then(() => self.clients.claim()));
});

// Without cookies: what is kept belongs to nobody, and says nothing about anybody.
async function keep(shelf, address) {
  const answer = await fetch(address, { credentials: "omit" });
  if (answer.ok) await shelf.put(address, answer);
  return answer.ok;
}

self.addEventListener("message", (event) => {
  if (event.data?.type !== "keep") return;
  event.waitUntil(caches.open(SHELF).then(async (shelf) => {
    let done = 0;
    for (const address of event.data.addresses) {
      if (new URL(address, self.location.origin).origin !== self.location.origin) continue;
      const kept = await keep(shelf, address).catch(() => false);
      if (kept) await keepParts(shelf, address).catch(() => undefined);
      done += 1;
      event.source?.postMessage({ type: "kept", done, of: event.data.addresses.length, ok: kept });
    }
  }));
});

// The pictures and style sheets of a page that is kept.
async function keepParts(shelf, address) {
  const page = await (await shelf.match(address)).clone().text();
  const found = [...page.matchAll(/(?:src|href)="(\/(?:static|media)\/[^"]+)"/g)].map((match) => match[1]);
  for (const part of new Set(found)) {
    if (!(await shelf.match(part))) await keep(shelf, part).catch(() => undefined);
  }
}

self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== self.location.origin) return;
  if (event.request.mode === "navigate") {
    event.respondWith(fetch(event.request).catch(() => fromShelf(address)));
    event.waitUntil(renew(address.pathname).catch(() => undefined));
  } else if (/^\/(static|media)\//.test(address.pathname)) {
    event.respondWith(fetch(event.request).catch(async () => (await caches.match(event.request)) ?? Response.error()));
  }
});

// A page that is kept grows old: whoever reads it online keeps it anew.
async function renew(path) {
  const shelf = await caches.open(SHELF);
  if (await shelf.match(path)) await keep(shelf, path);
}

async function fromShelf(address) {
  const shelf = await caches.open(SHELF);
  const offline = OFFLINE.find((one) => address.pathname.startsWith(one.slice(0, 4))) ?? OFFLINE[0];
  return (await shelf.match(address.pathname)) ?? (await shelf.match(offline)) ?? Response.error();
}
