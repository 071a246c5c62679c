"""
From the records in scope to the readings of indicators: the only seam to their core.

A figure counts every record, sealed or not, so that it is the same for everybody; the lists behind
it (``rows``, ``incomplete``) show what the person may see.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Count, Max, Min, Q, QuerySet, Sum
from django.utils.timezone import localdate

from jingkai.apps.accounts import scope
from jingkai.apps.registers import kinds
from jingkai.apps.registers import queries as registers
from jingkai.apps.registers.declaration import Register
from jingkai.apps.registers.indicator import Indicator, Number, count
from jingkai.core.indicators import Completeness, Definition, Period, Reading

Contribution = tuple[str, Decimal | None]


@dataclass(frozen=True, slots=True)
class Holding:
    """What a register holds in scope: since when, and when it was last changed."""

    begins_on: date | None
    changed_at: datetime | None

    def knows(self, day: date) -> bool:
        """Whether a figure up to the day can be told at all: nothing on record is no zero."""
        return self.begins_on is not None and self.begins_on <= day


class Holdings(dict[str, Holding]):
    """The holdings of registers by kind, each asked for once."""

    def __missing__(self, kind: str) -> Holding:
        """Ask the database."""
        with scope.unsealed():
            found = self[kind] = _holding(register(kind))
        return found


def register(kind: str) -> Register:
    """Return the register that an indicator names; a wrong name is a mistake of its area."""
    found = registers.find(kind)
    if found is None:
        raise LookupError(f"no register {kind}")
    return found


def rows(indicator: Indicator, period: Period) -> QuerySet[Any]:
    """Return the records behind the figure."""
    return indicator.rows(period)


def value(indicator: Indicator, period: Period, holdings: Holdings) -> Number | None:
    """Return the number alone; None where nothing is on record yet."""
    if not holdings[indicator.register].knows(period.end):
        return None
    with scope.unsealed():
        found = rows(indicator, period)
        if indicator.contribution:
            summed = found.aggregate(records=Count("pk"), value=Sum(indicator.contribution))
            return _of_sum(summed)
        return indicator.measure(found)


def read(indicator: Indicator, period: Period, holdings: Holdings) -> Reading:
    """Return the number with how many records it has, how fresh and how complete they are."""
    holding = holdings[indicator.register]
    if not holding.knows(period.end):
        nothing = Completeness(0, 0)
        return Reading(value=None, records=0, freshness=holding.changed_at, completeness=nothing)
    with scope.unsealed():
        found = rows(indicator, period)
        asked = _aggregate(indicator, found)
        number = _number(indicator, found, asked)
    return Reading(
        value=number,
        records=asked["records"],
        freshness=holding.changed_at,
        completeness=_completeness(asked),
    )


def incomplete(indicator: Indicator, period: Period) -> QuerySet[Any]:
    """Return the records that lack a field the definition needs; none where it needs none."""
    needs = indicator.definition.needs
    if not needs:
        return register(indicator.register).model.objects.none()
    found = rows(indicator, period)
    return found.filter(_lacking(found.model, needs))


def is_additive(indicator: Indicator) -> bool:
    """Whether the records' shares add up to the figure: a count or a sum, not a median."""
    return bool(indicator.contribution) or indicator.measure is count


def contributions(indicator: Indicator, period: Period) -> dict[str, Contribution]:
    """Return each record's label and share by its id; a share not on record is None."""
    found = rows(indicator, period).order_by("pk")
    path = indicator.contribution
    shares: dict[int, Any] = dict(found.values_list("pk", path)) if path else {}
    return {
        str(record.pk): (_label(record), shares.get(record.pk) if path else Decimal(1))
        for record in found
    }


def _label(record: Any) -> str:
    name = str(record)
    return name if record.code in name else f"{record.code} {name}"


def snapshot(definition: Definition) -> dict[str, str]:
    """Return the definition as plain text, to be kept with a frozen figure."""
    return {
        "name": str(definition.name),
        "unit": str(definition.unit),
        "period_rule": definition.period_rule.value,
        "date_used": str(definition.date_used),
        "counts": str(definition.counts),
        "exclusions": str(definition.exclusions),
        "not_to_be_confused_with": str(definition.not_to_be_confused_with),
        "basis": str(definition.basis),
    }


def _holding(found: Register) -> Holding:
    """Ask since when: the earliest day in the register's columns, or that of its first record."""
    plain = [c for c in found.bound if c.expression is None and c.compute is None]
    days = [c.path for c in plain if isinstance(c.kind, kinds.Day)]
    asked: dict[str, Any] = {f"day_{place}": Min(path) for place, path in enumerate(days)}
    answer = found.model.objects.aggregate(
        **asked, changed_at=Max("changed_at"), recorded_at=Min("recorded_at")
    )
    if answer["changed_at"] is None:
        return Holding(None, None)
    begins = [answer[name] for name in asked if answer[name] is not None]
    return Holding(min([localdate(answer["recorded_at"]), *begins]), answer["changed_at"])


def _aggregate(indicator: Indicator, found: QuerySet[Any]) -> dict[str, Any]:
    asked: dict[str, Any] = {"records": Count("pk")}
    if indicator.contribution:
        asked["value"] = Sum(indicator.contribution)
    if indicator.definition.needs:
        lacking = _lacking(found.model, indicator.definition.needs)
        asked["lacking"] = Count("pk", filter=lacking)
    return found.aggregate(**asked)


def _number(indicator: Indicator, found: QuerySet[Any], asked: Mapping[str, Any]) -> Number | None:
    if indicator.contribution:
        return _of_sum(asked)
    if indicator.measure is count:
        number: int = asked["records"]
        return number
    return indicator.measure(found)


def _of_sum(asked: Mapping[str, Any]) -> Number | None:
    """No record at all adds up to nothing; records without a value add up to the unknown."""
    if not asked["records"]:
        return Decimal(0)
    summed: Number | None = asked["value"]
    return summed


def _completeness(asked: Mapping[str, Any]) -> Completeness:
    return Completeness(asked["records"] - asked.get("lacking", 0), asked["records"])


def _lacking(model: type[models.Model], needs: tuple[str, ...]) -> Q:
    found = Q()
    for path in needs:
        found |= Q(**{f"{path}__isnull": True})
        if _is_text(model, path):
            found |= Q(**{path: ""})
    return found


def _is_text(model: type[models.Model], path: str) -> bool:
    owner: Any = model
    *before, last = path.split("__")
    for step in before:
        owner = owner._meta.get_field(step).related_model
    return isinstance(owner._meta.get_field(last), models.CharField | models.TextField)
