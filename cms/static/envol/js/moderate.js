// Moderating a wall with the keyboard: J and K go from post to post, H, S and P press its buttons.
const slips = () => [...document.querySelectorAll("[data-slip]")];
let kept = "";

const current = () => document.activeElement?.closest?.("[data-slip]") ?? null;

const go = (by) => {
  const all = slips();
  if (!all.length) return;
  const place = all.indexOf(current());
  const next = all[place < 0 ? 0 : Math.min(Math.max(place + by, 0), all.length - 1)];
  next.focus();
  next.scrollIntoView({ block: "nearest" });
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input, textarea, select")) return;
  const key = event.key.toLowerCase();
  if (key === "j") go(1);
  else if (key === "k") go(-1);
  else if ("hsp".includes(key)) current()?.querySelector(`[data-key="${key}"]`)?.click();
});

// The list comes anew: whoever stood on a post stands on it again.
document.addEventListener("htmx:beforeSwap", () => {
  const stood = current();
  kept = stood && !stood.querySelector("details[open]") ? stood.id : "";
});
document.addEventListener("htmx:afterSettle", () => {
  if (kept && !current()) document.getElementById(kept)?.focus({ preventScroll: true });
});
