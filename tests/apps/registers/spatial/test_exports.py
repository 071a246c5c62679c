"""Outlines out: what goes out comes in again as it was."""

import io
import zipfile
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.accounts.roles import Role
from jingkai.apps.audit.models import Event
from jingkai.apps.registers import exports, queries
from jingkai.apps.registers.declaration import Register
from jingkai.apps.registers.models import ImportRun
from tests.apps.registers.spatial.making import square

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(parcel: Callable[..., Any]) -> None:
    """Record three parcels, one without an outline."""
    parcel("P-1", outline=square(1), area_m2=Decimal("10012.34"), holder_name="甲公司（示范）")
    parcel("P-2", outline=square(2), location="一路, 二路“口”")
    parcel("P-3")


@pytest.mark.parametrize("ending", ["xlsx", "csv", "gpkg", "geojson", "kml"])
def test_what_goes_out_comes_in_unchanged(
    three: None, ending: str, parcels: Register, checked: Callable[..., ImportRun]
) -> None:
    content = exports.write(parcels, queries.rows_of(parcels), ending)

    run = checked(content, f"a.{ending}")

    assert run.report["outcomes"] == {"unchanged": 3}, run.report["errors"]


def test_a_shapefile_comes_in_unchanged_but_for_what_it_cannot_hold(
    three: None, parcels: Register, checked: Callable[..., ImportRun]
) -> None:
    content = exports.write(parcels, queries.rows_of(parcels), "zip")

    run = checked(content, "a.zip")

    assert run.report["outcomes"] == {"unchanged": 2}, run.report  # the third has no outline


def test_a_shapefile_tells_the_whole_headings_beside_the_cut_ones(
    three: None, parcels: Register
) -> None:
    content = exports.write(parcels, queries.rows_of(parcels), "zip")

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert "宗地名称" in archive.read("fields.csv").decode("utf-8-sig")


@pytest.mark.parametrize(("shape", "ending"), exports.MAPS.items())
def test_the_list_goes_out_filtered_and_leaves_a_mark(
    three: None, shape: str, ending: str, client: Client, zone: Zone, hire: Callable[..., User]
) -> None:
    client.force_login(hire(zone, Role.LAND))
    url = reverse("parcels-export", args=[zone.code])

    answer = client.get(url, {"format": shape, "code__is": "P-2"})

    assert answer.status_code == 200
    assert answer["Content-Type"] == exports.TYPES[ending]
    if ending == "geojson":
        assert [f["properties"]["编号"] for f in answer.json()["features"]] == ["P-2"]
    event = Event.objects.order_by("sequence").last()
    assert event is not None
    assert event.verb == "registers.parcels.exported"
    assert event.details["format"] == shape


def test_a_register_without_outlines_goes_out_as_tables_alone(
    client: Client, zone: Zone, hire: Callable[..., User]
) -> None:
    client.force_login(hire(zone, Role.INVESTMENT))

    options = client.get(reverse("visits-export-options", args=[zone.code]))
    answer = client.get(reverse("visits-export", args=[zone.code]), {"format": "gpkg"})

    assert "GeoPackage" not in options.content.decode()
    assert answer.status_code == 400
