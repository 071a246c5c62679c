// Forms: the question before a weighty step, one submission only, no lost entries.
import { confirmed } from "./dialogs.js";

const agreed = new WeakSet();
const dirty = new Set();
const CHANGED = "jingkai.changed"; // in the session: which field asked for this page

export function wireForms() {
  document.addEventListener("submit", onSubmit);
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form?.matches("[data-dirty]")) dirty.add(form);
  });
  document.addEventListener("change", (event) => {
    const form = event.target.form;
    if (!event.target.matches("[data-autosubmit]") && !form?.matches("[data-autosubmit]")) return;
    remember(`${location.pathname} ${event.target.name}`);
    form.requestSubmit();
  });
  backToField();
  window.addEventListener("beforeunload", (event) => {
    if ([...dirty].some((form) => form.isConnected)) event.preventDefault();
  });
  // A page that the browser brings back from its cache must be usable again.
  window.addEventListener("pageshow", () => {
    for (const button of document.querySelectorAll("[aria-busy=true]")) button.removeAttribute("aria-busy");
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });
}

function remember(field) {
  try { sessionStorage.setItem(CHANGED, field); } catch { /* private mode: the page begins at its top */ }
}

// Who goes through filters by keyboard goes on where they were, in the page that a change has asked for.
function backToField() {
  let asked = "";
  try { asked = sessionStorage.getItem(CHANGED) ?? ""; sessionStorage.removeItem(CHANGED); } catch { return; }
  const fields = document.querySelectorAll("form[data-autosubmit] [name], [data-autosubmit][name]");
  [...fields].find(({ name }) => asked === `${location.pathname} ${name}`)?.focus({ preventScroll: true });
}

function onSubmit(event) {
  const form = event.target;
  const question = event.submitter?.dataset.confirm ?? form.dataset.confirm;
  if (question && !agreed.has(form)) {
    event.preventDefault();
    confirmed(question).then((yes) => {
      if (!yes) return;
      agreed.add(form);
      form.requestSubmit(event.submitter ?? undefined);
    });
    return;
  }
  agreed.delete(form);
  if (form.method === "post" && !form.matches("[data-hx-post], [hx-post]")) sendOnce(event, form);
}

function sendOnce(event, form) {
  if (form.dataset.sent) { event.preventDefault(); return; }
  // A download leaves the page in place: its form may be sent again.
  if (!form.matches("[data-download], [target]")) form.dataset.sent = "yes";
  dirty.delete(form);
  if (form.dataset.sent) event.submitter?.setAttribute("aria-busy", "true");
}
