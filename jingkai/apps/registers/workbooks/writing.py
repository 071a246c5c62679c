"""Workbooks out: the rows of a register as the import reads them, as csv, and plain tables."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from itertools import chain, islice
from typing import Any, BinaryIO

from ..declaration import BoundColumn, Register
from ..kinds import Choice
from ..sandbox.text import FORMULA_START
from . import spreadsheet
from .spreadsheet import Format, Layout, Styles, cell
from .templates import heading

SAMPLE = 300  # rows that decide how wide a column is
NARROWEST, WIDEST = 6, 36
MARGIN = 2
MOST_MEASURED = 1_000  # characters; what is longer is as tall as a row can be
DAY = "yyyy-mm-dd"
HEADING = Format(bold=True, border=True)

Record = dict[str, Any]


def write_xlsx(
    register: Register, columns: list[BoundColumn], rows: Iterable[Record], to: BinaryIO
) -> None:
    """Write the rows below the headings of the template, for the import to read again."""
    styles = Styles()
    sample, records = sampled(rows)
    bold, day = styles.of(HEADING), styles.of(Format(number=DAY))
    writers = [spreadsheet.remembering(partial(_cell, column, day)) for column in columns]
    layout = Layout(
        name=str(register.name),
        widths=[width(column, sample) for column in columns],
        freeze=(1, 1),
        filter_row=1,
    )
    head = spreadsheet.row(1, (cell(heading(column), bold) for column in columns))
    names = [column.name for column in columns]
    body = spreadsheet.rows(2, writers, ([record[name] for name in names] for record in records))
    spreadsheet.pack(to, layout, styles, chain([head], body))


def _cell(column: BoundColumn, day: int, value: Any) -> str:
    written = column.kind.cell(value)
    return cell(written, day if isinstance(written, date) else 0)


def sampled(rows: Iterable[Record]) -> tuple[list[Record], Iterator[Record]]:
    """Return the first rows, and all of them."""
    iterator = iter(rows)
    sample = list(islice(iterator, SAMPLE))
    return sample, chain(sample, iterator)


def width(column: BoundColumn, sample: list[Record]) -> int:
    """Return how wide the column should be for its values and its heading."""
    shown = (_shown(column, record[column.name]) for record in sample)
    needed = max((breadth(text) for text in shown), default=0)
    words = breadth(str(column.label))
    # A heading may take two lines.
    return min(max(needed, (words + 1) // 2, NARROWEST) + MARGIN, WIDEST)


def _shown(column: BoundColumn, value: Any) -> str:
    written = column.kind.cell(value)
    if isinstance(written, int | float):
        return column.kind.shown(value)
    return "" if written is None else str(written)


def breadth(text: str) -> int:
    """Return how wide the text is, in characters; a Chinese one is two."""
    return sum(2 if character > "\u2e7f" else 1 for character in text[:MOST_MEASURED])


def write_csv(columns: list[BoundColumn], rows: Iterable[Record], to: BinaryIO) -> None:
    """Write the rows as UTF-8 CSV that Excel opens; a leading = + - @ is quoted."""
    text = io.TextIOWrapper(to, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow([heading(column) for column in columns])
    for row in rows:
        writer.writerow([quoted(_csv_text(column, row[column.name])) for column in columns])
    text.detach()


def _csv_text(column: BoundColumn, value: Any) -> str:
    if isinstance(column.kind, Choice):
        return column.kind.shown(value)
    return column.kind.text(value)


def quoted(text: str) -> str:
    """Return the text as a cell of CSV that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith((*FORMULA_START, "'")) else text


def table(name: str, headings: list[str], rows: list[list[Any]]) -> bytes:
    """Return a plain table as a workbook."""
    buffer = io.BytesIO()
    styles = Styles()
    bold, body = styles.of(HEADING), styles.of(Format(wrap=True))
    layout = Layout(name=name, widths=[24] * len(headings), freeze=(1, 0))
    lines = [
        spreadsheet.row(number, (cell(value, bold if number == 1 else body) for value in line))
        for number, line in enumerate([headings, *rows], 1)
    ]
    spreadsheet.pack(buffer, layout, styles, lines)
    return buffer.getvalue()
