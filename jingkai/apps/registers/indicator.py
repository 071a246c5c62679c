"""An indicator: one definition and one query, which gives the number and the list behind it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median
from typing import Any

from django.db.models import Case, CharField, F, Model, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Substr
from django.utils.translation import gettext as _

from jingkai.core.indicators import Definition, Period

Number = int | Decimal
Rows = QuerySet[Any]
Mark = Callable[[Rows, Period], Rows]

UNKNOWN = "unknown"  # the part of the records of which the property is not on record


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """
    A figure of the zone.

    ``rows(period)`` are the records behind it, of the register named; ``measure(rows)`` is its
    number, None where nothing is on record; ``contribution`` is the path of each record's share in
    a sum, empty where each record counts as one. A stock is read at the period's last day.
    Without ``has_past`` the records tell only what is so now, whatever the day that is asked for:
    the figure is compared with no earlier one. ``filtered_by`` are the filters with which the
    register's list, and the map, show just these records; None where no filters do.
    """

    definition: Definition
    register: str
    rows: Callable[[Period], Rows]
    measure: Callable[[Rows], Number | None]
    contribution: str = ""
    has_past: bool = True
    filtered_by: tuple[tuple[str, str], ...] | None = None

    @property
    def code(self) -> str:
        """Return the indicator's stable name."""
        return self.definition.code


@dataclass(frozen=True, kw_only=True)
class Dimension:
    """
    A property of a register's records, by which every count and sum of them is cut into parts.

    ``mark`` gives each record the key of its part as ``part``; ``label`` names a part, and
    ``order`` those that are always told, in their order. ``beside`` is the path of an amount that
    is summed beside a count. Without ``has_past`` the property is known only as it is now.
    ``is_column``: the code is that of a column, by which the list and the map are filtered too.
    """

    code: str
    name: Any
    register: str
    mark: Mark
    label: Callable[[str], str]
    order: tuple[str, ...] = ()
    beside: str = ""
    has_past: bool = True
    is_column: bool = False


def by_choice(
    register: str, model: type[Model], path: str, *, code: str = "", has_past: bool = True
) -> Dimension:
    """Return the dimension of a column of choices, at the end of the path from the records."""
    owner: Any = model
    *before, last = path.split("__")
    for step in before:
        owner = owner._meta.get_field(step).related_model
    field = owner._meta.get_field(last)
    labels = {key: label for key, label in field.flatchoices if key}
    return Dimension(
        code=code or last,
        name=field.verbose_name,
        register=register,
        mark=by_text(path),
        label=lambda key: str(labels.get(key, _("未登记") if key == UNKNOWN else key)),
        order=tuple(labels),
        has_past=has_past,
        is_column=not before and not code,
    )


def by_text(path: str, length: int | None = None) -> Mark:
    """Return the mark by a column's text, or by so many of its first characters."""

    def marked(rows: Rows, _period: Period) -> Rows:
        known = Substr(path, 1, length) if length else F(path)
        unknown = Q(**{path: ""}) | Q(**{f"{path}__isnull": True})
        return rows.annotate(
            part=Case(When(unknown, then=Value(UNKNOWN)), default=known, output_field=CharField())
        )

    return marked


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
