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


@pytest.fixture(scope="module")
def land_officer(browser, address):
    """Return one officer for all stories: each would log in for as long as it takes."""
    context = browser.new_context(
        viewport={"width": 1440, "height": 900}, reduced_motion="reduce", locale="zh-CN"
    )
    visitor = Visitor(context.new_page(), address)
    visitor.log_in("land")
    visitor.open("map/")
    if not visitor.page.evaluate(HAS_LAND):
        for number, square in enumerate(SQUARES, start=1):
            _add_parcel(visitor, f"ZD-E2E-{number}", square)
    yield visitor
    context.close()


@pytest.fixture
def officer(land_officer):
    """Return the officer before the map as it comes."""
    land_officer.troubles.clear()
    land_officer.page.set_viewport_size({"width": 1440, "height": 900})
    land_officer.open("map/")
    land_officer.page.wait_for_selector(READY)
    return land_officer


def test_the_map_is_coloured_and_a_link_shows_what_its_sender_saw(officer):
    page = officer.page
    page.wait_for_function(LAYERS_DRAWN)
    assert officer.barriers() == []

    page.select_option("[data-map-axis]", "statutory")
    expect(page.locator("[data-map-legend] h2")).to_have_text("法定状态")
    page.locator("[data-map-class]").first.click()
    page.locator("[data-map-visible=plants]").uncheck()
    page.reload()
    page.wait_for_selector(READY)

    expect(page.locator("[data-map-axis]")).to_have_value("statutory")
    expect(page.locator("[data-map-class]").first).to_have_attribute("aria-pressed", "false")
    expect(page.locator("[data-map-visible=plants]")).not_to_be_checked()
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 844})
        assert not officer.overflows()
    assert officer.troubles == []


def test_a_rectangle_is_counted_opens_as_a_list_and_is_there_on_the_way_back(officer):
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
    assert officer.barriers() == []
    page.get_by_role("link", name="按清单打开").click()
    assert count > 0
    assert page.locator("table tbody tr").count() == min(count, 50)
    page.get_by_role("link", name="回到地图").click()
    expect(page.locator("[data-map-selection] h2")).to_have_text(f"范围内宗地 {count} 条")
    assert officer.troubles == []


def test_without_a_mouse_the_map_moves_lists_what_is_in_view_and_opens_a_record(officer):
    page = officer.page
    before = page.evaluate("location.hash")

    page.locator("[data-map-canvas] canvas").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("+")
    page.wait_for_function("before => location.hash && location.hash !== before", arg=before)
    page.get_by_role("button", name="列出当前视野").focus()
    page.keyboard.press("Enter")
    code = page.locator("[data-map-selection] tbody a").first.inner_text()
    page.fill("[data-map-search] input", code)
    page.locator("[data-map-found] button").first.click()

    card = page.locator("[data-map-card]")
    expect(card).to_contain_text(code)
    assert officer.barriers() == []
    card.get_by_role("link", name="打开档案").click()
    assert re.search(r"/parcels/\d+/", page.url)
    assert officer.troubles == []


def test_what_the_map_shows_is_printed_and_goes_out_as_a_file(officer):
    page = officer.page

    page.locator(".jk-page-header summary").click()
    file = officer.download(page.get_by_role("link", name="GeoPackage"))
    page.get_by_role("link", name="打印").click()
    expect(page.locator(".jk-atlas-preview")).to_be_visible()
    assert officer.barriers() == []
    made = officer.download(page.get_by_role("button", name="生成文件"))

    assert file.startswith(b"SQLite format 3")
    assert made.startswith(b"%PDF")
    assert officer.troubles == []


def test_guests_see_the_map_once_it_is_shown_on_a_phone_too(officer, browser, address):
    officer.open("map/publication/")
    officer.page.fill("[name=title]", "示范招商地图")
    for box in officer.page.locator("[name^=columns-]").all():
        box.check()
    officer.page.get_by_role("button", name="公开", exact=True).click()
    context = browser.new_context(viewport={"width": 390, "height": 844})
    guest = Visitor(context.new_page(), address)

    guest.open("/atlas/gangcheng/")
    guest.page.wait_for_selector(READY)

    expect(guest.page.get_by_role("heading", name="示范招商地图")).to_be_visible()
    assert not guest.overflows()
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
