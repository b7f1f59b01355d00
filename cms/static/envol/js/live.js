// Beside an event's own hours, those of the reader's clock where it shows something else.
const here = new Intl.DateTimeFormat().resolvedOptions().timeZone;
const language = document.documentElement.lang;

const clock = (moment, zone) => new Intl.DateTimeFormat(language, { weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone }).format(moment);

document.querySelectorAll("[data-yours]").forEach((place) => {
  const [start, end] = [...place.parentElement.querySelectorAll("time")].map((time) => new Date(time.dateTime));
  try {
    if (!start || clock(start, here) === clock(start, place.dataset.zone)) return;
    place.textContent = `${place.dataset.yours} ${clock(start, here)} – ${clock(end, here)}`;
    place.hidden = false;
  } catch { /* a browser that doesn't know the zone leaves the event's own hours */ }
});
