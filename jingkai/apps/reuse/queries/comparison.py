"""The measures that suit a parcel or a plant, side by side: possible or not, money, time, who."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from statistics import median
from typing import Any

from django.utils.translation import gettext as _

from jingkai.apps.land.models import Parcel, Plant
from jingkai.core import units
from jingkai.core.land.axes import Measure
from jingkai.core.land.measures import Possibility, Route, assess, routes_for

from .. import facts
from ..models import NOT_MONEY, OPEN, Assumption, Category, Disposal, Party, Status

MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """Money, output or jobs in one year, and who says so; ``is_assumed``: a person expects it."""

    category: Category
    payer: str
    payee: str
    year: int
    amount_wan: Decimal | None
    people: int | None
    source: str
    is_assumed: bool
    pk: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Duration:
    """How many days the measure took here, in the middle of so many finished disposals."""

    days: int
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One measure for the subject, with everything that is known of it."""

    route: Route
    possibility: Possibility
    flows: tuple[Flow, ...]
    lacking: tuple[str, ...]
    usual: Duration | None
    open: Disposal | None
    area_mu: Fraction | None

    @property
    def net_by_year(self) -> list[tuple[int, Decimal]]:
        """Return what the public purse gets less what it pays, by year."""
        return net_by_year(self.flows, Party.PUBLIC)

    def net_wan(self, party: Party) -> Decimal | None:
        """Return what the party gets less what it pays in all years; None: nothing on record."""
        years = net_by_year(self.flows, party)
        return sum((net for _year, net in years), Decimal(0)) if years else None

    @property
    def benefit_per_mu_wan(self) -> Fraction | None:
        """Return the public purse's net of all years by 亩 of the parcel."""
        net = self.net_wan(Party.PUBLIC)
        return None if net is None or not self.area_mu else Fraction(net) / self.area_mu


def comparison(parcel: Parcel | None, plant: Plant | None, *, on: date) -> list[Choice]:
    """Return every measure that suits the subject: the possible first, the impossible last."""
    known = facts.of_subject(parcel, plant, on=on)
    assumed = _assumptions(parcel, plant)
    usual = _durations()
    opened = _open(parcel, plant)
    soil = parcel or (plant.parcel if plant else None)
    area_mu = units.mu_from_m2(soil.area_m2) if soil and soil.area_m2 else None
    found = []
    for route in routes_for(is_plant=plant is not None):
        recorded, lacking = _recorded(route.measure, plant, on.year)
        expected = [flow for measure, flow in assumed if measure == route.measure]
        found.append(
            Choice(
                route=route,
                possibility=assess(route.measure, known),
                flows=tuple(expected) or recorded,
                lacking=() if expected else lacking,
                usual=usual.get(route.measure),
                open=opened.get(route.measure),
                area_mu=area_mu,
            )
        )
    rank = {True: 0, None: 1, False: 2}
    return sorted(found, key=lambda choice: rank[choice.possibility.is_possible])


def net_by_year(flows: Iterable[Flow], party: Party) -> list[tuple[int, Decimal]]:
    """Return what the party gets less what it pays, by year; a year without money is not there."""
    years: dict[int, Decimal] = {}
    for flow in flows:
        if flow.category in NOT_MONEY or flow.amount_wan is None:
            continue
        sign = (flow.payee == party) - (flow.payer == party)
        if sign:
            years[flow.year] = years.get(flow.year, Decimal(0)) + sign * flow.amount_wan
    return sorted(years.items())


def _recorded(measure: Measure, plant: Any, year: int) -> tuple[tuple[Flow, ...], tuple[str, ...]]:
    """Return what the plant's own record says of the money, and which columns it lacks."""
    if plant is None or measure not in {Measure.LEASE, Measure.TRANSFER}:
        return (), ()
    is_sale = measure is Measure.TRANSFER
    names = ("sale_price_wan",) if is_sale else ("rent_yuan_per_m2_month", "idle_area_m2")
    amount = plant.sale_price_wan if is_sale else _rent_a_year(plant)
    lacking = tuple(
        str(Plant._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        for name in names
        if getattr(plant, name) is None
    )
    if amount is None:
        return (), lacking
    category = Category.PURCHASE if is_sale else Category.RENT
    flow = Flow(
        category=category,
        payer=Party.USER,
        payee=Party.HOLDER,
        year=year,
        amount_wan=amount,
        people=None,
        source=_("厂房台账 %(code)s") % {"code": plant.code},
        is_assumed=False,
    )
    return (flow,), ()


def _rent_a_year(plant: Any) -> Decimal | None:
    """Return a full year's rent of the idle area."""
    if plant.rent_yuan_per_m2_month is None or plant.idle_area_m2 is None:
        return None
    yuan = plant.rent_yuan_per_m2_month * plant.idle_area_m2 * MONTHS
    return units.rounded(units.wan_from_yuan(yuan), places=6)


def _assumptions(parcel: Parcel | None, plant: Plant | None) -> list[tuple[str, Flow]]:
    mine = {"plant": plant} if plant else {"parcel": parcel, "plant__isnull": True}
    rows: Iterable[Any] = Assumption.objects.filter(**mine).order_by("year", "pk")
    return [
        (
            row.measure,
            Flow(
                category=Category(row.category),
                payer=row.payer,
                payee=row.payee,
                year=row.year,
                amount_wan=row.amount_wan,
                people=row.people,
                source=row.source,
                is_assumed=True,
                pk=row.pk,
            ),
        )
        for row in rows
    ]


def _durations() -> dict[str, Duration]:
    """Return how long each measure took in the zone, from the disposals it finished."""
    finished = Disposal.objects.filter(status=Status.FINISHED).exclude(started_on=None)
    days: dict[str, list[int]] = {}
    rows: Iterable[Any] = finished.values_list("measure", "started_on", "finished_on")
    for measure, start, end in rows:
        days.setdefault(measure, []).append((end - start).days)
    return {measure: _usual(found) for measure, found in days.items()}


def _usual(days: Sequence[int]) -> Duration:
    return Duration(days=round(median(days)), count=len(days))


def _open(parcel: Parcel | None, plant: Plant | None) -> dict[str, Disposal]:
    mine = {"plant": plant} if plant else {"parcel": parcel, "plant__isnull": True}
    found = Disposal.objects.filter(status__in=OPEN, **mine).order_by("pk")
    return {row.measure: row for row in found}
