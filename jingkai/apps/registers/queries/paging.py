"""
One page of a list, found from the row that stands at its edge and not by counting rows.

A link says ``after-100-4711``: behind the record 4711, before which and with which stand 100 rows.
So page 2,000 costs what page 2 costs, and rows that come in meanwhile neither repeat nor hide one.
Where the record is gone, or a number of a page is asked for, the rows are counted after all.
Rows that have no value in the ordered column come last, whichever way it is ordered.
"""

import re
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from ..filters import Filters

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


def slice_of(asked: Filters, rows: QuerySet[Any]) -> Slice:
    """Return the page of the rows that the filters ask for."""
    found = asked.filtered(rows, is_walked=True)
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
    return [known.order_by(asked.order, "-pk"), unknown.order_by("-pk")]


def _behind(asked: Filters, found: QuerySet[Any], value: Any, pk: int) -> list[QuerySet[Any]]:
    known, unknown = _parted(asked, found)
    if value is None:
        return [unknown.filter(pk__lt=pk).order_by("-pk")]
    beyond = _beyond(asked, "lt" if asked.order.startswith("-") else "gt", value, Q(pk__lt=pk))
    return [known.filter(beyond).order_by(asked.order, "-pk"), unknown.order_by("-pk")]


def _ahead(asked: Filters, found: QuerySet[Any], value: Any, pk: int) -> list[QuerySet[Any]]:
    """Return the rows ahead of the edge, the nearest first."""
    known, unknown = _parted(asked, found)
    path = asked.order.lstrip("-")
    is_descending = asked.order.startswith("-")
    reverse = path if is_descending else f"-{path}"
    if value is None:
        return [unknown.filter(pk__gt=pk).order_by("pk"), known.order_by(reverse, "pk")]
    beyond = _beyond(asked, "gt" if is_descending else "lt", value, Q(pk__gt=pk))
    return [known.filter(beyond).order_by(reverse, "pk")]


def _parted(asked: Filters, found: QuerySet[Any]) -> tuple[QuerySet[Any], QuerySet[Any]]:
    path = asked.order.lstrip("-")
    unknown = {f"{path}__isnull": True}
    return found.filter(**{f"{path}__isnull": False}), found.filter(**unknown)


def _beyond(asked: Filters, side: str, value: Any, tied: Q) -> Q:
    """Return the rows beyond a value; led by one range, so that an index serves it."""
    path = asked.order.lstrip("-")
    strictly = Q(**{f"{path}__{side}": value})
    return Q(**{f"{path}__{side}e": value}) & (strictly | tied)
