// Timelines: asks now and then what is new, and keeps the focus where the reader is.
import { prepareComposers } from "./composer.js";

const EVERY = 8000; // milliseconds between two looks, while somebody is looking

const look = () => {
  const bell = document.querySelector("[data-look]");
  if (bell && !bell.firstElementChild && document.visibilityState === "visible") window.htmx?.trigger(bell, "look");
};
setInterval(look, EVERY);
document.addEventListener("visibilitychange", look);

const takeFocus = (element) => {
  if (!(element instanceof HTMLElement)) return;
  if (!element.matches("a, button, input, textarea, select, summary")) element.tabIndex = -1;
  element.focus({ preventScroll: false });
};

document.addEventListener("htmx:afterSettle", (event) => {
  const target = event.detail.target;
  prepareComposers();
  if (target.id === "timeline") {
    // The reader asked for the new posts: begin with the first of them.
    takeFocus(target.querySelector(".post--fresh"));
  } else if (event.detail.elt?.id === "composer") {
    takeFocus(event.detail.elt.querySelector("[aria-invalid=true], .tip--coral, textarea"));
  }
});

// A composer that the server sent back with a remark comes as 422: it is shown like any other answer.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.status === 422) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});

const answerHere = () => {
  if (location.hash === "#reply") takeFocus(document.querySelector("#reply textarea"));
};
window.addEventListener("hashchange", answerHere);

prepareComposers();
answerHere();
