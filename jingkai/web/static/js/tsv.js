// A block of cells as Excel and WPS put it on the clipboard: tabs, lines, quoted cells.
export function parseBlock(text) {
  const rows = [[]];
  let cell = "";
  let quoted = false;
  const source = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  for (let place = 0; place < source.length; place += 1) {
    const letter = source[place];
    if (quoted) {
      if (letter !== '"') cell += letter;
      else if (source[place + 1] === '"') { cell += '"'; place += 1; }
      else quoted = false;
    } else if (letter === '"' && cell === "" && closes(source, place)) quoted = true;
    else if (letter === "\t") { rows.at(-1).push(cell); cell = ""; }
    else if (letter === "\n") { rows.at(-1).push(cell); rows.push([]); cell = ""; }
    else cell += letter;
  }
  rows.at(-1).push(cell);
  return rows;
}

// A quotation mark opens a quoted cell only where another ends it before a tab, a line or the end.
function closes(source, from) {
  for (let place = from + 1; place < source.length; place += 1) {
    if (source[place] !== '"') continue;
    if (source[place + 1] === '"') { place += 1; continue; }
    return place + 1 === source.length || source[place + 1] === "\t" || source[place + 1] === "\n";
  }
  return false;
}

export function writeBlock(rows) {
  return rows.map((row) => row.map(quote).join("\t")).join("\n");
}

function quote(cell) {
  return /["\t\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
