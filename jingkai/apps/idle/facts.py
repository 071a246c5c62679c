"""Rows of land and of cases as the facts that the engine decides on: bounded queries a batch."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from jingkai.apps.land.models import Delay, GrantContract, Parcel, WorksProgress
from jingkai.core import idle_land
from jingkai.core.idle_land import Facts
from jingkai.core.land import axes

from .models import CaseStep, IdleCase, Reading
from .models.choices import Option, Step

AT_ONCE = 1_000
ENDS = (Step.DEREGISTRATION, Step.CANCELLATION)
ENDING = (Option.PAID_RECOVERY, Option.SWAP)
_TOLD = (Step.AGREEMENT, Step.REGISTRATION, *ENDS)

_WORKS = {
    axes.Stage.NOT_CLEARED: idle_land.Works.NOT_STARTED,
    axes.Stage.CLEARED: idle_land.Works.NOT_STARTED,
    axes.Stage.NOT_COMMENCED: idle_land.Works.NOT_STARTED,
    axes.Stage.COMMENCED: idle_land.Works.UNDER_WAY,
    axes.Stage.SUSPENDED: idle_land.Works.SUSPENDED,
    axes.Stage.COMPLETED: idle_land.Works.COMPLETED,
    axes.Stage.IN_PRODUCTION: idle_land.Works.COMPLETED,
}
_IS_REAL_ESTATE = {
    "": None,
    axes.Use.COMMERCIAL: None,  # built to be sold or to be used: the use alone does not say
    axes.Use.RESIDENTIAL: True,
}
# What later statements leave out stays on record; a suspension ends with its own statement.
_STATED = (
    "construction_permit_on",
    "developed_area_m2",
    "invested_wan",
    "invested_includes_price",
    "completed_on",
    "in_production_on",
)


@dataclass(slots=True)
class _Rows:
    """What is on record of one parcel, the oldest first."""

    contracts: list[GrantContract] = field(default_factory=list)
    works: list[WorksProgress] = field(default_factory=list)
    delays: list[Delay] = field(default_factory=list)
    steps: list[CaseStep] = field(default_factory=list)
    case: IdleCase | None = None
    reading: Reading | None = None


def of_parcel(parcel: Parcel, *, on: date) -> Facts:
    """Return what is on record of the parcel on the day."""
    return next(of_parcels([parcel], on=on))[1]


def of_parcels(parcels: Iterable[Parcel], *, on: date) -> Iterator[tuple[Parcel, Facts]]:
    """Yield each parcel with what is on record of it; six queries for every thousand."""
    for batch in _batches(parcels):
        rows = _rows([parcel.pk for parcel in batch], on)
        for parcel in batch:
            yield parcel, _facts(parcel, rows[parcel.pk], on)


def digest(facts: Facts, statute: str) -> str:
    """Return what two determinations share exactly when facts and statute are the same."""
    return hashlib.sha256(f"{statute}\n{facts!r}".encode()).hexdigest()


def _batches(parcels: Iterable[Parcel]) -> Iterator[list[Parcel]]:
    batch: list[Parcel] = []
    for parcel in parcels:
        batch.append(parcel)
        if len(batch) == AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


def _rows(pks: Sequence[int], on: date) -> dict[int, _Rows]:
    found: dict[int, _Rows] = defaultdict(_Rows)
    contracts = GrantContract.everywhere.filter(parcel__in=pks).exclude(signed_on__gt=on)
    for contract in contracts.order_by("signed_on", "pk"):
        found[contract.parcel_id].contracts.append(contract)
    works = WorksProgress.everywhere.filter(parcel__in=pks, reported_on__lte=on)
    for statement in works.order_by("reported_on", "pk"):
        found[statement.parcel_id].works.append(statement)
    delays = Delay.everywhere.filter(parcel__in=pks, from_on__lte=on)
    for delay in delays.order_by("from_on", "pk"):
        found[delay.parcel_id].delays.append(delay)
    _add_cases(found, pks, on)
    return found


def _add_cases(found: dict[int, _Rows], pks: Sequence[int], on: date) -> None:
    steps = CaseStep.everywhere.filter(
        case__parcel__in=pks, withdrawn_at=None, done_on__lte=on, step__in=_TOLD
    )
    for step in steps.select_related("case").order_by("done_on", "pk"):
        found[step.case.parcel_id].steps.append(step)
    for case in IdleCase.everywhere.filter(parcel__in=pks, closed_on=None):
        found[case.parcel_id].case = case
    for reading in Reading.everywhere.filter(parcel__in=pks, withdrawn_at=None):
        found[reading.parcel_id].reading = reading


def _facts(parcel: Parcel, rows: _Rows, on: date) -> Facts:
    price: Any = parcel.price_wan
    paid: Any = parcel.price_paid_wan
    return Facts(
        is_supplied=_is_supplied(parcel, rows),
        right_ended_on=_right_ended_on(parcel, rows),
        is_recovered=parcel.statutory == axes.Statutory.RECOVERED,
        agreements=tuple(_agreements(rows)),
        works=_WORKS.get(axes.Stage(parcel.stage)) if parcel.stage else None,
        delays=tuple(_delays(rows)),
        price_wan=price,
        price_paid_wan=paid,
        registered_on=_registered_on(parcel, rows),
        is_mortgaged=_is_mortgaged(parcel, rows),
        is_real_estate=_IS_REAL_ESTATE.get(parcel.use, False),
        is_hoarding=_is_hoarding(rows.case, on),
        term_until_on=parcel.term_until_on,
        override=_override(rows, on),
        **_of_contracts(rows),
        **_of_works(rows),
    )


def _is_supplied(parcel: Parcel, rows: _Rows) -> bool | None:
    if rows.contracts:
        return True
    if parcel.supply == axes.Supply.APPROVED_UNSUPPLIED:
        return False
    return None if parcel.supply in {"", axes.Supply.NOT_APPLICABLE} else True


def _right_ended_on(parcel: Parcel, rows: _Rows) -> date | None:
    """Return when the right was given up or the parcel split or merged away."""
    days = [step.done_on for step in rows.steps if _ends_right(step)]
    days += [
        contract.signed_on
        for contract in rows.contracts
        if contract.option in ENDING and contract.signed_on is not None
    ]
    if parcel.retired_on:
        days.append(parcel.retired_on)
    return min(days, default=None)


def _ends_right(step: CaseStep) -> bool:
    return step.step in ENDS or step.option in ENDING


def _registered_on(parcel: Parcel, rows: _Rows) -> date | None:
    """
    Return when the idle land was filed in the monitoring system, as parcel or case say.

    What was filed before the case was opened, or before works had to start, is the supply of the
    land and not its idleness.
    """
    days = [step.done_on for step in rows.steps if step.step == Step.REGISTRATION]
    starts = [row.agreed_start_on for row in rows.contracts if row.agreed_start_on is not None]
    first = rows.case.opened_on if rows.case is not None else min(starts, default=date.min)
    filed_on = parcel.registered_in_monitoring_on
    if filed_on is not None and filed_on >= first:
        days.append(filed_on)
    return min(days, default=None)


def _is_hoarding(case: IdleCase | None, on: date) -> bool | None:
    """Return True from the day of the authority's finding until the case is closed."""
    found_on = case.hoarding_on if case is not None else None
    return True if found_on is not None and found_on <= on else None


def _is_mortgaged(parcel: Parcel, rows: _Rows) -> bool | None:
    if rows.case is not None and rows.case.is_mortgaged is not None:
        return rows.case.is_mortgaged
    return True if parcel.mortgagee_name else None


def _of_contracts(rows: _Rows) -> dict[str, Any]:
    """Return what was agreed first, and what the latest contract says of size and funds."""
    original = next((row for row in rows.contracts if row.supersedes_id is None), None)
    found: dict[str, Any] = {
        "required_area_m2": None,
        "total_investment_wan": None,
        "funds_in_place": None,
        "agreed_completion_on": None,
    }
    for contract in rows.contracts:
        source = {
            "required_area_m2": contract.required_area_m2,
            "total_investment_wan": contract.total_investment_wan,
            "funds_in_place": contract.funds_in_place,
            "agreed_completion_on": contract.agreed_completion_on,
        }
        found |= {name: value for name, value in source.items() if value is not None}
    if original is not None:
        found["signed_on"] = original.signed_on
        found["agreed_start_on"] = original.agreed_start_on
        found["handed_over_on"] = original.handed_over_on
        found["agrees_start"] = original.agrees_start
    return found


def _agreements(rows: _Rows) -> Iterator[idle_land.Agreement]:
    """Yield the supplementary agreements of the register, and those that only a case knows."""
    registered = {row.code for row in rows.contracts}
    for contract in rows.contracts:
        if contract.supersedes_id is not None:
            yield _of_register(contract)
    for step in rows.steps:
        if step.step == Step.AGREEMENT and step.document_number not in registered:
            yield agreement(step)


def _of_register(contract: GrantContract) -> idle_land.Agreement:
    return idle_land.Agreement(
        signed_on=contract.signed_on,
        option=idle_land.Option(contract.option) if contract.option else None,
        agreed_start_on=contract.agreed_start_on,
        latest_start_on=contract.extended_until_on,
        temporary_from_on=contract.temporary_from_on,
        temporary_until_on=contract.temporary_until_on,
    )


def agreement(step: CaseStep) -> idle_land.Agreement:
    """Return what a step of a case agrees; its days are read as its option means them."""
    option = idle_land.Option(step.option) if step.option else None
    is_temporary = option is idle_land.Option.TEMPORARY_USE
    is_extension = option is idle_land.Option.EXTENSION
    return idle_land.Agreement(
        signed_on=step.done_on,
        option=option,
        agreed_start_on=None if is_temporary else step.from_on,
        latest_start_on=step.until_on if is_extension else None,
        temporary_from_on=step.from_on if is_temporary else None,
        temporary_until_on=step.until_on if is_temporary else None,
    )


# Read together: a share that was measured before the works commenced would contradict the day.
_MILESTONE = ("foundation", "foundation_share", "commenced_on")


def _of_works(rows: _Rows) -> dict[str, Any]:
    """Return what was stated of the works; a later statement replaces only what it says."""
    found: dict[str, Any] = {}
    for statement in rows.works:
        for name in _STATED:
            value = getattr(statement, name)
            if value not in {None, ""}:
                found[name] = value
        milestone = {name: getattr(statement, name) or None for name in _MILESTONE}
        milestone["foundation_share"] = statement.foundation_share
        if any(value is not None for value in milestone.values()):
            found |= milestone
        if statement.suspended_since is not None:
            found["suspended_since"] = statement.suspended_since
            found["resumed_on"] = statement.resumed_on
    if found.get("foundation"):
        found["foundation"] = idle_land.Foundation(found["foundation"])
    return found


def _delays(rows: _Rows) -> Iterator[idle_land.Delay]:
    for delay in rows.delays:
        yield idle_land.Delay(
            cause=idle_land.Cause(delay.cause),
            from_on=delay.from_on,
            until_on=delay.until_on,
            accepted_on=delay.accepted_on,
            refused_on=delay.refused_on,
        )


def _override(rows: _Rows, on: date) -> idle_land.Override | None:
    reading = rows.reading
    if reading is None or reading.on > on:
        return None
    return idle_land.Override(
        on=reading.on,
        by=reading.recorded_by,
        reason=reading.reason,
        counted_from_on=reading.counted_from_on,
        holder_days=reading.holder_days,
    )
