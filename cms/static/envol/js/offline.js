// Reading without network: asks the service worker to keep a page, or those of a list, and shows what is kept.
const SHELF = "envol-shelf-1";
const keeper = document.querySelector("[data-keep]");

if (keeper && "serviceWorker" in navigator && window.isSecureContext) {
  keeper.hidden = false;
  const told = keeper.querySelector("[role=status]");
  let all = true;
  navigator.serviceWorker.addEventListener("message", ({ data }) => {
    if (data?.type !== "kept") return;
    all = all && data.ok;
    const words = data.done < data.of ? told.dataset.keeping : all ? told.dataset.done : told.dataset.partly;
    told.textContent = words.replace("%1", data.done).replace("%2", data.of);
  });
  if (!keeper.dataset.keep && "caches" in window && (await (await caches.open(SHELF)).match(location.pathname))) {
    told.textContent = told.dataset.done;
  }
  keeper.querySelector("button").addEventListener("click", async () => {
    all = true;
    await navigator.serviceWorker.register("/worker.js");
    const worker = (await navigator.serviceWorker.ready).active;
    const among = keeper.dataset.keep;
    const links = among ? [...document.querySelectorAll(among)].map((link) => new URL(link.href).pathname) : [];
    const addresses = [...new Set([location.pathname, ...links])];
    told.textContent = told.dataset.keeping.replace("%1", 0).replace("%2", addresses.length);
    worker.postMessage({ type: "keep", addresses });
  });
}

const list = document.querySelector("[data-kept-pages]");
if (list && "caches" in window) {
  const shelf = await caches.open(SHELF);
  const language = document.documentElement.lang;
  for (const request of await shelf.keys()) {
    const path = new URL(request.url).pathname;
    if (!path.startsWith(`/${language}/`) || path.endsWith("/offline/")) continue;
    const page = new DOMParser().parseFromString(await (await shelf.match(request)).text(), "text/html");
    const link = document.createElement("a");
    link.href = path;
    link.textContent = page.querySelector("h1")?.textContent.trim() || path;
    const item = document.createElement("li");
    item.append(link);
    list.append(item);
    document.querySelector("[data-kept-none]").hidden = true;
  }
}
