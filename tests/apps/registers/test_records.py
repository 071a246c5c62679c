"""One record of a register: added, changed, deleted, each time with its audit event."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import connection

from jingkai.apps.accounts.models import Zone
from jingkai.apps.audit import queries as trail
from jingkai.apps.registers import actions
from jingkai.apps.registers.declaration import Register
from jingkai.apps.registers.kinds import Refused

Values = Callable[..., dict[str, Any]]


def test_adding_a_record_says_in_the_trail_what_it_holds(
    visits: Register, inside: Zone, values: Values, clock: datetime
) -> None:
    record = actions.create_record(register=visits, zone=inside, values=values(), by="a", at=clock)

    (change,) = trail.history("visits", str(record.pk))
    assert change.event.verb == "registers.visits.created"
    assert change.before is None
    assert change.after["people"] == 3


def test_a_number_is_given_once(
    visits: Register, inside: Zone, values: Values, clock: datetime
) -> None:
    actions.create_record(register=visits, zone=inside, values=values(), by="a", at=clock)

    with pytest.raises(Refused) as refusal:
        actions.create_record(register=visits, zone=inside, values=values(), by="a", at=clock)

    assert refusal.value.column == "code"


def test_a_change_notes_only_what_differs(
    visits: Register, inside: Zone, values: Values, clock: datetime
) -> None:
    record = actions.create_record(register=visits, zone=inside, values=values(), by="a", at=clock)

    changed = actions.change_record(
        register=visits,
        record=record,
        values=values(people=5),
        version=1,
        by="b",
        at=clock,
        reason="补录",
    )

    latest = next(iter(trail.history("visits", str(record.pk))))
    assert changed.version == 2
    assert (latest.before, latest.after) == ({"people": 3}, {"people": 5})
    assert latest.event.reason == "补录"


def test_the_loser_of_a_concurrent_edit_is_told_who_won(
    visits: Register, inside: Zone, values: Values, clock: datetime
) -> None:
    record = actions.create_record(register=visits, zone=inside, values=values(), by="a", at=clock)
    mine = {"register": visits, "record": record, "version": 1, "at": clock}
    actions.change_record(**mine, values=values(people=5), by="winner")

    with pytest.raises(actions.Conflict) as conflict:
        actions.change_record(**mine, values=values(people=9), by="loser")

    assert conflict.value.current.changed_by == "winner"
    assert conflict.value.current.people == 5


def test_saving_what_is_on_record_already_changes_nothing(
    visits: Register, inside: Zone, values: Values, clock: datetime
) -> None:
    record = actions.create_record(register=visits, zone=inside, values=values(), by="a", at=clock)
    before = trail.head(inside.code)

    same = actions.change_record(
        register=visits, record=record, values=values(), version=1, by="b", at=clock
    )

    assert same.version == 1
    assert trail.head(inside.code) == before


def test_deleting_needs_a_reason_and_keeps_the_content_in_the_trail(
    visits: Register, inside: Zone, values: Values, clock: datetime
) -> None:
    record = actions.create_record(register=visits, zone=inside, values=values(), by="a", at=clock)
    pk = str(record.pk)

    with pytest.raises(Refused):
        actions.delete_record(register=visits, record=record, by="a", at=clock, reason=" ")
    actions.delete_record(register=visits, record=record, by="a", at=clock, reason="重复登记")

    latest = next(iter(trail.history("visits", pk)))
    assert latest.after is None
    assert latest.before["delegation"] == "考察团（示范）"
    assert not visits.model.objects.exists()


@pytest.mark.parametrize("verb", ["create", "change", "delete"])
def test_without_the_trail_no_write_takes_effect(
    verb: str, visits: Register, inside: Zone, values: Values, clock: datetime
) -> None:
    record = actions.create_record(register=visits, zone=inside, values=values(), by="a", at=clock)
    _refuse_events()
    stamp: dict[str, Any] = {"by": "a", "at": clock}

    writes: dict[str, Callable[[], object]] = {
        "create": lambda: actions.create_record(
            register=visits, zone=inside, values=values("LF-2"), **stamp
        ),
        "change": lambda: actions.change_record(
            register=visits, record=record, values=values(people=9), version=1, **stamp
        ),
        "delete": lambda: actions.delete_record(
            register=visits, record=record, reason="重复", **stamp
        ),
    }

    with pytest.raises(Exception, match="no audit today"):
        writes[verb]()

    (left,) = visits.model.objects.all()
    assert (left.code, left.people, left.version) == ("LF-1", 3, 1)


def _refuse_events() -> None:
    """Let the database refuse every further event, as a full or read-only disk would."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "CREATE TEMP TRIGGER refuse BEFORE INSERT ON audit_event "
                "BEGIN SELECT RAISE(ABORT, 'no audit today'); END"
            )
        else:
            cursor.execute(
                "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN RAISE EXCEPTION 'no audit today'; END $$"
            )
            cursor.execute(
                "CREATE TRIGGER refuse BEFORE INSERT ON audit_event "
                "FOR EACH ROW EXECUTE FUNCTION refuse()"
            )


def test_breaking_a_law_of_the_database_is_a_sentence_not_a_failure(
    visits: Register, inside: Zone, values: Values, clock: datetime
) -> None:
    with pytest.raises(Refused):
        actions.create_record(
            register=visits, zone=inside, values=values(people=0), by="a", at=clock
        )
