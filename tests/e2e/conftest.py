"""The product as a user has it: its own data folder, the demonstration zone, its own server."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.visitor import PATIENCE_MS, Visitor

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
JINGKAI = Path(sys.executable).with_name("jingkai")
LAST_DAY = "2024-12-31T09:00:00+08:00"
SECONDS_TO_START = 60

expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def address(migrated, tmp_path_factory) -> Iterator[str]:
    """Start the product with the demonstration zone, once for the whole folder."""
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is absent")
    home = tmp_path_factory.mktemp("product") / "home"
    shutil.copytree(migrated, home)
    surroundings = {**os.environ, "JINGKAI_HOME": str(home), "JINGKAI_NOW": LAST_DAY}
    surroundings.pop("DATABASE_URL", None)
    subprocess.run([JINGKAI, "demo"], env=surroundings, check=True, capture_output=True)
    port = _free_port()
    serving = [JINGKAI, "serve", "--port", str(port)]
    log = home / "serve.log"
    with log.open("w") as said, subprocess.Popen(serving, env=surroundings, stderr=said) as server:
        try:
            _wait_for(f"http://localhost:{port}/login/", server, log)
            yield f"http://localhost:{port}"
        finally:
            server.terminate()
            server.wait(timeout=SECONDS_TO_START)


@pytest.fixture(scope="module")
def browser(address):
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def log_in(browser, address) -> Iterator[Callable[..., Visitor]]:
    """Return what opens a browser of one's own and logs in, as often as a story needs."""
    with ExitStack() as open_contexts:

        def enter(username: str, *, width: int = 1440, language: str = "zh-CN", theme="light"):
            context = browser.new_context(
                viewport={"width": width, "height": 900},
                color_scheme=theme,
                reduced_motion="reduce",
                locale=language,
            )
            open_contexts.callback(context.close)
            visitor = Visitor(context.new_page(), address)
            visitor.log_in(username)
            return visitor

        yield enter


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return listening.getsockname()[1]


def _wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(SECONDS_TO_START * 10):
        try:
            with urllib.request.urlopen(url):
                return
        except urllib.error.URLError:
            time.sleep(0.1)
        if server.poll() is not None:
            break
    pytest.fail(f"the product did not start: {log.read_text()}")
