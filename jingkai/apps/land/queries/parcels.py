"""Parcels: one with what belongs to it, those that stand, and what a list derives of them."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import BigIntegerField, ExpressionWrapper, F, Prefetch, Q, QuerySet
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from jingkai.apps.accounts import queries as accounts
from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.registers import spatial
from jingkai.apps.registers.fields import HundredthField, MuField
from jingkai.apps.registers.models import Record

from ..models import (
    Delay,
    GrantContract,
    Hall,
    Lease,
    Parcel,
    Plant,
    StandardObligation,
    WorksProgress,
)

BESIDE = 0.0002  # of a degree, some 20 m: a lane may lie between
MOST_BESIDE = 8


def parcel(pk: int) -> Parcel | None:
    """Return one parcel in scope with its contracts, works, delays, plants and obligations."""
    plants = Plant.objects.prefetch_related(
        Prefetch("halls", Hall.objects.order_by("floor", "code")),
        Prefetch("leases", Lease.objects.select_related("hall").order_by("-from_on", "-pk")),
    )
    return (
        Parcel.objects.select_related("zone", "approval", "officer")
        .prefetch_related(
            Prefetch("contracts", GrantContract.objects.order_by("-signed_on", "-pk")),
            Prefetch(
                "works",
                WorksProgress.objects.select_related("officer").order_by("-reported_on", "-pk"),
            ),
            Prefetch("delays", Delay.objects.order_by("from_on", "pk")),
            Prefetch("plants", plants.order_by("code")),
            Prefetch("obligations", StandardObligation.objects.order_by("due_on", "pk")),
        )
        .filter(pk=pk)
        .first()
    )


def parcels_called(codes: Collection[str], zone: Zone) -> list[Parcel]:
    """Return the zone's parcels of these codes, in scope, with what belongs to them."""
    rows = Parcel.objects.filter(zone=zone, code__in=codes).select_related("zone")
    return list(rows.prefetch_related("contracts", "works", "delays", "plants", "obligations"))


def belongings(found: Parcel) -> list[Record]:
    """Return what of the parcel goes with one of its parts, when it is split."""
    rows: list[Record] = [*found.contracts.all(), *found.works.all(), *found.delays.all()]
    return [*rows, *found.plants.all(), *found.obligations.all()]


def beside(found: Any) -> list[Parcel]:
    """Return the standing parcels that lie beside one, by the windows of their outlines."""
    if found.west is None:
        return []
    near = spatial.within(
        Parcel.objects.filter(zone=found.zone_id, retired_on__isnull=True),
        found.west - BESIDE,
        found.south - BESIDE,
        found.east + BESIDE,
        found.north + BESIDE,
    )
    return list(near.exclude(pk=found.pk).order_by("code")[:MOST_BESIDE])


def standing(on: date) -> QuerySet[Parcel]:
    """Return the parcels that no split or merger had retired by the day."""
    return Parcel.objects.filter(Q(retired_on__isnull=True) | Q(retired_on__gt=on))


def people(zone: Zone, *, on: date) -> QuerySet[User]:
    """Return who may look after a parcel of the zone on the day."""
    return accounts.people_of(zone, on=on)


def area_mu(path: str = "area_m2") -> Combinable:
    """Return the expression of an area in 亩, rounded half up to a ten-thousandth."""
    # Stored: hundredths of m² and ten-thousandths of 亩; 1 亩 = 2000/3 m². PostgreSQL sums whole
    # numbers to a numeric, whose division is none of whole numbers.
    whole = Cast(F(path), BigIntegerField())
    return ExpressionWrapper((whole * 3 + 10) / 20, output_field=MuField())


def area_difference() -> Combinable:
    """Return the expression of how far the outline's area is from the registered, in per cent."""
    difference = (F("computed_area_m2") - F("area_m2")) * 10_000 / F("area_m2")
    return ExpressionWrapper(difference, output_field=HundredthField())
