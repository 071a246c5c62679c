"""Plants, how long they are vacant, how old their measurements are, and who rents them."""

from datetime import date, timedelta

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Prefetch,
    Q,
    QuerySet,
    TextChoices,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.utils.translation import gettext_lazy as _

from ..models import Hall, Lease, Occupancy, Plant

STALE_AFTER = timedelta(days=365)  # a product choice: what was measured a year ago is doubtful
ENDING_AHEAD = timedelta(days=90)  # a product choice
VACANT = (Occupancy.VACANT, Occupancy.PARTLY)


class LeaseState(TextChoices):
    """Where a lease stands on a day."""

    UPCOMING = "upcoming", _("未起租")
    RUNNING = "running", _("租赁中")
    ENDING = "ending", _("90 天内到期")
    ENDED = "ended", _("已到期")


def plant(pk: int) -> Plant | None:
    """Return one plant in scope with its halls and leases."""
    return (
        Plant.objects.select_related("zone", "parcel", "officer")
        .prefetch_related(
            Prefetch("halls", Hall.objects.order_by("floor", "code")),
            Prefetch("leases", Lease.objects.select_related("hall").order_by("-from_on", "-pk")),
        )
        .filter(pk=pk)
        .first()
    )


def vacant_plants() -> QuerySet[Plant]:
    """Return the plants that stand empty in whole or in part."""
    return Plant.objects.filter(Q(occupancy__in=VACANT) | Q(idle_area_m2__gt=0))


def days_vacant(plant_idle_since: date | None, *, on: date) -> int | None:
    """Return for how many days a plant stands empty; None where nobody recorded since when."""
    if plant_idle_since is None or plant_idle_since > on:
        return None
    return (on - plant_idle_since).days


def is_stale(*, on: date) -> Combinable:
    """Return the expression whether a measurement is older than a year; None: never measured."""
    return Case(
        When(measured_on__isnull=True, then=Value(None)),
        When(measured_on__lt=on - STALE_AFTER, then=Value(value=True)),
        default=Value(value=False),
        output_field=BooleanField(null=True),
    )


def stale_plants(*, on: date) -> QuerySet[Plant]:
    """Return the vacant plants that nobody has measured for a year."""
    return vacant_plants().filter(
        Q(measured_on__isnull=True) | Q(measured_on__lt=on - STALE_AFTER)
    )


def lease_state(*, on: date) -> Combinable:
    """Return the expression of where a lease stands on the day; its last day is exclusive."""
    return Case(
        When(from_on__gt=on, then=Value(LeaseState.UPCOMING)),
        When(until_on__lte=on, then=Value(LeaseState.ENDED)),
        When(until_on__lte=on + ENDING_AHEAD, then=Value(LeaseState.ENDING)),
        default=Value(LeaseState.RUNNING),
        output_field=CharField(),
    )


def state_of(lease: Lease, *, on: date) -> LeaseState:
    """Return where one lease stands on the day."""
    if lease.from_on > on:
        return LeaseState.UPCOMING
    if lease.until_on <= on:
        return LeaseState.ENDED
    return LeaseState.ENDING if lease.until_on <= on + ENDING_AHEAD else LeaseState.RUNNING


def leases_ending(*, on: date, by: date) -> QuerySet[Lease]:
    """Return the leases in force on the day that end by the other."""
    return Lease.objects.filter(from_on__lte=on, until_on__gt=on, until_on__lte=by)
