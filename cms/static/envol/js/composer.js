// The composer counts characters as people do, shows photos before they are sent, and asks once for their descriptions.
import { completeMentions } from "./mentions.js";

const NEAR = 20; // characters left when the counter speaks up
const graphemes = "Segmenter" in Intl ? new Intl.Segmenter(undefined, { granularity: "grapheme" }) : null;
const clean = (text) => text.normalize("NFC").replace(/\r\n?/g, "\n").replace(/\n{3,}/g, "\n\n").trim();
export const countCharacters = (text) => [...(graphemes ? graphemes.segment(clean(text)) : clean(text))].length;

const prepareCounter = (form) => {
  const limit = Number(form.dataset.limit);
  const text = form.querySelector("textarea[name=text]");
  const shown = form.querySelector("[data-count]");
  const spoken = form.querySelector("[data-count-status]");
  if (!limit || !text || !shown) return;
  let said = "";
  const count = () => {
    const left = limit - countCharacters(text.value);
    shown.textContent = left;
    shown.dataset.state = left < 0 ? "over" : left <= NEAR ? "near" : "";
    // Spoken at every tenth only: a voice that counts along would drown the words.
    const due = left < 0 ? spoken?.dataset.over : left <= NEAR && left % 10 === 0 ? spoken?.dataset.left : "";
    const words = due ? `${due} ${Math.abs(left)}` : "";
    if (spoken && words !== said && (left >= 0 || !said.startsWith(spoken.dataset.over))) spoken.textContent = said = words;
  };
  text.addEventListener("input", count);
  count();
};

const isFull = (slot) => Boolean(slot.querySelector("[data-kept]") || slot.querySelector("input[type=file]")?.files.length);

const preparePhotos = (form) => {
  const slots = [...form.querySelectorAll("[data-slot]")];
  const showNext = () => {
    const firstFree = slots.findIndex((slot) => !isFull(slot));
    slots.forEach((slot, index) => { slot.hidden = !isFull(slot) && index > firstFree && !slot.querySelector("[aria-invalid=true]"); });
  };
  slots.forEach((slot) => {
    const file = slot.querySelector("input[type=file]");
    file?.addEventListener("change", () => {
      preview(slot.querySelector("[data-preview]"), file.files[0]);
      showNext();
      if (file.files.length) slot.querySelector("[data-alt]")?.focus();
    });
  });
  showNext();
};

const preview = (place, file) => {
  place?.replaceChildren();
  if (!place || !file?.type.startsWith("image/")) return;
  const reader = new FileReader();
  reader.addEventListener("load", () => {
    const image = new Image();
    image.className = "composer__preview";
    image.alt = "";
    image.addEventListener("error", () => image.remove()); // a format that this browser can't show
    image.src = reader.result;
    place.replaceChildren(image);
  });
  reader.readAsDataURL(file);
};

const prepareHint = (form) => {
  const hint = form.querySelector("[data-describe-hint]");
  let asked = false;
  const missing = () => [...form.querySelectorAll("[data-slot]")]
    .filter((slot) => isFull(slot) && !slot.querySelector("input[type=checkbox]:checked"))
    .map((slot) => slot.querySelector("[data-alt]"))
    .find((alt) => alt && !alt.value.trim());
  form.addEventListener("submit", (event) => {
    if (asked || !hint || !missing()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    asked = true;
    hint.hidden = false;
    hint.focus();
  }, { capture: true });
  form.querySelector("[data-describe]")?.addEventListener("click", () => {
    hint.hidden = true;
    missing()?.focus();
  });
};

export const prepareComposers = () => {
  document.querySelectorAll("form.composer:not([data-ready])").forEach((form) => {
    form.dataset.ready = "";
    prepareCounter(form);
    preparePhotos(form);
    prepareHint(form);
    completeMentions(form);
  });
};
