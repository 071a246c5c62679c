"""增存挂钩: the stock of a base date, and what of it was disposed of in the year."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Q, QuerySet

from jingkai.apps.accounts import scope
from jingkai.apps.land.models import GrantContract, LandApproval, Measure, Parcel, Supply
from jingkai.core.indicators import year
from jingkai.core.land.rates import Disposed, Holding, Rate, disposal_rate

from ..models import Disposal, Kind, Status, StockItem, StockTarget
from .boards import IDLE

# An item, its parcel or its approval, its area; its decimals are none to the type checker.
_Row = tuple[int, int | None, int | None, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Linkage:
    """A target with its rate: of how many things, and since when each is disposed of."""

    target: StockTarget
    rate: Rate
    count: int
    gone_on: dict[str, date]

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


def stock_items(target: StockTarget) -> QuerySet[StockItem]:
    """Return what belonged to the target's stock, with its record."""
    return target.items.select_related("parcel", "approval").order_by("pk")


def linkage(target: StockTarget, *, on: date) -> Linkage:
    """Return the target's rate as of the day: a figure, of sealed things as well."""
    with scope.unsealed():
        return _linkage(target, on)


def _linkage(target: StockTarget, on: date) -> Linkage:
    held = StockItem.objects.filter(target=target)
    rows: list[_Row] = list(held.values_list("pk", "parcel", "approval", "area_m2").order_by("pk"))
    period = year(target.year)
    gone = sorted(_disposed(target, rows), key=lambda one: one.on)
    rate = disposal_rate(
        [Holding(key=str(pk), area_m2=area) for pk, _parcel, _approval, area in rows],
        gone,
        start=max(period.start, target.base_on),
        end=min(period.end, on),
    )
    days = {one.key: one.on for one in gone if one.key in rate.counted}
    return Linkage(target=target, rate=rate, count=len(rows), gone_on=days)


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
    for parcel in alone.exclude(pk__in=_contracted(base_on)).order_by("pk"):
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
    unsupplied &= ~Q(pk__in=_contracted(on))
    return list(parcels.exclude(unsupplied | Q(pk__in=later)).order_by("pk"))


def _contracted(on: date) -> QuerySet[Any]:
    """Return the parcels whose contract was signed by the day: a supply, whatever was typed."""
    return _first_contracts().filter(signed_on__lte=on).values("parcel")


def _first_contracts() -> QuerySet[Any]:
    return GrantContract.objects.filter(supersedes__isnull=True, signed_on__isnull=False)


def _disposed(target: StockTarget, rows: list[_Row]) -> Iterator[Disposed]:
    """Yield what was disposed of: by a finished disposal; unsupplied land by its contract."""
    by_parcel = {parcel: str(pk) for pk, parcel, _approval, _area in rows if parcel}
    by_approval = {approval: str(pk) for pk, _parcel, approval, _area in rows if approval}
    held = StockItem.objects.filter(target=target)
    signed: set[int] = set()
    if target.kind == Kind.UNSUPPLIED:
        mine = Q(parcel__in=held.values("parcel")) | Q(
            parcel__approval__in=held.values("approval")
        )
        contracts = _first_contracts().filter(mine, signed_on__gt=target.base_on)
        told = ("parcel", "parcel__approval", "parcel__area_m2", "signed_on")
        for parcel, approval, area, on in contracts.order_by("signed_on", "pk").values_list(*told):
            if parcel not in signed:
                signed.add(parcel)
                key = by_parcel.get(parcel) or by_approval[approval]
                yield Disposed(key=key, area_m2=area, on=on)
    ended = Disposal.objects.filter(
        parcel__in=held.values("parcel"),
        status=Status.FINISHED,
        finished_on__gt=target.base_on,
    ).exclude(measure=Measure.SUPPLY)
    found: Iterable[Any] = ended.order_by("finished_on", "pk").values_list(
        "parcel", "reused_area_m2", "finished_on"
    )
    for parcel, area, on in found:
        if parcel not in signed:
            yield Disposed(key=by_parcel[parcel], area_m2=area, on=on)
