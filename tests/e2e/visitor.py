"""A person at a browser, with all that went wrong on the pages they opened."""

import re
from binascii import crc32
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

from jingkai.apps.registers import queries
from tests.environment import rounds

ZONE = "/z/gangcheng/"
PATIENCE_MS = 30_000  # a busy machine is no defect of a page
SLOW_GL = "GL Driver Message (OpenGL, Performance"  # of drawing without a graphics card
FIGURE = re.compile(r"[\d,.]+")
# The rows of a list are made alike: the first of them speak for all.
AXE = """axe.run({exclude: [["tbody tr:nth-child(n+6)"]]}).then(result =>
    result.violations.flatMap(found => found.nodes.map(node =>
        `${found.id}: ${node.html.slice(0, 160)}`)))"""


class Visitor:
    """One person's page, logged in, in the demonstration zone."""

    def __init__(self, page, address):
        self.page = page
        self.address = address
        self.troubles = []
        page.set_default_timeout(PATIENCE_MS)
        page.on("pageerror", lambda error: self._note(str(error)))
        page.on("console", self._heard)
        page.on("requestfailed", self._failed)
        page.on("response", self._answered)

    def log_in(self, username):
        self.page.goto(f"{self.address}/login/")
        self.page.fill("[name=username]", username)
        self.page.fill("[name=password]", settings.DEMONSTRATION_PASSWORD)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(f"**{ZONE}")

    def open(self, path):
        """Open a page of the zone, or one by its full path."""
        self.page.goto(self.address + (path if path.startswith("/") else ZONE + path))
        return self.page

    def places(self):
        """Return the paths of the navigation."""
        return self.page.eval_on_selector_all(
            ".jk-nav a", "links => links.map(link => link.getAttribute('href'))"
        )

    def pages(self):
        """
        Return the paths of the navigation, of the registers' lists a quarter.

        These are one page over other registers; in ``make soak`` all of them are looked at.
        """
        kinds = queries.registers()
        lists = [path for path in self.places() if path.removeprefix(ZONE).strip("/") in kinds]
        left = {path for path in lists if crc32(path.encode()) % rounds(4, 1)}
        return [path for path in self.places() if path not in left]

    def figure(self, code):
        """Return the number that the page shows of a figure, where it links to its records."""
        shown = self.page.locator(f".jk-stat-value a[href*='/figures/{code}/']").first
        return int(FIGURE.search(shown.inner_text())[0].replace(",", ""))

    def download(self, opens):
        """Return the bytes of the file that the click downloads."""
        with self.page.expect_download() as started:
            opens.click()
        return Path(started.value.path()).read_bytes()

    def overflows(self):
        return self.page.evaluate("document.documentElement.scrollWidth > innerWidth")

    def barriers(self):
        """Return what axe-core finds wrong with the page."""
        self.page.evaluate(Path(finders.find("vendor/axe/axe.min.js")).read_text())
        return self.page.evaluate(AXE)

    def _note(self, text):
        self.troubles.append(f"{self.page.url}: {text}")

    def _heard(self, message):
        if message.type in {"error", "warning"} and SLOW_GL not in message.text:
            self._note(message.text)

    def _failed(self, request):
        if "ERR_ABORTED" not in (request.failure or ""):  # left before it was answered
            self._note(f"{request.url} {request.failure}")

    def _answered(self, response):
        if response.status >= 400:
            self._note(f"{response.url} {response.status}")
