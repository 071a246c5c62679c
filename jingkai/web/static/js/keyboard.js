// "/" searches, "g" and a letter goes to a place of the navigation, "?" lists them all.
const SECOND_KEY_WITHIN_MS = 1200;
let goingSince = -Infinity;

export function wireKeyboard() {
  listShortcuts();
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    const going = event.timeStamp - goingSince < SECOND_KEY_WITHIN_MS;
    goingSince = event.key === "g" && !going ? event.timeStamp : -Infinity;
    if (going && followShortcut(event.key)) event.preventDefault();
    else if (event.key === "/") focusSearch(event);
    else if (event.key === "?") document.getElementById("shortcuts")?.showModal();
  });
}

function isTyping(target) {
  return target instanceof Element && target.matches("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
}

function focusSearch(event) {
  const search = document.querySelector("[data-search]");
  if (!search) return;
  event.preventDefault();
  search.focus();
  search.select();
}

function followShortcut(key) {
  const link = document.querySelector(`[data-shortcut="${CSS.escape(key)}"]`);
  link?.click();
  return Boolean(link);
}

function listShortcuts() {
  const list = document.querySelector("[data-shortcut-list]");
  if (!list) return;
  for (const link of document.querySelectorAll("[data-shortcut]")) {
    const keys = ["g", link.dataset.shortcut].map((key) => Object.assign(document.createElement("kbd"), { textContent: key }));
    const term = document.createElement("dt");
    term.append(keys[0], " ", keys[1]);
    const text = Object.assign(document.createElement("dd"), { textContent: (link.querySelector("span:not([aria-hidden])") ?? link).firstChild.textContent.trim() });
    const line = document.createElement("div");
    line.append(term, text);
    list.append(line);
  }
}
