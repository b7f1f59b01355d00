// What every page gains when scripts run: the menu closes politely, dialogs open in place, toasts can be put away.
document.documentElement.classList.add("has-script");

const within = (event, selector) => event.target instanceof Element ? event.target.closest(selector) : null;

document.addEventListener("click", (event) => {
  const opener = within(event, "[data-dialog]");
  const dialog = opener && document.getElementById(opener.dataset.dialog);
  if (dialog instanceof HTMLDialogElement) {
    event.preventDefault();
    dialog.showModal();
    return;
  }
  if (within(event, "[data-close-dialog]") || event.target instanceof HTMLDialogElement) {
    event.target.closest("dialog")?.close();
  }
  within(event, "[data-close-toast]")?.closest(".toast")?.remove();
  closeAllBut(within(event, DISCLOSURES));
});

// Small menus close when one clicks elsewhere, or presses Escape; the focus goes back to what opened them.
const DISCLOSURES = "details.menu, details.post__more";
const open = () => document.querySelectorAll("details.menu[open], details.post__more[open]");
const closeAllBut = (kept) => open().forEach((menu) => { if (menu !== kept) menu.open = false; });

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  open().forEach((menu) => {
    menu.open = false;
    menu.querySelector("summary")?.focus();
  });
});
