// Native dialogs: opened by data-opens, closed by data-closes, a click beside them, or Escape.
export function wireDialogs() {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    if (opener) document.getElementById(opener.dataset.opens)?.showModal();
    if (event.target.closest("[data-closes]")) event.target.closest("dialog").close();
    if (event.target.matches("dialog") && isBeside(event)) event.target.close();
  });
}

// A dialog whose content did not come says so instead of waiting for ever.
export function wireFetches() {
  for (const failed of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(failed, (event) => {
      const body = event.detail.target;
      const words = document.getElementById("not-fetched");
      if (words && body?.matches(".jk-dialog-body")) body.replaceChildren(words.content.cloneNode(true));
    });
  }
}

// A click on the backdrop has the dialog as its target, as has one on the dialog's own padding.
function isBeside(event) {
  const box = event.target.getBoundingClientRect();
  const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
  return !inside && event.detail > 0;
}

export function confirmed(question) {
  const dialog = document.getElementById("confirmation");
  if (!dialog) return Promise.resolve(window.confirm(question));
  document.getElementById("confirmation-text").textContent = question;
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}
