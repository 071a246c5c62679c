"""People of a zone, one of whom is told something."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest

from jingkai.apps.accounts import scope
from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.accounts.roles import Permission, Role
from jingkai.apps.notices import actions
from jingkai.apps.notices.models import Notice


@pytest.fixture
def inside(zone: Zone) -> Iterator[Zone]:
    with scope.zones(zone.pk):
        yield zone


@pytest.fixture
def officer(zone: Zone, hire: Callable[[Zone, Role], User]) -> User:
    return hire(zone, Role.INVESTMENT)


@pytest.fixture
def colleague(zone: Zone, hire: Callable[[Zone, Role], User]) -> User:
    return hire(zone, Role.LEADER)


@pytest.fixture
def stranger(neighbour: Zone, hire: Callable[[Zone, Role], User]) -> User:
    return hire(neighbour, Role.INVESTMENT)


@pytest.fixture
def tell(zone: Zone, officer: User, clock: datetime) -> Callable[..., list[Notice]]:
    """Return a function that tells the officer something."""

    def told(**values: Any) -> list[Notice]:
        usual = {
            "to": [officer.username],
            "kind": "mention",
            "title": "评论中提到了您：示范线索",
            "text": "",
            "url": f"/z/{zone.code}/leads/",
            "by": "system",
            "at": clock,
            "permission": Permission.READ_INVESTMENT,
        }
        return actions.send(zone=zone, **usual | values)

    return told
