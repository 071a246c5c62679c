"""A small zone's land, made one by one with what a test does not care about."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from itertools import count
from typing import Any

import pytest

from jingkai.apps.accounts import scope
from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.accounts.roles import Role
from jingkai.apps.land.models import (
    Delay,
    GrantContract,
    Hall,
    LandApproval,
    Lease,
    Parcel,
    Plant,
    StandardObligation,
    WorksProgress,
)
from jingkai.apps.registers import actions
from jingkai.apps.registers import queries as registers
from jingkai.apps.registers.models import Record
from jingkai.core.geometry.shapes import Shape

NUMBERS = count(1)


def square(west: float = 117.80, south: float = 36.06, side: float = 0.001) -> Shape:
    """Return a square of about 90 by 111 m."""
    east, north = west + side, south + side
    return Shape.of_wkt(
        f"POLYGON(({west} {south},{east} {south},{east} {north},{west} {north},{west} {south}))"
    )


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

    def approval(self, **values: Any) -> LandApproval:
        usual = {"document_number": f"鲁政土〔2023〕{next(NUMBERS)}号", "area_m2": Decimal(90_000)}
        return self.row(LandApproval, **usual | {"approved_on": date(2023, 5, 1)} | values)

    def parcel(self, **values: Any) -> Parcel:
        usual = {"name": f"示范宗地{next(NUMBERS)}号", "area_m2": Decimal(30_000)}
        return self.row(Parcel, **usual | values)

    def contract(self, parcel: Parcel, **values: Any) -> GrantContract:
        usual = {"signed_on": date(2023, 1, 10), "agreed_start_on": date(2023, 6, 1)}
        return self.row(GrantContract, parcel=parcel, **usual | values)

    def works(self, parcel: Parcel, **values: Any) -> WorksProgress:
        return self.row(
            WorksProgress, parcel=parcel, **{"reported_on": date(2024, 11, 1)} | values
        )

    def delay(self, parcel: Parcel, **values: Any) -> Delay:
        usual = {"cause": "g2", "from_on": date(2024, 1, 1)}
        return self.row(Delay, parcel=parcel, **usual | values)

    def plant(self, **values: Any) -> Plant:
        usual = {"name": f"示范厂房{next(NUMBERS)}号", "floor_area_m2": Decimal(5_000)}
        return self.row(Plant, **usual | values)

    def hall(self, plant: Plant, **values: Any) -> Hall:
        return self.row(Hall, plant=plant, **{"area_m2": Decimal(2_000)} | values)

    def lease(self, plant: Plant, **values: Any) -> Lease:
        usual = {
            "tenant_name": "示范承租企业",
            "from_on": date(2024, 1, 1),
            "until_on": date(2027, 1, 1),
            "safety_agreement_on": date(2023, 12, 20),
        }
        return self.row(Lease, plant=plant, **usual | values)

    def obligation(self, parcel: Parcel, **values: Any) -> StandardObligation:
        usual = {"indicator": "tax_per_mu", "unit": "万元/亩", "promised": Decimal(20)}
        return self.row(StandardObligation, parcel=parcel, **usual | values)


@pytest.fixture
def officer(zone: Zone, hire: Callable[..., Any]) -> User:
    return hire(zone, Role.LAND)


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
def create(zone: Zone, clock: datetime) -> Callable[..., Any]:
    """Return what adds a record as a form, a grid, a file and the API do."""

    def created(kind: str, **values: Any) -> Any:
        register = registers.registers()[kind]
        row = {column.name: None for column in register.typed} | values
        return actions.create_record(register=register, zone=zone, values=row, by="a", at=clock)

    return created


def listed(kind: str, record: Record) -> dict[str, str]:
    """Return the record as its list shows it, by column."""
    register = registers.registers()[kind]
    row = next(registers.values(registers.rows_of(register).filter(pk=record.pk), register.bound))
    return {column.name: column.kind.shown(row[column.name]) for column in register.bound}
