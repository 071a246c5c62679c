"""Rows of land and of disposals as the frozen records that the core decides on."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, cast

from django.db.models import Prefetch, prefetch_related_objects

from jingkai.apps.land import queries as land
from jingkai.apps.land.models import GrantContract, Parcel, Plant, WorksProgress
from jingkai.core import idle_land, units
from jingkai.core.land import axes, inefficiency, measures
from jingkai.core.land.inefficiency import Fact

from .models import Disposal, InefficiencyStandard, ParcelOutput

Known = dict[Fact, Fraction | Decimal | int | None]
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


def of_disposal(disposal: Disposal, *, on: date) -> measures.Facts:
    """Return what is on record of the disposal's subject, title searched and terms agreed."""
    done = disposal.steps.filter(done_on__lte=on).exclude(document="")
    known = of_subject(
        disposal.parcel,
        disposal.plant,
        on=on,
        terms=(disposal.agreed_from_on, disposal.agreed_until_on),
        is_title_searched=done.filter(step=measures.StepCode.SURVEY).exists(),
    )
    is_told = done.filter(step=measures.StepCode.TELL_MORTGAGEE).exists()
    return replace(known, is_mortgagee_told=is_told)


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
    of_soil = _of_soil(soil, on) if soil else {}
    return measures.Facts(
        is_plant=plant is not None,
        is_frozen=bool(of_soil.pop("is_frozen", False)),
        is_seized=_is_obstacle(axes.Obstacle.SEIZURE, obstacles, is_title_searched),
        is_disputed=_is_obstacle(axes.Obstacle.TITLE, obstacles, is_title_searched),
        from_on=terms[0],
        until_on=terms[1],
        **of_soil,
    )


def _of_soil(soil: Any, on: date) -> dict[str, Any]:
    """Return what is on record of the parcel, and what the law of idle land makes of that."""
    known, determined = land.idle_land(soil, on=on)
    works: Any = land.latest_works(soil, on=on)
    return {
        "is_supplied": _is_supplied(soil, known),
        "is_contracted": known.signed_on is not None,
        "is_mortgaged": known.is_mortgaged,
        "right": axes.Right(soil.right) if soil.right else None,
        "price_wan": soil.price_wan,
        "price_paid_wan": soil.price_paid_wan,
        "has_certificate": True if soil.certificate_number or soil.real_estate_unit_code else None,
        "total_investment_wan": known.total_investment_wan,
        "invested_wan": known.invested_wan,
        "is_frozen": bool(known.is_hoarding),
        "is_developed_as_agreed": _is_developed(known, works),
        "statutory": axes.Statutory(soil.statutory) if soil.statutory else None,
        "is_commenced": _is_commenced(soil, works),
        "is_left_two_years": _is_left_two_years(determined),
        "is_registered_in_monitoring": True if _is_filed(known, on) else None,
        "is_idle_by_plan": _is_idle_by_plan(known, on),
        "are_funds_in_place": known.funds_in_place,
    }


def _is_filed(known: idle_land.Facts, on: date) -> bool:
    """Whether the idle land was filed, by the parcel or by a case on it."""
    return known.registered_on is not None and known.registered_on <= on


def _is_supplied(soil: Parcel, known: idle_land.Facts) -> bool | None:
    """Return whether the land is supplied; a contract on record outweighs what was typed."""
    return True if known.is_supplied is None and soil.right else known.is_supplied


def _is_obstacle(what: axes.Obstacle, obstacles: set[str], is_searched: bool) -> bool | None:  # noqa: FBT001 - as found
    """Return whether it stands in the way; "none" or a title search says that it does not."""
    if what.value in obstacles:
        return True
    is_clear = is_searched or obstacles == {axes.Obstacle.NONE.value}
    return False if is_clear else None


def _is_developed(known: idle_land.Facts, works: WorksProgress | None) -> bool | None:
    if works is None:
        return None
    if works.completed_on or works.in_production_on:
        return True
    if known.required_area_m2 is None or known.developed_area_m2 is None:
        return None
    return known.developed_area_m2 >= known.required_area_m2


def _is_commenced(soil: Parcel | None, works: Any) -> bool | None:
    """Return whether the land was ever built on, by the works or by its stage."""
    if works is not None and works.commenced_on is not None:
        return True
    if soil is None or soil.stage not in _COMMENCED | _NOT_COMMENCED:
        return None
    return soil.stage in _COMMENCED


def _is_left_two_years(found: idle_land.Determination) -> bool | None:
    """Return whether two years count against the holder, delays apart (第十四条第二项)."""
    if found.outcome is idle_land.Outcome.IDLE and found.disposal is not None:
        return found.disposal is idle_land.Disposal.RECOVERY
    is_known = found.outcome in {idle_land.Outcome.NOT_IDLE, idle_land.Outcome.MAY_BE_IDLE}
    return False if is_known else None


def _is_idle_by_plan(known: idle_land.Facts, on: date) -> bool | None:
    accepted = [one for one in known.delays if one.accepted_on and one.accepted_on <= on]
    if any(one.cause is idle_land.Cause.G2 for one in accepted):
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
