"""Excel files by calamine: xlsx through the guard's copy, xls as it is."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import python_calamine

from . import guard
from .books import Row, SheetHead
from .cells import MOST_COLUMNS, MOST_ROWS, CellError, Merge, column_letters
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
            return SheetHead(sheet.name, hidden, merges=self._merges(sheet.name))
        return SheetHead(sheet.name, hidden, scan.last_row, tuple(scan.merges))

    def rows(self, name: str) -> Iterator[Row]:
        """
        Return the rows that hold something.

        :raises Refusal: when the sheet is damaged
        """
        scan = self._scans.get(name)
        plain = _plain_rows(self._sheet(name))
        return _marked(plain, scan.marks) if scan and scan.marks else plain

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
        if wide[column - 1] is None:
            wide[column - 1] = CellError(code)
    return number, wide
