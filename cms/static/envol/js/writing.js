// The members' editor: signs at the cursor, saved by itself, and kept in this browser until the server has it.
const form = document.querySelector("form[data-writing]");
const QUIET = 4000; // milliseconds without a key before it saves by itself
const SIGNS = {
  bold: (words) => [`**${words || "…"}**`, 2],
  italic: (words) => [`*${words || "…"}*`, 1],
  link: (words) => [`[${words || "…"}](https://)`, 1],
  list: (words) => [lines(words, "- "), 2],
  heading: (words) => [lines(words, "## "), 3],
  quote: (words) => [lines(words, "> "), 2],
};
const lines = (words, sign) => (words || "…").split("\n").map((line) => sign + line).join("\n");

const write = (area, words, from, length) => {
  area.focus();
  area.setRangeText(words, area.selectionStart, area.selectionEnd, "end");
  if (length) area.setSelectionRange(from, from + length);
  area.dispatchEvent(new Event("input", { bubbles: true }));
};

const sign = (button) => {
  const area = document.getElementById(button.closest("[data-toolbar]").dataset.toolbar);
  const chosen = area.value.slice(area.selectionStart, area.selectionEnd);
  const [words, before] = SIGNS[button.dataset.sign](chosen);
  const isBlock = ["list", "heading", "quote"].includes(button.dataset.sign);
  const breaks = isBlock && area.selectionStart && area.value[area.selectionStart - 1] !== "\n" ? "\n\n" : "";
  write(area, breaks + words, area.selectionStart + breaks.length + before, (chosen || "…").length);
};

const APART = ["csrfmiddlewaretoken", "do", "alt_text", "credit", "picture_licence", "may_share"]; // not the text itself
const words = () => [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !APART.includes(name));
const without = (deed) => { // a part that is being dropped need not be brought back
  const number = /^drop-(\d+)$/.exec(deed ?? "")?.[1];
  return words().filter(([name]) => !number || !name.startsWith(`part${number}-`));
};
const store = {
  key: `envol-text-${form?.dataset.writing}`,
  put(deed) { try { localStorage.setItem(this.key, JSON.stringify(without(deed))); } catch { /* full, or forbidden: the server has its own */ } },
  get() { try { return JSON.parse(localStorage.getItem(this.key)); } catch { return null; } },
  drop() { try { localStorage.removeItem(this.key); } catch { /* forbidden */ } },
};

const saving = () => {
  const told = document.querySelector("[data-saved]");
  const say = (what) => { told.textContent = told.dataset[`words${what}`]; };
  let timer = 0, stopped = false, busy = false, again = false;
  const save = async () => {
    if (stopped || busy) { again = busy; return; }
    busy = true;
    const body = new FormData(form);
    body.delete("file");
    body.set("do", "autosave");
    const sent = JSON.stringify(words());
    try {
      const answer = await fetch(form.action, { method: "POST", body, redirect: "error", headers: { "X-Requested-With": "fetch" } });
      if (answer.status === 409) { stopped = true; say("Conflict"); }
      else if (!answer.ok) { say("Waiting"); }
      else {
        form.elements.version.value = (await answer.json()).version;
        say("Saved");
        const now = words().filter(([name]) => name !== "version");
        if (JSON.stringify(now) === JSON.stringify(JSON.parse(sent).filter(([name]) => name !== "version"))) store.drop();
      }
    } catch { say("Waiting"); }
    busy = false;
    if (again) { again = false; timer = setTimeout(save, QUIET); }
  };
  form.addEventListener("input", () => { store.put(); clearTimeout(timer); timer = setTimeout(save, QUIET); });
  form.addEventListener("submit", (event) => { stopped = true; clearTimeout(timer); store.put(event.submitter?.value); });
};

const restoring = () => {
  const box = document.querySelector("[data-restore]");
  const kept = store.get();
  const mine = ([name]) => !["version", "parts"].includes(name);
  const told = (all) => JSON.stringify(all.filter(mine).filter(([name, value]) => value && !name.endsWith("-block")).map(([, value]) => value.replaceAll("\r\n", "\n")).sort());
  if (!kept || told(kept) === told(words())) { store.drop(); return; } // the same, in whichever order of its parts
  box.hidden = false;
  box.querySelector("[data-restore-no]").addEventListener("click", () => { store.drop(); box.hidden = true; });
  box.querySelector("[data-restore-yes]").addEventListener("click", () => {
    kept.filter(mine).forEach(([name, value]) => { if (form.elements[name]) form.elements[name].value = value; });
    box.hidden = true;
    form.dispatchEvent(new Event("input", { bubbles: true }));
  });
};

if (form) {
  let last = form.querySelector("textarea[data-markdown=long]");
  form.addEventListener("focusin", (event) => { if (event.target.matches("textarea[data-markdown]")) last = event.target; });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-sign], [data-put]");
    if (!button) return;
    if (button.dataset.sign) sign(button);
    else if (last) write(last, `\n\n${button.dataset.put}\n\n`);
  });
  form.addEventListener("keydown", (event) => {
    const key = (event.ctrlKey || event.metaKey) && { b: "bold", i: "italic" }[event.key];
    if (!key || !event.target.matches("textarea[data-markdown]")) return;
    event.preventDefault();
    form.querySelector(`[data-toolbar="${event.target.id}"] [data-sign=${key}]`)?.click();
  });
  restoring();
  saving();
}
