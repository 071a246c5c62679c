"""The map on paper: what stands on the sheet, and that its scale is true."""

import io

import numpy as np
import pypdf
import pytest
import shapely
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from jingkai.apps.atlas.presentation import ground as grounds
from jingkai.apps.atlas.presentation import sheet
from jingkai.apps.atlas.presentation.sheet import FRAME
from jingkai.apps.audit.models import Event
from jingkai.core.geometry import measures
from tests.apps.atlas.conftest import SOUTH, STEP, WEST

WINDOW = f"{WEST},{SOUTH},{WEST + 6 * STEP},{SOUTH + 4 * STEP}"
ASKED = {
    "layer": "parcels",
    "axis": "supply",
    "window": WINDOW,
    "title": "示范宗地图",
    "unit": "示范管委会",
    "labels": "on",
}


@pytest.fixture
def drawn(parcel):
    parcel("P-1", supply="in_use", name="甲地块")
    parcel("P-2", 1, supply="supplied_unused", name="乙地块")
    parcel("P-3", 2, name="丙地块")
    parcel("P-9", 90, supply="below_target", name="图外地块")


def test_the_sheet_carries_all_that_a_map_must(browser, zone, drawn):
    svg = browser.get(reverse("map-sheet-preview", args=[zone.code]), ASKED | {"format": "pdf"})
    text = svg.content.decode()

    for words in ("示范宗地图", "图例", "北", "比例尺 1:", "CGCS2000", "示范管委会", "数据截至"):
        assert words in text
    for words in ("正常利用", "供而未用", "未登记", "甲地块"):
        assert words in text
    assert "图外地块" not in text
    assert "投而未达" not in text  # no class without a record in the window


def test_the_pdf_is_one_page_of_a3_with_its_words(browser, zone, drawn):
    answer = browser.get(_file(zone), ASKED | {"format": "pdf"})

    reader = pypdf.PdfReader(io.BytesIO(answer.content))
    (page,) = reader.pages
    assert [round(float(side) / 72 * 25.4) for side in page.mediabox[2:]] == [420, 297]


def test_the_picture_is_a3_at_two_hundred_dots(browser, zone, drawn):
    answer = browser.get(_file(zone), ASKED | {"format": "png"})

    picture = Image.open(io.BytesIO(answer.content))
    assert picture.width == pytest.approx(420 / 25.4 * 200, abs=2)
    assert picture.height == pytest.approx(297 / 25.4 * 200, abs=2)


def test_a_printed_map_leaves_a_mark_in_the_trail(browser, zone, drawn):
    browser.get(_file(zone), ASKED | {"format": "png"})

    event = Event.objects.order_by("-pk").first()
    assert event.verb == "registers.parcels.exported"
    assert event.details["format"] == "png"


def test_the_sheet_is_filtered_as_the_map_is(browser, zone, drawn):
    asked = ASKED | {"format": "pdf", "supply": "in_use"}

    text = browser.get(reverse("map-sheet-preview", args=[zone.code]), asked).content.decode()

    assert "正常利用" in text
    assert "供而未用" not in text


@pytest.mark.parametrize("window", ["", "1,2,3", "3,2,1,4", "a,b,c,d", "0,0,0,0", "0,0,999,1"])
def test_a_window_that_is_none_leads_back_to_the_map(browser, zone, window):
    page = browser.get(reverse("map-sheet", args=[zone.code]), ASKED | {"window": window})
    file = browser.get(_file(zone), ASKED | {"window": window, "format": "pdf"})

    assert page.status_code == 400
    assert "请在地图上选好范围" in page.content.decode()
    assert file.status_code == 404


def test_the_page_shows_the_sheet_before_it_is_made(browser, zone, drawn):
    page = browser.get(reverse("map-sheet", args=[zone.code]), ASKED)

    assert page.status_code == 200
    assert reverse("map-sheet-preview", args=[zone.code]) in page.content.decode()


def test_a_sheet_that_is_asked_for_nothing_shows_all_of_the_land(browser, zone, drawn):
    page = browser.get(reverse("map-sheet", args=[zone.code]))
    preview = browser.get(page.context["preview_url"])

    west, _south, east, _north = page.context["form"].cleaned_data["window"]
    assert page.status_code == preview.status_code == 200
    assert west < WEST
    assert east > WEST + 90 * STEP
    assert "图外地块" not in preview.content.decode()  # names are written where they are asked for


def test_where_no_land_is_drawn_the_sheet_says_so(browser, zone):
    page = browser.get(reverse("map-sheet", args=[zone.code]))

    assert page.status_code == 200
    assert "这个图层还没有图形" in page.content.decode()


@pytest.mark.parametrize(
    ("wide", "high", "lines", "size"),
    [
        (40, 5, ("A1 街区 2 号地",), 2.3),
        (9, 6, ("A1 街区", "2 号地"), 2.3),
        (6.5, 4, ("A1 街区", "2 号地"), 1.7),
        (4, 4, None, None),
        (40, 1, None, None),
    ],
)
def test_a_name_is_written_as_large_as_there_is_room_for(wide, high, lines, size):
    label = sheet.fitted("A1 街区 2 号地", wide, high)

    assert (label and label.lines, label and label.size) == (lines, size)


@given(
    west=st.floats(80, 130),
    south=st.floats(5, 50),
    width=st.floats(0.001, 2),
    height=st.floats(0.001, 2),
)
def test_the_whole_window_stands_in_the_frame(west, south, width, height):
    window = (west, south, west + width, south + height)

    shown = grounds.ground(window, FRAME)

    corners = shapely.box(*window)
    metres = measures.projected(corners, shown.central)
    left, lower, right, upper = shapely.bounds(metres).tolist()
    assert shown.west <= left + 1
    assert right <= shown.east + 1
    assert shown.south <= lower + 1
    assert upper <= shown.north + 1


def test_a_hundred_metres_on_the_ground_are_as_long_as_the_scale_says():
    shown = grounds.ground((114.9, 30.1, 114.94, 30.13), FRAME)
    middle = measures.projected(shapely.Point(114.92, 30.115), shown.central)
    line = shapely.LineString([(middle.x, middle.y), (middle.x + 100, middle.y)])

    placed = shown.on_paper(np.array([measures.unprojected(line, shown.central)]))[0]

    assert placed.length == pytest.approx(100_000 / shown.scale, rel=1e-6)


@given(value=st.floats(1e-3, 1e7))
def test_a_round_number_is_near_and_on_the_side_that_is_asked_for(value):
    assert grounds.rounded(value, up=True) >= value * (1 - 1e-8)
    assert grounds.rounded(value, down=True) <= value * (1 + 1e-8)
    assert 0.6 < grounds.rounded(value) / value < 1.6


def test_of_specks_in_one_place_one_is_drawn():
    specks = shapely.box(*np.array([[10, 10, 10.01, 10.01]] * 5).T)
    large = shapely.box(*np.array([[10, 10, 12, 12]] * 2).T)

    drawn = grounds.visible(np.concatenate([specks, large]))

    assert drawn.tolist() == [True, False, False, False, False, True, True]


def _file(zone):
    return reverse("map-sheet-file", args=[zone.code])
