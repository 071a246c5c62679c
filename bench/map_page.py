"""
The page of the map in a browser whose cache is empty, until the zone's own land stands on it.

The demonstration zone as it comes, then a zone of 100,000 parcels. WebGL is drawn by the processor
here, which the graphics of an officer's machine do faster.
"""

import os
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from playwright.sync_api import sync_playwright

from bench.material import database, parcels, people
from bench.material.table import Table
from jingkai.apps.accounts.roles import Role

PARCELS = 100_000
MOST_MS = 2_000
ROUNDS = 5
PATIENCE_MS = 60_000
CHROMIUM = "/usr/bin/chromium"
SOFTWARE = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
NOTE_WHEN = """new MutationObserver((_changes, observer) => {
    if (!document.querySelector("[data-atlas][data-ready]")) return;
    observer.disconnect();
    requestAnimationFrame(() => { window.readyAt = performance.now(); });
}).observe(document, { subtree: true, childList: true, attributes: true });"""
DRAWS = """() => {
    const drawing = document.createElement("canvas").getContext("webgl2");
    drawing.clear(drawing.COLOR_BUFFER_BIT);
    drawing.finish();
}"""
FETCHED = "performance.getEntries().reduce((sum, one) => sum + (one.transferSize ?? 0), 0)"


def main() -> None:
    """Measure both zones; of each the first visit after the server's start stands apart."""
    call_command("migrate", verbosity=0)
    call_command("demo", verbosity=0)
    large = people.zone("large")
    officer = people.officer(large, Role.LAND)
    parcels.stored(large, PARCELS)
    database.settle()
    connection.close()
    table = Table(f"Map page, empty browser cache, load {os.getloadavg()[0]:.1f}")
    demo = ("land", settings.DEMONSTRATION_PASSWORD, "gangcheng")
    for name, person in (
        ("demonstration zone", demo),
        (f"{PARCELS:,} parcels", (officer.username, people.PASSWORD, large.code)),
    ):
        _zone(table, name, *person)
    table.show()


def _zone(table: Table, name: str, username: str, password: str, zone: str) -> None:
    with _served() as address, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=SOFTWARE)
        _warm(browser, address)
        visits = [
            _visit(browser, address, username, password, zone) for _round in range(ROUNDS + 1)
        ]
        browser.close()
    (first, size), later = visits[0], [ms for ms, _size in visits[1:]]
    besides = f"{size / 1_024:,.0f} KB fetched"
    table.add(f"{name}, first after the start", first, "ms", target=MOST_MS, besides=besides)
    spread = f"median of {ROUNDS}, {min(later):,.0f} to {max(later):,.0f}"
    table.add(f"{name}, again", statistics.median(later), "ms", target=MOST_MS, besides=spread)


def _warm(browser: Any, address: str) -> None:
    """Let the browser load its fonts and start what draws: an officer's has shown pages before."""
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    page.goto(f"{address}/login/")
    page.evaluate(DRAWS)
    context.close()


def _visit(
    browser: Any, address: str, username: str, password: str, zone: str
) -> tuple[float, int]:
    """Return the milliseconds until the map is ready in a new browser, and the bytes fetched."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    _log_in(context, address, username, password)
    page = context.new_page()
    page.add_init_script(NOTE_WHEN)
    page.goto(f"{address}/z/{zone}/map/")
    page.wait_for_function("() => window.readyAt", timeout=PATIENCE_MS)
    found = page.evaluate("window.readyAt"), page.evaluate(FETCHED)
    context.close()
    return found


def _log_in(context: Any, address: str, username: str, password: str) -> None:
    """Log in beside the browser's pages, so that nothing of ours comes into its cache."""
    login = f"{address}/login/"
    context.request.get(login)
    cookies = {cookie["name"]: cookie["value"] for cookie in context.cookies()}
    form = {"username": username, "password": password}
    form["csrfmiddlewaretoken"] = cookies["csrftoken"]
    context.request.post(login, form=form, headers={"referer": login})


@contextmanager
def _served() -> Iterator[str]:
    """Serve the product on a port of its own while the block runs; yield its address."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    command = [sys.executable, "-m", "jingkai.cli", "serve", "--port", str(port)]
    address = f"http://localhost:{port}"
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            _wait_for(f"{address}/login/")
            yield address
        finally:
            server.terminate()


def _wait_for(url: str) -> None:
    for _turn in range(600):
        try:
            with urllib.request.urlopen(url):  # noqa: S310 - our own address
                return
        except urllib.error.URLError:
            time.sleep(0.1)
    raise RuntimeError(f"{url} does not answer")


if __name__ == "__main__":
    main()
