"""增存挂钩: the stock of a base date, and what of it was disposed of in the year."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Q, QuerySet

from jingkai.apps.land.models import GrantContract, LandApproval, Parcel, Supply
from jingkai.core.indicators import year
from jingkai.core.land.rates import Disposed, Holding, Rate, disposal_rate

from ..models import Disposal, Kind, Status, StockItem, StockTarget
from .boards import IDLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing of the stock, how much of it is gone, and since when."""

    row: Any  # a StockItem; its decimals are none to the type checker
    disposed_m2: Decimal | None
    on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Linkage:
    """A target with its stock and its rate."""

    target: StockTarget
    rate: Rate
    items: list[Item]

    @property
    def target_share(self) -> Fraction | None:
        """Return the share to reach; None where none is set."""
        percent = self.target.target_percent
        return None if percent is None else Fraction(percent) / 100

    @property
    def is_reached(self) -> bool | None:
        """Whether the target is reached; None while the rate or the target is not known."""
        if self.rate.share is None or self.target_share is None:
            return None
        return self.rate.share >= self.target_share


def stock_target(pk: int) -> StockTarget | None:
    """Return one target in scope."""
    return StockTarget.objects.select_related("zone").filter(pk=pk).first()


def stock_targets() -> QuerySet[StockTarget]:
    """Return the targets in scope, the latest year first."""
    return StockTarget.objects.select_related("zone").order_by("-year", "kind", "pk")


def linkage(target: StockTarget, *, on: date) -> Linkage:
    """Return the target's rate as of the day."""
    rows: list[Any] = list(target.items.select_related("parcel", "approval").order_by("pk"))
    period = year(target.year)
    gone = sorted(_disposed(target, rows), key=lambda one: one.on)
    rate = disposal_rate(
        [Holding(key=_key(row), area_m2=row.area_m2) for row in rows],
        gone,
        start=max(period.start, target.base_on),
        end=min(period.end, on),
    )
    days = {one.key: one.on for one in gone if one.key in rate.counted}
    items = [
        Item(row=row, disposed_m2=rate.counted.get(_key(row)), on=days.get(_key(row)))
        for row in rows
    ]
    return Linkage(target=target, rate=rate, items=items)


def stock(kind: str, base_on: date) -> Iterator[tuple[Any, Decimal | None]]:
    """
    Yield what belongs to the stock with its area, as the records show it.

    What is unsupplied follows from the days of contracts; that land is idle is taken as the
    authority's word stands now, which has no day on record.
    """
    if kind == Kind.IDLE:
        for parcel in _parcels().filter(statutory__in=IDLE).order_by("pk"):
            yield parcel, parcel.area_m2
        return
    for approval in LandApproval.objects.filter(approved_on__lte=base_on).order_by("pk"):
        left = _left(approval, base_on)
        if left is None or left > 0:
            yield approval, left
    alone = _parcels().filter(approval__isnull=True, supply=Supply.APPROVED_UNSUPPLIED)
    for parcel in alone.order_by("pk"):
        yield parcel, parcel.area_m2


def _parcels() -> QuerySet[Any]:
    return Parcel.objects.filter(retired_on__isnull=True)


def _left(approval: Any, on: date) -> Decimal | None:
    """Return the approved area less what was supplied by the day; None where one is unknown."""
    areas = [parcel.area_m2 for parcel in _supplied(approval, on)]
    if None in areas:
        return None
    left: Decimal = approval.area_m2 - sum(areas, Decimal(0))
    return left


def _supplied(approval: Any, on: date) -> list[Any]:
    """Return the approval's parcels that were supplied by the day."""
    parcels = approval.parcels.filter(retired_on__isnull=True)
    later = _first_contracts().filter(signed_on__gt=on).values("parcel")
    unsupplied = Q(supply__in=["", Supply.APPROVED_UNSUPPLIED, Supply.NOT_APPLICABLE])
    return list(parcels.exclude(unsupplied | Q(pk__in=later)).order_by("pk"))


def _first_contracts() -> QuerySet[Any]:
    return GrantContract.objects.filter(supersedes__isnull=True, signed_on__isnull=False)


def _disposed(target: StockTarget, rows: list[Any]) -> Iterator[Disposed]:
    """Yield what was disposed of: a finished disposal, or for unsupplied land its contract."""
    by_parcel = {row.parcel_id: _key(row) for row in rows if row.parcel_id}
    by_approval = {row.approval_id: _key(row) for row in rows if row.approval_id}
    signed: set[int] = set()
    if target.kind == Kind.UNSUPPLIED:
        mine = Q(parcel__in=by_parcel) | Q(parcel__approval__in=by_approval)
        contracts = _first_contracts().filter(mine, signed_on__gt=target.base_on)
        for row in contracts.select_related("parcel").order_by("signed_on", "pk"):
            if row.parcel_id in signed:
                continue
            signed.add(row.parcel_id)
            key = by_parcel.get(row.parcel_id) or by_approval[row.parcel.approval_id]
            yield Disposed(key=key, area_m2=row.parcel.area_m2, on=row.signed_on)
    finished = Disposal.objects.filter(
        status=Status.FINISHED, parcel__in=by_parcel, finished_on__gt=target.base_on
    ).exclude(parcel__in=signed)
    ended: QuerySet[Any] = finished.order_by("finished_on", "pk")
    for done in ended:
        key = by_parcel[done.parcel_id]
        yield Disposed(key=key, area_m2=done.reused_area_m2, on=done.finished_on)


def _key(row: StockItem) -> str:
    return str(row.pk)
