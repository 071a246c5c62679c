"""A fictitious zone, and a browser in which one of its people is logged in."""

from datetime import date

from django.test import Client

from jingkai.apps.accounts import actions
from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.accounts.roles import Role
from jingkai.web import clock

BACKEND = "django.contrib.auth.backends.ModelBackend"
BY = "system"
PASSWORD = "a password of the benchmarks"  # noqa: S105
SINCE = date(2020, 1, 1)


def zone(code: str) -> Zone:
    """Return a new zone, marked as a demonstration."""
    return actions.found_zone(
        code=code,
        name=f"测速园区{code}（示范）",
        name_en=f"Benchmark zone {code}",
        is_demonstration=True,
        by=BY,
        at=clock.now(),
    )


def officer(of: Zone, *roles: Role, called: str = "officer") -> User:
    """Return a new person who holds the roles in the zone."""
    user = actions.sign_up(
        username=f"{of.code}-{called}",
        name="李专员（示范）",
        password=PASSWORD,
        is_demonstration=True,
        by=BY,
        at=clock.now(),
    )
    take_on(user, of, *roles)
    return user


def take_on(user: User, to: Zone, *roles: Role) -> None:
    """Let the person act in the zone as the roles."""
    for role in roles:
        actions.give_role(user=user, zone=to, role=role, since=SINCE, by=BY, at=clock.now())


class Browser:
    """Somebody's browser; a page that is not answered with 200 stops the benchmark."""

    def __init__(self, user: User) -> None:
        """Log the person in."""
        self._client = Client(headers={"host": "localhost"})
        self._client.force_login(user, backend=BACKEND)

    def get(self, path: str) -> bytes:
        """Return the page."""
        response = self._client.get(path)
        if response.status_code != 200:
            raise RuntimeError(f"{path}: {response.status_code}")
        return response.content
