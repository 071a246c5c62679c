"""摸排, 台账, 处置 at a glance: each figure is the count or sum of rows that can be opened."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from jingkai.apps.land.models import Parcel, Plant, Statutory, Supply
from jingkai.core.indicators import Period

from ..models import OPEN, Category, Disposal, DisposalMoney, Party, Status

MOST_SLOW = 10
LAND = Q(plant__isnull=True)  # floors of a plant are no land
UNUSED = (
    Supply.APPROVED_UNSUPPLIED,
    Supply.SUPPLIED_UNUSED,
    Supply.PARTLY_USED,
    Supply.BUILT_NOT_PRODUCING,
    Supply.BELOW_TARGET,
)
IDLE = (Statutory.IDLE_BY_HOLDER, Statutory.IDLE_BY_GOVERNMENT, Statutory.FEE_DECIDED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heap:
    """So many records with so much area; ``area_m2`` None where none is on record."""

    count: int
    area_m2: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The disposals of one measure, by status."""

    measure: str
    by_status: dict[str, Heap]

    @property
    def count(self) -> int:
        """Return how many disposals there are of the measure."""
        return sum(heap.count for heap in self.by_status.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """What the zone has to dispose of, and how far it is."""

    unverified: Heap
    unused: Heap
    idle: Heap
    vacant_plants: Heap
    open: Heap
    reused: Heap
    reused_plants: int
    rent_wan: Decimal | None
    output_wan: Decimal | None
    paid_wan: Decimal | None
    received_wan: Decimal | None
    groups: list[Group]
    slow: list[Disposal]

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been surveyed and nothing begun."""
        return not (self.unused.count or self.vacant_plants.count or self.groups)


def board(period: Period) -> Board:
    """Return the board of the zones in scope, with what was done within the period."""
    done = finished_within(period)
    return Board(
        unverified=_heap(parcels().filter(supply="")),
        unused=_heap(parcels().filter(supply__in=UNUSED)),
        idle=_heap(parcels().filter(statutory__in=IDLE)),
        vacant_plants=_heap(vacant_plants(), "idle_area_m2"),
        open=_heap(Disposal.objects.filter(status__in=OPEN), on=LAND),
        reused=_heap(done.filter(LAND), "reused_area_m2"),
        reused_plants=done.filter(plant__isnull=False).count(),
        rent_wan=_total(money_within(period).filter(category=Category.RENT)),
        output_wan=_total(money_within(period).filter(category=Category.OUTPUT)),
        paid_wan=_total(money_within(period).filter(payer=Party.PUBLIC)),
        received_wan=_total(money_within(period).filter(payee=Party.PUBLIC)),
        groups=_groups(),
        slow=list(slow_ones()[:MOST_SLOW]),
    )


def parcels() -> QuerySet[Parcel]:
    """Return the parcels that have not been split or merged away."""
    return Parcel.objects.filter(retired_on__isnull=True)


def vacant_plants() -> QuerySet[Plant]:
    """Return the plants of which some area is vacant."""
    return Plant.objects.filter(idle_area_m2__gt=0)


def finished_within(period: Period) -> QuerySet[Disposal]:
    """Return the disposals that were finished within the period."""
    return Disposal.objects.filter(
        status=Status.FINISHED, finished_on__range=(period.start, period.end)
    )


def money_within(period: Period) -> QuerySet[DisposalMoney]:
    """Return the actual lines of the period, of disposals that were not withdrawn by its end."""
    return DisposalMoney.objects.filter(
        state=DisposalMoney.State.ACTUAL, on__range=(period.start, period.end)
    ).exclude(disposal__withdrawn_on__lte=period.end)


def slow_ones() -> QuerySet[Disposal]:
    """Return the open disposals: by their planned end, then the longest under way."""
    found = Disposal.objects.filter(status__in=OPEN).select_related("parcel", "plant", "officer")
    return found.order_by(
        F("due_on").asc(nulls_last=True), F("started_on").asc(nulls_last=True), "pk"
    )


def _groups() -> list[Group]:
    found: dict[str, dict[str, Heap]] = {}
    rows = Disposal.objects.values("measure", "status").annotate(
        count=Count("pk"), area=Sum("area_m2", filter=LAND)
    )
    for row in rows.order_by("measure", "status"):
        heap = Heap(count=row["count"], area_m2=row["area"])
        found.setdefault(row["measure"], {})[row["status"]] = heap
    groups = [Group(measure=measure, by_status=heaps) for measure, heaps in found.items()]
    return sorted(groups, key=lambda group: -group.count)


def _heap(rows: QuerySet[Any], column: str = "area_m2", on: Q | None = None) -> Heap:
    summed = Sum(column, filter=on)
    found = rows.order_by().aggregate(count=Count("pk"), area=summed)
    return Heap(count=found["count"], area_m2=found["area"])


def _total(rows: QuerySet[DisposalMoney]) -> Decimal | None:
    total: Decimal | None = rows.aggregate(total=Sum("amount_wan"))["total"]
    return total
