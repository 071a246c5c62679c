"""Figures in the light of last year and of their targets."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Sum

from jingkai.apps.registers.indicator import Indicator, Number
from jingkai.core import indicators as core
from jingkai.core.indicators import (
    Attainment,
    Comparison,
    Discrepancy,
    Partition,
    Period,
    PeriodRule,
    Reading,
)

from .. import facts
from ..facts import Holdings
from ..models import Target
from . import catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One indicator over one period; ``target`` is the year's, in the indicator's unit."""

    indicator: Indicator
    period: Period
    reading: Reading
    year_on_year: Comparison | None
    target: Decimal | None
    attainment: Attainment

    @property
    def code(self) -> str:
        """Return the indicator's code."""
        return self.indicator.code

    @property
    def value(self) -> Number | None:
        """Return the number; None is no data."""
        return self.reading.value


def to_date(year: int, as_of: date) -> Period:
    """Return the year, up to the day where that lies within it."""
    whole = core.year(year)
    return Period(whole.start, min(whole.end, max(as_of, whole.start)))


def reading(code: str, period: Period) -> Standing:
    """Return one figure, compared; see ``readings``."""
    return readings(period, [code])[code]


def readings(
    period: Period,
    codes: Iterable[str] | None = None,
    *,
    compare: bool = True,
    holdings: Holdings | None = None,
) -> dict[str, Standing]:
    """
    Return the figures by code, all of them by default, in the order of the catalogue.

    :param compare: also read the same period of last year, which doubles the cost
    :param holdings: what the registers hold, where the caller has already asked
    """
    chosen = catalogue.indicators() if codes is None else catalogue.some(codes)
    held = Holdings() if holdings is None else holdings
    targets = _targets(period)
    return {
        indicator.code: _standing(indicator, period, held, targets, compare=compare)
        for indicator in chosen
    }


def monthly(
    indicator: Indicator, period: Period, holdings: Holdings | None = None
) -> list[tuple[date, Number | None]]:
    """
    Return the figure month by month up to the period's end, each by its first day.

    A cohort is followed from the year's start to each month's end: that of a single month has had
    no time to get anywhere. A figure without a past is known for the last month alone.
    """
    held = Holdings() if holdings is None else holdings
    whole = months(period)
    known = whole if indicator.has_past else whole[-1:]
    return [
        (month.start, _of_month(indicator, month, held) if month in known else None)
        for month in whole
    ]


def _of_month(indicator: Indicator, month: Period, held: Holdings) -> Number | None:
    is_cohort = indicator.definition.period_rule is PeriodRule.COHORT
    return facts.value(indicator, core.to_date(month.end) if is_cohort else month, held)


def months(period: Period) -> list[Period]:
    """Return the months of the period's last year, the last one up to the period's end."""
    numbers = range(1, period.end.month + 1)
    whole = [core.month(period.end.year, number) for number in numbers]
    return [*whole[:-1], Period(whole[-1].start, period.end)]


def discrepancies(standings: Mapping[str, Standing]) -> list[tuple[Partition, Discrepancy]]:
    """Return the partitions among the figures whose parts do not add up."""
    values = {code: standing.value for code, standing in standings.items()}
    found = []
    for partition in catalogue.partitions():
        if {partition.whole, *partition.parts} <= values.keys():
            discrepancy = partition.check(values)
            if discrepancy is not None:
                found.append((partition, discrepancy))
    return found


def _standing(
    indicator: Indicator,
    period: Period,
    holdings: Holdings,
    targets: Mapping[str, Decimal],
    *,
    compare: bool,
) -> Standing:
    found = facts.read(indicator, period, holdings)
    comparison = None
    if compare and indicator.has_past:
        before = facts.value(indicator, period.same_period_last_year(), holdings)
        comparison = core.compare(found.value, before)
    target = targets.get(indicator.code)
    return Standing(
        indicator=indicator,
        period=period,
        reading=found,
        year_on_year=comparison,
        target=target,
        attainment=core.attainment(found.value, target, better=indicator.definition.better),
    )


def _targets(period: Period) -> dict[str, Decimal]:
    """Return the year's targets, of several zones together; a mere part of a year has none."""
    if (period.start.month, period.start.day) != (1, 1) or period.start.year != period.end.year:
        return {}
    rows = Target.objects.filter(year=period.end.year).order_by().values("indicator")
    return dict(rows.annotate(total=Sum("value")).values_list("indicator", "total"))


def years(today: date) -> list[int]:
    """Return the years that have records in scope, this one first: not that a parcel is old."""
    holdings = Holdings()
    present = {found.register for found in catalogue.indicators() if not found.has_past}
    kinds = {found.register for found in catalogue.indicators()} - present
    begins = [holdings[kind].begins_on for kind in kinds]
    first = min((day.year for day in begins if day is not None), default=today.year)
    return list(range(today.year, min(first, today.year) - 1, -1))
