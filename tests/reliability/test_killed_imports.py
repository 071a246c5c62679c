"""kill -9 under an import: none is half, none that was acknowledged lost, and none doubled."""

import os
import random
import signal
import sqlite3
import time
from contextlib import closing

import pytest

from tests.apps.registers.imports.making import GOOD, HEADINGS, book
from tests.environment import rounds
from tests.reliability.product import Product

ROWS = 3_000
LONGEST = 6.0  # seconds until the kill; some come after the end


@pytest.mark.slow
def test_an_import_that_is_killed_is_whole_or_not_there_and_its_retry_adds_the_rest(
    product: Product,
) -> None:
    chance = random.Random(7)
    for number in range(rounds(1, 100)):
        rows = [[f"LF-{number}-{row}", *GOOD[1:]] for row in range(ROWS)]
        file = product.home / f"{number}.xlsx"
        file.write_bytes(book([HEADINGS, *rows]))
        command = ("import", "visits", str(file), "--zone", "home")

        process = product.start(*command)
        time.sleep(chance.uniform(0.2, LONGEST))
        os.killpg(process.pid, signal.SIGKILL)
        acknowledged = process.wait() == 0
        after_kill = imported(product, number)
        product.run("-m", "jingkai.cli", *command)

        assert after_kill == (ROWS if acknowledged else after_kill)
        assert after_kill in {0, ROWS}
        assert imported(product, number) == ROWS
        assert events(product, f"{number}.xlsx") == 1


@pytest.mark.slow
def test_a_worker_that_is_killed_in_a_check_or_an_import_loses_and_doubles_nothing(
    product: Product,
) -> None:
    chance, hits = random.Random(11), 0
    for number in range(rounds(1, 50)):
        rows = [[f"LF-{number}-{row}", *GOOD[1:]] for row in range(ROWS)]
        file = product.home / f"{number}.xlsx"
        file.write_bytes(book([HEADINGS, *rows]))

        for step in ("CHECK", "IMPORT"):
            product.run("-c", QUEUE.format(file=file, step=step))
            # The first at once, so that one hits for certain; later ones may come after the end.
            hits += _killed_once(product, chance.uniform(0, 2.5) if hits else 0.0)
            assert imported(product, number) in {0, ROWS}
            _done(product)

        assert _staged(product, number) == (ROWS, ROWS)
        assert imported(product, number) == ROWS
        assert events(product, f"{number}.xlsx", "checked") == 1
        assert events(product, f"{number}.xlsx") == 1
    assert hits


QUEUE = """
import django
django.setup()
from pathlib import Path
from jingkai.apps.accounts import scope
from jingkai.apps.accounts.models import Zone
from jingkai.apps.registers import jobs, queries
from jingkai.apps.registers.models import ImportRun
from jingkai.web import clock
zone = Zone.objects.get(code="home")
told = {{"by": "officer", "at": clock.now()}}
file = Path("{file}")
with scope.zones(zone.pk):
    run = ImportRun.objects.filter(file_name=file.name).first()
    if run is None:
        content = file.read_bytes()
        run, _same = jobs.receive(
            register=queries.registers()["visits"],
            zone=zone,
            content=content,
            file_name=file.name,
            **told,
        )
    jobs.start(jobs.{step}, run, *told.values())
"""
LEASE = {"JINGKAI_JOB_LEASE": "2"}
PATIENCE = 60.0  # seconds


def _killed_once(product: Product, after: float) -> bool:
    """Start a worker, kill it that long after it took the job; return whether it was at it."""
    product.start("worker", **LEASE)
    _wait_until(product, {"running", "done"})
    time.sleep(after)
    product.kill()
    return _state(product) == "running"


def _done(product: Product) -> None:
    product.start("worker", **LEASE)
    _wait_until(product, {"done"})
    product.kill()


def _wait_until(product: Product, states: set[str]) -> None:
    end = time.monotonic() + PATIENCE
    while (state := _state(product)) not in states:
        assert time.monotonic() < end, state
        time.sleep(0.02)


def _state(product: Product) -> str:
    with closing(sqlite3.connect(product.database)) as connection:
        asked = "SELECT state FROM work_job ORDER BY id DESC LIMIT 1"
        return str(connection.execute(asked).fetchone()[0])


def _staged(product: Product, number: int) -> tuple[int, int]:
    """Return how many rows of that import are staged, and how many different ones."""
    asked = "SELECT count(*), count(DISTINCT key) FROM registers_stagedrow WHERE key LIKE ?"
    with closing(sqlite3.connect(product.database)) as connection:
        count, different = connection.execute(asked, [f"LF-{number}-%"]).fetchone()
    return int(count), int(different)


def imported(product: Product, number: int) -> int:
    """Return how many rows of that import are on record."""
    asked = "SELECT count(*) FROM investment_visit WHERE code LIKE ?"
    with closing(sqlite3.connect(product.database)) as connection:
        (count,) = connection.execute(asked, [f"LF-{number}-%"]).fetchone()
    return int(count)


def events(product: Product, file_name: str, verb: str = "imported") -> int:
    """Return how often the trail says that the file was imported, or checked."""
    asked = "SELECT count(*) FROM audit_event WHERE verb = ? AND target_label = ?"
    with closing(sqlite3.connect(product.database)) as connection:
        told = connection.execute(asked, [f"registers.visits.{verb}", file_name])
        return int(told.fetchone()[0])
