"""Every URL x role x own and other zone x method, derived from the resolver."""

import re
from binascii import crc32
from collections.abc import Callable, Iterable, Iterator

import pytest
from django.test import Client

from jingkai.apps.accounts.access import Rule
from jingkai.apps.accounts.checks import Route, routes
from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.accounts.roles import ROLE_PERMISSIONS, Permission, Role
from tests.environment import rounds

SAMPLES = {
    "pk": "999999",
    "note": "999999",
    "attachment": "999999",
    "year": "2024",
    "code": "visits",
    "kind": "visits",
    "suffix": "json",
    "name": "filters",
    "sequence": "999999",
    "version": "any",
    "z": "3",
    "x": "1",
    "y": "1",
}
METHODS = ("GET", "POST")
API_METHODS = (*METHODS, "PATCH", "DELETE")
NEVER_ALLOWED = "PUT"
NEVER_SEEN = "no-such-zone"


def _path(route: Route, zone: str) -> str:
    def sample(match: re.Match[str]) -> str:
        name = match["name"]
        return zone if name == "zone" else SAMPLES[name]

    return "/" + re.sub(r"<(?:\w+:)?(?P<name>\w+)>", sample, route.path)


def _own(route: Route) -> tuple[Route, Rule]:
    assert route.rule is not None, route
    return route, route.rule


def _share(found: Iterable[Route], shares: int, turn: int = 0) -> Iterator[tuple[Route, Rule]]:
    """
    Yield one of so many shares of the addresses; all of them in ``make soak``.

    A digest spreads them, so that a share has other pages of each register. By turns each address
    meets a role or two in the suite.
    """
    shares = rounds(shares, 1)
    for route in found:
        if crc32(route.path.encode()) % shares == turn % shares:
            yield _own(route)


def _zone_routes(shares: int, turn: int = 0) -> Iterator[tuple[Route, Rule]]:
    """Yield a share of the addresses of a zone."""
    return _share((route for route in routes() if "<slug:zone>" in route.path), shares, turn)


def _methods(rule: Rule) -> tuple[str, ...]:
    return API_METHODS if rule.is_api else METHODS


def _answer(client: Client, method: str, path: str) -> int:
    return client.generic(method, path).status_code


@pytest.mark.one_database
@pytest.mark.parametrize("role", list(Role))
def test_a_role_reaches_exactly_what_its_permissions_open(
    role: Role,
    zone: Zone,
    hire: Callable[[Zone, Role], User],
    log_in: Callable[[User], Client],
) -> None:
    client = log_in(hire(zone, role))
    held = ROLE_PERMISSIONS[role]
    wrong = []

    for route, rule in _zone_routes(11, list(Role).index(role)):
        for method in _methods(rule):
            status = _answer(client, method, _path(route, zone.code))
            if not _fits(status, method, rule, held):
                wrong.append((method, route.path, status))

    assert wrong == []


@pytest.mark.one_database
def test_no_page_takes_a_method_it_does_not_declare(
    zone: Zone, hire: Callable[[Zone, Role], User], log_in: Callable[[User], Client]
) -> None:
    client = log_in(hire(zone, Role.LEADER))
    held = ROLE_PERMISSIONS[Role.LEADER]

    wrong = [
        (route.path, status)
        for route, rule in _zone_routes(7)
        if rule.needs(NEVER_ALLOWED) <= held
        and (status := _answer(client, NEVER_ALLOWED, _path(route, zone.code))) != 405
    ]

    assert wrong == []


def _fits(status: int, method: str, rule: Rule, held: frozenset[Permission]) -> bool:
    if not rule.needs(method) <= held:
        return status == 403
    if method not in rule.methods:
        return status == 405
    return status in {200, 204, 302, 400, 404, 409, 422}


def test_another_zones_pages_are_the_same_as_no_zones(
    zone: Zone,
    neighbour: Zone,
    hire: Callable[[Zone, Role], User],
    log_in: Callable[[User], Client],
) -> None:
    client = log_in(hire(zone, Role.LEADER))
    wrong = []

    for route, rule in _zone_routes(11):
        for method in _methods(rule):
            other = client.generic(method, _path(route, neighbour.code))
            none = client.generic(method, _path(route, NEVER_SEEN))
            hidden = other.content.replace(neighbour.code.encode(), NEVER_SEEN.encode())
            if other.status_code != 404 or none.status_code != 404 or hidden != none.content:
                wrong.append((method, route.path, other.status_code, none.status_code))

    assert wrong == []


@pytest.mark.django_db
def test_nobody_sees_anything_without_logging_in() -> None:
    client = Client()

    wrong = [
        (method, route.path, status)
        for route, rule in _share(routes(), 3)
        if rule.signed_in
        for method in _methods(rule)
        if (status := _answer(client, method, _path(route, "home")))
        != (401 if rule.is_api else 302)
    ]

    assert wrong == []
