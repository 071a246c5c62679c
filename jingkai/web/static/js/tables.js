// Selecting rows: the box in the heading, ranges with Shift, the bar with what can be done.
let last = null;

export function wireTables() {
  document.addEventListener("click", (event) => {
    const box = event.target.closest(".jk-check input");
    if (!box) return;
    const table = box.closest("table");
    const boxes = [...table.querySelectorAll("tbody .jk-check input")];
    if (box.matches("[data-select-all]")) for (const each of boxes) each.checked = box.checked;
    else if (event.shiftKey && boxes.includes(last)) selectRange(boxes, last, box);
    last = box;
    show(table, boxes);
  });
}

function selectRange(boxes, from, to) {
  const [start, end] = [boxes.indexOf(from), boxes.indexOf(to)].sort((a, b) => a - b);
  for (const each of boxes.slice(start, end + 1)) each.checked = to.checked;
}

function show(table, boxes) {
  const count = boxes.filter((box) => box.checked).length;
  const all = table.querySelector("[data-select-all]");
  all.checked = count > 0 && count === boxes.length;
  all.indeterminate = count > 0 && count < boxes.length;
  const scope = table.closest("form") ?? document;
  for (const bar of scope.querySelectorAll("[data-selection]")) bar.hidden = count === 0;
  for (const shown of scope.querySelectorAll("[data-selection-count]")) shown.textContent = String(count);
}
