"""What the zone's calendar is made of: the notices that ship and those that it entered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.db.models import QuerySet

from jingkai.core.calendar import Calendar, Notice, Standing, shipped

from .. import facts
from ..models import HolidayNotice

DECEMBER = 12
Kept = tuple[tuple[int, datetime | None], ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """A year whose notice is not on record, or entered and not confirmed."""

    year: int
    standing: Standing


def calendar(zone_id: int) -> Calendar:
    """
    Return the zone's calendar: the notices that ship with those that it entered.

    One small query tells whether anything has changed since it was made last.
    """
    kept = tuple(_standing(zone_id).order_by("pk").values_list("pk", "confirmed_at"))
    return _calendar(zone_id, kept)


def missing_notices(zone_id: int, *, on: date) -> tuple[Missing, ...]:
    """Return this year, and from December on the next, where its notice is not settled."""
    found = calendar(zone_id)
    years = [on.year, on.year + 1] if on.month == DECEMBER else [on.year]
    return tuple(
        Missing(year, standing)
        for year in years
        if (standing := found.standing(year)) is not Standing.FINAL
    )


def find(pk: int) -> HolidayNotice | None:
    """Return the notice, None where the zones in scope have no such."""
    return HolidayNotice.objects.select_related("zone").filter(pk=pk).first()


def active(zone_id: int, document_number: str) -> bool:
    """Return whether the notice of that number counts already."""
    ships = any(one.document_number == document_number for one in shipped.notices())
    return ships or _standing(zone_id).filter(document_number=document_number).exists()


def notices_of(zone_id: int, year: int) -> QuerySet[HolidayNotice]:
    """Return what the zone entered for the year, the withdrawn too, newest first."""
    found = HolidayNotice.everywhere.filter(zone_id=zone_id, year=year)
    return found.order_by("-issued_on", "-pk")


def shipped_of(year: int) -> Sequence[Notice]:
    """Return the notices for the year that ship."""
    return [one for one in shipped.notices() if one.year == year]


def _standing(zone_id: int) -> QuerySet[HolidayNotice]:
    return HolidayNotice.everywhere.filter(zone_id=zone_id, withdrawn_at=None)


@lru_cache(maxsize=256)
def _calendar(zone_id: int, kept: Kept) -> Calendar:
    """Return the calendar of these notices; ``kept`` changes whenever they do."""
    if not kept:
        return shipped.calendar()
    rows = HolidayNotice.everywhere.filter(zone_id=zone_id, pk__in=[pk for pk, _at in kept])
    return shipped.calendar().with_notices(map(facts.notice, rows))
