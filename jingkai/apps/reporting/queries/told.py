"""Figures as data for other programs, and as lines for a terminal."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from jingkai.apps.accounts.models import Zone
from jingkai.apps.registers.indicator import Indicator, Number
from jingkai.core.indicators import Attainment, Comparison, Completeness, Period
from jingkai.web import figures

from .. import facts
from . import breakdowns, shown
from .standings import Standing

SHARE_PLACES = Decimal("0.000001")


def everything(
    zone: Zone, year: int, period: Period, standings: Iterable[Standing]
) -> dict[str, Any]:
    """
    Return the figures of a zone's year as JSON keeps them.

    Counts are numbers; amounts and other decimals are texts, exact to the last digit; a share
    (1 = 100 %) is given as a rounded text and as numerator and denominator; None is not on record.
    """
    return {
        "zone": zone.code,
        "zone_name": zone.name,
        "year": year,
        "period": {"start": period.start.isoformat(), "end": period.end.isoformat()},
        "as_of": period.end.isoformat(),
        "is_demonstration": zone.is_demonstration,
        "indicators": [one(standing) for standing in standings],
    }


def one(standing: Standing) -> dict[str, Any]:
    """Return one figure with its definition, comparison, target, freshness and completeness."""
    reading = standing.reading
    return {
        "code": standing.code,
        "name": str(standing.indicator.definition.name),
        "unit": str(standing.indicator.definition.unit),
        "value": number(reading.value),
        "records": reading.records,
        "register": standing.indicator.register,
        "definition": facts.snapshot(standing.indicator.definition),
        "freshness": _instant(reading.freshness),
        "completeness": _completeness(reading.completeness),
        "year_on_year": _comparison(standing.year_on_year),
        "target": number(standing.target),
        "attainment": _attainment(standing.attainment),
    }


def cuts(indicator: Indicator, period: Period) -> list[dict[str, Any]]:
    """Return the figure cut by each property of its records; the parts make it up."""
    return [
        {
            "code": dimension.code,
            "name": str(dimension.name),
            "parts": [
                {
                    "key": part.key,
                    "label": part.label,
                    "records": part.records,
                    "value": number(part.value),
                    "share": share(part.share),
                    "last_year": number(part.before),
                }
                for part in breakdowns.parts(indicator, dimension, period)
                if not part.is_bare
            ],
        }
        for dimension in breakdowns.dimensions(indicator).values()
    ]


def number(value: Number | None) -> int | str | None:
    """Return a count as it is and a decimal as its digits."""
    if value is None or isinstance(value, int):
        return value
    return f"{value.normalize():f}"


def share(value: Fraction | None) -> dict[str, Any] | None:
    """Return a share as a decimal text and as its exact fraction."""
    if value is None:
        return None
    decimal = Decimal(value.numerator) / Decimal(value.denominator)
    return {
        "share": f"{decimal.quantize(SHARE_PLACES):f}",
        "numerator": value.numerator,
        "denominator": value.denominator,
    }


def lines(standings: Iterable[Standing]) -> Iterator[str]:
    """Yield one line a figure: code, value, unit, growth, attainment, records, name."""
    for standing in standings:
        value = _("无数据") if standing.value is None else figures.number(standing.value)
        change = shown.change(standing.indicator, standing.year_on_year)
        growth = "" if change is None else figures.delta(change)
        reached = standing.attainment.share
        attained = "" if reached is None else figures.percent(reached)
        definition = standing.indicator.definition
        yield "\t".join(
            (
                standing.code,
                value,
                str(definition.unit),
                growth,
                attained,
                str(standing.reading.records),
                str(definition.name),
                str(definition.counts),
            )
        )


def _instant(moment: datetime | None) -> str | None:
    return None if moment is None else localtime(moment).isoformat()


def _completeness(found: Completeness) -> dict[str, Any]:
    return {"known": found.known, "total": found.total, "share": share(found.share)}


def _comparison(found: Comparison | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "last_year": number(found.base),
        "change": number(found.absolute),
        "growth": share(found.share),
        "no_growth_because": found.no_share,
    }


def _attainment(found: Attainment) -> dict[str, Any] | None:
    return None if found.target is None else {"met": found.met, "reached": share(found.share)}
