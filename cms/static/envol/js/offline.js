// Reading without network: asks the service worker to keep a page, or those of a list, or to
// give them up, and shows what is kept.
const SHELF = "envol-shelf-1";
const keeper = document.querySelector("[data-keep]");

const can = "serviceWorker" in navigator && "caches" in window && window.isSecureContext;
const shelf = can ? await caches.open(SHELF) : null;

async function tell(message) {
  await navigator.serviceWorker.register("/worker.js");
  (await navigator.serviceWorker.ready).active.postMessage(message);
}

// The page, and those of its list.
function minded() {
  const among = keeper.dataset.keep;
  const links = among ? [...document.querySelectorAll(among)].map((link) => new URL(link.href).pathname) : [];
  return [...new Set([location.pathname, ...links])];
}

if (keeper && can) {
  const told = keeper.querySelector("[role=status]");
  const [keep, drop] = [keeper.querySelector("[data-keep-it]"), keeper.querySelector("[data-drop-it]")];
  const onShelf = (isThere) => {
    const hadFocus = keeper.contains(document.activeElement);
    [keep.hidden, drop.hidden] = [isThere, !isThere];
    if (hadFocus) (isThere ? drop : keep).focus();
  };
  let all = true;
  navigator.serviceWorker.addEventListener("message", ({ data }) => {
    if (data?.type === "dropped") {
      told.textContent = told.dataset.dropped;
      onShelf(false);
    }
    if (data?.type !== "kept") return;
    all = all && data.ok;
    const isOver = data.done === data.of;
    const words = !isOver ? told.dataset.keeping : all ? told.dataset.done : told.dataset.partly;
    told.textContent = words.replace("%1", data.done).replace("%2", data.of);
    if (isOver && all) onShelf(true);
  });
  const found = await Promise.all(minded().map((address) => shelf.match(address)));
  if (found.every(Boolean)) {
    told.textContent = told.dataset.done;
    onShelf(true);
  }
  keeper.hidden = false;
  keep.addEventListener("click", () => {
    all = true;
    told.textContent = told.dataset.keeping.replace("%1", 0).replace("%2", minded().length);
    tell({ type: "keep", addresses: minded() });
  });
  drop.addEventListener("click", () => tell({ type: "drop", addresses: minded() }));
}

const list = document.querySelector("[data-kept-pages]");

async function entry(path) {
  const page = new DOMParser().parseFromString(await (await shelf.match(path)).text(), "text/html");
  const item = document.querySelector("template[data-kept-page]").content.cloneNode(true).firstElementChild;
  const title = page.querySelector("h1")?.textContent.trim() || path;
  item.dataset.path = path;
  item.querySelector("a").href = path;
  for (const one of item.querySelectorAll("[data-title]")) one.textContent = title;
  return item;
}

// Asked for by its own address, it is no stopgap.
if (list && location.pathname.endsWith("/offline/")) {
  for (const one of document.querySelectorAll("[data-asked]")) {
    document.title = document.title.replace(one.textContent, one.dataset.asked);
    one.textContent = one.dataset.asked;
  }
}
if (list && can) {
  const none = document.querySelector("[data-kept-none]");
  const told = document.querySelector("[data-kept-told]");
  const language = document.documentElement.lang;
  const paths = (await shelf.keys()).map((request) => new URL(request.url).pathname);
  const shown = paths.filter((path) => path.startsWith(`/${language}/`) && !path.endsWith("/offline/"));
  list.append(...(await Promise.all(shown.map(entry))));
  none.hidden = shown.length > 0;
  list.addEventListener("click", ({ target }) => {
    const item = target.closest("[data-drop-it]")?.closest("[data-path]");
    if (item) tell({ type: "drop", addresses: [item.dataset.path] });
  });
  navigator.serviceWorker.addEventListener("message", ({ data }) => {
    if (data?.type !== "dropped") return;
    told.textContent = told.dataset.dropped;
    const gone = [...list.children].filter((item) => data.addresses.includes(item.dataset.path));
    const next = gone.at(-1)?.nextElementSibling ?? gone[0]?.previousElementSibling;
    gone.forEach((item) => item.remove());
    none.hidden = list.children.length > 0;
    (next?.querySelector("[data-drop-it]") ?? told).focus();
  });
}
