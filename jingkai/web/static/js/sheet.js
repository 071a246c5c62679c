// The rows of the grid: what the server gave, what was typed over it, and the way back.
export class Sheet {
  constructor({ columns, rows }) {
    this.columns = columns;
    this.rows = rows.map((row) => ({ ...row, base: [...row.cells] }));
    this.steps = [];
  }

  add() {
    const cells = this.columns.map(() => "");
    this.rows.push({ pk: null, version: null, cells, base: [...cells] });
  }

  // Put texts into cells as one step that undo takes back; return the rows touched.
  put(changes) {
    const step = changes
      .filter(({ row, column, text }) => this.rows[row].cells[column] !== text)
      .map(({ row, column, text }) => ({ row, column, text, before: this.rows[row].cells[column] }));
    for (const { row, column, text } of step) this.rows[row].cells[column] = text;
    if (step.length) this.steps.push(step);
    return new Set(step.map(({ row }) => row));
  }

  undo() {
    const step = this.steps.pop() ?? [];
    for (const { row, column, before } of step) this.rows[row].cells[column] = before;
    return new Set(step.map(({ row }) => row));
  }

  isLocked(row, column) {
    return this.rows[row].pk !== null && this.columns[column].isKey;
  }

  isChanged(row, column) {
    return this.rows[row].cells[column] !== this.rows[row].base[column];
  }

  // The rows to send, edits before additions, as the server counts them.
  touched() {
    const changed = this.rows.map((row, index) => ({ row, index })).filter(({ index }) => this.columns.some((_, column) => this.isChanged(index, column)));
    return [...changed.filter(({ row }) => row.pk !== null), ...changed.filter(({ row }) => row.pk === null)];
  }

  // What is sent of a row: of a record only what was typed over, so that the rest can't be lost.
  told({ row, index }) {
    const values = {};
    this.columns.forEach((column, place) => {
      if (row.pk === null || this.isChanged(index, place)) values[column.name] = row.cells[place];
    });
    return { pk: row.pk, version: row.version, values };
  }

  // Somebody else was quicker: theirs becomes what mine is compared with.
  settle(index, current, keepMine) {
    const row = this.rows[index];
    const mine = row.cells.map((text, column) => (keepMine && text !== row.base[column] ? text : current.cells[column]));
    Object.assign(row, { version: current.version, base: [...current.cells], cells: mine });
    this.steps = [];
  }
}
