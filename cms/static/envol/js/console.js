// The tutors' console: looks now and then who waits, keeps the reader's place, and listens to a few keys.
import { prepareComposers } from "./composer.js";

const EVERY = 15000; // milliseconds between two looks, while somebody is looking
const queue = document.querySelector("[data-queue]");

const look = () => {
  if (queue && document.visibilityState === "visible") window.htmx?.trigger(queue, "look");
};
setInterval(look, EVERY);
document.addEventListener("visibilitychange", look);

// What is looked at stays where it is, and what has the focus keeps it, when the queue changes around them.
let place = null;
const isSeen = (item) => item.getBoundingClientRect().bottom > 0;
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target !== queue) return;
  const focused = queue.contains(document.activeElement) ? document.activeElement : null;
  const item = focused?.closest("[data-waiter]") ?? [...queue.querySelectorAll("[data-waiter]")].find(isSeen);
  const kind = focused?.matches("[data-open]") ? "[data-open]" : "a, button";
  place = item ? { id: item.id, top: item.getBoundingClientRect().top, focus: focused ? kind : "", exact: focused?.id } : null;
});
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.target !== queue || !place) return;
  const item = document.getElementById(place.id);
  if (item && window.scrollY > 0) window.scrollBy(0, item.getBoundingClientRect().top - place.top);
  if (item && place.focus) {
    const wanted = (place.exact && document.getElementById(place.exact)) || item.querySelector(place.focus);
    wanted?.focus({ preventScroll: true });
  }
});

const move = (step) => {
  const items = [...document.querySelectorAll("[data-waiter]")];
  const at = items.findIndex((item) => item.contains(document.activeElement));
  const next = items[Math.min(Math.max(at + step, 0), items.length - 1)];
  next?.querySelector("[data-open]")?.focus();
};
const KEYS = {
  j: () => move(1),
  k: () => move(-1),
  c: () => document.activeElement?.closest("[data-waiter]")?.querySelector("[data-claim]")?.click(),
};
document.addEventListener("keydown", (event) => {
  const writes = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (!queue || writes || event.ctrlKey || event.metaKey || event.altKey) return;
  if (KEYS[event.key]) {
    event.preventDefault();
    KEYS[event.key]();
  }
});

// The words go along to the other server: by the button, or on the way out.
const copy = async (id) => {
  const text = document.getElementById(id);
  if (!text) return false;
  try {
    await navigator.clipboard.writeText(text.value);
    return true;
  } catch {
    text.focus();
    text.select();
    return false;
  }
};
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy], [data-copies]");
  if (!button) return;
  const done = await copy(button.dataset.copy ?? button.dataset.copies);
  const status = document.querySelector("[data-copy-status]");
  const said = document.querySelector("[data-copied]")?.dataset.copied;
  if (done && status) status.textContent = said;
});

prepareComposers();
