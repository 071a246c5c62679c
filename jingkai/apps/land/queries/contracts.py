"""The terms in force on a parcel, from its contract and its supplements; the latest works."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from ..models import GrantContract, Parcel, WorksProgress


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What the contract and its supplements say, the latest word on each; None: not on record."""

    signed_on: date | None = None
    agreed_start_on: date | None = None
    agreed_completion_on: date | None = None
    handed_over_on: date | None = None
    total_investment_wan: Decimal | None = None
    required_area_m2: Decimal | None = None
    floor_area_ratio_min: Decimal | None = None
    floor_area_ratio_max: Decimal | None = None


def read_contracts(parcels: Iterable[Parcel]) -> None:
    """Read the contracts of all these parcels at once, and keep them with the parcels."""
    prefetch_related_objects(list(parcels), Prefetch("contracts", GrantContract.everywhere.all()))


def terms(parcel: Parcel) -> Terms:
    """Return the terms in force on the parcel; its contracts are read once and kept with it."""
    read_contracts([parcel])
    rows = sorted(parcel.contracts.all(), key=_age)
    said = {name: _latest(rows, name) for name in Terms.__slots__ if name != "signed_on"}
    first = next((row.signed_on for row in rows if row.supersedes_id is None), None)
    return Terms(signed_on=first, **said)


def latest_works(parcel: Parcel, *, on: date) -> WorksProgress | None:
    """Return what was last stated of the works by the day; of the parcel with its works read."""
    stated = [row for row in parcel.works.all() if row.reported_on <= on]
    return max(stated, key=lambda row: (row.reported_on, row.pk), default=None)


def starting(*, on: date, by: date) -> QuerySet[GrantContract]:
    """Return the contracts whose agreed start lies from the day on to the other, not begun yet."""
    begun = WorksProgress.objects.filter(commenced_on__isnull=False).values("parcel")
    replaced = GrantContract.objects.filter(
        supersedes__isnull=False, agreed_start_on__isnull=False
    ).values("supersedes")
    return (
        GrantContract.objects.filter(
            agreed_start_on__gte=on, agreed_start_on__lte=by, parcel__retired_on__isnull=True
        )
        .exclude(parcel__in=begun)
        .exclude(pk__in=replaced)
    )


def _age(row: GrantContract) -> tuple[date, int]:
    return row.signed_on or date.min, row.pk


def _latest(rows: list[GrantContract], name: str) -> Any:
    said = [value for row in rows if (value := getattr(row, name)) is not None]
    return said[-1] if said else None
