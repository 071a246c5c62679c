"""The power fails: what was acknowledged is there, and nothing half."""

import random
import shutil
import sqlite3
from pathlib import Path

import pytest

from jingkai.config import settings
from tests.environment import rounds

FULL, NORMAL = 2, 1
COMMITS = 24
GARBAGE = (b"", b"\0" * 700, b"\xff" * 5_000)  # what a disk may hold behind the last sync


def opened(path: Path, synchronous: int | None = None) -> sqlite3.Connection:
    """Open a database as the product does, or with another promise to the disk."""
    options = settings._sqlite(path)["OPTIONS"]
    connection = sqlite3.connect(path, isolation_level=None)
    connection.executescript(options["init_command"])
    if synchronous is not None:
        connection.execute(f"PRAGMA synchronous={synchronous}")
    return connection


def synced(wal: Path, synchronous: int) -> int:
    """Return how much of the log the disk has for sure: with FULL all of it at each commit."""
    return wal.stat().st_size if synchronous == FULL else 0


def acknowledge(path: Path, synchronous: int | None) -> list[tuple[Path, int]]:
    """Commit one pair of rows after the other; return the files after each, and what is synced."""
    connection = opened(path, synchronous)
    promise = connection.execute("PRAGMA synchronous").fetchone()[0]
    connection.execute("CREATE TABLE pair (number INTEGER, half TEXT, filling BLOB)")
    wal = path.with_name(f"{path.name}-wal")
    states = []
    for number in range(1, COMMITS + 1):
        connection.execute("BEGIN IMMEDIATE")
        for half in ("effect", "trail"):
            connection.execute("INSERT INTO pair VALUES (?, ?, zeroblob(6000))", (number, half))
        connection.execute("COMMIT")
        state = path.with_name(f"after-{number}")
        state.mkdir()
        shutil.copy(path, state / "database")
        shutil.copy(wal, state / "database-wal")
        states.append((state, synced(wal, promise)))
    connection.close()
    return states


def cut(state: Path, at: int, behind: bytes, folder: Path) -> list[tuple[int, int]]:
    """Return what the database holds when the disk lost the log from there on."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(state, folder)
    wal = folder / "database-wal"
    wal.write_bytes(wal.read_bytes()[:at] + behind)
    connection = opened(folder / "database")
    try:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        exists = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        count = "SELECT number, count(*) FROM pair GROUP BY number ORDER BY number"
        return connection.execute(count).fetchall() if exists else []
    finally:
        connection.close()


def lost(path: Path, synchronous: int | None, cuts: int) -> int:
    """Return at how many cut points something acknowledged was lost."""
    states = acknowledge(path, synchronous)
    chance = random.Random(cuts)
    wrong = 0
    for _ in range(cuts):
        number, (state, safe) = chance.choice(list(enumerate(states, start=1)))
        whole = (state / "database-wal").stat().st_size
        found = cut(
            state, chance.randint(safe, whole), chance.choice(GARBAGE), path.parent / "cut"
        )
        assert all(halves == 2 for _number, halves in found)
        wrong += [number for number, _halves in found] != list(range(1, number + 1))
    return wrong


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_wherever_the_log_ends(tmp_path):
    assert lost(tmp_path / "jingkai.sqlite3", None, rounds(60, 1_000)) == 0


@pytest.mark.slow
def test_with_the_usual_advice_it_would_be(tmp_path):
    assert lost(tmp_path / "jingkai.sqlite3", NORMAL, rounds(60, 1_000)) > 0


def test_the_product_connects_as_it_promises(product):
    names = ("journal_mode", "synchronous", "foreign_keys", "recursive_triggers")

    told = product.run(
        "-c",
        f"""
import django
django.setup()
from django.db import connection
with connection.cursor() as cursor:
    for name in {names}:
        print(cursor.execute("PRAGMA " + name).fetchone()[0])
""",
    )

    assert told.split() == ["wal", str(FULL), "1", "1"]


def test_a_transaction_takes_the_write_lock_at_its_begin(product):
    told = product.run(
        "-c",
        """
import django
django.setup()
import sqlite3
from django.db import connection, transaction
with transaction.atomic():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    other = sqlite3.connect(connection.settings_dict["NAME"], timeout=0)
    try:
        other.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as locked:
        print(locked)
""",
    )

    assert told.strip() == "database is locked"
