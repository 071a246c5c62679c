"""What an officer sees who brings a spatial file: the questions, the warnings, the filters."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.accounts.roles import Role
from jingkai.apps.land.models import Parcel
from jingkai.apps.registers.models import ImportRun, State
from jingkai.core.geometry import systems
from jingkai.core.geometry.files import Format
from tests.apps.registers.spatial.making import SOUTH, WEST, square

pytestmark = pytest.mark.django_db

EASTING, NORTHING = systems.convert([(WEST, SOUTH)], "EPSG:4490", "EPSG:4527")[0].tolist()
POINTS = f"编号,宗地名称,GeoX,GeoY,面积（公顷）\nP-1,示范,{EASTING},{NORTHING},1.5\n".encode()


@pytest.fixture
def officer(client: Client, zone: Zone, hire: Callable[[Zone, Role], User]) -> Client:
    """Return the browser of somebody who may import parcels."""
    client.force_login(hire(zone, Role.LAND))
    return client


def upload(browser: Client, zone: Zone, content: bytes, name: str) -> Any:
    """Bring a file, and go where it leads."""
    url = reverse("parcels-import", args=[zone.code])
    return browser.post(url, {"file": SimpleUploadedFile(name, content)}, follow=True)


def asked(**others: Any) -> dict[str, Any]:
    """Return the form of the mapping as the officer fills it in."""
    headings = ["编号", "宗地名称", "GeoX", "GeoY", "面积（公顷）"]
    columns = ["code", "name", "outline:x", "outline:y", "area_m2"]
    return {"heading": headings, "column": columns, "unit-area_m2": "ha"} | others


def test_the_page_offers_systems_axes_and_units(officer: Client, zone: Zone) -> None:
    page = upload(officer, zone, POINTS, "a.csv").content.decode()

    assert 'value="EPSG:4527"' in page
    assert '<option value="outline:x" selected>' in page
    assert '<option value="ha" selected>' in page
    assert f"{WEST:.6f}, {SOUTH:.6f}" in page


def test_without_a_system_the_page_asks_again_and_keeps_what_was_typed(
    officer: Client, zone: Zone
) -> None:
    upload(officer, zone, POINTS, "a.csv")
    run = ImportRun.everywhere.get()
    url = reverse("parcels-import-mapping", args=[zone.code, run.pk])

    answer = officer.post(url, asked())

    assert answer.status_code == 400
    assert "请选择坐标系" in answer.content.decode()
    assert "还差一步，尚未校验" in answer.content.decode()
    assert ImportRun.everywhere.get().state == State.UNMAPPED


@pytest.mark.parametrize(
    "system", [{"system": "EPSG:4527"}, {"system": "other", "other-system": "4527"}]
)
def test_what_the_officer_says_is_done_and_remembered(
    system: dict[str, str], officer: Client, zone: Zone, inside: Zone
) -> None:
    upload(officer, zone, POINTS, "a.csv")
    run = ImportRun.everywhere.get()
    url = reverse("parcels-import-mapping", args=[zone.code, run.pk])

    officer.post(url, asked(**system))
    officer.post(reverse("parcels-import-run", args=[zone.code, run.pk]))
    again = upload(officer, zone, POINTS.replace(b"P-1", b"P-2"), "b.csv")

    parcel = Parcel.objects.get(code="P-1")
    assert parcel.outline.bounds[:2] == pytest.approx((WEST, SOUTH), abs=2e-8)
    assert parcel.area_m2 == 15_000
    assert again.context["run"].state == State.READY


def test_warnings_are_counted_and_filtered(
    officer: Client, zone: Zone, spatial_file: Callable[..., bytes]
) -> None:
    rows = [
        ({"编号": f"P-{n}", "宗地名称": "示范"}, shape)
        for n, shape in enumerate([square(), square(), square(5)])
    ]
    page = upload(officer, zone, spatial_file(Format.GEOPACKAGE, rows), "a.gpkg")
    url = page.redirect_chain[-1][0]

    told = officer.get(url, {"finding": "same"}).content.decode()

    assert told.count("请核对是否重复登记") == 2
    assert "P-2" not in told
    assert "P-2" in page.content.decode()


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ({"outline__has": "1"}, {"P-1", "P-2"}),
        ({"outline__empty": "1"}, {"P-3"}),
        ({"outline__within": f"{WEST},{SOUTH},{WEST + 0.0015},{SOUTH + 0.001}"}, {"P-1"}),
    ],
)
def test_a_list_is_filtered_by_where_its_rows_lie(
    query: dict[str, str],
    codes: set[str],
    officer: Client,
    zone: Zone,
    parcel: Callable[..., Any],
) -> None:
    parcel("P-1", outline=square())
    parcel("P-2", outline=square(9))
    parcel("P-3")

    page = officer.get(reverse("parcels-list", args=[zone.code]), query).content.decode()

    assert {code for code in ("P-1", "P-2", "P-3") if code in page} == codes


def test_a_window_that_is_none_is_refused_with_a_word(officer: Client, zone: Zone) -> None:
    url = reverse("parcels-list", args=[zone.code])

    answer = officer.get(url, {"outline__within": "117,36"})

    assert answer.status_code == 400
    assert "西,南,东,北" in answer.content.decode()


def test_a_record_shows_a_sketch_of_its_outline(
    officer: Client, zone: Zone, parcel: Callable[..., Any]
) -> None:
    parcel(outline=square())
    url = reverse("parcels-list", args=[zone.code])

    page = officer.get(url, {"columns": "code,outline"}).content.decode()

    assert page.count("<svg") >= 1
    assert "jk-sketch is-area" in page


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"\x00\x00\x27\x0a" + bytes(100), "a.shp", "压缩成一个 zip"),
        (b"AC1032" + bytes(100), "a.dwg", "DXF"),
        (b'{"features": [', "a.json", "损坏"),
        (b"SQLite format 3\x00" + bytes(200), "a.gpkg", "损坏"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(
    content: bytes, name: str, told: str, officer: Client, zone: Zone
) -> None:
    page = upload(officer, zone, content, name).content.decode()

    assert told in page
    assert not ImportRun.everywhere.exists()
