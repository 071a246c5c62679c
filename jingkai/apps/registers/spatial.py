"""
Where records lie, asked of the database: an R*Tree on SQLite, GiST over boxes on PostgreSQL.

Both are filled by the database itself, so that no write can forget them. A window is asked of the
index first, which rounds, and then of the columns, which don't.
"""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import connection, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.models.expressions import RawSQL

Window = tuple[float, float, float, float]  # west, south, east, north
Rows = TypeVar("Rows", bound="models.QuerySet[Any]")
_TREE = (
    "CREATE VIRTUAL TABLE {tree} USING rtree(id, west, east, south, north)",
    "INSERT INTO {tree} SELECT id, west, east, south, north FROM {table} WHERE west IS NOT NULL",
    """
    CREATE TRIGGER {tree}_insert AFTER INSERT ON {table} WHEN new.west IS NOT NULL BEGIN
        INSERT INTO {tree} VALUES (new.id, new.west, new.east, new.south, new.north); END
    """,
    """
    CREATE TRIGGER {tree}_update AFTER UPDATE OF id, west, south, east, north ON {table} BEGIN
        DELETE FROM {tree} WHERE id = old.id;
        INSERT INTO {tree} SELECT new.id, new.west, new.east, new.south, new.north
        WHERE new.west IS NOT NULL; END
    """,
    """
    CREATE TRIGGER {tree}_delete AFTER DELETE ON {table} WHEN old.west IS NOT NULL BEGIN
        DELETE FROM {tree} WHERE id = old.id; END
    """,
)
_NO_TREE = (
    "DROP TRIGGER IF EXISTS {tree}_insert",
    "DROP TRIGGER IF EXISTS {tree}_update",
    "DROP TRIGGER IF EXISTS {tree}_delete",
    "DROP TABLE IF EXISTS {tree}",
)
_BOX = "box(point({table}.west, {table}.south), point({table}.east, {table}.north))"


class SpatialIndex(Operation):
    """
    A migration's step: the table of a ``Located`` record can be asked what lies in a window.

    On SQLite a later step that changes a column of the table makes the table anew and so loses the
    triggers; it is followed by this step once more, which is why this one may be repeated.
    """

    reversible = True

    def __init__(self, name: str) -> None:
        """Take the name of the model."""
        self.name = name

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Leave the models as they are."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, _from: Any, to: Any
    ) -> None:
        """Make the index, and fill it."""
        table = to.apps.get_model(app_label, self.name)._meta.db_table
        _drop(schema_editor, table)
        if schema_editor.connection.vendor == "postgresql":
            box = _BOX.replace("{table}.", "")
            schema_editor.execute(f"CREATE INDEX {_tree(table)} ON {table} USING gist ({box})")
        else:
            _run(schema_editor, _TREE, table)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_: Any, _to: Any
    ) -> None:
        """Drop the index."""
        _drop(schema_editor, from_.apps.get_model(app_label, self.name)._meta.db_table)

    def describe(self) -> str:
        """Return what the step does."""
        return f"Index where each {self.name} lies"


def within(rows: Rows, west: float, south: float, east: float, north: float) -> Rows:
    """Return those of the rows whose window meets this one, its edges included."""
    found: Rows = rows.filter(meeting(rows.model, (west, south, east, north)))
    return found


def meeting(model: type[models.Model], window: Window) -> models.Q:
    """Return the condition on the model's rows that theirs meets the window."""
    west, south, east, north = window
    exactly = models.Q(west__lte=east, east__gte=west, south__lte=north, north__gte=south)
    return exactly & models.Q(pk__in=_indexed(model._meta.db_table, window))


def window(text: str) -> Window | None:
    """Return the window that four numbers mean: west, south, east, north; None if they don't."""
    try:
        west, south, east, north = (float(part) for part in text.replace("，", ",").split(","))
    except ValueError:
        return None
    is_sound = -180 <= west <= east <= 180 and -90 <= south <= north <= 90
    return (west, south, east, north) if is_sound else None


def is_indexed(model: type[models.Model]) -> bool:
    """Return whether the database keeps the index of the model's table, and fills it."""
    tree = _tree(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT count(*) FROM pg_indexes WHERE indexname = %s", [tree])
            return bool(cursor.fetchone()[0] == 1)
        names = [f"{tree}{end}" for end in ("", "_insert", "_update", "_delete")]
        cursor.execute("SELECT name FROM sqlite_master")
        return set(names) <= {name for (name,) in cursor.fetchall()}


def _indexed(table: str, window: Window) -> RawSQL:
    """Return the ids of the rows that the index finds."""
    west, south, east, north = window
    if connection.vendor == "postgresql":
        asked = "box(point(%s, %s), point(%s, %s))"
        sql = f"SELECT id FROM {table} WHERE {_BOX.format(table=table)} && {asked}"  # noqa: S608
        return RawSQL(sql, [west, south, east, north])  # noqa: S611 - our own names
    tree = _tree(table)
    sql = (
        f"SELECT id FROM {tree} WHERE west <= %s AND east >= %s"  # noqa: S608 - our own name
        " AND south <= %s AND north >= %s"
    )
    return RawSQL(sql, [east, west, north, south])  # noqa: S611 - likewise


def _tree(table: str) -> str:
    return f"{table}_places"


def _drop(schema_editor: BaseDatabaseSchemaEditor, table: str) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX IF EXISTS {_tree(table)}")
    else:
        _run(schema_editor, _NO_TREE, table)


def _run(schema_editor: BaseDatabaseSchemaEditor, statements: Iterable[str], table: str) -> None:
    for statement in statements:
        schema_editor.execute(statement.format(tree=_tree(table), table=table))
