"""How an outline is typed, shown and refused."""

import pytest

from jingkai.apps.registers.kinds import Outline, Refused, Veiled
from jingkai.apps.registers.kinds.outline import MOST_CELL, too_long
from jingkai.core.geometry.shapes import Shape
from tests.apps.registers.spatial.making import square

KIND = Outline()
LINES = "117.8,36.05\n117.801 36.05\n117.801，36.051\n117.8,36.051"


@pytest.mark.parametrize(
    "text",
    [
        square().wkt,
        square().wkb.hex(),
        '{"type":"Polygon","coordinates":[[[117.8,36.05],[117.801,36.05],[117.801,36.051],'
        "[117.8,36.051],[117.8,36.05]]]}",
        LINES,
        LINES.replace("\n", ";"),
        LINES.replace("\n", "\r\n"),
        f"{LINES}\n117.8,36.05",  # closed already
    ],
)
def test_an_area_may_be_typed_in_every_notation(text: str) -> None:
    assert KIND.parse(text) == square()


def test_one_pair_is_a_point_and_two_are_a_line() -> None:
    assert KIND.parse("117.8,36.05") == Shape.of_wkt("POINT (117.8 36.05)")
    assert KIND.parse("117.8,36.05\n117.9,36.05") == Shape.of_wkt(
        "LINESTRING (117.8 36.05, 117.9 36.05)"
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("地块东侧", "WKT"),
        ("39517890,3990000", "经纬度"),
        ("POLYGON ((117 36, 118 36, 118 37))", "闭合"),
        ("POLYGON ((117 36, 118 37, 118 36, 117 37, 117 36))", "自相交"),
        ("CIRCULARSTRING (117 36, 118 37, 119 36)", "圆弧"),
        ("GEOMETRYCOLLECTION (POINT (117 36), LINESTRING (117 36, 118 37))", "混在一起"),
        ("POLYGON EMPTY", "没有点"),
    ],
)
def test_what_is_no_outline_is_refused_with_what_to_do(text: str, told: str) -> None:
    with pytest.raises(Refused, match=told):
        KIND.parse(text)


@pytest.mark.parametrize("raw", [None, "", "   "])
def test_nothing_is_no_outline(raw: str | None) -> None:
    assert KIND.parse(raw) is None
    assert KIND.html(None) == KIND.html(KIND.parse(raw))


def test_what_is_written_is_read_back() -> None:
    assert KIND.parse(KIND.text(square())) == square()
    assert KIND.parse(KIND.cell(square())) == square()
    assert KIND.parse(KIND.json(square())) == square()


def test_an_outline_that_no_cell_holds_says_nothing_when_it_comes_back() -> None:
    points = ",".join(f"{117 + n / 10_000:.4f} {36 + n % 2 / 10}" for n in range(3_000))
    large = Shape.of_wkt(f"LINESTRING ({points})")

    assert len(KIND.text(large)) > MOST_CELL
    assert KIND.cell(large) == too_long()
    with pytest.raises(Veiled):
        KIND.parse(KIND.cell(large))


def test_an_outline_is_shown_as_what_it_is_and_how_large() -> None:
    shown = KIND.html(square())

    assert "面" in KIND.shown(square())
    assert "平方米" in KIND.shown(square())
    assert shown.count("<svg") == 1
    assert "style=" not in shown
