"""
Triggers that refuse to change or remove what the trail holds, on both databases.

On SQLite they also stop INSERT OR REPLACE, given the pragma recursive_triggers. A later migration
that makes SQLite build a table anew drops them: it must repeat this one.
"""

from django.db import migrations

TABLES = ("audit_event", "audit_change")
REFUSAL = "操作留痕只能追加，不能修改或删除 / the audit trail is append-only"

SQLITE_INSTALL = [
    f"""
    CREATE TRIGGER IF NOT EXISTS {table}_no_{verb.lower()} BEFORE {verb} ON {table}
    BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END
    """
    for table in TABLES
    for verb in ("UPDATE", "DELETE")
]
SQLITE_REMOVE = [
    f"DROP TRIGGER IF EXISTS {table}_no_{verb}" for table in TABLES for verb in ("update", "delete")
]

POSTGRESQL_INSTALL = [
    f"""
    CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation'; END $$
    """
] + [
    statement
    for table in TABLES
    for statement in (
        f"""
        CREATE OR REPLACE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION audit_refuse()
        """,
        f"""
        CREATE OR REPLACE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()
        """,
    )
]
POSTGRESQL_REMOVE = [
    f"DROP TRIGGER IF EXISTS {table}_{name} ON {table}"
    for table in TABLES
    for name in ("append_only", "no_truncate")
] + ["DROP FUNCTION IF EXISTS audit_refuse()"]

INSTALL = {"sqlite": SQLITE_INSTALL, "postgresql": POSTGRESQL_INSTALL}
REMOVE = {"sqlite": SQLITE_REMOVE, "postgresql": POSTGRESQL_REMOVE}


def install(apps, schema_editor):
    for statement in INSTALL[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def remove(apps, schema_editor):
    for statement in REMOVE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunPython(install, remove)]
