"""The database itself refuses to change the trail."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import ProtectedError

from jingkai.apps.audit import queries
from jingkai.apps.audit.models import Change, Event
from tests.apps.audit import trails

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("trail")]

ON_BOTH = [
    "UPDATE audit_event SET reason = 'x'",
    "UPDATE audit_change SET label = 'x'",
    "DELETE FROM audit_change",
    "DELETE FROM audit_event WHERE zone_code = 'binjiang'",
]
ON_SQLITE = [
    "INSERT OR REPLACE INTO audit_event SELECT * FROM audit_event WHERE zone_code = 'binjiang'",
    "REPLACE INTO audit_change SELECT * FROM audit_change",
]
ON_POSTGRESQL = [
    "TRUNCATE audit_event CASCADE",
    "TRUNCATE audit_change",
    "INSERT INTO audit_change SELECT * FROM audit_change"
    " ON CONFLICT (id) DO UPDATE SET label = 'x'",
]


@transaction.atomic
def execute(statement: str) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # which else refuses for the rows just written
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(statement)


def refuses(statement: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"):
        execute(statement)


@pytest.mark.parametrize("statement", ON_BOTH)
def test_rows_are_neither_changed_nor_deleted(statement):
    refuses(statement)

    assert queries.verify().events == 4


@pytest.mark.parametrize("statement", ON_SQLITE)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="a statement of SQLite alone")
def test_rows_are_not_replaced(statement):
    refuses(statement)


@pytest.mark.parametrize("statement", ON_POSTGRESQL)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="a statement of PostgreSQL alone")
def test_tables_are_neither_emptied_nor_written_over(statement):
    refuses(statement)


def test_what_django_offers_is_refused_as_well():
    for attempt in (
        lambda: Event.objects.update(reason="x"),
        lambda: Change.objects.all().delete(),
        lambda: Event.objects.get(zone_code="binjiang").delete(),
        lambda: Event.objects.get(zone_code="binjiang").save(),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            attempt()
    with pytest.raises(ProtectedError):
        Event.objects.all().delete()


def test_the_migration_can_be_taken_back_and_made_again():
    trails.remove_triggers(connection)
    with transaction.atomic():
        Event.objects.filter(zone_code="binjiang").update(reason="x")
        transaction.set_rollback(True)
    trails.install_triggers(connection)

    refuses("UPDATE audit_event SET reason = 'x'")
