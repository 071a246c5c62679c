"""A database that is there for one benchmark."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def fresh() -> Iterator[str]:
    """Let the block work in an empty database, and yield what to call it in a table."""
    before = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        yield {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[connection.vendor]
    finally:
        connection.creation.destroy_test_db(before, verbosity=0)


def settle() -> None:
    """Let the database learn what is in its tables, as it does by itself in time."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
