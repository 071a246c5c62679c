"""What the law says of parcels: one with its reasons, all of them from the derived table."""

from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from jingkai.apps.land.models import Parcel
from jingkai.core import idle_land
from jingkai.core.idle_land import Determination, Facts

from .. import facts
from ..models import IdleCase, IdleStatus, Mark
from ..models.choices import Outcome

FOUND = (Outcome.IDLE, Outcome.MAY_BE_IDLE)


def determination(parcel: Parcel, *, on: date) -> Determination:
    """Return what the law says of the parcel on the day, from the records as they are now."""
    return known_and_determined(parcel, on=on)[1]


def known_and_determined(parcel: Parcel, *, on: date) -> tuple[Facts, Determination]:
    """Return what is on record of the parcel on the day, and what the law makes of it."""
    known = facts.of_parcel(parcel, on=on)
    return known, idle_land.determine(known, on=on)


def statuses() -> QuerySet[IdleStatus]:
    """Return what was last determined of every parcel in scope that stands."""
    found = IdleStatus.objects.filter(parcel__retired_on__isnull=True)
    return found.select_related("parcel")


def counts(found: QuerySet[IdleStatus], column: str) -> dict[str, int]:
    """Return how many of the statuses have each value of the column."""
    rows = found.order_by().values_list(column).annotate(n=Count("pk"))
    return dict(rows)


def totals(found: QuerySet[IdleStatus]) -> dict[str, object]:
    """Return parcels, area and fee of what is or may be idle land."""
    idle = Q(outcome__in=FOUND)
    return found.order_by().aggregate(
        parcels=Count("pk", filter=idle),
        area_m2=Sum("parcel__area_m2", filter=idle),
        fee_wan=Sum("fee_wan"),
        disputed=Count("pk", filter=Q(is_disputed=True)),
    )


def mark(zone_id: int) -> Mark | None:
    """Return how far the statuses of the zone follow its trail."""
    return Mark.everywhere.filter(zone=zone_id).first()


def without_case() -> QuerySet[IdleStatus]:
    """Return the statuses of what is or may be idle land and has no open case."""
    open_cases = IdleCase.everywhere.filter(closed_on=None, parcel=OuterRef("parcel"))
    return statuses().filter(~Exists(open_cases), outcome__in=FOUND)
