"""Two who write at once do not fork the chain."""

import os
import sqlite3
import subprocess
import sys
import threading
from datetime import datetime

import pytest
from django.db import connection

from jingkai.apps.audit import queries
from jingkai.apps.audit.models import Event
from tests.apps.audit import trails

WRITERS, EACH = 2, 25
SCRIPT = f"""
import django
django.setup()
from datetime import datetime, UTC
from tests.apps.audit import trails
for _ in range({EACH}):
    trails.write("gangcheng", at=datetime.now(UTC), changes=1)
"""


@pytest.mark.slow
@pytest.mark.skipif(connection.vendor != "postgresql", reason="threads share SQLite's memory")
@pytest.mark.usefixtures("transactional_db")
def test_two_threads_on_postgresql_take_turns(clock: datetime) -> None:
    start = threading.Barrier(WRITERS)

    def write() -> None:
        start.wait()
        for _ in range(EACH):
            trails.write("gangcheng", at=clock, changes=1)
        connection.close()

    threads = [threading.Thread(target=write) for _ in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Event.objects.count() == WRITERS * EACH
    assert queries.verify().ok
    assert queries.head("gangcheng").sequence == WRITERS * EACH


@pytest.mark.slow
@pytest.mark.skipif(connection.vendor != "sqlite", reason="the same with processes and a file")
@pytest.mark.usefixtures("transactional_db")
def test_two_processes_on_sqlite_take_turns(tmp_path):
    path = tmp_path / "jingkai.sqlite3"
    connection.ensure_connection()
    with sqlite3.connect(path) as copy:
        connection.connection.backup(copy)
    copy.close()
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{path}"}

    writers = [
        subprocess.Popen([sys.executable, "-c", SCRIPT], env=environment) for _ in range(WRITERS)
    ]
    statuses = [writer.wait(timeout=60) for writer in writers]

    assert statuses == [0] * WRITERS
    with sqlite3.connect(path) as written:
        places = [row[0] for row in written.execute("SELECT sequence FROM audit_event ORDER BY 1")]
        links = written.execute(
            "SELECT count(*) FROM audit_event a JOIN audit_event b"
            " ON b.sequence = a.sequence + 1 AND b.previous_hash = a.hash"
        ).fetchone()[0]
    written.close()
    assert places == list(range(1, WRITERS * EACH + 1))
    assert links == WRITERS * EACH - 1
