"""An indicator: one definition and one query, which gives the number and the list behind it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median
from typing import Any

from django.db.models import Q, QuerySet, Sum

from jingkai.core.indicators import Definition, Period

Number = int | Decimal
Rows = QuerySet[Any]


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """
    A figure of the zone.

    ``rows(period)`` are the records behind it, of the register named; ``measure(rows)`` is its
    number, None where nothing is on record; ``contribution`` is the path of each record's share in
    a sum, empty where each record counts as one. A stock is read at the period's last day.
    Without ``has_past`` the records tell only what is so now, whatever the day that is asked for:
    the figure is compared with no earlier one.
    """

    definition: Definition
    register: str
    rows: Callable[[Period], Rows]
    measure: Callable[[Rows], Number | None]
    contribution: str = ""
    has_past: bool = True

    @property
    def code(self) -> str:
        """Return the indicator's stable name."""
        return self.definition.code


def count(rows: Rows) -> int:
    """Return how many records there are."""
    return rows.count()


def total(path: str) -> Callable[[Rows], Number | None]:
    """Return a measure: the sum of a column, None where no record has a value."""

    def measured(rows: Rows) -> Number | None:
        result: Number | None = rows.aggregate(total=Sum(path))["total"]
        return result

    return measured


def share(part: Callable[[], Q]) -> Callable[[Rows], Number | None]:
    """Return a measure: the per cent of records that meet the condition, None without records."""

    def measured(rows: Rows) -> Number | None:
        everything = rows.count()
        if not everything:
            return None
        return round(Decimal(100) * rows.filter(part()).count() / everything, 1)

    return measured


def median_days(first: str, second: str) -> Callable[[Rows], Number | None]:
    """Return a measure: the median days from one date column to another, None without a pair."""

    def measured(rows: Rows) -> Number | None:
        pairs = rows.filter(**{f"{first}__isnull": False, f"{second}__isnull": False})
        spans = [_days(*pair) for pair in pairs.values_list(first, second)]
        return Decimal(str(median(spans))) if spans else None

    return measured


def _days(first: date, second: date) -> int:
    return (second - first).days
