// The live room: rests while nobody looks or the reader pauses, and leaves open what the reader has unfolded.
const ear = () => document.getElementById("room-ear");
const button = document.querySelector("[data-pause]");
let paused = false;

const look = () => {
  if (ear()) window.htmx?.trigger(ear(), "look");
};

document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.elt.id === "room-ear" && (paused || document.visibilityState !== "visible")) event.preventDefault();
});

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") look();
});

button?.addEventListener("click", () => {
  paused = !paused;
  button.textContent = paused ? button.dataset.resume : button.dataset.pause;
  if (!paused) look();
});

document.addEventListener("htmx:oobBeforeSwap", (event) => {
  // A thread that grew comes as a new element: what is open in the old one stays open.
  const fresh = event.detail.fragment;
  event.detail.target.querySelectorAll?.("details[open][id]").forEach((details) => {
    fresh.querySelector(`#${CSS.escape(details.id)}`)?.setAttribute("open", "");
  });
});

document.addEventListener("htmx:afterRequest", (event) => {
  // One's own post need not wait for the next look.
  if (event.detail.elt.closest?.(".composer") && event.detail.successful) look();
});
