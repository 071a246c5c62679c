"""The map in a browser: coloured, searched, drawn upon, printed; open to guests when shown."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.visitor import Visitor

pytestmark = pytest.mark.browser

SOFTWARE = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"]
READY = "[data-atlas][data-ready]"
HAS_LAND = "() => JSON.parse(document.getElementById('map-config').textContent).extent !== null"
SQUARES = [
    "POLYGON((115 30.2, 115.01 30.2, 115.01 30.21, 115 30.21, 115 30.2))",
    "POLYGON((115.011 30.2, 115.02 30.2, 115.02 30.21, 115.011 30.21, 115.011 30.2))",
]


@pytest.fixture(scope="module")
def browser(address):
    """Return a browser that draws WebGL without a graphics card."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", *SOFTWARE]
        )
        yield chromium
        chromium.close()


@pytest.fixture
def officer(log_in):
    visitor = log_in("land")
    visitor.open("map/")
    if not visitor.page.evaluate(HAS_LAND):
        for number, square in enumerate(SQUARES, start=1):
            _add_parcel(visitor, f"ZD-E2E-{number}", square)
        visitor.open("map/")
    visitor.page.wait_for_selector(READY)
    return visitor


def test_the_map_is_drawn_and_its_console_is_clean(officer):
    page = officer.page

    page.wait_for_function(LAYERS_DRAWN)

    assert officer.barriers() == []
    assert not officer.overflows()
    assert officer.troubles == []


def test_the_legend_follows_the_axis_and_stays_in_the_address(officer):
    page = officer.page

    page.select_option("[data-map-axis]", "statutory")

    expect(page.locator("[data-map-legend] h2")).to_have_text("法定状态")
    assert "axis=statutory" in page.url
    assert officer.troubles == []


def test_a_rectangle_is_counted_and_opens_as_a_list(officer):
    page = officer.page
    stage = page.locator("[data-map-canvas]").bounding_box()
    left, top = stage["x"] + stage["width"] * 0.3, stage["y"] + stage["height"] * 0.3

    page.get_by_role("button", name="矩形框选").click()
    page.mouse.move(left, top)
    page.mouse.down()
    page.mouse.move(left + 200, top + 150, steps=4)
    page.mouse.up()

    heading = page.locator("[data-map-selection] h2")
    expect(heading).to_contain_text("范围内宗地")
    count = int(re.search(r"[\d,]+", heading.inner_text())[0].replace(",", ""))
    page.get_by_role("link", name="按清单打开").click()
    assert count > 0
    assert page.locator("table tbody tr").count() == min(count, 50)
    assert officer.troubles == []


def test_a_search_flies_to_the_record_and_opens_its_card(officer):
    page = officer.page
    code = _first_code(officer)

    page.fill("[data-map-search] input", code)
    page.locator("[data-map-found] button").first.click()

    card = page.locator("[data-map-card]")
    expect(card).to_be_visible()
    expect(card).to_contain_text(code)
    card.get_by_role("link", name="打开档案").click()
    assert re.search(r"/parcels/\d+/", page.url)
    assert officer.troubles == []


def test_the_view_is_listed_with_the_keyboard_alone(officer):
    page = officer.page

    page.get_by_role("button", name="列出当前视野").focus()
    page.keyboard.press("Enter")

    expect(page.locator("[data-map-selection] tbody tr").first).to_be_visible()
    assert officer.barriers() == []


def test_the_sheet_is_printed_from_where_one_looks(officer):
    page = officer.page

    page.get_by_role("link", name="打印").click()
    expect(page.locator(".jk-atlas-preview")).to_be_visible()
    made = officer.download(page.get_by_role("button", name="生成文件"))

    assert made.startswith(b"%PDF")
    assert officer.troubles == []


def test_the_map_works_on_a_phone(log_in):
    visitor = log_in("land", width=390)
    visitor.open("map/")
    visitor.page.wait_for_selector(READY)

    assert not visitor.overflows()
    assert visitor.troubles == []


def test_guests_see_the_map_once_it_is_shown(officer, browser, address):
    officer.open("map/publication/")
    officer.page.fill("[name=title]", "示范招商地图")
    for box in officer.page.locator("[name^=columns-]").all():
        box.check()
    officer.page.get_by_role("button", name="公开", exact=True).click()
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    guest = Visitor(context.new_page(), address)

    guest.open("/atlas/gangcheng/")
    guest.page.wait_for_selector(READY)

    expect(guest.page.get_by_role("heading", name="示范招商地图")).to_be_visible()
    assert guest.barriers() == []
    assert guest.troubles == []
    context.close()


LAYERS_DRAWN = """() => {
    const canvas = document.querySelector("[data-map-canvas] canvas");
    return canvas && canvas.width > 0;
}"""


def _add_parcel(visitor, code, outline):
    page = visitor.open("parcels/new/")
    page.fill("[name=code]", code)
    page.fill("[name=name]", f"{code}号地块（示范）")
    page.fill("[name=outline]", outline)
    page.get_by_role("button", name="保存").click()
    page.wait_for_url(re.compile(r"/parcels/\d+/"))


def _first_code(visitor):
    visitor.page.get_by_role("button", name="列出当前视野").click()
    return visitor.page.locator("[data-map-selection] tbody a").first.inner_text()
