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
    for number in range(rounds(3, 100)):
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


def imported(product: Product, number: int) -> int:
    """Return how many rows of that import are on record."""
    asked = "SELECT count(*) FROM investment_visit WHERE code LIKE ?"
    with closing(sqlite3.connect(product.database)) as connection:
        (count,) = connection.execute(asked, [f"LF-{number}-%"]).fetchone()
    return int(count)


def events(product: Product, file_name: str) -> int:
    """Return how often the trail says that the file was imported."""
    asked = "SELECT count(*) FROM audit_event WHERE verb = ? AND target_label = ?"
    with closing(sqlite3.connect(product.database)) as connection:
        told = connection.execute(asked, ["registers.visits.imported", file_name])
        return int(told.fetchone()[0])
