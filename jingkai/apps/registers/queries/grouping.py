"""A filtered list in groups of one or two levels, each with its count and its sums."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

from django.db import models
from django.db.models import QuerySet, Value
from django.db.models.functions import Coalesce, TruncMonth, TruncQuarter, TruncYear
from django.utils.translation import gettext as _

from jingkai.apps.accounts import queries as accounts

from ..declaration import BoundColumn, Register, Text
from ..kinds import Choice, Day, LongText, Person, Yes
from .totals import Totals, measures, of_row, together

MOST_GROUPS = 1_000
STEPS = {"year": TruncYear, "quarter": TruncQuarter, "month": TruncMonth}
MONTHS = {"year": 12, "quarter": 3, "month": 1}


@dataclass(frozen=True, slots=True)
class Level:
    """What one level groups by: a column, for a day how much of it; people go by their names."""

    column: BoundColumn
    step: str = ""
    name: Text = ""

    @property
    def code(self) -> str:
        """Return the level as the query string names it."""
        return f"{self.column.name}:{self.step}" if self.step else self.column.name

    @property
    def label(self) -> str:
        """Return the level as a person reads it."""
        words = {"year": _("按年"), "quarter": _("按季度"), "month": _("按月")}
        name = str(self.name or self.column.label)
        return f"{name}（{words[self.step]}）" if self.step else name


@dataclass(frozen=True, slots=True)
class Group:
    """One group: what its rows share, what they add up to, the query that leaves just them."""

    level: Level
    value: Any
    totals: Totals
    condition: tuple[tuple[str, str], ...]
    inside: list["Group"] = field(default_factory=list)
    name: str = ""

    @property
    def label(self) -> str:
        """Return what the rows share, as a person reads it."""
        if self.value is None or self.value == "":
            return _("未登记")
        if self.level.step:
            return _period(self.value, self.level.step)
        return self.name or self.level.column.kind.shown(self.value)


def levels(register: Register) -> list[Level]:
    """Return everything that the register's rows can be grouped by."""
    found = []
    people = {f"{c.name}__name": c for c in register.bound if isinstance(c.kind, Person)}
    names = {c.name: c.label for c in register.bound if c.name in people}
    for column in register.bound:
        if not column.filterable or column.is_masked or column.kind.filter == "name":
            continue
        if isinstance(column.kind, Day):
            found += [Level(column, step) for step in STEPS]
        elif isinstance(column.kind, Person):
            found.append(Level(column, name=names.get(f"{column.name}__name", column.label)))
        elif column.name in people or isinstance(column.kind, LongText):
            continue
        elif column.kind.filter not in {"range", "outline"}:
            found.append(Level(column))
    return [level for level in found if level.column.name != register.key]


def level(register: Register, code: str) -> Level | None:
    """Return the level of that code; a person's name stands for the person."""
    codes = {code, code.removesuffix("__name")}
    return next((found for found in levels(register) if found.code in codes), None)


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
    return _nested(by, _with_names(by, records[:MOST_GROUPS]), columns), is_all


def _with_names(by: Sequence[Level], records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the records with the name of each person that a level groups by."""
    for at, level in enumerate(by):
        if isinstance(level.column.kind, Person):
            logins = {record[f"key_{at}"] or "" for record in records}
            names = accounts.names(logins)
            shared = Counter(names.values())
            for record in records:
                login = record[f"key_{at}"] or ""
                name = names[login]
                record[f"name_{at}"] = f"{name} ({login})" if shared[name] > 1 else name
    return records


def _nested(
    by: Sequence[Level], records: list[dict[str, Any]], columns: Sequence[BoundColumn]
) -> list[Group]:
    if len(by) == 1:
        return [_group(by, 0, r, of_row(columns, r)) for r in records]
    nested = []
    for _value, found in groupby(records, key=lambda record: record["key_0"]):
        several = list(found)
        inside = [_group(by, 1, r, of_row(columns, r)) for r in several]
        sums = together([group.totals for group in inside])
        nested.append(_group(by, 0, several[0], sums, inside))
    return nested


def _group(
    by: Sequence[Level],
    at: int,
    record: dict[str, Any],
    sums: Totals,
    inside: list[Group] | None = None,
) -> Group:
    value, name = record[f"key_{at}"], record.get(f"name_{at}", "")
    return Group(by[at], value, sums, _condition(by[at], value), inside or [], name)


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
