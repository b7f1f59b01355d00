// Drag a challenge to its place in the queue; the buttons beside it do the same by keyboard.
const list = document.querySelector("[data-reorder]");

function token() {
  return list.querySelector("[name=csrfmiddlewaretoken]").value;
}

async function keep() {
  const body = new FormData();
  for (const item of list.children) body.append("entry", item.dataset.entry);
  const answer = await fetch(list.dataset.reorder, {
    method: "POST",
    body,
    headers: { "X-CSRFToken": token(), "X-Requested-With": "XMLHttpRequest" },
  });
  // The page shows the next launches too, which follow from the order.
  if (answer.ok) window.location.reload();
}

function begin(item) {
  item.draggable = true;
  item.addEventListener("dragstart", (event) => {
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", item.dataset.entry);
    item.classList.add("bank-dragged");
  });
  item.addEventListener("dragend", () => item.classList.remove("bank-dragged"));
  item.addEventListener("dragover", (event) => {
    event.preventDefault();
    item.classList.add("bank-target");
  });
  item.addEventListener("dragleave", () => item.classList.remove("bank-target"));
  item.addEventListener("drop", (event) => {
    event.preventDefault();
    item.classList.remove("bank-target");
    const dragged = list.querySelector(".bank-dragged");
    if (dragged && dragged !== item) {
      item.before(dragged);
      keep();
    }
  });
}

if (list) for (const item of list.children) begin(item);
