"""A sheet in which one row becomes many: what stands below it, or names it, moves along."""

import copy
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from xml.etree import ElementTree as ET

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MARK = "jingkai-rows"
_RANGE = re.compile(
    r"(\$?[A-Z]{1,3}\$?)([1-9]\d{0,6})(?::(\$?[A-Z]{1,3}\$?)([1-9]\d{0,6}))?(?![\d(A-Za-z_])"
)
_ROW = re.compile(r"(\$?[A-Z]{1,3}\$?)([1-9]\d{0,6})(?![\d(A-Za-z_])")
_REFERENCES = {"ref", "sqref", "topLeftCell", "activeCell"}

ET.register_namespace("", MAIN[1:-1])
ET.register_namespace("r", OFFICE)


def text_of(element: ET.Element) -> str:
    """Return a text with all its runs, less its phonetic guide."""
    parts = [element.findtext(f"{MAIN}t") or ""]
    parts += [run.findtext(f"{MAIN}t") or "" for run in element.findall(f"{MAIN}r")]
    return "".join(parts)


@dataclass(frozen=True, slots=True)
class Moving:
    """The row ``row`` becomes ``copies`` rows; with ``row`` 0 nothing moves."""

    row: int
    copies: int

    def moved(self, text: str) -> str:
        """Return references with the rows where they now are; a range over the row grows."""
        return _RANGE.sub(self._moved, text) if self.row else text

    def _moved(self, found: re.Match[str]) -> str:
        column, row, until, last = found.groups()
        if last is None:
            return f"{column}{self._start(int(row))}"
        return f"{column}{self._start(int(row))}:{until}{self._end(int(last))}"

    def _start(self, row: int) -> int:
        return row + self.copies - 1 if row > self.row else row

    def _end(self, row: int) -> int:
        return row + self.copies - 1 if row >= self.row else row

    def copies_of(
        self, line: ET.Element, fill: Callable[[int, ET.Element], None]
    ) -> Iterator[str]:
        """Yield the row once for each of its copies, filled."""
        for at in range(self.copies):
            made = copy.deepcopy(line)
            number = self.row + at
            made.set("r", str(number))
            for cell in made:
                cell.set("r", re.sub(r"\d+$", str(number), cell.get("r", "")))
                fill(at, cell)
                for formula in cell.findall(f"{MAIN}f"):
                    formula.text = _ROW.sub(partial(self._own, number), formula.text or "")
                    _forget(cell)
            yield _inside(made)

    def _own(self, number: int, found: re.Match[str]) -> str:
        """Return a reference of one copy: what it asks of its own row, it asks of its own row."""
        column, row = found[1], int(found[2])
        return f"{column}{number if row == self.row else self._start(row)}"

    def write(self, tree: ET.Element, line: ET.Element | None, lines: Iterable[str]) -> bytes:
        """Return the sheet with the lines in place of the row, and all else moved."""
        data = tree.find(f"{MAIN}sheetData")
        for row in [] if data is None else list(data):
            if row is line:
                continue
            self._move_row(row)
        self._move_rest(tree)
        if line is not None and data is not None:
            data.insert(list(data).index(line), ET.Element(_MARK))
            data.remove(line)
        written = ET.tostring(tree, encoding="unicode")
        return _HEAD + written.replace(f"<{_MARK} />", "".join(lines)).encode()

    def _move_row(self, row: ET.Element) -> None:
        number = self._start(int(row.get("r", "0")))
        row.set("r", str(number))
        for cell in row:
            cell.set("r", re.sub(r"\d+$", str(number), cell.get("r", "")))
            for formula in cell.findall(f"{MAIN}f"):
                formula.text = self.moved(formula.text or "")
                _forget(cell)

    def _move_rest(self, tree: ET.Element) -> None:
        for element in tree.iter():
            for name in list(element.attrib):
                if name.startswith("{") and OFFICE not in name and "XML/1998" not in name:
                    del element.attrib[name]  # says what only its own namespace explains
                elif name in _REFERENCES and element.tag != f"{MAIN}c":
                    element.set(name, self.moved(element.attrib[name]))
        for extension in tree.findall(f"{MAIN}extLst"):
            tree.remove(extension)
        self._repeat_merges(tree.find(f"{MAIN}mergeCells"))

    def _repeat_merges(self, merges: ET.Element | None) -> None:
        """Merge in each copy what is merged in the row: its range has grown over all of them."""
        if merges is None or not self.row:
            return
        last = self.row + self.copies - 1
        for merge in list(merges):
            first, _, second = merge.get("ref", "").partition(":")
            if first.endswith(str(self.row)) and second.endswith(str(last)):
                if not _is_of(first, self.row) or not _is_of(second, last):
                    continue
                merges.remove(merge)
                for number in range(self.row, last + 1):
                    ref = f"{_letters(first)}{number}:{_letters(second)}{number}"
                    ET.SubElement(merges, f"{MAIN}mergeCell", {"ref": ref})
        merges.set("count", str(len(merges)))


def _forget(cell: ET.Element) -> None:
    """Drop a formula's last result: Excel computes it when the file is opened."""
    for value in cell.findall(f"{MAIN}v"):
        cell.remove(value)
    cell.attrib.pop("t", None)


def _letters(reference: str) -> str:
    return re.sub(r"\d+$", "", reference)


def _is_of(reference: str, row: int) -> bool:
    return reference[len(_letters(reference)) :] == str(row)


def _inside(element: ET.Element) -> str:
    """Return the element without the declarations that its surroundings make."""
    text = ET.tostring(element, encoding="unicode")
    return re.sub(r' xmlns(:\w+)?="[^"]*"', "", text, count=2)
