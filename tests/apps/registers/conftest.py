"""A register to work on: visits, of the zone in scope."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest

from jingkai.apps.accounts import scope
from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.accounts.roles import Role
from jingkai.apps.registers import queries
from jingkai.apps.registers.declaration import Register


@pytest.fixture
def visits() -> Register:
    """Return the register of visits."""
    found = queries.find("visits")
    assert found is not None
    return found


@pytest.fixture
def inside(zone: Zone) -> Iterator[Zone]:
    """Enter the zone's scope for the test."""
    with scope.zones(zone.pk):
        yield zone


@pytest.fixture
def officer(zone: Zone, hire: Callable[[Zone, Role], User]) -> User:
    """Return somebody who may edit the register."""
    return hire(zone, Role.INVESTMENT)


@pytest.fixture
def values(clock: datetime) -> Callable[..., dict[str, Any]]:
    """Return a function that gives the values of one visit."""

    def made(code: str = "LF-1", **others: Any) -> dict[str, Any]:
        return {
            "code": code,
            "direction": "inbound",
            "visited_on": clock.date(),
            "delegation": "考察团（示范）",
            "people": 3,
        } | others

    return made
