"""Two zones and their people, for every test of the apps."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.test import Client

from jingkai.apps.accounts import actions
from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.accounts.roles import Role

SINCE = date(2020, 1, 1)
PASSWORD = "a long enough secret"

Hire = Callable[[Zone, Role], User]


def _found(code: str, at: datetime) -> Zone:
    return actions.found_zone(
        code=code, name=f"园区{code}", name_en=code, is_demonstration=True, by="system", at=at
    )


@pytest.fixture
def zone(db: None, clock: datetime) -> Zone:
    """Return the zone that the test is about."""
    return _found("home", clock)


@pytest.fixture
def neighbour(db: None, clock: datetime) -> Zone:
    """Return another zone, whose people have no business in the first."""
    return _found("neighbour", clock)


@pytest.fixture
def hire(clock: datetime) -> Hire:
    """Return a function that signs up a person and gives them a role in a zone."""

    def hired(zone: Zone, role: Role) -> User:
        user = actions.sign_up(
            username=f"{zone.code}-{role.value}",
            name=f"{role.value}（示范）",
            password=PASSWORD,
            is_demonstration=True,
            by="system",
            at=clock,
        )
        actions.give_role(user=user, zone=zone, role=role, since=SINCE, by="system", at=clock)
        return user

    return hired


@pytest.fixture
def log_in() -> Callable[[User], Client]:
    """Return a function that gives a browser in which the person is logged in."""

    def logged_in(user: User) -> Client:
        client = Client(raise_request_exception=True)
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return logged_in
