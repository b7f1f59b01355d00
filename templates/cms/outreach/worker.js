{% load static %}// Keeps what people chose to keep: lessons, and what they need to look right. Everything else goes to the network, untouched.
// Release {{ release }}: with another one, browsers take this for a new worker, which keeps its pages anew.
const SHELF = "envol-shelf-1";
const OFFLINE = ["fr", "en"].map((code) => `/${code}/offline/`);
const STYLES = [{% for path in styles %}"{% static path %}",{% endfor %}];
const IS_PART = /^\/(static|media)\//;

let turn = Promise.resolve();

// One after the other: what is swept away for one page may just be needed by the next.
function inTurn(work) {
  turn = turn.then(work, work);
  return turn;
}

self.addEventListener("install", (event) => {
  event.waitUntil(inTurn(async () => {
    const shelf = await caches.open(SHELF);
    await Promise.allSettled(STYLES.map((part) => keepPart(shelf, part)));
    await Promise.allSettled(OFFLINE.map((path) => keepPage(shelf, path)));
  }));
  self.skipWaiting();
});

self.addEventListener("activate", (event) => {
  event.waitUntil(caches.keys()
    .then((names) => Promise.all(names.filter((name) => name !== SHELF).map((name) => caches.delete(name))))
    .then(() => inTurn(async () => sweep(await caches.open(SHELF))))
    .then(() => self.clients.claim()));
});

self.addEventListener("message", (event) => {
  if (event.data?.type === "drop") event.waitUntil(inTurn(() => giveUp(event)));
  if (event.data?.type !== "keep") return;
  event.waitUntil(inTurn(async () => {
    const shelf = await caches.open(SHELF);
    let done = 0;
    for (const address of event.data.addresses) {
      if (new URL(address, self.location.origin).origin !== self.location.origin) continue;
      const ok = await keepPage(shelf, address).catch(() => false);
      done += 1;
      event.source?.postMessage({ type: "kept", done, of: event.data.addresses.length, ok });
    }
    await sweep(shelf);
  }));
});

async function giveUp({ data, source }) {
  const shelf = await caches.open(SHELF);
  await Promise.all(data.addresses.map((address) => shelf.delete(address)));
  await sweep(shelf);
  source?.postMessage({ type: "dropped", addresses: data.addresses });
}

// Without cookies: what is kept belongs to nobody, and says nothing about anybody.
function ask(address) {
  return fetch(address, { credentials: "omit" });
}

// A page, after all that it shows. False where something is missing: an older copy that is whole is worth more.
async function keepPage(shelf, path) {
  const answer = await ask(path);
  if (answer.status === 404 || answer.status === 410) await shelf.delete(path);
  if (!answer.ok || answer.redirected) return false;
  const page = alone(await answer.text());
  const kept = await Promise.all(partsOf(page).map((part) => keepPart(shelf, part).catch(() => false)));
  const isWhole = kept.every(Boolean);
  if (isWhole || !(await shelf.match(path))) await shelf.put(path, written(page, answer));
  return isWhole;
}

// Browsers choose among several files of a picture; each reads the plain one, so that is what is kept.
function alone(page) {
  return page.replace(/<source\b[^>]*\bsrcset=[^>]*>/g, "");
}

function written(page, answer) {
  const headers = new Headers(answer.headers);
  headers.delete("Content-Encoding");
  headers.delete("Content-Length");
  return new Response(page, { headers });
}

function partsOf(page) {
  const found = page.matchAll(/\b(?:src|href)="(\/(?:static|media)\/[^"#]+)/g);
  return [...new Set([...found].map((match) => match[1]))];
}

// The name of a file changes with what is in it: what is there is never out of date.
async function keepPart(shelf, part) {
  if (await shelf.match(part, { ignoreVary: true })) return true;
  const answer = await ask(part);
  if (answer.ok) await shelf.put(part, answer);
  return answer.ok;
}

// Pages stay, they were kept on purpose; of pictures, styles and scripts, what no page shows any more goes.
async function sweep(shelf) {
  const [parts, wanted] = [[], new Set(STYLES)];
  for (const request of await shelf.keys()) {
    const { pathname } = new URL(request.url);
    if (IS_PART.test(pathname)) parts.push([request, pathname]);
    else partsOf(await (await shelf.match(request)).text()).forEach((part) => wanted.add(part));
  }
  await Promise.all(parts.filter(([, path]) => !wanted.has(path)).map(([request]) => shelf.delete(request)));
}

self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== self.location.origin) return;
  if (event.request.mode === "navigate") {
    event.respondWith(fetch(event.request).catch(() => fromShelf(address)));
    event.waitUntil(inTurn(() => renew(address.pathname)).catch(() => undefined));
  } else if (IS_PART.test(address.pathname)) {
    event.respondWith(fetch(event.request).catch(() => partFromShelf(event.request)));
  }
});

// A page that is kept grows old: whoever reads it online keeps it anew, with what it shows by now.
async function renew(path) {
  const shelf = await caches.open(SHELF);
  if (!(await shelf.match(path))) return;
  await keepPage(shelf, path);
  await sweep(shelf);
}

async function partFromShelf(request) {
  return (await caches.match(request, { ignoreVary: true })) ?? Response.error();
}

async function fromShelf(address) {
  const shelf = await caches.open(SHELF);
  const offline = OFFLINE.find((one) => address.pathname.startsWith(one.slice(0, 4))) ?? OFFLINE[0];
  return (await shelf.match(address.pathname)) ?? (await shelf.match(offline)) ?? Response.error();
}
