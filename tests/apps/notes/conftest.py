"""A visit of the zone in scope, and people beside it."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest

from jingkai.apps.accounts import scope
from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.accounts.roles import Role
from jingkai.apps.investment.models import Visit


@pytest.fixture
def inside(zone: Zone) -> Iterator[Zone]:
    with scope.zones(zone.pk):
        yield zone


@pytest.fixture
def visit(inside: Zone, clock: datetime) -> Visit:
    return Visit.everywhere.create(
        zone=inside,
        code="LF-1",
        direction="inbound",
        visited_on=clock.date(),
        delegation="考察团（示范）",
        recorded_at=clock,
        recorded_by="system",
        changed_at=clock,
        changed_by="system",
    )


@pytest.fixture
def officer(zone: Zone, hire: Callable[[Zone, Role], User]) -> User:
    return hire(zone, Role.INVESTMENT)


@pytest.fixture
def colleague(zone: Zone, hire: Callable[[Zone, Role], User]) -> User:
    """Return somebody who may read the visit and not change it."""
    return hire(zone, Role.SAFETY)


@pytest.fixture
def liaison(zone: Zone, hire: Callable[[Zone, Role], User]) -> User:
    """Return somebody of the zone who may not read visits."""
    return hire(zone, Role.LIAISON)


@pytest.fixture
def stranger(neighbour: Zone, hire: Callable[[Zone, Role], User]) -> User:
    return hire(neighbour, Role.INVESTMENT)


@pytest.fixture
def at_visit(zone: Zone, visit: Visit) -> Callable[..., str]:
    """Return the address of one of the visit's pages."""

    def address(suffix: str = "", code: str = "") -> str:
        return f"/z/{code or zone.code}/visits/{visit.pk}/{suffix}"

    return address


@pytest.fixture
def say(at_visit: Callable[..., str], log_in: Callable[[User], Any]) -> Callable[..., Any]:
    """Return a function by which a person comments on the visit."""

    def said(person: User, text: str) -> Any:
        return log_in(person).post(at_visit("comments/"), {"text": text})

    return said
