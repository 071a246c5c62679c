"""A number that no database takes is a page without rows or a refusal, never a failure."""

import random
from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from jingkai.apps.accounts import scope
from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.accounts.roles import Role
from jingkai.apps.registers import queries
from jingkai.apps.registers.api import schemas
from tests.environment import rounds

HUGE = ("9" * 28, str(10**28), f"-{10**28}", str(2**63), "1e400", "9" * 5_000)
PAGING = ("limit", "page", "after", "before", "length", "sort", "columns", "group")
pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def leader(
    zone: Zone, hire: Callable[[Zone, Role], User], log_in: Callable[[User], Client]
) -> Client:
    return log_in(hire(zone, Role.LEADER))


@pytest.mark.parametrize("kind", sorted(queries.registers()))
def test_no_number_in_any_parameter_fails(kind: str, leader: Client, zone: Zone) -> None:
    register = queries.registers()[kind]
    with scope.zones(zone.pk):
        names = sorted({*schemas.names(register), *PAGING})
    chance = random.Random(kind)
    names = chance.sample(names, rounds(8, len(names)))
    numbers = chance.sample(HUGE, rounds(1, len(HUGE)))
    addresses = (f"/z/home/{kind}/", f"/api/z/home/registers/{kind}")
    wrong = []

    for address in addresses:
        for name in names:
            for number in numbers:
                status = leader.get(address, {name: number}).status_code
                if status >= 500:
                    wrong.append((address, name, number[:30], status))

    assert wrong == []


@pytest.mark.parametrize("kind", sorted(queries.registers()))
def test_no_number_of_a_record_fails(kind: str, leader: Client, clock: datetime) -> None:
    for number in (2**63, 10**28):
        for address in (f"/z/home/{kind}/{number}/", f"/api/z/home/registers/{kind}/{number}"):
            assert leader.get(address).status_code == 404, address
