"""The records that pages hand to components; a dict with the same keys serves as well."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

Tone = Literal["green", "amber", "red", "blue", "grey"]
Sort = Literal["", "none", "ascending", "descending"]
ChartKind = Literal["bar", "bar-horizontal", "stacked", "line", "donut", "funnel"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A breadcrumb (without ``url``: the page itself), a tab, or an item of the navigation."""

    label: str
    url: str = ""
    icon: str = ""
    active: bool = False
    count: int | None = None
    shortcut: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """A titled group of the navigation."""

    label: str
    items: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stat:
    """
    A figure with what one needs to believe it.

    ``value`` is ready to read; None shows as "no data". ``delta`` is the year-on-year change and
    ``attainment`` the share of the target reached, both as exact shares (1 = 100 %).
    """

    label: str
    value: str | None
    unit: str = ""
    url: str = ""
    delta: Fraction | Decimal | None = None
    delta_label: str = ""
    falling_is_good: bool = False
    attainment: Fraction | Decimal | None = None
    target: str = ""
    fresh: str = ""
    note: str = ""
    icon: str = ""
    tone: Tone | Literal[""] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A table's column; with ``url`` it sorts, and ``sort`` says how the rows are sorted now."""

    label: str
    url: str = ""
    sort: Sort = ""
    numeric: bool = False
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A table's row: cells are text (escaped) or safe markup; ``key`` is its checkbox's value."""

    cells: Sequence[object]
    url: str = ""
    key: str = ""
    label: str = ""
    tone: Tone | Literal[""] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file of evidence."""

    name: str
    url: str = ""
    size: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A dated event of a timeline."""

    on: str
    title: str
    text: str = ""
    by: str = ""
    tone: Tone = "grey"
    icon: str = ""
    files: Sequence[File] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Todo:
    """
    One thing that somebody has to do, derived from the records and never stored.

    ``kind`` is the area's own word for it; ``url_name`` with ``url_kwargs`` is where it is done.
    """

    kind: str
    title: str
    due_on: date | None
    url_name: str
    url_kwargs: dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One line of a definition list; a ``value`` of None is not on record."""

    label: str
    value: object
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """A filter in force; ``url`` is the page without it."""

    label: str
    value: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """Where a page of rows stands; ``total`` of None means that nobody counted."""

    first: int
    last: int
    total: int | None = None
    previous_url: str = ""
    next_url: str = ""
    first_url: str = ""
    last_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One row of figures of a chart; None leaves a gap."""

    name: str
    values: Sequence[int | float | Decimal | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """
    A chart that can also be read as a table.

    ``summary`` says in one sentence what the chart shows; ``urls`` opens a category's records;
    ``target`` draws a line across a bar or line chart.
    """

    kind: ChartKind
    title: str
    summary: str
    categories: Sequence[str]
    series: Sequence[Series]
    unit: str = ""
    urls: Sequence[str] = ()
    target: float | None = None
