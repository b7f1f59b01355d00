// The review desk: one item in view beside the list, a few keys, decisions without a new page.
const html = document.documentElement;
const desk = document.querySelector("[data-desk]");
const list = document.querySelector("[data-list]");
const pane = document.querySelector("[data-pane]");
const wide = window.matchMedia("(min-width: 64rem)");
const KEYS_OFF = "envol:desk:keys-off";

const sifts = () => [...document.querySelectorAll("[data-sift]")];
const current = () => document.querySelector("[data-sift][aria-current]");
const token = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";

// One in view: marked in the list, read closely beside it.
let asked = null;
let waiting = 0;
const show = (sift, { focus = false } = {}) => {
  sifts().forEach((one) => one.removeAttribute("aria-current"));
  if (!sift) {
    pane?.replaceChildren();
    return Promise.resolve();
  }
  sift.setAttribute("aria-current", "true");
  if (focus) sift.querySelector("[data-open]")?.focus({ preventScroll: true });
  sift.scrollIntoView({ block: "nearest" });
  if (!wide.matches || !pane) return Promise.resolve();
  clearTimeout(waiting);
  return new Promise((seen) => {
    waiting = setTimeout(async () => {
      asked?.abort();
      asked = new AbortController();
      pane.setAttribute("aria-busy", "true");
      try {
        const answer = await fetch(`${sift.querySelector("[data-open]").href.split("#")[0]}?part=pane`, { signal: asked.signal });
        const isWritten = pane.contains(document.activeElement) && pane.querySelector("[data-item]")?.dataset.item === sift.dataset.sift;
        if (answer.ok && sift === current() && !isWritten) {
          pane.innerHTML = await answer.text();
          pane.scrollTop = 0;
        }
        pane.removeAttribute("aria-busy");
      } catch (error) {
        if (error.name !== "AbortError") pane.removeAttribute("aria-busy");
      }
      seen();
    }, 90); // a held key runs past what nobody wants to read
  });
};
const move = (step) => {
  const all = sifts();
  const at = all.indexOf(current());
  show(all[Math.min(Math.max(at + step, 0), all.length - 1)], { focus: true });
};

// What is ticked, for the decisions about several.
const ticks = () => [...document.querySelectorAll("[data-tick]")];
const batch = document.querySelector("[data-batch]");
const countTicks = () => {
  const chosen = ticks().filter((tick) => tick.checked).length;
  batch?.toggleAttribute("data-any", chosen > 0);
  const shown = document.querySelector("[data-chosen]");
  if (shown) shown.textContent = chosen ? String(chosen) : "";
  const all = document.querySelector("[data-all]");
  if (all) {
    all.checked = chosen > 0 && chosen === ticks().length;
    all.indeterminate = chosen > 0 && chosen < ticks().length;
  }
};

const say = (toast) => {
  const toasts = document.getElementById("toasts");
  if (toasts) toasts.innerHTML = toast;
};
const leave = async (gone) => {
  const all = sifts();
  const seen = current();
  const left = all.filter((sift) => !gone.includes(Number(sift.dataset.sift)));
  const next = left.includes(seen) ? seen : all.slice(all.indexOf(seen)).find((sift) => left.includes(sift)) ?? left.at(-1);
  all.filter((sift) => !left.includes(sift)).forEach((sift) => sift.remove());
  countTicks();
  if (!left.length) return reload();
  return next === seen ? null : show(next, { focus: true });
};
const reload = async (wanted) => {
  if (!list) return;
  const here = list.dataset.here;
  const answer = await fetch(`${here}${here.includes("?") ? "&" : "?"}part=list`);
  if (!answer.ok) return;
  list.innerHTML = await answer.text();
  countTicks();
  const back = wanted && document.getElementById(`sift-${wanted}`);
  await show(back ?? sifts()[0], { focus: true });
};

// Every form that acts is sent in the background; a second press while it travels does nothing.
const act = async (form, button) => {
  if (form.hasAttribute("data-sending")) return;
  form.setAttribute("data-sending", "");
  const data = new FormData(form, button?.name ? button : null);
  try {
    const answer = await fetch(form.action, { method: "POST", body: data, headers: { "X-Desk": "1", "X-CSRFToken": token() } });
    if (answer.headers.get("Content-Type")?.startsWith("text/html")) {
      pane.innerHTML = await answer.text();
      pane.querySelector("[aria-invalid=true]")?.focus();
      return;
    }
    const told = await answer.json();
    say(told.toast);
    document.querySelectorAll("[data-waiting]").forEach((shown) => { shown.textContent = told.waiting; });
    if (told.back.length) await reload(told.back[0]);
    else if (told.gone.length) await leave(told.gone);
  } catch {
    form.removeAttribute("data-acts");
    form.requestSubmit(button);
  } finally {
    form.removeAttribute("data-sending");
  }
};
document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-acts], [data-batch]");
  if (!form || !desk) return;
  event.preventDefault();
  act(form, event.submitter);
});

// By mouse and touch.
document.addEventListener("click", (event) => {
  const undo = event.target.closest("[data-undo-now]");
  if (undo) {
    undoLast();
    return;
  }
  const topic = event.target.closest("[data-topic]");
  if (topic) {
    const field = topic.closest("form").querySelector("[name=topics]");
    field.value = [field.value.trim().replace(/,$/, ""), topic.dataset.topic].filter(Boolean).join(", ");
    topic.remove();
    field.focus();
    return;
  }
  const opener = event.target.closest("[data-open], .sift__pick");
  if (!opener || !list?.contains(opener) || !wide.matches || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const picks = opener.matches(".sift__pick");
  show(opener.closest("[data-sift]")).then(() => picks && write());
});
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-tick]")) countTicks();
  if (event.target.matches("[data-all]")) {
    ticks().forEach((tick) => { tick.checked = event.target.checked; });
    countTicks();
  }
  if (event.target.matches("[data-at-once]")) event.target.form.requestSubmit();
  if (event.target.matches("[data-keys-on]")) {
    if (event.target.checked) localStorage.removeItem(KEYS_OFF);
    else localStorage.setItem(KEYS_OFF, "1");
    html.toggleAttribute("data-keys-off", !event.target.checked);
  }
});

const undoLast = () => {
  const form = document.querySelector("[data-undo-form]");
  if (form) act(form);
};
const write = () => {
  const sentence = pane?.querySelector("[name=sentence]");
  sentence?.focus();
  sentence?.scrollIntoView({ block: "center" });
};
const press = (key) => {
  const button = current()?.querySelector(`[data-key="${key}"]`);
  if (key === "p" && wide.matches) {
    const seen = pane?.querySelector("[data-item]")?.dataset.item;
    if (seen === current()?.dataset.sift) write();
    else show(current()).then(write);
  }
  else button?.click();
};
const later = () => {
  const details = current()?.querySelector("[data-later]");
  if (!details) return;
  details.open = true;
  details.querySelector("[data-until]").focus();
};
const edit = () => {
  const details = pane?.querySelector("[data-edit]");
  if (!details) return;
  details.open = true;
  details.querySelector("[name=title]").focus();
};
const KEYS = {
  j: () => move(1),
  k: () => move(-1),
  p: () => press("p"),
  u: () => press("u"),
  x: () => press("x"),
  s: later,
  e: edit,
  o: () => window.open(current()?.querySelector("[data-open]") && pane?.querySelector("[data-original]")?.href, "_blank", "noopener"),
  z: undoLast,
  "?": () => document.querySelector('[data-dialog="keys"]')?.click(),
  " ": () => {
    const tick = current()?.querySelector("[data-tick]");
    if (!tick) return;
    tick.checked = !tick.checked;
    countTicks();
  },
};
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && pane?.contains(event.target)) {
    current()?.querySelector("[data-open]")?.focus();
    return;
  }
  if (event.key === "Escape") document.querySelectorAll(".sift-more[open]").forEach((more) => { more.open = false; });
  const writes = event.target.closest?.("input, textarea, select, [contenteditable], dialog");
  const presses = event.key === " " && event.target.closest?.("button, summary");
  if (!desk || writes || presses || event.ctrlKey || event.metaKey || event.altKey || event.repeat && !"jk".includes(event.key)) return;
  if (html.hasAttribute("data-keys-off") || !KEYS[event.key]) return;
  event.preventDefault();
  KEYS[event.key]();
});

if (desk) {
  const off = localStorage.getItem(KEYS_OFF) === "1";
  html.toggleAttribute("data-keys-off", off);
  const choice = document.querySelector("[data-keys-on]");
  if (choice) choice.checked = !off;
  countTicks();
  if (wide.matches) show(sifts()[0]);
}
