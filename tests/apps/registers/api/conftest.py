"""The programs of three people, and a record to ask for."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.accounts.roles import Role
from jingkai.apps.registers import actions
from jingkai.apps.registers.declaration import Register

Browser = Callable[[User], Client]


@pytest.fixture
def program(officer: User, log_in: Browser) -> Client:
    """Return the officer's program."""
    return log_in(officer)


@pytest.fixture
def colleague(zone: Zone, hire: Callable[[Zone, Role], User], log_in: Browser) -> Client:
    """Return the program of somebody who may read the register but not edit it."""
    return log_in(hire(zone, Role.FINANCE))


@pytest.fixture
def stranger(neighbour: Zone, hire: Callable[[Zone, Role], User], log_in: Browser) -> Client:
    """Return the program of an officer of another zone."""
    return log_in(hire(neighbour, Role.INVESTMENT))


@pytest.fixture
def visit(
    visits: Register, inside: Zone, values: Callable[..., dict[str, Any]], clock: datetime
) -> Any:
    """Return one visit on record."""
    return actions.create_record(register=visits, zone=inside, values=values(), by="a", at=clock)
