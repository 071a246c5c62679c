"""One thing done to many records: previewed, confirmed, refused row by row, undone."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

import pytest

from jingkai.apps.accounts.models import Zone
from jingkai.apps.accounts.roles import Permission
from jingkai.apps.audit import queries as trail
from jingkai.apps.audit.models import Event
from jingkai.apps.registers import actions, queries
from jingkai.apps.registers.declaration import Register
from jingkai.apps.registers.models import Batch, BatchState, RowOutcome

Values = Callable[..., dict[str, Any]]
RIGHTS = frozenset(Permission)


@pytest.fixture
def add(visits: Register, inside: Zone, values: Values, clock: datetime) -> Callable[..., Any]:
    """Return a function that records one visit."""

    def added(code: str, **others: Any) -> Any:
        return actions.create_record(
            register=visits, zone=inside, values=values(code, **others), by="a", at=clock
        )

    return added


@pytest.fixture
def preview(visits: Register, inside: Zone, clock: datetime) -> Callable[..., Batch]:
    """Return a function that previews something to be done to some records."""

    def previewed(records: list[Any], verb: str = "change", **wanted: Any) -> Batch:
        query = urlencode([("pk", record.pk) for record in records])
        asked = actions.WantedOfMany(verb=verb, query=query, **wanted)
        batch, _count = actions.open_batch(
            register=visits, zone=inside, wanted=asked, by="b", at=clock
        )
        return actions.plan_batch(register=visits, batch=batch, permissions=RIGHTS, at=clock)

    return previewed


@pytest.fixture
def confirm(visits: Register, clock: datetime) -> Callable[..., Batch]:
    """Return a function that confirms a batch."""

    def confirmed(batch: Batch, rights: frozenset[Permission] = RIGHTS) -> Batch:
        return actions.apply_batch(
            register=visits, batch=batch, permissions=rights, by="b", at=clock
        )

    return confirmed


def _people(register: Register) -> dict[str, int]:
    return dict(register.model.objects.values_list("code", "people"))


def test_a_preview_says_what_would_change_and_changes_nothing(
    visits: Register, add: Any, preview: Any
) -> None:
    records = [add("LF-1"), add("LF-2", people=5)]

    batch = preview(records, values={"people": 5})

    rows = {row.record_id: row for row in queries.batch_rows(batch)}
    assert [rows[record.pk].outcome for record in records] == ["ready", "unchanged"]
    first = rows[records[0].pk]
    assert (first.before, first.after) == ({"people": 3}, {"people": 5})
    assert _people(visits) == {"LF-1": 3, "LF-2": 5}


def test_confirming_changes_the_rows_and_leaves_one_event_with_a_change_for_each(
    visits: Register, add: Any, preview: Any, confirm: Any
) -> None:
    records = [add("LF-1"), add("LF-2"), add("LF-3", people=5)]
    batch = preview(records, values={"people": 5, "delegation": None})
    before = Event.objects.count()

    confirm(batch)

    (event,) = Event.objects.order_by("pk")[before:]
    assert (event.verb, event.change_count) == ("registers.visits.bulk-changed", 3)
    assert _people(visits) == {"LF-1": 5, "LF-2": 5, "LF-3": 5}
    assert set(visits.model.objects.values_list("delegation", "version", "changed_by")) == {
        ("", 2, "b")
    }


def test_a_row_that_changed_after_the_preview_is_left_as_it_is_and_named(
    visits: Register, add: Any, preview: Any, confirm: Any, clock: datetime
) -> None:
    first, second = add("LF-1"), add("LF-2")
    batch = preview([first, second], values={"people": 9})
    actions.change_record(
        register=visits, record=second, values={"people": 4}, version=1, by="c", at=clock
    )

    confirm(batch)

    assert _people(visits) == {"LF-1": 9, "LF-2": 4}
    (left,) = queries.batch_rows(batch).filter(outcome=RowOutcome.STALE)
    assert "c" in left.message


def test_all_or_nothing_does_nothing_where_one_row_changed_meanwhile(
    visits: Register, add: Any, preview: Any, confirm: Any, clock: datetime
) -> None:
    first, second = add("LF-1"), add("LF-2")
    batch = preview([first, second], values={"people": 9}, is_whole=True)
    actions.change_record(
        register=visits, record=second, values={"people": 4}, version=1, by="c", at=clock
    )

    with pytest.raises(actions.NotApplied):
        confirm(batch)

    assert _people(visits) == {"LF-1": 3, "LF-2": 4}


def test_a_batch_is_done_once_however_often_it_is_confirmed(
    visits: Register, add: Any, preview: Any, confirm: Any
) -> None:
    batch = preview([add("LF-1")], values={"people": 9})
    confirm(batch)
    head = trail.head(batch.zone.code)

    confirm(batch)

    assert trail.head(batch.zone.code) == head
    assert visits.model.objects.get().version == 2


def test_a_right_that_was_taken_away_stops_the_batch(
    visits: Register, add: Any, preview: Any, confirm: Any
) -> None:
    batch = preview([add("LF-1")], values={"people": 9})

    with pytest.raises(actions.NotApplied):
        confirm(batch, rights=frozenset())

    assert _people(visits) == {"LF-1": 3}


def test_undoing_puts_every_row_back_while_nobody_has_worked_on_them(
    visits: Register, add: Any, preview: Any, confirm: Any, clock: datetime
) -> None:
    batch = confirm(preview([add("LF-1"), add("LF-2", people=7)], values={"people": 9}))

    undone = actions.undo_batch(register=visits, batch=batch, permissions=RIGHTS, by="b", at=clock)

    assert undone.state == BatchState.UNDONE
    assert _people(visits) == {"LF-1": 3, "LF-2": 7}
    assert set(visits.model.objects.values_list("version", flat=True)) == {3}


def test_undoing_is_refused_whole_when_somebody_worked_on_a_row(
    visits: Register, add: Any, preview: Any, confirm: Any, clock: datetime
) -> None:
    first = add("LF-1")
    batch = confirm(preview([first, add("LF-2")], values={"people": 9}))
    actions.change_record(
        register=visits, record=first, values={"people": 4}, version=2, by="c", at=clock
    )

    with pytest.raises(actions.NotApplied, match="1"):
        actions.undo_batch(register=visits, batch=batch, permissions=RIGHTS, by="b", at=clock)

    assert _people(visits) == {"LF-1": 4, "LF-2": 9}


def test_deleting_many_needs_a_reason_keeps_their_content_and_can_be_undone(
    visits: Register, add: Any, preview: Any, confirm: Any, clock: datetime
) -> None:
    records = [add("LF-1", visited_on=date(2024, 2, 29)), add("LF-2")]
    kept = list(visits.model.objects.order_by("pk").values("pk", "code", "visited_on", "people"))
    with pytest.raises(actions.NotApplied):
        preview(records, "delete")

    batch = confirm(preview(records, "delete", reason="重复登记"))

    event = Event.objects.order_by("-pk")[0]
    assert (event.verb, event.reason) == ("registers.visits.bulk-deleted", "重复登记")
    assert event.change_count == 2
    assert not visits.model.objects.exists()
    actions.undo_batch(register=visits, batch=batch, permissions=RIGHTS, by="b", at=clock)
    again = visits.model.objects.order_by("pk").values("pk", "code", "visited_on", "people")
    assert list(again) == kept


def test_another_zones_records_are_as_if_they_were_not_there(
    visits: Register, add: Any, preview: Any, neighbour: Zone, clock: datetime, values: Values
) -> None:
    mine = add("LF-1")
    theirs = actions.create_record(
        register=visits, zone=neighbour, values=values("LF-9"), by="x", at=clock
    )

    batch = preview([mine, theirs], values={"people": 9})

    assert [row.record_id for row in queries.batch_rows(batch)] == [mine.pk]
