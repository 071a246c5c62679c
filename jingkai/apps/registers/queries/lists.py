"""Reads over any register: one page of its list, its values for a file."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import QuerySet
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from ..declaration import BoundColumn, Register
from ..filters import Filters
from .paging import Slice, slice_of

COUNTED = 10_000

# A column's name, the tag of its cells, and how a value of it shows.
_Written = tuple[str, str, Callable[[Any], SafeString]]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list, its cells rendered."""

    rows: list[tuple[int, SafeString]]
    place: Slice
    counted: int
    is_exact: bool

    @property
    def first(self) -> int:
        """Return the place of the first row shown, from 1."""
        return self.place.before + 1 if self.rows else 0

    @property
    def last(self) -> int:
        """Return the place of the last row shown."""
        return self.place.before + len(self.rows)


def rows_of(register: Register) -> QuerySet[Any]:
    """Return the register's records in scope, with the columns the database computes."""
    return with_expressions(register, register.model.objects.all())


def with_expressions(register: Register, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return the rows with the columns that the database computes."""
    computed = {c.name: c.expression for c in register.bound if c.expression is not None}
    return rows.annotate(**computed) if computed else rows


def page(
    register: Register,
    filters: Filters,
    rows: QuerySet[Any] | None,
    *,
    base: str,
    columns: Iterable[str],
) -> Page:
    """
    Return the page that the filters ask for, of the rows or, without any, of all that there are.

    ``base`` is the path of the register's details. Rows are counted to COUNTED, so that the cost
    does not grow with the register; beyond, the page says so and asks for the total by itself.
    """
    shown = [register.by_name[name] for name in columns]
    count = filters.counted if rows is not None else filters.counted_whole
    rows = rows_of(register) if rows is None else with_expressions(register, rows)
    place = slice_of(filters, rows)
    counted = count(rows, COUNTED + 1)
    records = {row["pk"]: row for row in values(rows.filter(pk__in=place.keys).order_by(), shown)}
    written = [(c.name, _tag(c), cache(c.kind.html)) for c in shown]
    base = escape(base)
    # A row that has gone since its key was read is left out.
    kept = [(pk, records[pk]) for pk in place.keys if pk in records]
    rendered = [(pk, _cells(row, written, base)) for pk, row in kept]
    return Page(rendered, place, min(counted, COUNTED), counted <= COUNTED)


def total(filters: Filters, rows: QuerySet[Any]) -> int:
    """Return how many rows the filters leave, exactly."""
    return filters.apply(rows).order_by().count()


def values(rows: QuerySet[Any], columns: Iterable[BoundColumn]) -> Iterator[dict[str, Any]]:
    """Yield the rows as dicts by column name (and ``pk``), without building model instances."""
    columns = list(columns)
    paths = {"pk"}
    for column in columns:
        paths.update(column.needs if column.compute else (column.path,))
    for row in rows.values(*sorted(paths)).iterator(chunk_size=5_000):
        yield {"pk": row["pk"]} | {
            column.name: column.compute(row) if column.compute else row[column.path]
            for column in columns
        }


def _tag(column: BoundColumn) -> SafeString:
    """Return what opens a cell; on a phone the cell stands in a card, under its own label."""
    return format_html('<td class="{}" data-label="{}">', column.kind.align, column.label)


def _cells(row: dict[str, Any], columns: Sequence[_Written], base: str) -> SafeString:
    (name, _opening, html), *others = columns
    link = f'<a class="jk-row-link" href="{base}{int(row["pk"])}/">{html(row[name])}</a>'
    cells = [f"{tag}{html(row[name])}</td>" for name, tag, html in others]
    return SafeString(f'<td class="is-short">{link}</td>{"".join(cells)}')
