// Files of a record: what the zone keeps already is named by its digest and does not travel again.

export function wireEvidence() {
  document.addEventListener("change", (event) => {
    const form = event.target.form;
    if (event.target.type === "file" && form?.dataset.evidence) leaveOutKnown(form, event.target);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches?.("[data-no-submit]")) event.preventDefault();
  });
}

async function leaveOutKnown(form, input) {
  for (const old of form.querySelectorAll("[name=sha256]")) old.remove();
  if (!globalThis.crypto?.subtle) return;
  const travelling = new DataTransfer();
  const names = [];
  for (const file of input.files) {
    const digest = await digestOf(file);
    const answer = await fetch(`${form.dataset.evidence}?sha256=${digest}`, { credentials: "same-origin" });
    const known = answer.ok && (await answer.json()).known;
    if (!known) { travelling.items.add(file); continue; }
    names.push(file.name);
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "sha256", value: digest }));
  }
  if (!names.length) return;
  input.files = travelling.files;
  const note = form.querySelector("[data-evidence-known]");
  note.textContent = `${note.dataset.evidenceKnown}${names.join("、")}`;
}

async function digestOf(file) {
  const bytes = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
