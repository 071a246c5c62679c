"""Writing trails, and breaking them as somebody with the database's password could."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib import import_module
from typing import Any

from django.db import transaction

from jingkai.apps.audit import actions as audit
from jingkai.apps.audit.models import Event

MIGRATION = import_module("jingkai.apps.audit.migrations.0002_append_only")


def write(
    zone_code: str, *, at: datetime, label: str = "来访批次", changes: int = 0, reason: str = ""
) -> Event:
    """Write one event."""
    with transaction.atomic():
        return audit.record(
            verb="registers.visits.changed",
            actor="li.na",
            target_kind="visits",
            target_id="7",
            target_label=label,
            zone_code=zone_code,
            at=at,
            reason=reason,
            details={"source": "示范数据"},
            changes=[
                audit.Changed("visits", str(number), label, {"people": 3}, {"people": 4 + number})
                for number in range(changes)
            ],
        )


def install_triggers(connection: Any) -> None:
    """Guard the tables; where they are guarded, nothing happens."""
    _execute(connection, MIGRATION.INSTALL[connection.vendor])


def remove_triggers(connection: Any) -> None:
    """Do what an attacker does first."""
    if connection.vendor == "postgresql":
        _execute(connection, ["SET CONSTRAINTS ALL IMMEDIATE"])
    _execute(connection, MIGRATION.REMOVE[connection.vendor])


@contextmanager
def rolled_back() -> Iterator[None]:
    """Undo everything that the block does to the database."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _execute(connection: Any, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
