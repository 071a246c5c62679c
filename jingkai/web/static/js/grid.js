// A page of a register typed over as in a workbook: keyboard, paste from Excel, checked as one types.
import { Sheet } from "./sheet.js";
import { parseBlock, writeBlock } from "./tsv.js";

const PAUSE_MS = 400;
const MOST_ROWS = 1000;

class Grid {
  constructor(editor, data) {
    this.editor = editor;
    this.table = editor.querySelector("[role=grid]");
    this.words = data.words;
    this.links = data.links;
    this.sheet = new Sheet(data);
    this.at = { row: 0, column: 0 };
    this.anchor = { row: 0, column: 0 };
    this.problems = [];
    this.asked = 0;
    if (!this.sheet.rows.length) this.sheet.add();
    this.draw();
    this.wire();
  }

  draw() {
    const head = make("thead");
    const line = head.appendChild(make("tr", { role: "row" }));
    line.append(make("th", { scope: "col", className: "jk-sheet-number", role: "columnheader", textContent: "#" }));
    for (const column of this.sheet.columns) {
      const cell = make("th", { scope: "col", role: "columnheader", title: column.hint, textContent: column.label });
      if (column.required) cell.append(make("span", { className: "jk-required", textContent: " *" }));
      line.append(cell);
    }
    this.body = make("tbody");
    this.table.replaceChildren(head, this.body);
    this.sheet.rows.forEach((_, row) => this.body.append(this.line(row)));
    this.show();
  }

  line(row) {
    const line = make("tr", { role: "row" });
    const isNew = this.sheet.rows[row].pk === null;
    line.append(make("th", { scope: "row", role: "rowheader", className: "jk-sheet-number", textContent: isNew ? this.words.newRow : String(row + 1) }));
    this.sheet.columns.forEach((column, place) => {
      const cell = make("td", { role: "gridcell", tabIndex: -1, className: column.align });
      if (this.sheet.isLocked(row, place)) cell.setAttribute("aria-readonly", "true");
      line.append(cell);
    });
    this.fill(row, line);
    return line;
  }

  fill(row, line = this.body.rows[row]) {
    this.sheet.columns.forEach((_, column) => {
      const cell = line.cells[column + 1];
      cell.textContent = this.sheet.rows[row].cells[column];
      cell.classList.toggle("is-changed", this.sheet.isChanged(row, column));
    });
  }

  cell({ row, column }) { return this.body.rows[row].cells[column + 1]; }

  wire() {
    this.table.addEventListener("keydown", (event) => this.onKey(event));
    this.table.addEventListener("mousedown", (event) => this.onMouse(event));
    this.table.addEventListener("dblclick", () => this.edit());
    this.table.addEventListener("copy", (event) => this.onCopy(event));
    this.table.addEventListener("paste", (event) => this.onPaste(event));
    this.button("save").addEventListener("click", () => this.save());
    this.button("undo").addEventListener("click", () => this.undo());
    this.button("add").addEventListener("click", () => { this.grow(this.sheet.rows.length + 1); this.go({ row: this.sheet.rows.length - 1, column: 0 }); });
    window.addEventListener("beforeunload", (event) => { if (!this.isSaved && this.sheet.touched().length) event.preventDefault(); });
  }

  button(name) { return this.editor.querySelector(`[data-grid-${name}]`); }

  onMouse(event) {
    const cell = event.target.closest("td");
    if (!cell || this.input) return;
    event.preventDefault();
    this.go({ row: cell.parentElement.rowIndex - 1, column: cell.cellIndex - 1 }, event.shiftKey);
  }

  onKey(event) {
    if (this.input) { this.onTyping(event); return; }
    const combined = event.ctrlKey || event.metaKey;
    const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    if (step) this.move(...step, event.shiftKey);
    else if (event.key === "Home") this.go({ ...this.at, column: 0 });
    else if (event.key === "End") this.go({ ...this.at, column: this.sheet.columns.length - 1 });
    else if (event.key === "Enter" || event.key === "F2") this.edit();
    else if (event.key === "Delete" || event.key === "Backspace") this.put(this.chosen().map((place) => ({ ...place, text: "" })));
    else if (combined && event.key === "z") this.undo();
    else if (combined && event.key === "s") this.save();
    else if (!combined && !event.altKey && [...event.key].length === 1) this.edit(event.key);
    else return;
    event.preventDefault();
  }

  onTyping(event) {
    event.stopPropagation();
    if (event.isComposing) return;
    if (event.key === "Escape") this.close(false);
    else if (event.key === "Enter" && !event.altKey) { this.close(true); this.move(event.shiftKey ? -1 : 1, 0); }
    else if (event.key === "Tab") { this.close(true); this.move(0, event.shiftKey ? -1 : 1); }
    else return;
    event.preventDefault();
  }

  move(down, right, extend = false) {
    const row = Math.min(Math.max(this.at.row + down, 0), this.sheet.rows.length - 1);
    const column = Math.min(Math.max(this.at.column + right, 0), this.sheet.columns.length - 1);
    this.go({ row, column }, extend);
  }

  go(place, extend = false) {
    if (!extend) this.anchor = place;
    this.at = place;
    this.show();
    this.cell(place).focus();
  }

  // The block between the anchor and where one is.
  chosen() {
    const [top, bottom] = [this.anchor.row, this.at.row].sort((a, b) => a - b);
    const [left, right] = [this.anchor.column, this.at.column].sort((a, b) => a - b);
    const found = [];
    for (let row = top; row <= bottom; row += 1) for (let column = left; column <= right; column += 1) found.push({ row, column });
    return found;
  }

  show() {
    for (const cell of this.body.querySelectorAll("[aria-selected=true], [tabindex='0']")) { cell.removeAttribute("aria-selected"); cell.tabIndex = -1; }
    for (const place of this.chosen()) this.cell(place).setAttribute("aria-selected", "true");
    this.cell(this.at).tabIndex = 0;
  }

  edit(typed = null) {
    if (this.sheet.isLocked(this.at.row, this.at.column)) { this.say(this.words.fixedKey); return; }
    const column = this.sheet.columns[this.at.column];
    const cell = this.cell(this.at);
    const text = this.sheet.rows[this.at.row].cells[this.at.column];
    this.input = make(text.includes("\n") ? "textarea" : "input", { className: "jk-sheet-input", value: typed ?? text });
    this.input.setAttribute("aria-label", column.label);
    if (column.options.length) this.offer(column);
    cell.replaceChildren(this.input, ...(this.list ? [this.list] : []));
    this.input.focus();
    if (typed === null) this.input.select();
    this.input.addEventListener("blur", () => this.close(true, false));
  }

  offer(column) {
    this.list = make("datalist", { id: "grid-options" });
    this.list.append(...column.options.map((value) => make("option", { value })));
    this.input.setAttribute("list", "grid-options");
  }

  close(keep, refocus = true) {
    const input = this.input;
    if (!input) return;
    this.input = this.list = null;
    if (keep) this.put([{ ...this.at, text: input.value }]);
    this.fill(this.at.row);
    this.showProblems();
    if (refocus) this.cell(this.at).focus();
  }

  put(changes) {
    const open = changes.filter(({ row, column }) => !this.sheet.isLocked(row, column));
    if (open.length < changes.length) this.say(this.words.fixedKey);
    this.refresh(this.sheet.put(open));
  }

  undo() { this.refresh(this.sheet.undo()); }

  refresh(rows) {
    for (const row of rows) this.fill(row);
    if (!rows.size) return;
    const count = this.sheet.touched().length;
    this.button("undo").disabled = !this.sheet.steps.length;
    this.button("save").disabled = !count;
    this.say(count ? this.words.edited.replace("{count}", count) : this.words.clean);
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.check(), PAUSE_MS);
  }

  onCopy(event) {
    if (this.input) return;
    event.preventDefault();
    const lines = new Map();
    for (const { row, column } of this.chosen()) lines.set(row, [...(lines.get(row) ?? []), this.sheet.rows[row].cells[column]]);
    event.clipboardData.setData("text/plain", writeBlock([...lines.values()]));
  }

  onPaste(event) {
    if (this.input) return;
    event.preventDefault();
    const block = parseBlock(event.clipboardData.getData("text/plain"));
    const places = this.chosen();
    const isOne = block.length === 1 && block[0].length === 1;
    if (isOne) { this.put(places.map((place) => ({ ...place, text: block[0][0] }))); return; }
    this.pasteBlock(block, places[0]);
  }

  pasteBlock(block, { row: top, column: left }) {
    const changes = [];
    this.grow(Math.min(top + block.length, MOST_ROWS));
    block.slice(0, MOST_ROWS - top).forEach((line, down) => line.forEach((text, right) => {
      if (left + right < this.sheet.columns.length) changes.push({ row: top + down, column: left + right, text: text.trim() });
    }));
    // The number of a record stands: pasting the very same over it is no mistake.
    this.put(changes.filter(({ row, column, text }) => this.sheet.rows[row].cells[column] !== text));
    if (block.some((line) => left + line.length > this.sheet.columns.length)) this.say(this.words.tooMany);
  }

  grow(length) {
    while (this.sheet.rows.length < length) {
      this.sheet.add();
      this.body.append(this.line(this.sheet.rows.length - 1));
    }
  }

  async check() {
    const sent = this.sheet.touched();
    const turn = (this.asked += 1);
    const answer = sent.length ? await this.ask(this.links.check, sent) : { problems: [] };
    if (!answer || turn !== this.asked) return;
    this.mark(sent, answer.problems ?? []);
  }

  async save() {
    this.close(true);
    const sent = this.sheet.touched();
    if (!sent.length || this.isSaving) return;
    this.isSaving = true;
    clearTimeout(this.pause);
    this.asked += 1;
    const answer = await this.ask(this.links.save, sent);
    this.isSaving = false;
    if (answer?.saved !== undefined) { this.isSaved = true; this.say(this.words.saved.replace("{count}", answer.saved)); location.reload(); return; }
    if (!answer) return;
    this.mark(sent, answer.problems ?? []);
    if (!this.problems.length) this.say(answer.message);
  }

  // Each sending has a key of its own, so that one that is repeated takes effect once.
  async ask(url, sent) {
    const key = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    const headers = { "Content-Type": "application/json", "X-CSRFToken": this.editor.dataset.token };
    if (url === this.links.save) headers["Idempotency-Key"] = key;
    const body = JSON.stringify({ rows: sent.map((each) => this.sheet.told(each)), reason: this.button("reason").value });
    try {
      const answer = await fetch(url, { method: "POST", headers, body });
      return await answer.json();
    } catch {
      this.say(this.words.failed);
      return null;
    }
  }

  mark(sent, problems) {
    this.problems = problems.map((problem) => ({ ...problem, row: sent[problem.place].index, column: this.sheet.columns.findIndex(({ name }) => name === problem.column) }));
    this.showProblems();
    this.button("save").disabled = !this.sheet.touched().length;
    if (problems.length) this.say(this.words.wrong.replace("{count}", problems.length));
  }

  showProblems() {
    for (const cell of this.body.querySelectorAll("[aria-invalid]")) { cell.removeAttribute("aria-invalid"); cell.removeAttribute("title"); }
    for (const { row, column, message } of this.problems) {
      const cell = column < 0 ? this.body.rows[row].cells[0] : this.cell({ row, column });
      cell.setAttribute("aria-invalid", "true");
      cell.title = message;
    }
    this.editor.querySelector("[data-grid-problems]").replaceChildren(...this.problems.map((problem) => this.told(problem)));
  }

  told({ row, column, message, current }) {
    const label = column < 0 ? "" : this.sheet.columns[column].label;
    const item = make("li");
    const place = make("button", { type: "button", className: "btn btn-sm btn-link", textContent: this.words.place.replace("{row}", row + 1).replace("{label}", label) });
    place.addEventListener("click", () => this.go({ row, column: Math.max(column, 0) }));
    item.append(place, message);
    if (current) for (const keepMine of [true, false]) item.append(this.choice(row, current, keepMine));
    return item;
  }

  choice(row, current, keepMine) {
    const button = make("button", { type: "button", className: "btn btn-sm", textContent: keepMine ? this.words.mine : this.words.theirs });
    button.addEventListener("click", () => {
      this.sheet.settle(row, current, keepMine);
      this.problems = this.problems.filter((problem) => problem.row !== row);
      this.showProblems();
      this.refresh(new Set([row]));
    });
    return button;
  }

  say(text) { this.editor.querySelector("[data-grid-status]").textContent = text; }
}

function make(name, properties = {}) {
  const { role, scope, ...others } = properties;
  const element = Object.assign(document.createElement(name), others);
  if (role) element.setAttribute("role", role);
  if (scope) element.setAttribute("scope", scope);
  return element;
}

const editor = document.querySelector("[data-grid]");
if (editor) new Grid(editor, JSON.parse(document.getElementById("grid-data").textContent));
