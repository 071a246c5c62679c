"""The product as it is served: its processes, killed and started again, and people who write."""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "a long enough secret"
SECONDS_TO_START = 60
SEED = f"""
import django
django.setup()
from datetime import date
from jingkai.apps.accounts import actions
from jingkai.apps.accounts.roles import Role
from jingkai.web import clock
at = clock.now()
zone = actions.found_zone(
    code="home", name="园区", name_en="Zone", is_demonstration=True, by="x", at=at
)
person = {{"username": "officer", "name": "办事员（示范）", "password": "{PASSWORD}"}}
post = {{"role": Role.INVESTMENT, "since": date(2020, 1, 1)}}
actions.sign_up_with_role(zone=zone, person=person, post=post, by="x", at=at)
"""


class Product:
    """One data folder and the processes that work on it."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.database = home / "jingkai.sqlite3"
        self.port = _free_port()
        self._processes: list[subprocess.Popen] = []

    def surroundings(self, **more: str) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        ours = {"JINGKAI_HOME": str(self.home), "PYTHONPATH": str(ROOT)}
        settings = {"DJANGO_SETTINGS_MODULE": "tests.reliability.settings"}
        return kept | ours | settings | more

    def run(self, *arguments: str, **more: str) -> str:
        """Run Python to its end and return what it printed."""
        command = [sys.executable, *arguments]
        done = subprocess.run(
            command,
            env=self.surroundings(**more),
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self, *arguments: str, **more: str) -> subprocess.Popen:
        """Start one of our commands as the leader of its own group."""
        command = [sys.executable, "-m", "jingkai.cli", *arguments]
        with (self.home / "log").open("a") as log:
            process = subprocess.Popen(
                command,
                env=self.surroundings(**more),
                cwd=ROOT,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._processes.append(process)
        return process

    def serve(self) -> float:
        """Start the server and return how many seconds it took until it answered."""
        began = time.monotonic()
        process = self.start("serve", "--port", str(self.port))
        while time.monotonic() - began < SECONDS_TO_START:
            with suppress(OSError, http.client.HTTPException):
                self.person().ask("GET", "/login/")
                return time.monotonic() - began
            assert process.poll() is None, (self.home / "log").read_text()
            time.sleep(0.05)
        raise AssertionError((self.home / "log").read_text())

    def kill(self) -> None:
        """Kill every process at once and without notice."""
        for process in self._processes:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self._processes.clear()

    def person(self) -> "Person":
        return Person(self.port)


class Person:
    """A client that keeps its cookies, over connections that a kill may cut."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}

    def log_in(self) -> "Person":
        self.ask("GET", "/login/")
        status, _headers, _body = self.post("/login/", username="officer", password=PASSWORD)
        assert status == 302
        return self

    def post(self, path: str, **fields: object) -> tuple[int, http.client.HTTPMessage, bytes]:
        body = urlencode(fields)
        return self.ask("POST", path, body, "application/x-www-form-urlencoded")

    def send(self, method: str, path: str, body: object) -> tuple[int, dict]:
        status, _headers, told = self.ask(method, path, json.dumps(body), "application/json")
        return status, json.loads(told)

    def ask(
        self, method: str, path: str, body: str | None = None, kind: str = ""
    ) -> tuple[int, http.client.HTTPMessage, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers |= {"Content-Type": kind, "X-CSRFToken": self.cookies["csrftoken"]}
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            told = answer.read()
        finally:
            connection.close()
        for cookie in answer.headers.get_all("Set-Cookie", []):
            found = re.match(r"([^=]+)=([^;]*)", cookie)
            assert found
            self.cookies[found[1]] = found[2]
        return answer.status, answer.headers, told


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
