"""
The uploaded xlsx itself with its wrong cells marked: formulas, styles, widths and pictures stay,
macros don't.

By openpyxl, which is slow and greedy: only in the child, only for a file that the guard passed and
that is small; of anything else ``values`` makes the copy.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink

from .problems import WIDTHS, Problem, Words, by_place, listed
from .refusals import Reason, Refusal

RED = PatternFill("solid", fgColor="FFFFC7CE")
NONE = PatternFill()
BOLD = Font(bold=True)
LINK = Font(color="FF0563C1", underline="single")
WRAPPED = Alignment(wrap_text=True, vertical="top")
MOST_CELLS = 1_000_000


def mark(path: Path, out: Path, problems: Sequence[Problem], words: Words) -> None:
    """
    Write the marked copy.

    A copy that was marked before loses its old marks first: it may be the one that came back.

    :raises Refusal: when a sheet is so wide or long that openpyxl would take minutes
    """
    with path.open("rb") as file:  # by its name openpyxl would judge it
        book = load_workbook(file, keep_links=False)
    if words.title in book.sheetnames:
        del book[words.title]
    places = by_place(problems)
    for sheet in book.worksheets:
        if sheet.max_row * sheet.max_column > MOST_CELLS:
            raise Refusal(Reason.EXHAUSTED)
        _unmark(sheet, words.author)
        for (row, column), rules in places.get(sheet.title, {}).items():
            _mark_cell(_anchor(sheet, row, column), rules, words.author)
    _add_list(book, problems, words)
    book.save(out)


def _unmark(sheet: Any, author: str) -> None:
    for row in sheet.iter_rows():
        for cell in row:
            if cell.comment is not None and cell.comment.author == author:
                cell.comment, cell.fill = None, NONE


def _anchor(sheet: Any, row: int, column: int) -> Any:
    """Return the cell, or the first one of the merged area that hides it."""
    cell = sheet.cell(row, column)
    if isinstance(cell, MergedCell):
        for area in sheet.merged_cells.ranges:
            if cell.coordinate in area:
                return sheet.cell(area.min_row, area.min_col)
    return cell


def _mark_cell(cell: Any, rules: str, author: str) -> None:
    before = f"{cell.comment.text}\n" if cell.comment is not None else ""
    cell.comment = Comment(before + rules, author, height=110, width=320)
    cell.fill = RED


def _add_list(book: Any, problems: Sequence[Problem], words: Words) -> None:
    sheet = book.create_sheet(words.title)
    for column, (heading, width) in enumerate(zip(words.headings, WIDTHS, strict=True), 1):
        sheet.cell(1, column, heading).font = BOLD
        sheet.column_dimensions[get_column_letter(column)].width = width
    for number, problem in enumerate(problems, 2):
        for column, value in enumerate(listed(problem), 1):
            cell = sheet.cell(number, column)
            cell.alignment = WRAPPED
            _put(cell, value)
        _link(sheet.cell(number, 2), problem)
    sheet.freeze_panes = "A2"


def _put(cell: Any, value: str | int) -> None:
    """Write a value as what it is: openpyxl would take a text that starts with = for a formula."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"


def _link(cell: Any, problem: Problem) -> None:
    name = problem.sheet.replace("'", "''")
    place = f"{get_column_letter(problem.column or 1)}{problem.row}"
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{name}'!{place}")
    cell.value, cell.font = problem.row, LINK
