"""What only a browser can tell: accessibility, the content policy at work, the keyboard."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as product
from django.contrib.staticfiles import finders
from playwright.sync_api import expect

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PAGES = ["gallery/", "login/", "lost/", "fault/500/"]
VIEWS = [(1440, "light"), (1440, "dark"), (390, "light"), (390, "dark")]
AXE = """axe.run().then(result => result.violations.flatMap(
    found => found.nodes.map(node => `${found.id}: ${node.html.slice(0, 160)}`)))"""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.urls("tests.web.pages"),
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("populated"),
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is absent"),
]


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield chromium
        chromium.close()


class Visit:
    """A page open in a browser, with all that went wrong on it."""

    def __init__(self, page, address):
        self.page = page
        self.address = address
        self.troubles = []
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("console", self._heard)

    def _heard(self, message):
        if message.type == "error" and "404 (Not Found)" not in message.text:
            self.troubles.append(message.text)

    def open(self, path):
        self.page.goto(f"{self.address}/{path}")
        return self.page


@pytest.fixture
def populated(settings):
    """Give every page a sidebar, as a person in a zone sees it."""
    (engine,) = product.TEMPLATES
    processors = [
        "tests.web.pages.navigation" if name.endswith(".navigation") else name
        for name in engine["OPTIONS"]["context_processors"]
    ]
    options = engine["OPTIONS"] | {"context_processors": processors}
    settings.TEMPLATES = [engine | {"OPTIONS": options}]


@pytest.fixture
def visit(browser, live_server, request) -> Iterator[Visit]:
    width, theme = getattr(request, "param", (1440, "light"))
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme=theme,
        reduced_motion="reduce",
        locale="zh-CN",
    )
    yield Visit(context.new_page(), live_server.url)
    context.close()


@pytest.mark.parametrize("visit", VIEWS, indirect=True, ids=lambda view: f"{view[0]}-{view[1]}")
def test_every_page_is_accessible_fits_and_keeps_the_content_policy(visit):
    axe = finders.find("vendor/axe/axe.min.js")
    if axe is None:
        pytest.skip("vendor/axe/axe.min.js has not been fetched")

    for path in PAGES:
        page = visit.open(path)
        page.evaluate(Path(axe).read_text())

        assert page.evaluate(AXE) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    assert visit.troubles == []


def test_the_charts_are_drawn(visit):
    page = visit.open("gallery/")

    page.wait_for_selector("[data-chart] canvas")

    assert page.locator("[data-chart] canvas").count() == page.locator("[data-chart]").count()
    assert visit.troubles == []


def test_a_chosen_theme_outlives_the_page(visit):
    page = visit.open("gallery/")
    page.locator("header [data-theme-toggle]").click()

    page.reload()

    assert page.locator("html").get_attribute("data-bs-theme") == "dark"


def test_a_question_mark_lists_the_shortcuts(visit):
    page = visit.open("gallery/")

    page.keyboard.press("?")

    expect(page.locator("#shortcuts")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#shortcuts")).to_be_hidden()


def test_a_weighty_step_asks_first_and_no_means_no(visit):
    page = visit.open("gallery/")
    sent = []
    page.on("request", lambda request: sent.append(request.method))

    page.get_by_role("button", name="强制通过").click()
    expect(page.locator("#confirmation")).to_be_visible()
    page.locator("#confirmation button[value=no]").click()

    assert "POST" not in sent


def test_a_weighty_step_is_taken_once_after_yes(visit):
    page = visit.open("gallery/")
    sent = []
    page.on("request", lambda request: sent.append(request.method))

    page.get_by_role("button", name="强制通过").click()
    page.locator("#confirmation button[value=yes]").click()
    page.wait_for_load_state("networkidle")

    assert sent.count("POST") == 1


def test_g_and_a_letter_go_to_a_place(visit):
    page = visit.open("gallery/")

    page.keyboard.press("g")
    page.keyboard.press("d")
    page.wait_for_url("**/lost/")


def test_a_stroke_puts_the_cursor_into_the_search(visit):
    page = visit.open("gallery/")

    page.keyboard.press("/")

    assert page.evaluate("document.activeElement.name") == "q"


def test_selected_rows_are_counted(visit):
    page = visit.open("gallery/")

    page.locator("[data-select-all]").check()

    assert page.locator("[data-selection-count]").inner_text() == "4"
    page.locator("tbody .jk-check input").first.uncheck()
    assert page.locator("[data-selection-count]").inner_text() == "3"


@pytest.mark.parametrize("visit", [(390, "light")], indirect=True, ids=["phone"])
def test_on_a_phone_the_menu_opens_takes_the_focus_and_closes_with_escape(visit):
    page = visit.open("gallery/")
    expect(page.locator("#sidebar")).to_be_hidden()

    page.locator("[aria-controls=sidebar]").click()
    expect(page.locator("#sidebar")).to_be_visible()
    assert page.evaluate("document.activeElement.closest('#sidebar') !== null")

    page.keyboard.press("Escape")
    assert page.locator("[aria-controls=sidebar]").get_attribute("aria-expanded") == "false"
    assert page.evaluate("document.activeElement.getAttribute('aria-controls')") == "sidebar"


def test_a_drawer_opens_by_keyboard_and_gives_the_focus_back(visit):
    page = visit.open("gallery/")
    opener = page.get_by_role("button", name="打开侧栏")

    opener.press("Enter")
    expect(page.locator("#gallery-drawer")).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.locator("#gallery-drawer")).to_be_hidden()
    assert opener.evaluate("element => element === document.activeElement")
