"""
The neutral document: what a report or a notice says, with nothing about how it looks.

A caller builds a :class:`Document` and hands it to a writer (``html``, ``word``, ``pdf``,
``workbook``, ``data``). Headings carry no numbers and footnotes no marks: the writers make both
from the order and the levels, so that all formats agree. ``None`` always means *not on record*.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

# A path of our own, or a web page; "//x" and "/\\x" lead a browser to another site.
_ADDRESS = re.compile(r"/(?![/\\])|https?://")

Number: TypeAlias = Decimal | int


class Language(StrEnum):
    """The language a document is written in; the values are Django's language codes."""

    CHINESE = "zh-hans"
    ENGLISH = "en"


class Align(StrEnum):
    """Where the cells of a column stand."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


class ColumnKind(StrEnum):
    """What the cells of a column hold; a workbook filters and formats by it."""

    TEXT = "text"
    NUMBER = "number"
    PERCENT = "percent"
    DATE = "date"


class ChartKind(StrEnum):
    """How a chart is drawn."""

    BAR = "bar"
    LINE = "line"
    FUNNEL = "funnel"
    PIE = "pie"


@dataclass(frozen=True, slots=True, kw_only=True)
class Footnote:
    """The definition (口径) of a figure. Equal footnotes share one number in the document."""

    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """A run of plain words; ``strong`` sets it in bold."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """
    A number that opens to the list of records behind it.

    :param code: the indicator's code, with its breakdown if any (``signed.count``)
    :param text: the number exactly as shown in running text or in the cell; writers never add
        the unit, so put it in here where the reader needs it
    :param value: the exact value in ``unit`` (a percentage is 12.5 with unit ``%``)
    :param url: ``""``, a path that starts with ``/``, or an http(s) address
    :param name: the indicator's name; a figure with a name gets a row on the workbook's
        first sheet, a cell of a breakdown needs none
    :raises ValueError: for an address of any other scheme
    """

    code: str
    text: str
    value: Number | None
    unit: str = ""
    url: str = ""
    footnote: Footnote | None = None
    name: str = ""

    def __post_init__(self) -> None:
        if self.url and not _ADDRESS.match(self.url):
            raise ValueError(f"figure {self.code}: the address must be a path or http(s)")


Run: TypeAlias = Text | Figure
Cell: TypeAlias = Text | Figure | None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of running text."""

    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list whose order means nothing; each item is a sequence of runs."""

    items: tuple[tuple[Run, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A table's column; ``weight`` is its share of the width beside the other columns."""

    heading: str
    align: Align = Align.LEFT
    kind: ColumnKind = ColumnKind.TEXT
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """A table's row, with one cell per column; ``is_total`` marks a 合计 row."""

    cells: tuple[Cell, ...]
    is_total: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """
    A captioned table.

    :param unit_note: the whole line above the table's right end ("单位：万元、个")
    :raises ValueError: if a row has more or fewer cells than there are columns
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    unit_note: str = ""

    def __post_init__(self) -> None:
        for number, row in enumerate(self.rows, start=1):
            if len(row.cells) != len(self.columns):
                raise ValueError(
                    f"table {self.caption}: row {number} has {len(row.cells)} cells "
                    f"for {len(self.columns)} columns"
                )


@dataclass(frozen=True, slots=True)
class Series:
    """One line, or one bar per category, of a chart."""

    name: str
    values: tuple[Number | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """
    A captioned chart; a funnel and a pie show the first series only.

    :raises ValueError: if a series has more or fewer values than there are categories
    """

    kind: ChartKind
    caption: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""

    def __post_init__(self) -> None:
        for one in self.series:
            if len(one.values) != len(self.categories):
                raise ValueError(
                    f"chart {self.caption}: series {one.name} has {len(one.values)} values "
                    f"for {len(self.categories)} categories"
                )


Block: TypeAlias = Paragraph | Bullets | Table | Chart


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """
    A heading (without its number) and what stands below it.

    Sections are a flat sequence; ``level`` 1 to 3 makes the outline. A section without a
    heading takes no number: use it for an opening paragraph.
    """

    heading: str = ""
    level: int = 1
    blocks: tuple[Block, ...] = ()

    def __post_init__(self) -> None:
        if self.level not in {1, 2, 3}:
            raise ValueError(f"section {self.heading}: level {self.level} is not 1, 2 or 3")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """
    A whole document.

    :param number: 发文字号, 〔2026〕5号; left out where empty
    :param addressee: 主送机关, without the colon
    :param dated_on: None on a draft: its day is filled in by who issues it
    :param generated_at: the instant that all formats carry; equal documents make equal bytes
    :param foot: lines in small type at the very end (head of the audit trail, data as of)
    :param meta: ``zone``, ``year``, ``as_of``, ``prepared_by``, ``telephone`` and whatever else
        the JSON should carry
    :param base_url: put before a figure's path where the file leaves the site; without it
        Word, PDF and Excel make no link of a mere path
    :param watermark: words across each page of the PDF
    """

    title: str
    issuer: str
    dated_on: date | None
    generated_at: datetime
    sections: tuple[Section, ...]
    language: Language = Language.CHINESE
    subtitle: str = ""
    number: str = ""
    addressee: str = ""
    foot: tuple[str, ...] = ()
    meta: Mapping[str, str] = field(default_factory=dict)
    base_url: str = ""
    watermark: str = ""
