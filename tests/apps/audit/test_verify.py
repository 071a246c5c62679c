"""Whatever is done to the trail behind its back is found."""

from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from jingkai.apps.audit import chain, queries
from jingkai.apps.audit.chain import Fault, Flaw
from jingkai.apps.audit.models import Change, Event
from tests.apps.audit import trails

pytestmark = pytest.mark.django_db

TEXTS = ["", "x", "来访批次", "{}", "null"]
HASHES = [chain.START, "ab" * 32]
EVENT_VALUES: dict[str, list[Any]] = {
    "zone_code": ["gangcheng", "binjiang", "nowhere"],
    "sequence": [0, 1, 2, 5, 99, 2**40],
    "actor": TEXTS,
    "actor_label": TEXTS,
    "verb": TEXTS,
    "target_kind": TEXTS,
    "target_id": TEXTS,
    "target_label": TEXTS,
    "reason": TEXTS,
    "request_id": TEXTS,
    "details": [*TEXTS, '{"source": "示范数据"}'],
    "change_count": [0, 1, 2, 3, 4],
    "changes_digest": ["", *HASHES],
    "algorithm": ["sha256", "sm3", "md5", ""],
    "previous_hash": HASHES,
    "hash": HASHES,
}
CHANGE_VALUES: dict[str, list[Any]] = {
    "kind": TEXTS,
    "object_id": TEXTS,
    "label": TEXTS,
    "before": [*TEXTS, '{"people": 3}'],
    "after": [*TEXTS, '{"people":5}'],
}
WRITTEN = st.lists(
    st.tuples(st.sampled_from(["gangcheng", "binjiang"]), st.integers(0, 3)),
    min_size=1,
    max_size=7,
)


def sql(statement: str, *values: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


def change_an_event(draw: Callable[..., Any], events: list[Event], _: list[Change]) -> None:
    column = draw(st.sampled_from(sorted(EVENT_VALUES)))
    value = draw(st.sampled_from(EVENT_VALUES[column]))
    event = draw(st.sampled_from(events))
    place = (event.zone_code, event.sequence) if column in {"zone_code", "sequence"} else None
    taken = {(other.zone_code, other.sequence) for other in events}
    if place:
        assume(
            {"zone_code": (value, place[1]), "sequence": (place[0], value)}[column] not in taken
        )
    stored = chain.canonical(event.details) if column == "details" else getattr(event, column)
    assume(value != stored)
    sql(f"UPDATE audit_event SET {column} = %s WHERE id = %s", value, event.pk)


def move_an_event_in_time(draw: Callable[..., Any], events: list[Event], _: list[Change]) -> None:
    event = draw(st.sampled_from(events))
    Event.objects.filter(pk=event.pk).update(at=event.at + timedelta(microseconds=1))


def change_a_change(draw: Callable[..., Any], _: list[Event], changes: list[Change]) -> None:
    assume(changes)
    column = draw(st.sampled_from(sorted(CHANGE_VALUES)))
    value = draw(st.sampled_from(CHANGE_VALUES[column]))
    change = draw(st.sampled_from(changes))
    stored = getattr(change, column)
    assume(value != (chain.canonical(stored) if column in {"before", "after"} else stored))
    sql(f"UPDATE audit_change SET {column} = %s WHERE id = %s", value, change.pk)


def hand_a_change_over(
    draw: Callable[..., Any], events: list[Event], changes: list[Change]
) -> None:
    assume(changes)
    change, event = draw(st.sampled_from(changes)), draw(st.sampled_from(events))
    assume(change.event_id != event.pk)
    sql("UPDATE audit_change SET event_id = %s WHERE id = %s", event.pk, change.pk)


def remove_a_change(draw: Callable[..., Any], _: list[Event], changes: list[Change]) -> None:
    assume(changes)
    sql("DELETE FROM audit_change WHERE id = %s", draw(st.sampled_from(changes)).pk)


def add_a_change(draw: Callable[..., Any], events: list[Event], _: list[Change]) -> None:
    event = draw(st.sampled_from(events))
    Change.objects.create(event=event, kind="visits", object_id="1", before=None, after=None)


def swap_two_changes(draw: Callable[..., Any], _: list[Event], changes: list[Change]) -> None:
    pairs = [(one, two) for one, two in pairwise(changes) if one.event_id == two.event_id]
    assume(pairs)
    one, two = draw(st.sampled_from(pairs))
    for source, target in ((one, two.pk), (two, one.pk)):
        sql("UPDATE audit_change SET object_id = %s WHERE id = %s", source.object_id, target)
        written = chain.canonical(source.after)
        sql("UPDATE audit_change SET after = %s WHERE id = %s", written, target)


def remove_an_event(draw: Callable[..., Any], events: list[Event], _: list[Change]) -> None:
    event = draw(st.sampled_from(events))
    sql("DELETE FROM audit_change WHERE event_id = %s", event.pk)
    sql("DELETE FROM audit_event WHERE id = %s", event.pk)


def remove_a_chain(draw: Callable[..., Any], events: list[Event], _: list[Change]) -> None:
    code = draw(st.sampled_from(events)).zone_code
    own = "SELECT id FROM audit_event WHERE zone_code = %s"
    sql(f"DELETE FROM audit_change WHERE event_id IN ({own})", code)
    sql("DELETE FROM audit_event WHERE zone_code = %s", code)


def swap_two_events(draw: Callable[..., Any], events: list[Event], _: list[Change]) -> None:
    one, two = draw(st.sampled_from(events)), draw(st.sampled_from(events))
    assume(one.zone_code == two.zone_code and one.pk != two.pk)
    for pk, sequence in ((one.pk, 10**6), (two.pk, one.sequence), (one.pk, two.sequence)):
        sql("UPDATE audit_event SET sequence = %s WHERE id = %s", sequence, pk)


def repeat_an_event_at_the_end(
    draw: Callable[..., Any], events: list[Event], _: list[Change]
) -> None:
    event = draw(st.sampled_from(events))
    event.pk = None
    event.sequence = queries.head(event.zone_code).sequence + 1
    event.save(force_insert=True)


def rewrite_an_event_with_its_hash(
    draw: Callable[..., Any], events: list[Event], _: list[Change]
) -> None:
    event = draw(st.sampled_from(events))
    fields = {name: getattr(event, name) for name in chain.Entry._fields}
    fields |= {"details": chain.canonical(event.details), "reason": "补写的理由"}
    hashed = chain.seal(chain.Entry(**fields))
    sql(
        "UPDATE audit_event SET reason = %s, hash = %s WHERE id = %s",
        "补写的理由",
        hashed,
        event.pk,
    )


TAMPERINGS = [
    change_an_event,
    move_an_event_in_time,
    change_a_change,
    hand_a_change_over,
    remove_a_change,
    add_a_change,
    swap_two_changes,
    remove_an_event,
    remove_a_chain,
    swap_two_events,
    repeat_an_event_at_the_end,
    rewrite_an_event_with_its_hash,
]


@given(written=WRITTEN, tamper=st.sampled_from(TAMPERINGS), data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much])
def test_every_tampering_is_found_with_the_heads_kept_outside(clock, written, tamper, data):
    with trails.rolled_back():
        for number, (zone_code, changes) in enumerate(written):
            trails.write(zone_code, at=clock, label=f"批次 {number}", changes=changes)
        heads = queries.heads()
        assert queries.verify(against=heads).ok
        trails.remove_triggers(connection)
        tamper(data.draw, list(Event.objects.order_by("id")), list(Change.objects.order_by("id")))

        verdict = queries.verify(against=heads)

        assert not verdict.ok


@pytest.mark.usefixtures("trail")
class TestTheFirstBadRow:
    @pytest.mark.parametrize(
        ("statement", "sequence", "fault"),
        [
            ("UPDATE audit_event SET reason = 'x' WHERE sequence = 2", 2, Fault.ALTERED),
            ("UPDATE audit_event SET algorithm = 'md5' WHERE sequence = 1", 1, Fault.ALTERED),
            ("UPDATE audit_event SET sequence = 9 WHERE sequence = 2", 2, Fault.MISSING),
            ("UPDATE audit_event SET sequence = 0 WHERE sequence = 2", 1, Fault.REPEATED),
            ("UPDATE audit_change SET label = 'x'", 2, Fault.CHANGES_ALTERED),
            ("UPDATE audit_change SET after = 'null'", 2, Fault.CHANGES_ALTERED),
            ("DELETE FROM audit_change", 2, Fault.CHANGES_ALTERED),
        ],
    )
    def test_is_named_with_what_is_wrong(self, statement, sequence, fault):
        trails.remove_triggers(connection)
        sql(statement)

        verdict = queries.verify("gangcheng")

        assert verdict.first_bad == Flaw("gangcheng", sequence, fault)
        assert verdict.events == sequence - 1

    def test_after_a_rewritten_event_is_the_next_one(self):
        trails.remove_triggers(connection)
        event = queries.event("gangcheng", 2)
        fields = {name: getattr(event, name) for name in chain.Entry._fields}
        fields |= {"details": chain.canonical(event.details), "reason": "补写的理由"}
        hashed = chain.seal(chain.Entry(**fields))
        rewritten = f"reason = '补写的理由', hash = '{hashed}'"
        sql(f"UPDATE audit_event SET {rewritten} WHERE id = {event.pk}")

        verdict = queries.verify("gangcheng")

        assert verdict.first_bad == Flaw("gangcheng", 3, Fault.UNLINKED)

    @pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL's types refuse it")
    @pytest.mark.parametrize("assignment", ["at = 'yesterday'", "reason = X'ff'", "actor = X'00'"])
    def test_may_hold_anything(self, assignment):
        trails.remove_triggers(connection)
        sql(f"UPDATE audit_event SET {assignment} WHERE zone_code = 'gangcheng' AND sequence = 2")

        verdict = queries.verify("gangcheng")

        assert verdict.first_bad is not None
        assert verdict.first_bad.sequence == 2


@pytest.mark.usefixtures("trail")
class TestAHeadKeptOutside:
    def test_of_today_or_of_earlier_confirms_the_chain(self, clock):
        earlier = queries.head("gangcheng")
        trails.write("gangcheng", at=clock)

        assert queries.verify(against=[earlier, *queries.heads()]).ok

    def test_shows_that_the_end_was_cut_off(self):
        head = queries.head("gangcheng")
        trails.remove_triggers(connection)
        sql("DELETE FROM audit_event WHERE zone_code = 'gangcheng' AND sequence = 3")

        assert queries.verify().ok
        assert queries.verify(against=[head]).first_bad == Flaw("gangcheng", 3, Fault.CUT_OFF)

    def test_shows_that_a_whole_chain_was_removed(self):
        head = queries.head("binjiang")
        trails.remove_triggers(connection)
        sql("DELETE FROM audit_event WHERE zone_code = 'binjiang'")

        assert queries.verify().ok
        assert queries.verify(against=[head]).first_bad == Flaw("binjiang", 1, Fault.CUT_OFF)

    def test_shows_that_the_chain_was_written_anew(self, clock):
        head = queries.head("binjiang")
        trails.remove_triggers(connection)
        sql("DELETE FROM audit_event WHERE zone_code = 'binjiang'")
        trails.write("binjiang", at=clock, label="改写过的历史")

        assert queries.verify().ok
        assert queries.verify(against=[head]).first_bad == Flaw("binjiang", 1, Fault.NOT_THE_HEAD)

    def test_of_an_empty_chain_says_nothing(self):
        assert queries.verify(against=[queries.head("nowhere")]).ok


@pytest.mark.usefixtures("trail")
def test_all_chains_are_verified_together_and_progress_is_told_over_all_of_them():
    verdict = queries.verify(progress=lambda _done, _total: None)

    assert verdict == chain.Verdict(events=4, changes=2)
