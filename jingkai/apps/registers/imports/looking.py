"""A first look at a workbook: its sheets, its columns, and what is missing for a check."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from .. import workbooks
from ..declaration import Register
from ..kinds import plain
from ..sandbox.books import HIDDEN_COLUMNS, HIDDEN_ROWS
from ..sandbox.text import UNKNOWN
from . import georeference, mapping, tables, units
from .georeference import Window
from .mapping import Reading

HIDDEN_SHEETS = "hidden_sheets"  # of a workbook, those that are not read
UNIT = "unit"  # what a line over the headings says: 单位：亿元
_UNIT_LINE = re.compile(r"单位\s*[:：]\s*([^\s、，,;；)）]+)")


@dataclass(frozen=True, slots=True)
class Column:
    """
    A column of a workbook as the page of the mapping shows it.

    ``points`` are first points of the shapes in it, ``numbers`` its first cells where they are.
    """

    heading: str
    samples: list[str]
    is_known: bool
    points: list[tuple[float, float]] = field(default_factory=list)
    numbers: list[float | None] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Look:
    """
    What was seen; ``rows`` is where the sheets end, None where only reading them tells.

    ``about`` is what the file says of itself; ``places``: somebody must say what its coordinates
    mean. ``name`` is that of the sheet with these columns, ``others`` are those of the file whose
    coordinates are to be taken otherwise.
    """

    sheets: list[str]
    columns: list[Column]
    missing: list[str]
    has_key: bool
    rows: int | None
    about: Mapping[str, str] = field(default_factory=dict)
    has_outline: bool = False
    places: bool = False
    name: str = ""
    others: list["Look"] = field(default_factory=list)

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> "Look":
        """Return the look that plain data means."""
        columns = [Column(**column) for column in data["columns"]]
        others = [cls.of(other) for other in data.get("others", ())]
        return cls(**{**data, "columns": columns, "others": others})

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
        headings = [column.heading for column in self.columns]
        return mapping.source([*headings, self.about.get(UNIT, "")])

    @property
    def is_unsure(self) -> bool:
        """Whether nobody knows how the texts of the file are written."""
        return UNKNOWN in self.about.get("notes", "")

    @property
    def asks(self) -> bool:
        """Whether the key is missing, or a column is that one of the headings may be."""
        is_lacking = not self.has_key or bool(self.missing and self.foreign)
        return is_lacking or self.places or self.is_unsure


def look(
    register: Register, reading: Reading, book: workbooks.Book, near: Window | None = None
) -> Look:
    """
    Return a first look at the workbook.

    :param near: where the zone's records lie
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
    beside = [one for one in found if one.has_key and one is not best]
    others = georeference.differing(best, beside, reading, near)
    said = [reading.system, *(reading.systems.get(one.name, "") for one in others)]
    places = any(
        georeference.asks(register, system, reading, one, near)
        for system, one in zip(said, (best, *others), strict=True)
    )
    about = {**best.about, **_unseen(book, sheets)}
    return replace(best, about=about, sheets=names, rows=total, places=places, others=others)


def _unseen(book: workbooks.Book, wanted: list[workbooks.SheetHead]) -> dict[str, str]:
    """Return what nobody sees who opens the workbook, and what of it is read all the same."""
    counts = {
        name: sum(int(sheet.about.get(name, 0)) for sheet in wanted)
        for name in (HIDDEN_ROWS, HIDDEN_COLUMNS)
    }
    left = [sheet.name for sheet in book.sheets if sheet.hidden and sheet not in wanted]
    told = {name: str(count) for name, count in counts.items() if count}
    return told | ({HIDDEN_SHEETS: _("、").join(left)} if left else {})


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
        _column(text, [cells[i] for cells in body if i < len(cells)], known)
        for i, text in head.headings.items()
    ]
    missing = tables.missing(register, head, reading)
    names = tables.given(register, head, reading)
    return Look(
        [sheet.name],
        columns,
        [c.name for c in missing],
        register.key in names,
        None,
        about={**sheet.about, **_said_above(head, first)},
        name=sheet.name,
        has_outline=bool(register.outline) and register.outline in names,
    )


def _said_above(head: tables.Head, rows: list[tuple[int, list[Any]]]) -> dict[str, str]:
    """Return the unit of area or money that stands over the headings, for all columns."""
    over = (plain(cell) for number, cells in rows if number < head.row for cell in cells)
    said = (found[1] for text in over if (found := _UNIT_LINE.search(text)))
    return next(({UNIT: word} for word in said if units.is_unit(word)), {})


def _column(text: str, cells: list[Any], known: Mapping[str, str]) -> Column:
    is_known = mapping.known(text, known) is not None or tables.is_counter(text)
    points = [point for cell in cells if (point := georeference.first_point(cell))]
    numbers = [] if points else [mapping.number(cell) for cell in cells]
    has_numbers = any(number is not None for number in numbers)
    return Column(text, mapping.sample(cells), is_known, points, numbers if has_numbers else [])
