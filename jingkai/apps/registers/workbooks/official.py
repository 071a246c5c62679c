"""
The list in the shape that officials file.

A title, 单位, headings with 序号, the rows, 合计 with what it leaves out said below, and a line of
who filled it in; A4 or A3 landscape, the headings on every page.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import chain
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from ..declaration import BoundColumn
from ..kinds import Exact
from . import spreadsheet, writing
from .spreadsheet import Format, Layout, Styles, cell
from .writing import DAY, Record

PAPERS = ("A4", "A3")
MOST_PLACES = 6
NUMBER_WIDTH = 6
TITLE_HEIGHT = 36
HEADING_HEIGHT = 32
TITLE = Format(face="黑体", size=18, align="center")
UNIT = Format(face="仿宋", size=11, align="right")
LINE = Format(face="仿宋", size=11, wrap=True)
HEADING = Format(bold=True, align="center", border=True, wrap=True)
BODY = Format(border=True, wrap=True)
_UNIT = re.compile(r"（([^（）]{1,8})）$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What stands around the rows: the title, the paper's size, who fills it in (label, text)."""

    title: str
    size: str = PAPERS[0]
    filled_by: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Tally:
    """The rows, added up while they pass, so that 合计 is the sum of what stands above it."""

    columns: list[BoundColumn]
    count: int = 0
    sums: dict[str, Decimal | int] = field(default_factory=dict)
    missing: dict[str, int] = field(default_factory=dict)

    def over(self, records: Iterable[Record]) -> Iterator[Record]:
        """Yield the records, adding them up."""
        names = [column.name for column in self.columns if column.adds_up]
        self.sums, self.missing = dict.fromkeys(names, 0), dict.fromkeys(names, 0)
        for record in records:
            self.count += 1
            for name in names:
                value = record[name]
                if value is None:
                    self.missing[name] += 1
                else:
                    self.sums[name] += value
            yield record

    def is_on_record(self, name: str) -> bool:
        """Whether any row had a value: a sum of nothing is not 0."""
        return self.missing[name] < self.count


def write(columns: list[BoundColumn], rows: Iterable[Record], paper: Paper, to: BinaryIO) -> None:
    """Write the rows as officials file them."""
    sample, records = writing.sampled(rows)
    tally = Tally(columns)
    sheet = _Sheet(columns, paper, tally, {c.name: _places(c, sample) for c in columns})
    widths = [NUMBER_WIDTH, *(writing.width(column, sample) for column in columns)]
    layout = Layout(
        name=paper.title,
        widths=widths,
        freeze=(3, 2),
        paper=paper.size,
        repeat=(3, 3),
    )
    body = chain(
        sheet.head(),
        spreadsheet.rows(
            4,
            sheet.writers(),
            _numbered(columns, tally.over(records)),
            partial(_lines, _wrapping(columns, widths)),
        ),
        sheet.foot(),
    )
    spreadsheet.pack(to, layout, sheet.styles, body, sheet.merges)


def _wrapping(columns: list[BoundColumn], widths: list[int]) -> list[tuple[int, int]]:
    """Return the place and the width of the columns whose texts may take several lines."""
    return [(at, widths[at]) for at, column in enumerate(columns, 1) if not column.kind.align]


def _lines(wrapping: list[tuple[int, int]], record: Sequence[Any]) -> int:
    most = 1
    for at, width in wrapping:
        text = record[at]
        if isinstance(text, str) and (len(text) * 2 > width or "\n" in text):
            room = max(width - writing.MARGIN, 1)
            lines = sum(max(-(-writing.breadth(line) // room), 1) for line in text.split("\n"))
            most = max(most, lines)
    return most


def _numbered(columns: list[BoundColumn], records: Iterable[Record]) -> Iterator[list[Any]]:
    names = [column.name for column in columns]
    for number, record in enumerate(records, 1):
        yield [number, *(record[name] for name in names)]


def _places(column: BoundColumn, sample: list[Record]) -> int:
    """Return the decimals of the column's values, so that their points stand below each other."""
    if not isinstance(column.kind, Exact):
        return 0
    written = (column.kind.cell(record[column.name]) for record in sample)
    return max((_decimals(value) for value in written if isinstance(value, float)), default=0)


def _decimals(value: float) -> int:
    exponent = Decimal(repr(value)).normalize().as_tuple().exponent
    return min(max(-exponent, 0), MOST_PLACES) if isinstance(exponent, int) else 0


def _number(places: int) -> str:
    return f"#,##0.{'0' * places}" if places else "#,##0"


@dataclass(slots=True)
class _Sheet:
    """The lines of the sheet; those that span it are merged."""

    columns: list[BoundColumn]
    paper: Paper
    tally: Tally
    places: dict[str, int]
    styles: Styles = field(default_factory=Styles)
    spanning: list[int] = field(default_factory=list)

    def head(self) -> Iterator[str]:
        """Yield title, unit and headings."""
        yield self._span(1, self.paper.title, TITLE, height=TITLE_HEIGHT)
        yield self._span(2, self._unit(), UNIT)
        bold = self.styles.of(HEADING)
        labels = [_("序号"), *(str(column.label) for column in self.columns)]
        cells = (cell(label, bold) for label in labels)
        yield spreadsheet.row(3, cells, height=HEADING_HEIGHT)

    def writers(self) -> list[Any]:
        """Return what writes the cells of each column, 序号 first."""
        number = self.styles.of(BODY._replace(align="center"))
        others = [spreadsheet.remembering(partial(self._cell, c)) for c in self.columns]
        return [partial(cell, style=number), *others]

    def foot(self) -> Iterator[str]:
        """Yield 合计, what it leaves out, and who filled the form in."""
        line = 4 + self.tally.count
        yield spreadsheet.row(line, self._sums())
        for column in self.columns:
            if self.tally.missing.get(column.name):
                line += 1
                yield self._span(line, self._left_out(column), LINE)
        filled = "　　".join(
            f"{label}：{text or '　　　　'}" for label, text in self.paper.filled_by
        )
        if filled:
            yield self._span(line + 1, filled, LINE)

    def merges(self) -> list[str]:
        """Return the cells that are one."""
        last = spreadsheet.column_letters(len(self.columns) + 1)
        return [f"A{line}:{last}{line}" for line in self.spanning]

    def _span(self, line: int, text: str, look: Format, *, height: int = 0) -> str:
        self.spanning.append(line)
        style = self.styles.of(look)
        return spreadsheet.row(line, [cell(text, style)], height=height)

    def _unit(self) -> str:
        found = [_UNIT.search(str(c.label)) for c in self.columns if c.kind.align == "is-numeric"]
        units = list(dict.fromkeys(match.group(1) for match in found if match))
        return _("单位：%(units)s") % {"units": _("、").join(units)} if units else ""

    def _cell(self, column: BoundColumn, value: Any) -> str:
        written = column.kind.cell(value)
        return cell(written, self.styles.of(self._look(column, written)))

    def _look(self, column: BoundColumn, written: Any) -> Format:
        if isinstance(written, date):
            return BODY._replace(number=DAY, align="center")
        if isinstance(written, float | int) and column.kind.align == "is-numeric":
            exact = isinstance(column.kind, Exact)
            places = max(self.places[column.name], _decimals(written)) if exact else 0
            return BODY._replace(number=_number(places), align="right")
        return BODY._replace(align="center" if column.kind.align == "is-short" else "left")

    def _sums(self) -> list[str]:
        first = BODY._replace(bold=True, align="center")
        cells = [cell(_("合计"), self.styles.of(first))]
        for column in self.columns:
            summed = column.adds_up and self.tally.is_on_record(column.name)
            written = column.kind.cell(self.tally.sums[column.name]) if summed else None
            look = self._look(column, written)._replace(bold=True)
            cells.append(cell(written, self.styles.of(look)))
        return cells

    def _left_out(self, column: BoundColumn) -> str:
        told = {"column": column.label, "count": self.tally.missing[column.name]}
        return _("注：%(column)s有 %(count)s 条未登记，未计入合计。") % told
