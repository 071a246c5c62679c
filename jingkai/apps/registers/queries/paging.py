"""
One page of a list, found from the row that stands at its edge and not by counting rows.

A link says ``after-100-4711``: behind the record 4711, before which and with which stand 100 rows.
So page 2,000 costs what page 2 costs, and rows that come in meanwhile neither repeat nor hide one.
``last`` is read backwards from the end.
Where the record is gone, or a number of a page is asked for, the rows are counted after all.
Rows that have no value in the ordered column come last, whichever way it is ordered.
"""

import re
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from ..filters import Filters

LAST = "last"
MOST_BEFORE = 100_000_000
_PLACE = re.compile(r"(after|before)-(\d{1,9})-(\d{1,18})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Slice:
    """The keys of a page's rows, how many rows stand before them, whether any stand behind."""

    keys: list[int]
    before: int
    has_next: bool

    @property
    def previous(self) -> str:
        """Return the place of the page before, empty on the first."""
        return f"before-{self.before}-{self.keys[0]}" if self.before and self.keys else ""

    @property
    def next(self) -> str:
        """Return the place of the page behind, empty on the last."""
        last = self.before + len(self.keys)
        return f"after-{last}-{self.keys[-1]}" if self.has_next else ""


@dataclass(frozen=True, slots=True)
class Edge:
    """The row at which a page ended: its value in the list's order, and its key."""

    value: Any
    pk: int


def behind(
    asked: Filters, rows: QuerySet[Any], edge: Edge | None
) -> tuple[list[int], Edge | None]:
    """
    Return the keys of the page behind an edge, or of the first, and its own edge.

    The edge knows its row's value, so that the row may be changed or taken out meanwhile. The last
    page has none.
    """
    found = asked.filtered(rows, is_walked=True)
    parts = _segments(asked, found)
    if edge is not None:
        parts = _behind(asked, found, edge.value, edge.pk)
    keys = _keys(parts, asked.length + 1)
    if len(keys) <= asked.length:
        return keys, None
    last = keys[asked.length - 1]
    row = rows.order_by().filter(pk=last)
    value = row.values_list(asked.order.lstrip("-"), flat=True).first()
    return keys[: asked.length], Edge(value, last)


def slice_of(asked: Filters, rows: QuerySet[Any]) -> Slice:
    """Return the page of the rows that the filters ask for."""
    found = asked.filtered(rows, is_walked=True)
    if asked.place == LAST:
        return _last(asked, found)
    match = _PLACE.fullmatch(asked.place)
    if match is None:
        return _counted(asked, found, (asked.page - 1) * asked.length)
    way, before, pk = match[1], min(int(match[2]), MOST_BEFORE), int(match[3])
    edge = list(rows.order_by().filter(pk=pk).values_list(asked.order.lstrip("-"), flat=True))
    if not edge:
        return _counted(asked, found, before if way == "after" else before - asked.length)
    if way == "after":
        keys = _keys(_behind(asked, found, edge[0], pk), asked.length + 1)
        return Slice(keys[: asked.length], before, len(keys) > asked.length)
    keys = _keys(_ahead(asked, found, edge[0], pk), asked.length + 1)
    if len(keys) <= asked.length:
        return _counted(asked, found, 0)
    return Slice(keys[-2::-1], max(before - asked.length, 1), has_next=True)


def _last(asked: Filters, found: QuerySet[Any]) -> Slice:
    """Return the last page, read from its end; only the rows are counted, none is passed over."""
    count = found.count()
    known, unknown = _parted(asked, found)
    ends = [unknown.order_by(_reverse(asked.tie)), _backwards(asked, known)]
    keys = _keys(ends, (count - 1) % asked.length + 1)
    return Slice(keys[::-1], count - len(keys), has_next=False)


def _counted(asked: Filters, found: QuerySet[Any], before: int) -> Slice:
    """Return the page behind so many rows."""
    before = max(before, 0)
    if before:
        stop = before + asked.length + 1
        keys = list(found.order_by(*asked.ordering).values_list("pk", flat=True)[before:stop])
    else:
        keys = _keys(_segments(asked, found), asked.length + 1)
    return Slice(keys[: asked.length], before, len(keys) > asked.length)


def _keys(parts: list[QuerySet[Any]], most: int) -> list[int]:
    """Return the first keys of the parts, one part after the other."""
    keys: list[int] = []
    for part in parts:
        if len(keys) < most:
            keys += part.values_list("pk", flat=True)[: most - len(keys)]
    return keys


def _segments(asked: Filters, found: QuerySet[Any]) -> list[QuerySet[Any]]:
    """Return the rows that have a value in their order, then those that have none."""
    known, unknown = _parted(asked, found)
    return [known.order_by(asked.order, asked.tie), unknown.order_by(asked.tie)]


def _behind(asked: Filters, found: QuerySet[Any], value: Any, pk: int) -> list[QuerySet[Any]]:
    known, unknown = _parted(asked, found)
    side = "lt" if asked.order.startswith("-") else "gt"
    tied = Q(**{f"pk__{side}": pk})
    if value is None:
        return [unknown.filter(tied).order_by(asked.tie)]
    beyond = _beyond(asked, side, value, tied)
    return [known.filter(beyond).order_by(asked.order, asked.tie), unknown.order_by(asked.tie)]


def _ahead(asked: Filters, found: QuerySet[Any], value: Any, pk: int) -> list[QuerySet[Any]]:
    """Return the rows ahead of the edge, the nearest first."""
    known, unknown = _parted(asked, found)
    side = "gt" if asked.order.startswith("-") else "lt"
    tied = Q(**{f"pk__{side}": pk})
    if value is None:
        parts = [unknown.filter(tied).order_by(_reverse(asked.tie))]
        return [*parts, _backwards(asked, known)]
    return [_backwards(asked, known.filter(_beyond(asked, side, value, tied)))]


def _backwards(asked: Filters, known: QuerySet[Any]) -> QuerySet[Any]:
    return known.order_by(_reverse(asked.order), _reverse(asked.tie))


def _reverse(order: str) -> str:
    return order.removeprefix("-") if order.startswith("-") else f"-{order}"


def _parted(asked: Filters, found: QuerySet[Any]) -> tuple[QuerySet[Any], QuerySet[Any]]:
    path = asked.order.lstrip("-")
    unknown = {f"{path}__isnull": True}
    return found.filter(**{f"{path}__isnull": False}), found.filter(**unknown)


def _beyond(asked: Filters, side: str, value: Any, tied: Q) -> Q:
    """Return the rows beyond a value; led by one range, so that an index serves it."""
    path = asked.order.lstrip("-")
    strictly = Q(**{f"{path}__{side}": value})
    return Q(**{f"{path}__{side}e": value}) & (strictly | tied)
