"""A zone full of records, entered."""

from collections.abc import Iterator
from datetime import date, datetime

import pytest

from jingkai.apps.accounts import scope
from jingkai.apps.accounts.models import Zone
from jingkai.apps.reporting import queries
from jingkai.apps.reporting.queries import kept
from jingkai.core.indicators import Period
from tests.apps.reporting import world


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """Read figures anew: tests write to the tables past the actions, at one and the same time."""
    kept.forget()


@pytest.fixture
def today(clock: datetime) -> date:
    """Return the day on which tests happen."""
    return clock.date()


@pytest.fixture
def year(today: date) -> Period:
    """Return the year that ends today."""
    return queries.to_date(today.year, today)


@pytest.fixture
def inside(zone: Zone) -> Iterator[Zone]:
    """Enter the zone, which is empty."""
    with scope.zones(zone.pk):
        yield zone


@pytest.fixture
def filled(inside: Zone, clock: datetime) -> Zone:
    """Enter the zone, which is full of records of two years."""
    world.fill(inside, size=40, seed=1, at=clock)
    return inside
