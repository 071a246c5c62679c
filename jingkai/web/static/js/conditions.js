// What the zone asks of a form's fields, shown while one fills it in; the server asks it again.
export function wireConditions() {
  for (const form of document.querySelectorAll("form[data-conditions]")) wire(form);
}

function wire(form) {
  const conditions = JSON.parse(form.dataset.conditions);
  if (!conditions.length) return;
  const show = () => conditions.forEach((condition) => apply(form, condition, conditions));
  form.addEventListener("change", show);
  show();
}

function holds(form, condition) {
  if (!condition.when) return true;
  const field = form.elements[condition.when];
  return Boolean(field) && condition.among.includes(field.value);
}

function apply(form, { column, effect }, conditions) {
  const field = form.elements[column];
  const box = field?.closest?.(".jk-field");
  if (!box) return;
  const on = conditions.some((other) => other.column === column && other.effect === effect && holds(form, other));
  if (effect === "hidden") box.hidden = on;
  if (effect === "read-only" && form.elements.version) field.readOnly = on;
  if (effect === "required" && !field.required) mark(box, on ? form.dataset.required : "");
}

function mark(box, word) {
  box.querySelector("[data-asked]")?.remove();
  if (!word) return;
  const told = document.createElement("span");
  told.className = "jk-required";
  told.dataset.asked = "";
  told.textContent = word;
  box.querySelector("label")?.append(told);
}
