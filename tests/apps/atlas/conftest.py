"""Parcels and plants of two zones on a map, made by the registers' own actions."""

import math
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import mapbox_vector_tile
import pytest
from django.test import Client
from django.urls import reverse

from jingkai.apps.accounts import scope
from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.accounts.roles import Role
from jingkai.apps.registers import actions, queries
from jingkai.core.geometry import Shape

WEST, SOUTH = 114.9, 30.1
STEP = 0.002  # of a degree


def box(column: int, row: int, size: float = 0.9) -> Shape:
    """Return a square of about 190 m by 220 m, so many steps east and north."""
    west, south = WEST + column * STEP, SOUTH + row * STEP
    east, north = west + size * STEP, south + size * STEP
    ring = f"{west} {south}, {east} {south}, {east} {north}, {west} {north}, {west} {south}"
    return Shape.of_wkt(f"POLYGON(({ring}))")


Add = Callable[..., Any]


@pytest.fixture
def add(zone: Zone, clock: datetime) -> Iterator[Add]:
    """Return what adds a record to a register of a zone, the first unless said else."""

    def added(kind: str, *, to: Zone = zone, **values: Any) -> Any:
        register = queries.find(kind)
        assert register is not None
        with scope.zones(to.pk):
            return actions.create_record(
                register=register, zone=to, values=values, by="test", at=clock
            )

    with scope.zones(zone.pk):
        yield added


@pytest.fixture
def parcel(add: Add) -> Add:
    """Return what adds a parcel on the square of that column and row."""

    def added(code: str, column: int = 0, row: int = 0, **values: Any) -> Any:
        usual = {"name": f"{code}号地块", "outline": box(column, row)}
        return add("parcels", code=code, **usual | values)

    return added


@pytest.fixture
def plant(add: Add) -> Add:
    """Return what adds a plant on the square of that column and row."""

    def added(code: str, column: int = 0, row: int = 0, **values: Any) -> Any:
        usual = {"name": f"{code}号厂房", "outline": box(column, row, 0.4)}
        return add("plants", code=code, **usual | values)

    return added


@pytest.fixture
def officer(zone: Zone, hire: Callable[..., User]) -> User:
    """Return somebody who keeps the zone's land, cleared for sensitive records."""
    return hire(zone, Role.LAND)


@pytest.fixture
def browser(officer: User, log_in: Callable[[User], Client]) -> Client:
    """Return a browser in which the officer is logged in."""
    return log_in(officer)


@pytest.fixture
def colleague(zone: Zone, hire: Callable[..., User], log_in: Callable[[User], Client]) -> Client:
    """Return the browser of somebody who may read land, but no sensitive record."""
    return log_in(hire(zone, Role.SAFETY))


@pytest.fixture
def tile_of(zone: Zone) -> Callable[..., list[dict[str, Any]]]:
    """Return what gives the properties of a tile's features, by the server's own address."""

    def features(
        browser: Client, kind: str = "parcels", query: str = "", zoom: int = 14
    ) -> list[dict[str, Any]]:
        place = column_and_row(zoom)
        path = reverse(f"{kind}-map-tile", args=[zone.code, "any", zoom, *place])
        return decoded(browser.get(f"{path}?{query}"), kind)

    return features


def column_and_row(zoom: int) -> tuple[int, int]:
    """Return the tile in which the squares begin."""
    latitude = math.radians(SOUTH + STEP / 2)
    across = (WEST + STEP / 2) / 360 + 0.5
    down = 0.5 - math.asinh(math.tan(latitude)) / (2 * math.pi)
    return int(across * 2**zoom), int(down * 2**zoom)


def decoded(answer: Any, layer: str) -> list[dict[str, Any]]:
    """Return the properties and ids of a tile's features."""
    assert answer.status_code in {200, 204}, answer.status_code
    if answer.status_code == 204:
        return []
    read = mapbox_vector_tile.decode(answer.content)
    return [
        {**feature["properties"], "id": feature.get("id")} for feature in read[layer]["features"]
    ]
