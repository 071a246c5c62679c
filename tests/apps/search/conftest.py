"""The registers of visits and investors in a zone, and what a search finds in them."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from django.http import QueryDict

from jingkai.apps.accounts import scope
from jingkai.apps.accounts.models import Zone
from jingkai.apps.registers import actions, filters, fitting, queries
from jingkai.apps.registers.declaration import Register


@pytest.fixture
def inside(zone: Zone) -> Iterator[Zone]:
    """Enter the zone's scope for the test."""
    with scope.zones(zone.pk):
        yield zone


@pytest.fixture
def visits(inside: Zone) -> Register:
    """Return the register of visits as somebody without further rights sees it."""
    return fitting.fit(queries.registers()["visits"], inside, frozenset())


@pytest.fixture
def investors(inside: Zone) -> Register:
    """Return the register of investors, likewise."""
    return fitting.fit(queries.registers()["investors"], inside, frozenset())


@pytest.fixture
def write(clock: datetime) -> Callable[..., Any]:
    """Return a function that adds a record."""

    def written(register: Register, zone: Zone, **values: Any) -> Any:
        if register.kind == "visits":
            values = {"direction": "inbound", "visited_on": clock.date()} | values
        return actions.create_record(register=register, zone=zone, values=values, by="a", at=clock)

    return written


@pytest.fixture
def found() -> Callable[[Register, str], set[str]]:
    """Return a function that gives the codes of what a list shows for a query."""

    def shown(register: Register, text: str) -> set[str]:
        data = QueryDict(mutable=True)
        data["q"] = text
        rows = filters.read(register, data).apply(queries.rows_of(register))
        return set(rows.values_list("code", flat=True))

    return shown
