// The sidebar on phones, the theme, menus and messages.
const MESSAGE_STAYS_MS = 6000;

export function wireShell() {
  document.addEventListener("click", (event) => {
    const hit = (selector) => event.target.closest(selector);
    if (hit("[data-theme-toggle]")) toggleTheme();
    if (hit("[data-sidebar]")) toggleSidebar();
    if (hit("[data-dismiss]")) hit(".jk-toast").remove();
    if (hit("[data-back]")) history.back();
    if (hit("[data-print]")) print();
    if (hit("[data-fills-username]")) fillLogIn(hit("[data-fills-username]"));
    closeMenus(event.target);
  });
  document.addEventListener("keydown", onKey);
  document.addEventListener("toggle", (event) => placeMenu(event.target), { capture: true });
  for (const toast of document.querySelectorAll("[data-toast=success]")) {
    setTimeout(() => toast.remove(), MESSAGE_STAYS_MS);
  }
}

function toggleTheme() {
  const root = document.documentElement;
  const theme = root.getAttribute("data-bs-theme") === "dark" ? "light" : "dark";
  root.setAttribute("data-bs-theme", theme);
  try { localStorage.setItem("jingkai.theme", theme); } catch { /* private mode: this page only */ }
  document.dispatchEvent(new CustomEvent("jingkai:theme"));
}

function toggleSidebar() {
  const shell = document.querySelector(".jk-shell");
  const open = shell.classList.toggle("is-open");
  const opener = document.querySelector("[aria-controls=sidebar]");
  opener.setAttribute("aria-expanded", String(open));
  document.querySelector(".jk-main").inert = open;
  (open ? document.querySelector("#sidebar button") : opener).focus();
}

function closeMenus(target) {
  for (const menu of document.querySelectorAll("details.jk-menu[open]")) {
    if (!menu.contains(target)) menu.open = false;
  }
}

// A menu hangs from the right edge of its button, unless that would leave the content.
function placeMenu(menu) {
  if (!menu.matches?.("details.jk-menu[open]:not(.jk-zone)")) return;
  menu.classList.remove("is-start");
  const edge = menu.closest(".jk-main, body").getBoundingClientRect().left;
  const { left } = menu.querySelector(".jk-menu-list").getBoundingClientRect();
  menu.classList.toggle("is-start", left < edge);
}

function onKey(event) {
  const menu = document.activeElement?.closest("details.jk-menu[open]");
  if (event.key === "Escape") {
    if (menu) menu.querySelector("summary").focus();
    closeMenus(null);
    if (document.querySelector(".jk-shell.is-open")) toggleSidebar();
  } else if (menu && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    moveInMenu(menu, event.key === "ArrowDown" ? 1 : -1);
  }
}

function moveInMenu(menu, step) {
  const items = [...menu.querySelectorAll(".jk-menu-item")];
  const next = items.indexOf(document.activeElement) + step;
  items.at(next < 0 ? items.length - 1 : next % items.length)?.focus();
}

function fillLogIn(button) {
  for (const name of ["username", "password"]) {
    const given = button.getAttribute(`data-fills-${name}`);
    if (given) document.querySelector(`input[name=${name}]`).value = given;
  }
  for (const other of document.querySelectorAll("[data-fills-username]")) {
    other.setAttribute("aria-pressed", String(other === button));
  }
  document.querySelector("main form button.btn-primary").focus();
}
