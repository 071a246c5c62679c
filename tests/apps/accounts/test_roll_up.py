"""A city sees its zones rolled up and writes in none of them."""

from binascii import crc32
from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from jingkai.apps.accounts.checks import routes
from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.accounts.roles import Role
from jingkai.apps.registers import actions, queries
from tests.environment import rounds


@pytest.fixture
def mayor(
    zone: Zone,
    neighbour: Zone,
    hire: Callable[[Zone, Role], User],
    log_in: Callable[[User], Client],
) -> Client:
    """Return the browser of a leader of the city that both zones belong to."""
    city = Zone.objects.create(code="city", name="示范市", level=Zone.Level.CITY)
    Zone.objects.exclude(pk=city.pk).update(parent=city)
    return log_in(hire(city, Role.LEADER))


def receive(zone: Zone, code: str, clock: datetime) -> None:
    visits = queries.find("visits")
    assert visits is not None
    values = {
        "code": code,
        "direction": "inbound",
        "visited_on": clock.date(),
        "delegation": f"{zone.code}考察团（示范）",
    }
    actions.create_record(register=visits, zone=zone, values=values, by="a", at=clock)


def test_the_city_counts_what_its_zones_received(
    mayor: Client, zone: Zone, neighbour: Zone, clock: datetime
) -> None:
    receive(zone, "LF-1", clock)
    receive(neighbour, "LF-1", clock)

    figure = mayor.get("/api/z/city/indicators/visits?year=2024").json()
    listed = mayor.get("/z/city/visits/").content.decode()

    assert figure["value"] == 2
    assert "home考察团" in listed
    assert "neighbour考察团" in listed


def test_the_city_is_offered_no_entry_and_can_make_none(mayor: Client) -> None:
    assert "/new/" not in mayor.get("/z/city/").content.decode()
    assert "/z/city/visits/new/" not in mayor.get("/z/city/visits/").content.decode()
    assert mayor.get("/z/city/visits/new/").status_code == 404
    assert mayor.get("/z/city/visits/import/").status_code == 404


def test_every_page_that_needs_no_record_opens_for_the_city(mayor: Client) -> None:
    wrong = []
    for route in routes():
        if crc32(route.path.encode()) % rounds(5, 1):
            continue
        if not route.path.startswith("z/<slug:zone>/") or route.path.count("<") > 1:
            continue
        if route.rule is None or "GET" not in route.rule.methods:
            continue
        path = "/" + route.path.replace("<slug:zone>", "city")
        status = mayor.get(path).status_code
        # What is drawn on the map is asked with the drawing, and says so without one.
        fine = {200, 302, 403, 404} | ({400} if "/map/" in path else set())
        if status not in fine:
            wrong.append((path, status))

    assert wrong == []
