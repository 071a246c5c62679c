// The columns of a list, put in order by arrows or by dragging; the form sends them as they stand.
export function wireColumns() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-columns] [data-move]");
    if (!button) return;
    const item = button.closest("li");
    const beside = button.dataset.move === "up" ? item.previousElementSibling : item.nextElementSibling;
    if (!beside || "fixed" in beside.dataset) return;
    if (button.dataset.move === "up") beside.before(item);
    else beside.after(item);
    button.focus();
  });
  document.addEventListener("dragstart", (event) => {
    const item = event.target.closest?.("[data-columns] > li");
    if (item) item.dataset.dragged = "";
  });
  document.addEventListener("dragover", (event) => {
    const item = event.target.closest?.("[data-columns] > li");
    const dragged = item?.parentElement.querySelector(":scope > [data-dragged]");
    if (!dragged || dragged === item || "fixed" in item.dataset) return;
    event.preventDefault();
    const box = item.getBoundingClientRect();
    if (event.clientY < box.top + box.height / 2) item.before(dragged);
    else item.after(dragged);
  });
  document.addEventListener("dragend", (event) => {
    const item = event.target.closest?.("[data-columns] > li");
    if (item) delete item.dataset.dragged;
  });
}
