"""A small zone's parcels, plants and disposals, made one by one."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from itertools import count
from typing import Any

import pytest

from jingkai.apps.accounts import scope
from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.accounts.roles import Role
from jingkai.apps.land.models import GrantContract, Lease, Parcel, Plant, WorksProgress
from jingkai.apps.registers.models import Record
from jingkai.apps.reuse import actions, queries
from jingkai.apps.reuse.models import Disposal, DisposalMoney, Proof

NUMBERS = count(1)


class Making:
    """Makes records of one zone."""

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
        usual = {"name": f"示范宗地{next(NUMBERS)}号", "area_m2": Decimal(60000)}
        return self.row(Parcel, **usual | values)

    def transferable(self, **values: Any) -> Parcel:
        """Return a parcel that meets 城市房地产管理法 article 39."""
        usual = {
            "right": "grant",
            "supply": "supplied_unused",
            "price_wan": Decimal(8000),
            "price_paid_wan": Decimal(8000),
            "certificate_number": "鲁（2020）钢城区不动产权第0001号",
            "statutory": "not_idle",
            "obstacle": "none",
        }
        parcel = self.parcel(**usual | values)
        self.row(
            GrantContract,
            parcel=parcel,
            signed_on=date(2020, 1, 10),
            total_investment_wan=Decimal(20000),
            required_area_m2=Decimal(60000),
        )
        self.row(
            WorksProgress,
            parcel=parcel,
            reported_on=date(2024, 6, 1),
            commenced_on=date(2021, 1, 1),
            invested_wan=Decimal(5000),
            developed_area_m2=Decimal(20000),
        )
        return parcel

    def plant(self, **values: Any) -> Plant:
        usual = {
            "name": f"示范厂房{next(NUMBERS)}号",
            "floor_area_m2": Decimal(12000),
            "idle_area_m2": Decimal(5000),
        }
        return self.row(Plant, **usual | values)

    def lease(self, plant: Plant, **values: Any) -> Lease:
        usual = {
            "tenant_name": "示范承租企业",
            "from_on": date(2024, 7, 1),
            "until_on": date(2027, 7, 1),
            "safety_agreement_on": date(2024, 6, 20),
        }
        return self.row(Lease, plant=plant, **usual | values)

    def plan(self, **values: Any) -> Disposal:
        usual = {
            "code": f"CZ-{next(NUMBERS)}",
            "measure": "redevelopment",
            "planned_on": date(2024, 1, 5),
        }
        return actions.plan_disposal(
            zone=self.zone, values=usual | values, by="officer", at=self.at
        )

    def step(
        self, disposal: Disposal, step: str, on: date, document: str = "文〔2024〕1号"
    ) -> Any:
        return actions.record_step(
            disposal=disposal, step=step, done_on=on, document=document, by="officer", at=self.at
        )

    def all_steps(self, disposal: Disposal, on: date = date(2024, 5, 1)) -> None:
        for step in queries.route(disposal).steps:
            self.step(disposal, step.code.value, on)

    def finish(self, disposal: Disposal, on: date = date(2024, 9, 1), **values: Any) -> Disposal:
        usual = {
            "proof": Proof(queries.route(disposal).proofs[0].value),
            "document": "鲁投产〔2024〕3号",
            "reused_area_m2": None,
        }
        return actions.finish_disposal(
            disposal=disposal, on=on, by="officer", at=self.at, **usual | values
        )

    def finished(self, on: date = date(2024, 9, 1), **values: Any) -> Disposal:
        disposal = self.plan(**values)
        self.all_steps(disposal)
        return self.finish(disposal, on)

    def money(self, disposal: Disposal, **values: Any) -> DisposalMoney:
        usual = {
            "state": "actual",
            "category": "rent",
            "payer": "user",
            "payee": "holder",
            "amount_wan": Decimal(30),
            "on": date(2024, 10, 1),
            "source": "示范租赁合同",
        }
        return self.row(DisposalMoney, disposal=disposal, **usual | values)


@pytest.fixture
def officer(zone: Zone, hire: Callable[..., Any]) -> User:
    return hire(zone, Role.LAND)


@pytest.fixture
def leader(zone: Zone, hire: Callable[..., Any]) -> User:
    """Return somebody who approves and does not edit."""
    return hire(zone, Role.LEADER)


@pytest.fixture
def colleague(zone: Zone, hire: Callable[..., Any]) -> User:
    """Return somebody of the zone who may read but not write."""
    return hire(zone, Role.SAFETY)


@pytest.fixture
def stranger(neighbour: Zone, hire: Callable[..., Any]) -> User:
    return hire(neighbour, Role.LAND)


@pytest.fixture
def make(zone: Zone, clock: datetime) -> Iterator[Making]:
    """Return what makes records of the zone, with the zone in scope."""
    with scope.zones(zone.pk):
        yield Making(zone, clock)


@pytest.fixture
def today(settings: Any) -> None:
    """Let the pages be read on the last day of 2024."""
    settings.CLOCK = "2024-12-31"
