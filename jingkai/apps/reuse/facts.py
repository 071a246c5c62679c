"""Rows of land and of disposals as the frozen records that the core decides on."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, cast

from django.db.models import Prefetch, prefetch_related_objects

from jingkai.apps.land import queries as land
from jingkai.apps.land.models import GrantContract, Parcel, Plant, WorksProgress
from jingkai.apps.land.queries import Terms
from jingkai.core import units
from jingkai.core.land import axes, inefficiency, measures
from jingkai.core.land.inefficiency import Fact

from .models import Disposal, InefficiencyStandard, ParcelOutput

Known = dict[Fact, Fraction | Decimal | int | None]
_IDLE = frozenset(
    {
        axes.Statutory.IDLE_BY_HOLDER.value,
        axes.Statutory.IDLE_BY_GOVERNMENT.value,
        axes.Statutory.FEE_DECIDED.value,
    }
)
_NOT_COMMENCED = frozenset(
    {axes.Stage.NOT_CLEARED.value, axes.Stage.CLEARED.value, axes.Stage.NOT_COMMENCED.value}
)
_COMMENCED = frozenset(
    {
        axes.Stage.COMMENCED.value,
        axes.Stage.SUSPENDED.value,
        axes.Stage.COMPLETED.value,
        axes.Stage.IN_PRODUCTION.value,
    }
)
PLAN_CHANGED = "g2"  # 闲置土地处置办法第八条第一款第二项


def of_disposal(disposal: Disposal, *, on: date) -> measures.Facts:
    """Return what is on record of the disposal's subject, title searched and terms agreed."""
    done = disposal.steps.filter(step=measures.StepCode.SURVEY.value, done_on__lte=on)
    return of_subject(
        disposal.parcel,
        disposal.plant,
        on=on,
        terms=(disposal.agreed_from_on, disposal.agreed_until_on),
        is_title_searched=done.exclude(document="").exists(),
    )


def of_subject(
    parcel: Parcel | None,
    plant: Plant | None,
    *,
    on: date,
    terms: tuple[date | None, date | None] = (None, None),
    is_title_searched: bool = False,
) -> measures.Facts:
    """Return what is on record of a parcel, of a plant, or of a plant on its parcel."""
    soil: Any = parcel or (plant.parcel if plant else None)
    obstacles = {subject.obstacle for subject in (soil, plant) if subject and subject.obstacle}
    agreed = land.terms(soil) if soil else Terms()
    works: Any = land.latest_works(soil, on=on) if soil else None
    return measures.Facts(
        is_plant=plant is not None,
        is_supplied=_is_supplied(soil),
        right=axes.Right(soil.right) if soil and soil.right else None,
        price_wan=soil.price_wan if soil else None,
        price_paid_wan=soil.price_paid_wan if soil else None,
        has_certificate=True if soil and _certificate(soil) else None,
        total_investment_wan=agreed.total_investment_wan,
        invested_wan=works.invested_wan if works else None,
        is_seized=_is_obstacle(axes.Obstacle.SEIZURE, obstacles, is_title_searched),
        is_disputed=_is_obstacle(axes.Obstacle.TITLE, obstacles, is_title_searched),
        is_frozen=_is_frozen(soil),
        is_developed_as_agreed=_is_developed(agreed, works),
        statutory=axes.Statutory(soil.statutory) if soil and soil.statutory else None,
        is_commenced=_is_commenced(soil, works),
        is_left_two_years=_is_left_two_years(soil, agreed, on),
        is_registered_in_monitoring=True if soil and _is_filed(soil, agreed) else None,
        is_idle_by_plan=_is_idle_by_plan(soil, on),
        are_funds_in_place=_funds_in_place(soil),
        from_on=terms[0],
        until_on=terms[1],
    )


def _certificate(soil: Parcel) -> bool:
    return bool(soil.certificate_number or soil.real_estate_unit_code)


def _is_filed(soil: Parcel, agreed: Terms) -> bool:
    """Whether the idle land was filed; what was filed before works had to start is its supply."""
    filed_on = soil.registered_in_monitoring_on
    return filed_on is not None and filed_on >= (agreed.agreed_start_on or date.min)


def _is_supplied(soil: Parcel | None) -> bool | None:
    if soil is None:
        return None
    if soil.supply == axes.Supply.APPROVED_UNSUPPLIED:
        return False
    is_said = bool(soil.supply) and soil.supply != axes.Supply.NOT_APPLICABLE
    return True if is_said or soil.right or soil.contracts.all() else None


def _funds_in_place(soil: Parcel | None) -> bool | None:
    """Return the latest word on the funds in the contract and its supplements."""
    rows = soil.contracts.all() if soil else ()
    said = sorted(
        ((row.signed_on or date.min, row.pk, row.funds_in_place) for row in rows), reverse=True
    )
    return next((word for _on, _pk, word in said if word is not None), None)


def _is_obstacle(what: axes.Obstacle, obstacles: set[str], is_searched: bool) -> bool | None:  # noqa: FBT001 - as found
    """Return whether it stands in the way; "none" or a title search says that it does not."""
    if what.value in obstacles:
        return True
    is_clear = is_searched or obstacles == {axes.Obstacle.NONE.value}
    return False if is_clear else None


def _is_frozen(soil: Parcel | None) -> bool | None:
    """Return False for land that is not idle: a hoarder's idle land is frozen (第二十四条)."""
    if soil is None or not soil.statutory:
        return None
    return None if soil.statutory in _IDLE else False


def _is_developed(agreed: Terms, works: WorksProgress | None) -> bool | None:
    if works is None:
        return None
    if works.completed_on or works.in_production_on:
        return True
    if agreed.required_area_m2 is None or works.developed_area_m2 is None:
        return None
    return bool(works.developed_area_m2 >= agreed.required_area_m2)


def _is_commenced(soil: Parcel | None, works: Any) -> bool | None:
    """Return whether the land was ever built on, by the works or by its stage."""
    if works is not None and works.commenced_on is not None:
        return True
    if soil is None or soil.stage not in _COMMENCED | _NOT_COMMENCED:
        return None
    return soil.stage in _COMMENCED


def _is_left_two_years(soil: Parcel | None, agreed: Terms, on: date) -> bool | None:
    """
    Return whether two years have gone by since the agreed start (第十四条第二项).

    An accepted delay moves the day in a way that only a case's determination tells.
    """
    if soil is None or agreed.agreed_start_on is None:
        return None
    if on < measures.years_after(agreed.agreed_start_on, 2):
        return False
    return None if soil.delays.filter(accepted_on__lte=on).exists() else True


def _is_idle_by_plan(soil: Parcel | None, on: date) -> bool | None:
    if soil is None:
        return None
    accepted = set(soil.delays.filter(accepted_on__lte=on).values_list("cause", flat=True))
    if PLAN_CHANGED in accepted:
        return True
    return False if accepted else None


def standard(found: InefficiencyStandard) -> inefficiency.Standard:
    """Return the standard as the core judges by it."""
    rows: Iterable[Any] = found.criteria.order_by("pk")
    return inefficiency.Standard(
        combination=inefficiency.Combination(found.combination),
        at_least=found.at_least,
        criteria=tuple(
            inefficiency.Criterion(
                fact=Fact(row.fact),
                operator=inefficiency.Operator(row.operator),
                value=row.value,
                basis=row.basis,
            )
            for row in rows
        ),
    )


def parcel_facts(parcels: Iterable[Parcel], *, on: date) -> dict[int, Known]:
    """Return what a standard looks at, by parcel: four queries however many parcels there are."""
    found = list(parcels)
    prefetch_related_objects(
        found,
        Prefetch("contracts", GrantContract.everywhere.all()),
        Prefetch("works", WorksProgress.everywhere.all()),
        Prefetch("plants", Plant.everywhere.all()),
        Prefetch("outputs", ParcelOutput.everywhere.filter(year__lte=on.year)),
    )
    return {parcel.pk: _of_parcel(parcel, on) for parcel in found}


def _of_parcel(parcel: Any, on: date) -> Known:
    works: Any = land.latest_works(parcel, on=on)
    output = max(parcel.outputs.all(), key=lambda row: row.year, default=None)
    spent = works.invested_wan if works else None
    invested = _per(spent, land.terms(parcel).total_investment_wan)
    return {
        **_yield(parcel, output),
        Fact.FLOOR_AREA_RATIO: _per(_floor_area_m2(parcel), parcel.area_m2),
        Fact.INVESTED_PERCENT: None if invested is None else invested * 100,
        Fact.STOPPED_MONTHS: _stopped_months(works, on),
    }


def _floor_area_m2(parcel: Parcel) -> Decimal | None:
    """Return the floor area on the parcel; None where none, or that of one plant, is unknown."""
    areas = [plant.floor_area_m2 for plant in parcel.plants.all()]
    if not areas or None in areas:
        return None
    return sum(cast("list[Decimal]", areas), Decimal(0))


def _yield(parcel: Any, output: Any) -> Known:
    area_mu = None if parcel.area_m2 is None else units.mu_from_m2(parcel.area_m2)
    is_hazardous = output.is_hazardous if output else None
    return {
        Fact.TAX_PER_MU: _per(output.tax_wan if output else None, area_mu),
        Fact.OUTPUT_PER_MU: _per(output.output_wan if output else None, area_mu),
        Fact.HAZARDOUS_USE: None if is_hazardous is None else int(is_hazardous),
    }


def _per(value: Decimal | None, whole: Decimal | Fraction | None) -> Fraction | None:
    if value is None or not whole:
        return None
    return Fraction(value) / Fraction(whole)


def _stopped_months(works: WorksProgress | None, on: date) -> int | None:
    """Return the full months since works stopped, 0 where they go on, None without a statement."""
    if works is None:
        return None
    since = works.suspended_since
    if since is None or since > on or (works.resumed_on and works.resumed_on <= on):
        return 0
    return (on.year - since.year) * 12 + on.month - since.month - (on.day < since.day)
