"""
The third wall: PostgreSQL itself keeps a request to the rows of its zones.

The scope makes a query ask for the right rows; this wall holds for the query that forgot to. It
stands apart from the scope: entering another zone's scope inside a request opens nothing here.
SQLite has no such wall, and every function is silent there.
"""

from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation

POLICY = "zone"
# Sub-selects, so that the setting is read once a query and not once a row; cast to an array again,
# or ANY would take one for a list of rows. "*" is what a connection has that no request holds.
READ = "current_setting('jingkai.zones', true)"
SEES_ALL = f"(SELECT {READ} = '*')"
SEEN = f"(SELECT string_to_array(NULLIF({READ}, '*'), ',')::bigint[])::bigint[]"


def confine(zone_ids: Iterable[int]) -> None:
    """Let the connection see and write the rows of these zones alone; of none, no row."""
    if connection.vendor == "postgresql":
        seen = ",".join(str(pk) for pk in zone_ids)
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('jingkai.zones', %s, false)", [seen])


def release() -> None:
    """Return to what the connection was opened with: a command sees every zone."""
    # A transaction that must be rolled back takes the setting back by itself.
    if connection.vendor == "postgresql" and not connection.needs_rollback:
        with connection.cursor() as cursor:
            cursor.execute("RESET jingkai.zones")


def is_passed_by() -> bool:
    """Return whether the database lets this connection's role see every row regardless."""
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
        )
        return bool(cursor.fetchone()[0])


class ForceZonePolicy(Operation):
    """A migration's step: the table of a zone record obeys the wall, for its owner as well."""

    reversible = True

    def __init__(self, name: str) -> None:
        """Take the name of the model."""
        self.name = name

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Leave the models as they are."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, _from: Any, to: Any
    ) -> None:
        """Put the policy on the table."""
        table = _table(schema_editor, to.apps.get_model(app_label, self.name))
        _execute(
            schema_editor,
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY",
            f"CREATE POLICY {POLICY} ON {table} USING ({SEES_ALL} OR zone_id = ANY ({SEEN}))",
        )

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_: Any, _to: Any
    ) -> None:
        """Take the policy off the table."""
        table = _table(schema_editor, from_.apps.get_model(app_label, self.name))
        _execute(
            schema_editor,
            f"DROP POLICY {POLICY} ON {table}",
            f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY",
        )

    def describe(self) -> str:
        """Return what `migrate` prints."""
        return f"Force the policy of zones on {self.name}"


def _table(schema_editor: BaseDatabaseSchemaEditor, model: Any) -> str:
    return schema_editor.quote_name(model._meta.db_table)


def _execute(schema_editor: BaseDatabaseSchemaEditor, *statements: str) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for statement in statements:
            schema_editor.execute(statement)
