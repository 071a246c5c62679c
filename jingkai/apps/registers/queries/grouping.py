"""A filtered list in groups of one or two levels, each with its count and its sums."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

from django.db import models
from django.db.models import QuerySet, Value
from django.db.models.functions import Coalesce, TruncMonth, TruncQuarter, TruncYear
from django.utils.translation import gettext as _

from ..declaration import BoundColumn, Register
from ..kinds import Choice, Day, LongText, Yes
from .totals import Totals, measures, of_row, together

MOST_GROUPS = 1_000
STEPS = {"year": TruncYear, "quarter": TruncQuarter, "month": TruncMonth}
MONTHS = {"year": 12, "quarter": 3, "month": 1}


@dataclass(frozen=True, slots=True)
class Level:
    """What one level groups by: a column, and for a day how much of it."""

    column: BoundColumn
    step: str = ""

    @property
    def code(self) -> str:
        """Return the level as the query string names it."""
        return f"{self.column.name}:{self.step}" if self.step else self.column.name

    @property
    def label(self) -> str:
        """Return the level as a person reads it."""
        words = {"year": _("按年"), "quarter": _("按季度"), "month": _("按月")}
        name = str(self.column.label)
        return f"{name}（{words[self.step]}）" if self.step else name


@dataclass(frozen=True, slots=True)
class Group:
    """One group: what its rows share, what they add up to, the query that leaves just them."""

    level: Level
    value: Any
    totals: Totals
    condition: tuple[tuple[str, str], ...]
    inside: list["Group"] = field(default_factory=list)

    @property
    def label(self) -> str:
        """Return what the rows share, as a person reads it."""
        if self.value is None or self.value == "":
            return _("未登记")
        if self.level.step:
            return _period(self.value, self.level.step)
        return self.level.column.kind.shown(self.value)


def levels(register: Register) -> list[Level]:
    """Return everything that the register's rows can be grouped by."""
    found = []
    for column in register.bound:
        if not column.filterable or column.is_masked or column.kind.filter == "name":
            continue
        if isinstance(column.kind, Day):
            found += [Level(column, step) for step in STEPS]
        elif column.kind.filter != "range" and not isinstance(column.kind, LongText):
            found.append(Level(column))
    return [level for level in found if level.column.name != register.key]


def level(register: Register, code: str) -> Level | None:
    """Return the level of that code."""
    return next((found for found in levels(register) if found.code == code), None)


def groups(
    rows: QuerySet[Any], by: Sequence[Level], columns: Sequence[BoundColumn]
) -> tuple[list[Group], bool]:
    """Return the rows in groups of one or two levels, and whether these are all the groups."""
    keys = {f"key_{at}": _key(level) for at, level in enumerate(by)}
    names = list(keys)
    found = (
        rows.order_by()
        .annotate(**keys)
        .values(*names)
        .annotate(**measures(columns))
        .order_by(*(models.F(name).asc(nulls_last=True) for name in names))
    )
    records = list(found[: MOST_GROUPS + 1])
    is_all = len(records) <= MOST_GROUPS
    return _nested(by, records[:MOST_GROUPS], columns), is_all


def _nested(
    by: Sequence[Level], records: list[dict[str, Any]], columns: Sequence[BoundColumn]
) -> list[Group]:
    first, *others = by
    if not others:
        return [_group(first, r["key_0"], of_row(columns, r)) for r in records]
    nested = []
    for value, several in groupby(records, key=lambda record: record["key_0"]):
        inside = [_group(others[0], r["key_1"], of_row(columns, r)) for r in several]
        sums = together([group.totals for group in inside])
        nested.append(_group(first, value, sums, inside))
    return nested


def _group(level: Level, value: Any, sums: Totals, inside: list[Group] | None = None) -> Group:
    return Group(level, value, sums, _condition(level, value), inside or [])


def _key(level: Level) -> Any:
    path = level.column.path
    if level.step:
        return STEPS[level.step](path, output_field=models.DateField())
    if isinstance(level.column.kind, Yes):
        return models.F(path)
    # "" and NULL are both not on record: one group.
    return models.functions.NullIf(Coalesce(path, Value("")), Value(""))


def _condition(level: Level, value: Any) -> tuple[tuple[str, str], ...]:
    name = level.column.name
    if value is None or value == "":
        return ((f"{name}__empty", "1"),)
    if level.step:
        return ((f"{name}__from", value.isoformat()), (f"{name}__to", _end(value, level.step)))
    if isinstance(level.column.kind, Choice | Yes):
        return ((name, level.column.kind.text(value)),)
    return ((f"{name}__is", str(value)),)


def _end(start: date, step: str) -> str:
    months = start.year * 12 + start.month - 1 + MONTHS[step]
    return date.fromordinal(date(months // 12, months % 12 + 1, 1).toordinal() - 1).isoformat()


def _period(start: date, step: str) -> str:
    told = {"year": start.year, "month": start.month, "quarter": (start.month + 2) // 3}
    if step == "year":
        return _("%(year)s 年") % told
    if step == "quarter":
        return _("%(year)s 年第 %(quarter)s 季度") % told
    return _("%(year)s 年 %(month)s 月") % told
