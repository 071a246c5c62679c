"""A first look at a workbook: its sheets, its columns, and what is missing for a check."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from .. import workbooks
from ..declaration import Register
from . import mapping, tables
from .mapping import Reading


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a workbook as the page of the mapping shows it."""

    heading: str
    samples: list[str]
    is_known: bool


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen; ``rows`` is where the sheets end, None where only reading them tells."""

    sheets: list[str]
    columns: list[Column]
    missing: list[str]
    has_key: bool
    rows: int | None

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> "Look":
        """Return the look that plain data means."""
        return cls(**{**data, "columns": [Column(**column) for column in data["columns"]]})

    def data(self) -> dict[str, Any]:
        """Return the look as plain data."""
        return asdict(self)

    @property
    def foreign(self) -> list[str]:
        """Return the headings that lead to no column by themselves."""
        return [column.heading for column in self.columns if not column.is_known]

    @property
    def source(self) -> str:
        """Return what workbooks with these headings share."""
        return mapping.source(column.heading for column in self.columns)

    @property
    def asks(self) -> bool:
        """Whether the key is missing, or a column is that one of the headings may be."""
        return not self.has_key or bool(self.missing and self.foreign)


def look(register: Register, reading: Reading, book: workbooks.Book) -> Look:
    """
    Return a first look at the workbook.

    :raises workbooks.Unreadable: when it is empty or damaged
    """
    sheets = [sheet for sheet in book.sheets if is_wanted(sheet, reading)]
    looks = [_look_at(register, reading, sheet, book) for sheet in sheets]
    found = [look for look in looks if look is not None]
    if not found:
        raise workbooks.Unreadable(_("工作簿中没有内容"))
    best = max(found, key=lambda one: (one.has_key, -len(one.missing), len(one.columns)))
    total = sum(head.last_row or 0 for head in book.sheets) or None
    names = [sheet.name for sheet in book.sheets if not sheet.hidden]
    return Look(names, best.columns, best.missing, best.has_key, total)


def is_wanted(sheet: workbooks.SheetHead, reading: Reading) -> bool:
    """Return whether the sheet is read: one that was chosen, or each that is visible."""
    return sheet.name in reading.sheets if reading.sheets else not sheet.hidden


def _look_at(
    register: Register, reading: Reading, sheet: workbooks.SheetHead, book: workbooks.Book
) -> Look | None:
    first = list(book.rows(sheet.name, most=workbooks.HEADER_WITHIN))
    head = tables.find(register, reading, sheet, first)
    if head is None or not head.headings:
        return None
    known = mapping.names(register)
    body = [
        cells
        for number, cells in first
        if number > head.row and tables.aside(head, number, cells) is None
    ]
    columns = [
        Column(
            text,
            mapping.sample(cells[i] for cells in body if i < len(cells)),
            mapping.known(text, known) is not None or tables.is_counter(text),
        )
        for i, text in head.headings.items()
    ]
    missing = tables.missing(register, head, reading)
    names = {column.name for column in head.columns.values()} | set(reading.constants)
    return Look([sheet.name], columns, [c.name for c in missing], register.key in names, None)
