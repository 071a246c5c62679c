"""Parcels of a small zone with what is on record of them, and cases on them."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from itertools import count
from typing import Any

import pytest

from jingkai.apps.accounts import scope
from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.accounts.roles import Permission, Role
from jingkai.apps.idle import actions
from jingkai.apps.idle.models import CaseStep, IdleCase
from jingkai.apps.land.models import Delay, GrantContract, Parcel, WorksProgress
from jingkai.apps.registers.models import Record
from jingkai.core.idle_land.procedure import StepCode

NUMBERS = count(1)
FORCE = frozenset({Permission.APPROVE_LAND})


def refused(error: pytest.ExceptionInfo[actions.StepRefused]) -> set[str]:
    """Return the codes of what the step lacked."""
    return {lack.code for lack in error.value.lacks}


class Making:
    """Makes parcels, contracts, works and delays of one zone, and drives cases on them."""

    def __init__(self, zone: Zone, at: datetime) -> None:
        self.zone = zone
        self.at = at

    def row(self, model: type[Record], **values: Any) -> Any:
        values.setdefault("code", f"{model.__name__}-{next(NUMBERS)}")
        return model.everywhere.create(
            zone=self.zone,
            recorded_at=self.at,
            recorded_by="test",
            changed_at=self.at,
            changed_by="test",
            **values,
        )

    def parcel(self, **values: Any) -> Parcel:
        usual = {
            "name": f"示范地块{next(NUMBERS)}号",
            "location": "示范路 1 号",
            "parcel_code": f"370112001001GB{next(NUMBERS):05d}",
            "area_m2": Decimal(90_000),
            "use": "industrial",
            "right": "grant",
            "supply": "supplied_unused",
            "stage": "not_commenced",
            "holder_name": "示范制造有限公司",
            "price_wan": Decimal(3_000),
        }
        return self.row(Parcel, **usual | values)

    def contract(self, parcel: Parcel, start_on: date | None, **values: Any) -> GrantContract:
        usual = {
            "parcel": parcel,
            "signed_on": date(2022, 1, 10),
            "agreed_start_on": start_on,
            "required_area_m2": Decimal(90_000),
            "total_investment_wan": Decimal(20_000),
        }
        return self.row(GrantContract, **usual | values)

    def idle(self, start_on: date, **values: Any) -> Parcel:
        """Return a parcel that was to be started on the day and never was."""
        parcel = self.parcel(**values)
        self.contract(parcel, start_on)
        return parcel

    def suspended(self, since: date, *, area: int, wan: int, **values: Any) -> Parcel:
        """Return a parcel of 90,000 m² and 20,000 万元 whose works have stood since the day."""
        parcel = self.parcel(stage="suspended", supply="partly_used", **values)
        self.contract(parcel, date(2022, 6, 1))
        self.row(
            WorksProgress,
            parcel=parcel,
            reported_on=since,
            construction_permit_on=date(2022, 5, 1),
            foundation="piles",
            foundation_share=Decimal(1),
            commenced_on=date(2022, 8, 1),
            developed_area_m2=Decimal(area),
            invested_wan=Decimal(wan),
            invested_includes_price=False,
            suspended_since=since,
        )
        return parcel

    def delay(self, parcel: Parcel, cause: str, from_on: date, **values: Any) -> Delay:
        return self.row(Delay, parcel=parcel, cause=cause, from_on=from_on, **values)

    def case(self, parcel: Parcel, opened_on: date = date(2024, 3, 1)) -> IdleCase:
        return actions.open_case(
            parcel=parcel, opened_on=opened_on, ground="巡查", by="maker", at=self.at
        )

    def step(self, case: IdleCase, code: StepCode, done_on: date, **values: Any) -> CaseStep:
        permissions = values.pop("permissions", frozenset())
        force_reason = values.pop("force_reason", "")
        return actions.record_step(
            case=case,
            telling=actions.Telling(step=code, done_on=done_on, **values),
            permissions=permissions,
            force_reason=force_reason,
            by="maker",
            at=self.at,
        )

    def approve(self, step: CaseStep, number: str, **values: Any) -> CaseStep:
        return actions.approve_step(
            step=step, document_number=number, by="checker", at=self.at, **values
        )

    def determined(self, parcel: Parcel) -> IdleCase:
        """Return a case that the authority has determined on 2024-05-06."""
        case = self.case(parcel)
        number = {"document_number": "示自然资调〔2024〕1号"}
        self.step(case, StepCode.INQUIRY, date(2024, 3, 20), served_on=date(2024, 3, 21), **number)
        self.step(case, StepCode.ANSWER, date(2024, 4, 10))
        self.step(case, StepCode.INVESTIGATION, date(2024, 4, 20), note="现场勘测照片 6 张")
        draft = self.step(case, StepCode.DETERMINATION, date(2024, 5, 6))
        self.approve(draft, "示自然资认〔2024〕1号", served_on=date(2024, 5, 7))
        self.step(case, StepCode.PUBLICATION, date(2024, 5, 10))
        self.step(case, StepCode.REGISTRATION, date(2024, 5, 12), document_number="BA2024001")
        self.step(case, StepCode.FINANCE_COPY, date(2024, 5, 12))
        return IdleCase.objects.get(pk=case.pk)


@pytest.fixture
def make(zone: Zone, clock: datetime) -> Iterator[Making]:
    """Return what makes records of the zone, with the zone in scope."""
    with scope.zones(zone.pk):
        yield Making(zone, clock)


@pytest.fixture
def land_officer(zone: Zone, hire: Callable[..., Any]) -> User:
    return hire(zone, Role.LAND)


@pytest.fixture
def planner(zone: Zone, hire: Callable[..., Any]) -> User:
    """Return who may approve and not handle."""
    return hire(zone, Role.PLANNING)


@pytest.fixture
def colleague(zone: Zone, hire: Callable[..., Any]) -> User:
    """Return somebody of the zone who may read but not write."""
    return hire(zone, Role.SAFETY)


@pytest.fixture
def stranger(neighbour: Zone, hire: Callable[..., Any]) -> User:
    return hire(neighbour, Role.LAND)
