// The wall: one button stops it, and while it is stopped nothing moves.
const button = document.querySelector("[data-pause]");
let paused = false;

if (button) {
  button.hidden = false;
  button.addEventListener("click", () => {
    paused = !paused;
    button.textContent = paused ? button.dataset.resume : button.dataset.pause;
  });
}

document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.elt.id === "wall-ear" && paused) event.preventDefault();
});
