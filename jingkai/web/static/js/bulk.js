// The form of what to do to many records: typing into a field ticks that it counts.
export function wireBulk() {
  document.addEventListener("input", (event) => {
    const box = boxOf(event.target);
    if (box && event.target.value) box.checked = true;
  });
}

function boxOf(field) {
  return field.id ? document.querySelector(`[data-sets="${CSS.escape(field.id)}"]`) : null;
}
