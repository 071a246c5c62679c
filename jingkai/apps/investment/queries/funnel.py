"""From lead to signing by cohort: what became of the leads that were found in each quarter."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from statistics import median

from django.db.models import Min, OuterRef, QuerySet, Subquery
from django.db.models.expressions import Combinable

from jingkai.apps.investment.models import Lead, Negotiation, Signing

QUARTERS = (1, 2, 3, 4)
MONTHS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Cohort:
    """
    The leads found from ``first`` to ``last`` (both inclusive), and how far they came.

    ``days_to_*`` are medians from the day found, None where no lead came so far.
    """

    first: date
    last: date
    leads: int
    negotiated: int
    signed: int
    days_to_negotiation: Decimal | None
    days_to_signing: Decimal | None

    @property
    def share_negotiated(self) -> Fraction | None:
        """Return the share with a negotiation on record, None without leads."""
        return Fraction(self.negotiated, self.leads) if self.leads else None

    @property
    def share_signed(self) -> Fraction | None:
        """Return the share formally signed, None without leads."""
        return Fraction(self.signed, self.leads) if self.leads else None


def first_negotiated_on(until: date | None = None) -> Combinable:
    """Return the expression on a lead of the day of its first negotiation."""
    return _first(Negotiation.everywhere.all(), "negotiated_on", until)


def formally_signed_on(until: date | None = None) -> Combinable:
    """Return the expression on a lead of the day of its first formal agreement."""
    return _first(Signing.everywhere.filter(kind=Signing.Kind.FORMAL), "signed_on", until)


def funnel(year: int, *, on: date) -> tuple[list[Cohort], Cohort]:
    """Return the year's quarterly cohorts as they stood on the day, and the year's as a whole."""
    start, end = date(year, 1, 1), min(date(year, 12, 31), on)
    rows = list(
        Lead.objects.filter(found_on__range=(start, end))
        .annotate(negotiated_on=first_negotiated_on(on), signed_on=formally_signed_on(on))
        .values_list("found_on", "negotiated_on", "signed_on")
    )
    quarters = [
        _cohort(_quarter_start(year, quarter), _quarter_end(year, quarter), rows)
        for quarter in QUARTERS
    ]
    return quarters, _cohort(start, date(year, 12, 31), rows)


def _first(rows: QuerySet, path: str, until: date | None) -> Combinable:
    found = rows.filter(lead=OuterRef("pk"))
    if until is not None:
        found = found.filter(**{f"{path}__lte": until})
    earliest = found.order_by().values("lead").annotate(earliest=Min(path))
    return Subquery(earliest.values("earliest")[:1])


def _cohort(first: date, last: date, rows: list[tuple[date, date | None, date | None]]) -> Cohort:
    found = [row for row in rows if first <= row[0] <= last]
    talks = [(talked - start).days for start, talked, _signed in found if talked]
    signings = [(signed - start).days for start, _talked, signed in found if signed]
    return Cohort(
        first=first,
        last=last,
        leads=len(found),
        negotiated=len(talks),
        signed=len(signings),
        days_to_negotiation=_median(talks),
        days_to_signing=_median(signings),
    )


def _median(days: list[int]) -> Decimal | None:
    return Decimal(str(median(days))) if days else None


def _quarter_start(year: int, quarter: int) -> date:
    return date(year, MONTHS * (quarter - 1) + 1, 1)


def _quarter_end(year: int, quarter: int) -> date:
    following = (
        date(year + 1, 1, 1) if quarter == MONTHS + 1 else _quarter_start(year, quarter + 1)
    )
    return following - timedelta(days=1)
