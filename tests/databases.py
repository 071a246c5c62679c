"""One migrated database for all processes of a run: to migrate takes ten seconds of CPU."""

import fcntl
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).resolve().parents[1]
DATABASE = "jingkai.sqlite3"


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Return a data folder whose database is migrated and empty; whoever asks first makes it."""
    shared = _shared(tmp_path_factory, worker_id)
    home = shared / "migrated"
    with _alone(shared / "migrating"):
        if not (home / DATABASE).exists():
            home.mkdir(exist_ok=True)
            _migrate({"JINGKAI_HOME": str(home)})
            with closing(sqlite3.connect(home / DATABASE)) as made:
                made.execute("PRAGMA journal_mode = delete")  # a copy in memory has no log beside
    return home


@pytest.fixture(scope="session")
def template(
    tmp_path_factory: pytest.TempPathFactory, worker_id: str, django_db_blocker: Any
) -> str:
    """
    Return the name of a migrated and empty database of PostgreSQL; whoever asks first makes it.

    It stays behind on a server that outlives the run, until the next run lays it anew.
    """
    from django.db import connection  # noqa: PLC0415 - needs the settings

    shared = _shared(tmp_path_factory, worker_id)
    name = f"test_{connection.settings_dict['NAME']}_template"
    with _alone(shared / "migrating"):
        if not (shared / name).exists():
            with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
                cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
                cursor.execute(f'CREATE DATABASE "{name}"')
            url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
            _migrate({"DATABASE_URL": url})
            (shared / name).touch()
    return name


@pytest.fixture(scope="session")
def django_db_keepdb(
    request: pytest.FixtureRequest, django_db_modify_db_settings: None
) -> Iterator[bool]:
    """Lay the migrated database where the tests of a process find theirs, so that it is kept."""
    del django_db_modify_db_settings  # it gives the process its own name
    from django.db import connection  # noqa: PLC0415 - needs the settings

    if connection.vendor != "sqlite":
        # Django lays each process's own from the template, and removes it.
        connection.settings_dict["TEST"]["TEMPLATE"] = request.getfixturevalue("template")
        yield False
        return
    source = request.getfixturevalue("migrated") / DATABASE
    name = connection.creation._get_test_db_name()
    # A database in memory is gone with its last connection: this one stays open.
    with closing(sqlite3.connect(name, uri=True)) as kept:
        with closing(sqlite3.connect(source)) as made:
            made.backup(kept)
        yield True


def _shared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Return the folder that all processes of a run have in common."""
    own = tmp_path_factory.getbasetemp()
    return own if worker_id == "master" else own.parent


def _migrate(where: dict[str, str]) -> None:
    surroundings = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    surroundings |= {"PYTHONPATH": str(ROOT), **where}
    command = [sys.executable, str(ROOT / "manage.py"), "migrate", "-v0"]
    subprocess.run(command, env=surroundings, cwd=ROOT, check=True)


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Let one process in at a time."""
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
