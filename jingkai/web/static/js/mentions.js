// "@" in a comment offers the people who may read the record.
let list = null;

export function wireMentions() {
  document.addEventListener("input", (event) => {
    if (event.target.matches("textarea[data-mentions]")) offer(event.target);
  });
  document.addEventListener("keydown", (event) => {
    if (list && event.target.matches("textarea[data-mentions]")) onKey(event);
  });
  document.addEventListener("focusout", (event) => {
    if (list && !list.contains(event.relatedTarget)) close();
  });
}

const typed = (area) => area.value.slice(0, area.selectionStart).match(/@([^\s@]{0,20})$/)?.[1];

async function offer(area) {
  const text = typed(area);
  if (text === undefined) { close(); return; }
  const answer = await fetch(`${area.dataset.mentions}?q=${encodeURIComponent(text)}`);
  if (!answer.ok || typed(area) !== text) return;
  show(area, (await answer.json()).people);
}

function show(area, people) {
  close();
  if (!people.length) return;
  list = document.createElement("ul");
  list.className = "jk-mention-list";
  list.id = "mention-list";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", area.getAttribute("aria-label"));
  const isDouble = (name) => people.filter((person) => person.name === name).length > 1;
  people.forEach((person, place) => {
    const option = document.createElement("li");
    option.id = `mention-${place}`;
    option.setAttribute("role", "option");
    option.dataset.call = isDouble(person.name) ? person.username : person.name;
    option.textContent = `${person.name} (${person.username})`;
    option.addEventListener("pointerdown", (event) => { event.preventDefault(); choose(area, option); });
    list.append(option);
  });
  area.after(list);
  area.setAttribute("aria-controls", list.id);
  mark(area, 0);
}

function mark(area, place) {
  [...list.children].forEach((option, index) => option.setAttribute("aria-selected", String(index === place)));
  area.setAttribute("aria-activedescendant", list.children[place].id);
}

function choose(area, option) {
  const end = area.selectionStart;
  const start = end - typed(area).length;
  area.setRangeText(`${option.dataset.call} `, start, end, "end");
  close();
  area.focus();
}

function onKey(event) {
  const options = [...list.children];
  const place = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) mark(event.target, (place + step + options.length) % options.length);
  else if (event.key === "Enter" || event.key === "Tab") choose(event.target, options[place]);
  else if (event.key === "Escape") close();
  else return;
  event.preventDefault();
}

function close() {
  document.querySelector("[aria-controls=mention-list]")?.removeAttribute("aria-activedescendant");
  document.querySelector("[aria-controls=mention-list]")?.removeAttribute("aria-controls");
  list?.remove();
  list = null;
}
