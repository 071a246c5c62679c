"""In which system the coordinates are: believed where it is certain, else asked."""

from collections.abc import Callable
from typing import Any

import pytest

from jingkai.apps.land.models import Parcel
from jingkai.apps.registers.imports import Reading
from jingkai.apps.registers.imports.mapping import OWN_SYSTEM, X, Y, guess_axes, number
from jingkai.apps.registers.models import ImportRun, State
from jingkai.core.geometry import systems
from jingkai.core.geometry.files import Format
from tests.apps.registers.spatial.making import SOUTH, WEST, square

pytestmark = pytest.mark.django_db

EASTING, NORTHING = systems.convert([(WEST, SOUTH)], "EPSG:4490", "EPSG:4527")[0].tolist()
COLUMNS = {"编号": "code", "宗地名称": "name", "横坐标": X, "纵坐标": Y}


def table(*rows: tuple[Any, ...], headings: str = "编号,宗地名称,横坐标,纵坐标") -> bytes:
    """Return a CSV of points."""
    return "\n".join([headings, *(",".join(map(str, row)) for row in rows)]).encode()


def lies_at(code: str = "P-1") -> tuple[float, float]:
    """Return where the parcel lies, to a centimetre."""
    west, south, _east, _north = Parcel.objects.get(code=code).outline.bounds
    return round(west, 7), round(south, 7)


def test_a_declared_projection_is_converted_without_a_question(
    spatial_file: Callable[..., bytes], imported: Callable[..., ImportRun]
) -> None:
    rows = [({"编号": "P-1", "宗地名称": "示范"}, square())]

    run = imported(spatial_file(Format.GEOPACKAGE, rows, "EPSG:4527"))

    assert run.reading["system"] == "EPSG:4527"
    parcel = Parcel.objects.get()
    assert parcel.outline_system == "EPSG:4527"
    assert parcel.outline.bounds == pytest.approx(square().bounds, abs=2e-8)


def test_columns_of_coordinates_are_asked_about(checked: Callable[..., ImportRun]) -> None:
    run = checked(table(("P-1", "示范", EASTING, NORTHING)), "a.csv")

    assert run.state == State.UNMAPPED


@pytest.mark.parametrize(
    ("system", "x", "y", "swapped"),
    [
        ("EPSG:4527", EASTING, NORTHING, False),
        ("EPSG:4548", EASTING - 39_000_000, NORTHING, False),
        ("EPSG:4527", NORTHING, EASTING, True),
        ("EPSG:4490", WEST, SOUTH, False),
        ("EPSG:4490", "117°48′00″E", "36°3′0.0″", False),
    ],
)
def test_points_of_two_columns_come_in_as_the_officer_says(
    system: str, x: Any, y: Any, swapped: bool, imported: Callable[..., ImportRun]
) -> None:
    reading = Reading(columns=COLUMNS, system=system, swapped=swapped)

    imported(table(("P-1", "示范", x, y)), name="a.csv", reading=reading)

    assert lies_at() == pytest.approx((WEST, SOUTH), abs=2e-8)


def test_coordinates_of_an_internet_map_are_moved_to_where_they_belong(
    imported: Callable[..., ImportRun],
) -> None:
    x, y = systems.convert([(WEST, SOUTH)], "EPSG:4490", "GCJ-02")[0].tolist()
    reading = Reading(columns=COLUMNS, system="GCJ-02")

    imported(table(("P-1", "示范", x, y)), name="a.csv", reading=reading)

    assert abs(x - WEST) > 0.001  # some hundred metres
    assert lies_at() == pytest.approx((WEST, SOUTH), abs=2e-8)


def test_rows_that_name_their_system_are_each_taken_in_their_own(
    imported: Callable[..., ImportRun],
) -> None:
    headings = "编号,宗地名称,横坐标,纵坐标,坐标系"
    content = table(
        ("P-1", "示范", WEST, SOUTH, "CGCS2000"),
        ("P-2", "示范", EASTING, NORTHING, "EPSG:4527"),
        ("P-3", "示范", WEST, SOUTH, ""),
        ("P-4", "示范", WEST, SOUTH, "ETRS131"),  # no name: as the file
        headings=headings,
    )
    reading = Reading(columns=COLUMNS | {"坐标系": OWN_SYSTEM}, system="EPSG:4490")

    imported(content, name="a.csv", reading=reading)

    assert [lies_at(f"P-{n}") for n in range(1, 5)] == [pytest.approx((WEST, SOUTH), abs=2e-8)] * 4
    assert Parcel.objects.get(code="P-2").outline_system == "EPSG:4527"


def test_a_row_without_sense_in_that_system_is_refused_with_its_reason(
    checked: Callable[..., ImportRun],
) -> None:
    reading = Reading(columns=COLUMNS, system="EPSG:4490")
    content = table(
        ("P-1", "示范", WEST, SOUTH),
        ("P-2", "示范", EASTING, NORTHING),
        ("P-3", "示范", "东", SOUTH),
        ("P-4", "示范", "", ""),
    )

    run = checked(content, "a.csv", reading)

    rows = {row.key: row.errors for row in run.rows.all()}
    assert rows["P-1"] == rows["P-4"] == []
    assert "没有这个位置" in rows["P-2"][0]["rule"]
    assert "不是数字" in rows["P-3"][0]["rule"]


def test_a_file_without_its_projection_is_asked_about_and_remembered(
    spatial_file: Callable[..., bytes], checked: Callable[..., ImportRun]
) -> None:
    content = f'编号,宗地名称,边界\nP-1,示范,"POINT ({EASTING} {NORTHING})"\n'.encode()

    run = checked(content, "a.csv")

    assert run.state == State.UNMAPPED
    assert run.report["look"]["places"]


@pytest.mark.parametrize(
    ("headings", "axes"),
    [
        (["SiteReference", "GeoX", "GeoY"], {"GeoX": X, "GeoY": Y}),
        (["编号", "经度", "纬度"], {"经度": X, "纬度": Y}),
        (["lat", "lon"], {"lon": X, "lat": Y}),
        (["X坐标", "Y坐标"], {"X坐标": X, "Y坐标": Y}),
        (["Easting", "name"], {}),  # half a point is none
    ],
)
def test_headings_of_coordinates_are_known(headings: list[str], axes: dict[str, str]) -> None:
    assert guess_axes(headings) == axes


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("117.8", 117.8),
        (39567890, 39567890.0),
        ("39,567,890.5", 39567890.5),
        ("117°30′", 117.5),
        ("117度30分36秒", 117.51),
        ("", None),
        ("约117", None),
        ("nan", None),
    ],
)
def test_a_coordinate_is_read_as_it_is_written(cell: Any, value: float | None) -> None:
    assert number(cell) == (None if value is None else pytest.approx(value))
