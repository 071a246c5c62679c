"""Excel files by calamine: xlsx through the guard's copy, xls as it is."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import python_calamine

from . import guard
from .books import HIDDEN_COLUMNS, HIDDEN_ROWS, UNSEEN, Row, SheetHead
from .cells import MOST_COLUMNS, MOST_ROWS, NOT_WORKED_OUT, CellError, Merge, column_letters
from .formats import shown
from .refusals import Reason, Refusal
from .scan import Scan

MOST_KEPT = 3_000_000  # cells of parsed sheets that are held, some 100 MB
MOST_EXACT = 10**15  # beyond, a float is no whole number that anybody typed
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


class ExcelBook:
    """An xlsx or xls file."""

    def __init__(self, path: Path, scratch: Path, *, packed: bool) -> None:
        """
        Open the file; ``packed`` says that it is a zip archive.

        :raises Refusal: when the guard or the parser can't take it
        """
        self._scans: dict[str, Scan] = {}
        self._sheets: dict[str, python_calamine.CalamineSheet] = {}
        self.vetted: guard.Vetted | None = None
        if packed:
            copy = scratch / "vetted.xlsx"
            self.vetted = guard.vet(path, copy)
            self._scans = self.vetted.sheets
            path = copy
        elif _ENCRYPTED in path.read_bytes():
            raise Refusal(Reason.PASSWORD)
        try:
            self._book = python_calamine.CalamineWorkbook.from_path(path)
        except python_calamine.PasswordError:
            raise Refusal(Reason.PASSWORD) from None
        except (python_calamine.CalamineError, OSError, ValueError) as reason:
            raise Refusal(Reason.DAMAGED, what=str(reason)[:200]) from None
        self.heads = [
            self._head(sheet) for sheet in self._book.sheets_metadata if _is_table(sheet)
        ]

    def _head(self, sheet: python_calamine.SheetMetadata) -> SheetHead:
        hidden = sheet.visible != python_calamine.SheetVisibleEnum.Visible
        scan = self._scans.get(sheet.name)
        if scan is None:
            about = {} if self.vetted else {UNSEEN: "1"}
            return SheetHead(sheet.name, hidden, merges=self._merges(sheet.name), about=about)
        counts = {HIDDEN_ROWS: scan.hidden_rows, HIDDEN_COLUMNS: scan.hidden_columns}
        about = {name: str(count) for name, count in counts.items() if count}
        return SheetHead(sheet.name, hidden, scan.last_row, tuple(scan.merges), about)

    def rows(self, name: str) -> Iterator[Row]:
        """
        Return the rows that hold something.

        :raises Refusal: when the sheet is damaged
        """
        scan = self._scans.get(name)
        rows = _plain_rows(self._sheet(name))
        if scan and scan.formats:
            rows = _as_shown(rows, scan.formats)
        return _marked(rows, scan.marks) if scan and scan.marks else rows

    def _sheet(self, name: str) -> python_calamine.CalamineSheet:
        """Return the sheet, parsed once: its first rows are asked for before all of them."""
        if name not in self._sheets:
            try:
                sheet = self._book.get_sheet_by_name(name)
            except (python_calamine.CalamineError, OSError, ValueError) as reason:
                raise Refusal(Reason.DAMAGED, what=str(reason)[:200]) from None
            if sum(map(_size, (*self._sheets.values(), sheet))) > MOST_KEPT:
                self._sheets.clear()
            self._sheets[name] = sheet
        return self._sheets[name]

    def _merges(self, name: str) -> tuple[Merge, ...]:
        """Return the merged areas of a sheet of an xls file, which no guard has seen."""
        ranges = self._sheet(name).merged_cell_ranges or []
        return tuple(
            Merge(first[0] + 1, first[1] + 1, last[0] + 1, last[1] + 1) for first, last in ranges
        )


def _is_table(sheet: python_calamine.SheetMetadata) -> bool:
    return sheet.typ == python_calamine.SheetTypeEnum.WorkSheet


def _size(sheet: python_calamine.CalamineSheet) -> int:
    return sheet.height * sheet.width


def _plain_rows(sheet: python_calamine.CalamineSheet) -> Iterator[Row]:
    """Return the rows; iter_rows begins at row 1 and at the first column that holds something."""
    _first_row, first_column = sheet.start or (0, 0)
    last_row, last_column = sheet.end or (0, 0)
    if last_row >= MOST_ROWS or last_column >= MOST_COLUMNS:
        cell = f"{column_letters(last_column + 1)}{last_row + 1}"
        raise Refusal(Reason.FAR, cell=cell)
    blank = [None] * first_column
    for number, values in enumerate(sheet.iter_rows(), 1):
        cells = [_value(value) if type(value) is float else value for value in values]
        if any(value != "" for value in cells):
            yield number, blank + [None if value == "" else value for value in cells]


def _value(value: float) -> float | int:
    """Return a whole number as one: a workbook knows floats only."""
    return int(value) if value.is_integer() and abs(value) < MOST_EXACT else value


def _as_shown(rows: Iterator[Row], codes: dict[int, dict[int, str]]) -> Iterator[Row]:
    """Return the rows with the numbers that look otherwise as a person sees them."""
    for number, cells in rows:
        for column, code in codes.get(number, {}).items():
            value = cells[column - 1] if column <= len(cells) else None
            if isinstance(value, int | float) and not isinstance(value, bool):
                cells[column - 1] = shown(value, code) or value
        yield number, cells


def _marked(rows: Iterator[Row], marks: dict[int, dict[int, str]]) -> Iterator[Row]:
    """Return the rows with the errors put where calamine leaves cells empty."""
    waiting = sorted(marks, reverse=True)
    for number, cells in rows:
        while waiting and waiting[-1] < number:
            yield _with_marks(waiting[-1], [], marks[waiting.pop()])
        if waiting and waiting[-1] == number:
            yield _with_marks(number, cells, marks[waiting.pop()])
        else:
            yield number, cells
    while waiting:
        yield _with_marks(waiting[-1], [], marks[waiting.pop()])


def _with_marks(number: int, cells: list[Any], marks: dict[int, str]) -> Row:
    wide = cells + [None] * (max(marks) - len(cells))
    for column, code in marks.items():
        if wide[column - 1] is None or (code == NOT_WORKED_OUT and wide[column - 1] == 0):
            wide[column - 1] = CellError(code)
    return number, wide
