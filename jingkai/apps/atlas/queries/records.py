"""Records of a layer one by one: where one lies, which bear a word, what its card says."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from jingkai.apps.registers import filters
from jingkai.apps.registers import queries as registers
from jingkai.apps.registers.declaration import BoundColumn
from jingkai.apps.search import bigrams

from ..layers import Axis
from .catalogue import Seen

MOST_FOUND = 8
Window = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Spot:
    """A record and where it lies; for a list also its area and the code of its class."""

    pk: int
    code: str
    title: str
    window: Window | None
    area: Decimal | None = None
    state: str = ""


def spots(seen: Seen, text: str) -> list[Spot]:
    """
    Return the first records of the layer that hold every word; those without outline too.

    One beyond ``MOST_FOUND`` tells that there are more.
    """
    words = bigrams.words(text)
    if not words:
        return []
    rows = seen.rows()
    for condition in filters.searched(seen.register, words):
        rows = rows.filter(condition)
    return _spots(seen, rows.order_by("pk")[: MOST_FOUND + 1])


def spot(seen: Seen, pk: int) -> Spot | None:
    """Return the record, where the layer shows it to whoever asks."""
    return next(iter(_spots(seen, seen.rows().filter(pk=pk))), None)


def facts(seen: Seen, pk: int) -> list[tuple[BoundColumn, Any]]:
    """Return what the card of a record says, column by column."""
    columns = [seen.register.by_name[name] for name in seen.facts]
    row = next(registers.values(seen.rows().filter(pk=pk), columns), None)
    return [(column, row[column.name]) for column in columns] if row else []


def first_facts(seen: Seen, most: int) -> list[tuple[Spot, list[tuple[BoundColumn, Any]]]]:
    """Return the first records by their numbers, and what their cards say."""
    columns = [seen.register.by_name[name] for name in seen.facts]
    rows = seen.rows().order_by(seen.register.key, "pk")[:most]
    told = {
        row["pk"]: [(column, row[column.name]) for column in columns]
        for row in registers.values(rows, columns)
    }
    return [(spot, told[spot.pk]) for spot in _spots(seen, rows)]


def listed(seen: Seen, axis: Axis | None, keys: Sequence[int]) -> list[Spot]:
    """Return the records of those keys by their numbers, each with its area and class."""
    rows = seen.rows().filter(pk__in=keys).order_by(seen.register.key, "pk")
    column = seen.register.by_name.get(seen.layer.area)
    area = seen.layer.area if column is not None and column.may_read else ""
    names = (area or "pk", axis.column if axis else "pk")
    told = {pk: values for pk, *values in rows.values_list("pk", *names)}
    return [
        replace(
            spot,
            area=told[spot.pk][0] if area else None,
            state=str(told[spot.pk][1] or "") if axis else "",
        )
        for spot in _spots(seen, rows)
    ]


def _spots(seen: Seen, rows: QuerySet[Any]) -> list[Spot]:
    key = seen.register.key
    names = ("pk", key, seen.title or key, "west", "south", "east", "north")
    return [
        Spot(pk, str(code), str(title or "") if seen.title else "", _window(edges))
        for pk, code, title, *edges in rows.values_list(*names)
    ]


def _window(edges: list[Any]) -> Window | None:
    west, south, east, north = edges
    return None if west is None else (west, south, east, north)
