// Completes @handles while one writes. The list belongs to the text field: focus stays in the words.
const WAIT = 180; // milliseconds of rest before the server is asked
const BEGUN = /(?:^|[^\w@/.])@(\w{1,30})$/;
let lists = 0;

export const completeMentions = (form) => {
  const text = form.querySelector("textarea[name=text]");
  const help = form.querySelector("[data-people]");
  if (!text || !help) return;

  const list = document.createElement("div");
  list.id = `people-${++lists}`;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", help.dataset.label);
  list.hidden = true;
  text.after(list); // the field itself stays where it is: somebody may be writing in it
  text.setAttribute("aria-autocomplete", "list");
  text.setAttribute("aria-haspopup", "listbox");
  text.setAttribute("aria-controls", list.id);

  let timer = 0;
  let asked = 0;
  const options = () => [...list.children];
  const chosen = () => list.querySelector("[aria-selected=true]");
  const begun = () => (text.selectionStart === text.selectionEnd ? BEGUN.exec(text.value.slice(0, text.selectionStart))?.[1] : null);

  const close = () => {
    asked += 1;
    list.hidden = true;
    list.replaceChildren();
    text.removeAttribute("aria-activedescendant");
    help.textContent = "";
  };
  const select = (option) => {
    chosen()?.setAttribute("aria-selected", "false");
    option.setAttribute("aria-selected", "true");
    text.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  };
  const take = (option) => {
    const end = text.selectionStart;
    const start = end - (begun()?.length ?? 0);
    text.setRangeText(`${option.dataset.handle} `, start, end, "end");
    close();
    text.dispatchEvent(new Event("input", { bubbles: true }));
    text.focus();
  };
  const ask = async (word) => {
    const mine = ++asked;
    const answer = await fetch(`${help.dataset.people}?q=${encodeURIComponent(word)}`, { headers: { "HX-Request": "true" } }).catch(() => null);
    if (mine !== asked) return; // one has written on meanwhile
    if (!answer || answer.status !== 200) return close();
    list.innerHTML = await answer.text();
    options().forEach((option, index) => { option.id = `${list.id}-${index}`; });
    if (!options().length) return close();
    list.hidden = false;
    help.textContent = `${help.dataset.label}: ${options().length}. ${help.dataset.help}`;
    select(options()[0]);
  };

  text.addEventListener("input", () => {
    clearTimeout(timer);
    const word = begun();
    if (!word) return close();
    timer = setTimeout(() => ask(word), WAIT);
  });
  text.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const all = options();
    const at = all.indexOf(chosen());
    const moves = { ArrowDown: at + 1, ArrowUp: at - 1 + all.length };
    if (event.key in moves) select(all[moves[event.key] % all.length]);
    else if (event.key === "Enter" || event.key === "Tab") take(chosen());
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
  text.addEventListener("blur", () => setTimeout(close, 150));
  list.addEventListener("mousedown", (event) => {
    const option = event.target.closest("[role=option]");
    event.preventDefault();
    if (option) take(option);
  });
};
