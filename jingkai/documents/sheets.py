"""One table as one sheet, laid out to be printed, signed and filed."""

import math
import re
from collections.abc import Mapping
from decimal import Decimal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from .canvas import SIZE, width_of
from .model import Cell, Column, Document, Figure, Number, Row, Table
from .outline import link
from .words import dated, words_in

_TITLE, _NOTE, _HEAD, _FIRST = 0, 1, 2, 3  # rows of a sheet
_A3, _A4 = 8, 9  # Excel's numbers for paper
_MANY_COLUMNS = 9
_CHARACTERS = 120  # that a landscape page of A4 holds in a line
_PER_WEIGHT = 18.0  # more would only be white
_LINE, _HIGHEST_ROW = 15.0, 409.0  # points
_MOST_DECIMALS = 6
_LONGEST_TEXT = 32_767
_CUT = "…"
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME = 31
_FONT = "宋体"
_SHADE = "#F2F2F2"
_DECIMALS = re.compile(r"\.(\d+)")


class Sheets:
    """Adds sheets to a workbook, each under a name that Excel accepts and no other has."""

    def __init__(self, book: xlsxwriter.Workbook, document: Document) -> None:
        self._book = book
        self._document = document
        self._words = words_in(document.language)
        self._names: set[str] = set()
        self._formats: dict[tuple[tuple[str, object], ...], Format] = {}

    def add(self, name: str, title: str, table: Table) -> None:
        """Add a sheet with a title, the table, and the line of who filed it and when."""
        sheet: Worksheet = self._book.add_worksheet(self._free_name(name))
        self._set_page(sheet, table)
        last = len(table.columns) - 1
        look = self._format(font_size=18, bold=True, align="center")
        self._merged(sheet, _TITLE, last, title, look)
        note = self._format(font_size=10, align="right")
        self._merged(sheet, _NOTE, last, table.unit_note, note)
        self._head(sheet, table)
        widths = _widths(table)
        for down, row in enumerate(table.rows, start=_FIRST):
            sheet.set_row(down, _height(row, widths))
            self._row(sheet, down, row, table.columns)
        foot = self._format(font_size=10, align="left", text_wrap=True)
        self._merged(sheet, _FIRST + len(table.rows), last, self._filing_line(), foot)

    def _head(self, sheet: Worksheet, table: Table) -> None:
        look = self._format(bold=True, align="center", text_wrap=True, border=1, bg_color=_SHADE)
        for at, column in enumerate(table.columns):
            sheet.write_string(_HEAD, at, _fitting(column.heading), look)

    def _row(self, sheet: Worksheet, down: int, row: Row, columns: tuple[Column, ...]) -> None:
        for at, (cell, column) in enumerate(zip(row.cells, columns, strict=True)):
            self._cell(sheet, (down, at), cell, self._look(cell, column, strong=row.is_total))

    def _cell(self, sheet: Worksheet, place: tuple[int, int], cell: Cell, look: Format) -> None:
        if cell is None:
            sheet.write_string(*place, self._words.not_on_record, look)
            return
        address = link(cell, self._document) if isinstance(cell, Figure) else ""
        if address:
            sheet.write_url(*place, address, look, string=_fitting(cell.text)[:255])
        if isinstance(cell, Figure) and cell.value is not None:
            sheet.write_number(*place, cell.value, look)
        else:
            sheet.write_string(*place, _fitting(cell.text), look)

    def _look(self, cell: Cell, column: Column, *, strong: bool) -> Format:
        number = isinstance(cell, Figure) and cell.value is not None
        looks: dict[str, object] = {
            "border": 1,
            "align": column.align.value,
            "text_wrap": not number,
            "bold": strong,
        }
        if isinstance(cell, Figure) and cell.value is not None:
            looks["num_format"] = _number_format(cell, cell.value)
        return self._format(**looks)

    def _format(self, **looks: object) -> Format:
        key = tuple(sorted(looks.items()))
        if key not in self._formats:
            common = {"font_name": _FONT, "font_size": 11, "valign": "vcenter"}
            self._formats[key] = self._book.add_format(common | looks)
        return self._formats[key]

    def _merged(self, sheet: Worksheet, row: int, last: int, text: str, look: Format) -> None:
        if last:
            sheet.merge_range(row, 0, row, last, "", look)
        sheet.write_string(row, 0, _fitting(text), look)

    def _filing_line(self) -> str:
        words, document = self._words, self._document
        meta: Mapping[str, str] = document.meta
        parts = (
            (words.filed_by, document.issuer),
            (words.prepared_by, meta.get("prepared_by", "")),
            (words.telephone, meta.get("telephone", "")),
            (words.filed_on, dated(document.dated_on, document.language)),
        )
        return "    ".join(f"{name}{words.colon}{value}" for name, value in parts)

    def _set_page(self, sheet: Worksheet, table: Table) -> None:
        sheet.set_landscape()
        sheet.set_paper(_A3 if len(table.columns) > _MANY_COLUMNS else _A4)
        sheet.set_margins(left=0.6, right=0.6, top=0.7, bottom=0.7)
        sheet.fit_to_pages(1, 0)
        sheet.center_horizontally()
        sheet.repeat_rows(_TITLE, _HEAD)
        sheet.freeze_panes(_FIRST, 0)
        sheet.set_footer("&C&P / &N")
        sheet.set_row(_TITLE, 32)
        sheet.set_row(_HEAD, 24)
        for at, width in enumerate(_widths(table)):
            sheet.set_column(at, at, width)

    def _free_name(self, name: str) -> str:
        wanted = _shortened(" ".join(_NOT_IN_A_NAME.sub(" ", name).split()), _LONGEST_NAME) or "-"
        free, at = wanted, 2
        while free.lower() in self._names:
            mark = f" ({at})"
            free, at = _shortened(wanted, _LONGEST_NAME - len(mark)) + mark, at + 1
        self._names.add(free.lower())
        return free


def _shortened(name: str, units: int) -> str:
    """Return the start of the name, counted as Excel does: an emoji is two."""
    kept = name.encode("utf-16-le")[: 2 * units].decode("utf-16-le", errors="ignore")
    return kept.strip()


def _widths(table: Table) -> list[float]:
    """Return the columns' widths in characters: by weight, but never too narrow for a number."""
    whole = sum(column.weight for column in table.columns)
    widths = []
    for at, column in enumerate(table.columns):
        numbers = [
            number.text for row in table.rows if isinstance(number := row.cells[at], Figure)
        ]
        needed = max((_characters(text) + 3 for text in numbers), default=8.0)
        share = min(_CHARACTERS / whole, _PER_WEIGHT) * column.weight
        widths.append(min(max(share, needed), 100.0))
    return widths


def _height(row: Row, widths: list[float]) -> float:
    """Return the row's height in points: Excel itself fits no row that a program wrote."""
    lines = 1
    for cell, width in zip(row.cells, widths, strict=True):
        for line in (cell.text if cell else "").split("\n"):
            lines = max(lines, math.ceil(_characters(line) / (width - 2)))
    return min(_LINE * lines + 6, _HIGHEST_ROW)


def _characters(text: str) -> float:
    """Return the width in characters: a Chinese one counts as two and a bit."""
    return width_of(text) / SIZE * 2.1


def _number_format(figure: Figure, value: Number) -> str:
    """Return a format that shows all of the value's decimals, and as many as its text has."""
    exponent = Decimal(value).normalize().as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    stated = _DECIMALS.search(figure.text)
    places = min(max(places, len(stated[1]) if stated else 0), _MOST_DECIMALS)
    shown = "#,##0" + ("." + "0" * places if places else "")
    return shown + '"%"' if figure.unit == "%" else shown


def _fitting(text: str) -> str:
    """Return the text, cut with an ellipsis where a cell could not hold it."""
    return text if len(text) <= _LONGEST_TEXT else text[: _LONGEST_TEXT - 1] + _CUT
