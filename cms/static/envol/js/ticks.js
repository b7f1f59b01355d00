// Buttons that act on what is ticked say how many that is, and wait until something is. Ticking
// all, and a stretch with Shift, is Wagtail's own w-bulk.
const form = document.querySelector("[data-ticks]");

const count = () => {
  const ticked = form.querySelectorAll("[data-w-bulk-target=item]:checked").length;
  for (const button of form.querySelectorAll("[data-on-ticked]")) {
    button.disabled = ticked === 0;
    button.querySelector("[data-many]").textContent = ticked ? ` (${ticked})` : "";
  }
};

if (form) {
  form.addEventListener("change", count);
  form.addEventListener("w-bulk:change", count);
  window.addEventListener("pageshow", count); // browsers keep ticks on the way back
  count();
}
