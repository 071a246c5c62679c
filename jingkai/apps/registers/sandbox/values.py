"""The values of a workbook as xlsx with its wrong cells marked: for xls, csv and large files."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from heapq import merge
from operator import itemgetter
from pathlib import Path
from typing import Any

import xlsxwriter

from .books import Book, Row
from .problems import WIDTHS, Problem, Words, by_place, listed

RED = {"bg_color": "#FFC7CE"}
MOST_TEXT = 32_767  # of a cell of Excel
MOST_NAME = 31
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", "_"))
OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
LOOKS = {
    date: {"num_format": "yyyy-mm-dd"},
    datetime: {"num_format": "yyyy-mm-dd hh:mm"},
    time: {"num_format": "hh:mm"},
    timedelta: {"num_format": "[h]:mm:ss"},
}


def write(book: Book, out: Path, problems: Sequence[Problem], words: Words) -> None:
    """Write the values and the marks; of a long text only what a cell holds."""
    file = xlsxwriter.Workbook(str(out), OPTIONS)
    looks = _Looks(file)
    places = by_place(problems)
    for head in book.heads:
        if head.name != words.title:
            sheet = file.add_worksheet(head.name.translate(FORBIDDEN)[:MOST_NAME])
            rows = _by_row(places.get(head.name, {}))
            for number, cells in _all_rows(book.rows(head.name), rows):
                _write_row(sheet, number, cells, looks)
                _mark_row(sheet, (number, cells), rows.get(number, {}), looks, words.author)
    _write_list(file, problems, words)
    file.close()


class _Looks:
    """The formats of right and of wrong cells."""

    def __init__(self, file: Any) -> None:
        self.right = {kind: file.add_format(look) for kind, look in LOOKS.items()}
        self.wrong = {kind: file.add_format(look | RED) for kind, look in LOOKS.items()}
        self.red = file.add_format(RED)


def _by_row(marks: Mapping[tuple[int, int], str]) -> dict[int, dict[int, str]]:
    found: dict[int, dict[int, str]] = {}
    for (row, column), rules in marks.items():
        found.setdefault(row, {})[column] = rules
    return found


def _all_rows(rows: Iterable[Row], marked: Iterable[int]) -> Iterator[Row]:
    """Return the rows, and between them those that hold nothing but a mark, in order."""
    blank: Iterator[Row] = ((row, []) for row in sorted(marked))
    last = 0
    for number, cells in merge(rows, blank, key=itemgetter(0)):
        if number != last:  # of two, the one that holds something comes first
            yield number, cells
        last = number


def _write_row(sheet: Any, number: int, cells: list[Any], looks: _Looks) -> None:
    for index, value in enumerate(cells):
        put(sheet, number - 1, index, value, looks.right.get(type(value)))


def _mark_row(sheet: Any, row: Row, marks: Mapping[int, str], looks: _Looks, author: str) -> None:
    number, cells = row
    for column, rules in marks.items():
        value = cells[column - 1] if column <= len(cells) else None
        if value is None:
            sheet.write_blank(number - 1, column - 1, None, looks.red)
        else:
            put(sheet, number - 1, column - 1, value, looks.wrong.get(type(value), looks.red))
        sheet.write_comment(number - 1, column - 1, rules, {"author": author})


def put(sheet: Any, row: int, column: int, value: Any, look: Any = None) -> None:
    """Write a value as what it is; a text is never a formula."""
    match value:
        case None:
            pass
        case bool():
            sheet.write_boolean(row, column, value, look)
        case int() | float():
            sheet.write_number(row, column, value, look)
        case date() | datetime() | time() | timedelta():
            sheet.write_datetime(row, column, value, look)
        case bytes():
            sheet.write_string(row, column, value.hex() if 2 * len(value) <= MOST_TEXT else "")
        case _:
            sheet.write_string(row, column, str(value)[:MOST_TEXT], look)


def _write_list(file: Any, problems: Sequence[Problem], words: Words) -> None:
    sheet = file.add_worksheet(words.title)
    bold, wrapped = file.add_format({"bold": True}), file.add_format({"text_wrap": True})
    for column, (heading, width) in enumerate(zip(words.headings, WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, heading, bold)
    for number, problem in enumerate(problems, 1):
        for column, value in enumerate(listed(problem)):
            put(sheet, number, column, value, wrapped)
    sheet.freeze_panes(1, 0)
