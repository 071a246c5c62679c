"""What is wrong with a file's outlines: refused, or warned of, or mended where that is allowed."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from jingkai.apps.land.models import Parcel
from jingkai.apps.registers import workbooks
from jingkai.apps.registers.imports import Reading
from jingkai.apps.registers.imports.findings import differs
from jingkai.apps.registers.imports.problems import problems
from jingkai.apps.registers.models import ImportRun, State
from jingkai.core.geometry.files import Format
from jingkai.core.geometry.shapes import Shape
from tests.apps.registers.spatial.making import SOUTH, WEST, square

pytestmark = pytest.mark.django_db

BOW = Shape.of_wkt(
    f"POLYGON (({WEST} {SOUTH}, {WEST + 0.001} {SOUTH + 0.001}, {WEST + 0.001} {SOUTH},"
    f" {WEST} {SOUTH + 0.001}, {WEST} {SOUTH}))"
)


def found(run: ImportRun) -> list[list[str]]:
    """Return the codes of what each row is warned of."""
    rows = run.rows.order_by("position").values_list("findings", flat=True)
    return [[finding["code"] for finding in told] for told in rows]


@pytest.fixture
def drawn(spatial_file: Callable[..., bytes]) -> Callable[..., bytes]:
    """Return a function that makes a GeoPackage of outlines, numbered P-1 and so on."""

    def made(*shapes: Shape | None, **others: Any) -> bytes:
        rows = [
            ({"编号": f"P-{n}", "宗地名称": "示范"} | others, shape)
            for n, shape in enumerate(shapes, 1)
        ]
        return spatial_file(Format.GEOPACKAGE, rows)

    return made


def test_a_self_crossing_outline_is_refused_with_the_repair_it_may_have(
    drawn: Callable[..., bytes], checked: Callable[..., ImportRun]
) -> None:
    run = checked(drawn(BOW))

    assert run.state == State.REFUSED
    (row,) = run.rows.all()
    (error,) = row.errors
    assert error["fault"] == "self_crossing"
    assert "允许修复" in error["rule"]
    assert error["before"] != error["after"]


def test_an_allowed_repair_is_made_and_told(
    drawn: Callable[..., bytes], imported: Callable[..., ImportRun]
) -> None:
    run = imported(drawn(BOW), reading=Reading(repairs=("self_crossing",)))

    assert found(run)[0][0] == "repaired"
    assert run.report["findings"]["repaired"] == 1
    parcel = Parcel.objects.get()
    assert parcel.outline != BOW
    assert parcel.computed_area_m2 > 0


def test_an_unclosed_ring_is_refused_and_closed_where_that_is_allowed(
    checked: Callable[..., ImportRun],
) -> None:
    text = f"POLYGON (({WEST} {SOUTH}, {WEST + 0.001} {SOUTH}, {WEST} {SOUTH + 0.001}))"
    content = f'编号,宗地名称,图形\nP-1,示范,"{text}"\n'.encode()

    refused = checked(content, "a.csv")
    mended = checked(content, "a.csv", Reading(repairs=("not_closed",)))

    assert refused.rows.get().errors[0]["fault"] == "not_closed"
    assert mended.state == State.READY


@pytest.mark.parametrize(
    ("registered", "computed", "is_told"),
    [
        ("10000", "10500", False),  # exactly a twentieth
        ("10000", "10500.01", True),
        ("10000", "9500", False),
        ("10000", "9499.99", True),
        ("10000", None, False),
        (None, "10000", False),
        ("0", "10000", False),  # nothing to hold it against
    ],
)
def test_areas_differ_from_more_than_a_twentieth_on(
    registered: str | None, computed: str | None, is_told: bool
) -> None:
    areas = [None if text is None else Decimal(text) for text in (computed, registered)]

    assert differs(*areas) == is_told


def test_a_row_is_warned_where_the_outline_has_another_area_than_is_registered(
    drawn: Callable[..., bytes], checked: Callable[..., ImportRun]
) -> None:
    run = checked(drawn(square(), **{"登记面积（平方米）": "20000"}))

    assert run.state == State.READY
    assert found(run) == [["area"]]


def test_an_outline_that_comes_twice_and_one_that_lies_over_another_are_warned_of(
    drawn: Callable[..., bytes], checked: Callable[..., ImportRun]
) -> None:
    run = checked(drawn(square(), square(), square(1), square(1, size=0.0005), square(9)))

    assert run.state == State.READY
    assert found(run) == [["same"], ["same"], ["overlap"], ["overlap"], []]
    assert run.report["findings"] == {"same": 2, "overlap": 2}
    first = run.rows.order_by("position")[0]
    assert "第 3 行" in first.findings[0]["rule"]


def test_neighbours_with_a_common_edge_are_not_warned_of(
    drawn: Callable[..., bytes], checked: Callable[..., ImportRun]
) -> None:
    run = checked(drawn(square(0, size=0.002), square(1, size=0.002)))

    assert found(run) == [[], []]


def test_an_outline_is_held_against_those_on_record_but_not_against_its_own(
    parcel: Callable[..., Any], drawn: Callable[..., bytes], checked: Callable[..., ImportRun]
) -> None:
    parcel("P-1", outline=square())
    parcel("P-9", outline=square(1))

    run = checked(drawn(square(size=0.0009), square(1)))

    assert found(run) == [[], ["same"]]
    assert "P-9" in run.rows.get(key="P-2").findings[0]["rule"]


def test_an_outline_far_from_the_zone_is_warned_of(
    parcel: Callable[..., Any], drawn: Callable[..., bytes], checked: Callable[..., ImportRun]
) -> None:
    for n in range(3):
        parcel(f"Q-{n}", outline=square(n))
    far = Shape.of_wkt(f"POINT ({WEST + 0.1} {SOUTH + 0.1})")

    run = checked(drawn(square(8), far))

    assert found(run) == [[], ["outside"]]


def test_a_check_of_the_same_file_again_says_the_same(
    drawn: Callable[..., bytes], checked: Callable[..., ImportRun], imported: Any
) -> None:
    content = drawn(square(), square(1))
    imported(content)

    again = checked(content, "b.gpkg", Reading(clears=True))  # else it is known by its bytes

    assert again.report["outcomes"] == {"unchanged": 2}


def test_findings_stand_in_the_annotated_copy(
    drawn: Callable[..., bytes], checked: Callable[..., ImportRun]
) -> None:
    content = drawn(square(), square())
    run = checked(content)

    copy = workbooks.annotate(content, "a.gpkg", problems(run))

    sheets = workbooks.read(copy, "a.xlsx")
    listed = [str(cell) for sheet in sheets for _row, cells in sheet.rows for cell in cells]
    assert any("图形相同" in text for text in listed)
