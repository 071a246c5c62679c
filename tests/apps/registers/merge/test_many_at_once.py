"""Fifty people at one record, in the actions: nobody's change is lost."""

import threading
from datetime import datetime
from typing import Any

import pytest
from django.db import connection, connections

from jingkai.apps.accounts import scope
from jingkai.apps.accounts.models import Zone
from jingkai.apps.registers import actions
from jingkai.apps.registers.actions import Edit, NotSaved, Why
from jingkai.apps.registers.declaration import Register
from tests.environment import rounds

PEOPLE = rounds(12, 50)


@pytest.mark.slow
@pytest.mark.skipif(connection.vendor != "postgresql", reason="threads share SQLite's memory")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("way", ["form", "grid"])
def test_nobodys_change_is_lost_however_many_edit_one_record(
    way: str,
    zone: Zone,
    visits: Register,
    values: Any,
    clock: datetime,
) -> None:
    record = actions.create_record(
        register=visits, zone=zone, values=values(people=1), by="a", at=clock
    )
    zone_id, pk = zone.pk, record.pk
    failures: list[BaseException] = []

    def work() -> None:
        try:
            with scope.zones(zone_id):
                _add_one(visits, zone, pk, way, clock)
        except BaseException as reason:  # noqa: BLE001 - told by the test's own thread
            failures.append(reason)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _number in range(PEOPLE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    connection.close()
    with scope.zones(zone_id):
        record.refresh_from_db()
    assert (record.people, record.version) == (1 + PEOPLE, 1 + PEOPLE)


def _add_one(register: Register, zone: Zone, pk: int, way: str, at: datetime) -> None:
    """Read the record and save one more, again and again until nobody came between."""
    while True:
        seen: Any = register.model.objects.get(pk=pk)
        wanted = {"people": seen.people + 1}
        try:
            if way == "form":
                actions.change_record(
                    register=register,
                    record=seen,
                    values=wanted,
                    version=seen.version,
                    by="b",
                    at=at,
                )
            else:
                edits = [Edit(pk, seen.version, wanted)]
                why = Why(verb="grid-changed", by="b", at=at)
                actions.change_records(register=register, zone=zone, edits=edits, why=why)
        except (actions.Conflict, NotSaved):
            continue
        return
