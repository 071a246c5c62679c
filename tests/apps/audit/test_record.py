"""Writing the trail: inside the action's transaction, gap-free, chained."""

import unicodedata
from datetime import date
from decimal import Decimal

import pytest
import structlog
from django.db import DatabaseError, connection, transaction

from jingkai.apps.audit import actions as audit
from jingkai.apps.audit import chain, queries
from jingkai.apps.audit.models import Change, Event
from tests.apps.audit import trails

pytestmark = pytest.mark.django_db


def test_events_of_a_zone_are_numbered_without_gap_and_name_their_predecessor(clock):
    first = trails.write("gangcheng", at=clock)
    other = trails.write("binjiang", at=clock)
    second = trails.write("gangcheng", at=clock)

    assert (first.sequence, other.sequence, second.sequence) == (1, 1, 2)
    assert first.previous_hash == other.previous_hash == chain.START
    assert second.previous_hash == first.hash


def test_what_belongs_to_no_zone_is_on_the_chain_of_the_installation(clock):
    with transaction.atomic():
        event = audit.record(
            verb="accounts.user.created",
            actor="admin",
            target_kind="user",
            target_id="1",
            target_label="李娜",
            at=clock,
        )

    assert event.zone_code == audit.INSTALLATION == "-"


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 5])
def test_many_changes_are_kept_in_their_order_however_they_are_packed(count, clock, monkeypatch):
    monkeypatch.setattr(audit, "PACKED", 2)
    told = [
        audit.Changed("visits", str(number), "客商\ud800“一”", None, {"备注": "甲\0乙\n"})
        for number in range(count)
    ]

    with transaction.atomic():
        event = audit.record(
            verb="registers.visits.imported",
            actor="li.na",
            target_kind="visits",
            target_id="import-1",
            target_label="来访.xlsx",
            at=clock,
            changes=iter(told),
        )

    kept = list(queries.changes(event).values_list("object_id", "label"))
    assert kept == [(str(number), chain.text("客商\ud800“一”")) for number in range(count)]
    assert event.change_count == count
    assert queries.verify().ok


def test_an_action_that_is_rolled_back_leaves_no_event_and_no_gap(clock):
    trails.write("gangcheng", at=clock)

    with trails.rolled_back():
        trails.write("gangcheng", at=clock, changes=2)
    after = trails.write("gangcheng", at=clock)

    assert after.sequence == 2
    assert Change.objects.count() == 0
    assert queries.verify().ok


@transaction.atomic
def act_with_details(value, *, at):
    trails.write("gangcheng", at=at, label="业务数据")
    audit.record(
        verb="registers.visits.changed",
        actor="li.na",
        target_kind="visits",
        target_id="7",
        target_label="来访批次",
        at=at,
        details={"value": value},
    )


def test_when_the_trail_cannot_be_written_the_action_fails_with_it(clock):
    with pytest.raises(TypeError, match="no canonical form"):
        act_with_details(object(), at=clock)

    assert not Event.objects.exists()


def test_a_trail_that_is_read_only_lets_no_action_through(clock):
    with connection.cursor() as cursor, transaction.atomic():
        cursor.execute("ALTER TABLE audit_event RENAME TO audit_event_gone")

        with pytest.raises(DatabaseError), transaction.atomic():
            trails.write("gangcheng", at=clock)

        transaction.set_rollback(True)


def test_values_are_kept_exactly_and_texts_in_one_form(clock):
    decomposed = unicodedata.normalize("NFD", "é")
    before = {"invested_wan": Decimal("1234.50"), "signed_on": date(2024, 2, 29)}
    changed = audit.Changed("signings", "3", decomposed, before, None)

    with transaction.atomic():
        event = audit.record(
            verb="registers.signings.deleted",
            actor="li.na",
            target_kind="signings",
            target_id="3",
            target_label=decomposed,
            at=clock,
            details={"number": 2**70, "share": 0.1, "nothing": None},
            changes=(change for change in [changed]),
        )
    event.refresh_from_db()
    change = Change.objects.get()

    assert event.target_label == change.label == "é"
    assert event.details == {"number": 2**70, "share": 0.1, "nothing": None}
    assert change.before == {"invested_wan": "1234.50", "signed_on": "2024-02-29"}
    assert change.after is None
    assert event.change_count == 1
    assert queries.verify().ok


def test_an_event_carries_the_id_of_its_request(clock):
    with structlog.contextvars.bound_contextvars(request_id="f00d"):
        inside = trails.write("gangcheng", at=clock)
    outside = trails.write("gangcheng", at=clock)

    assert (inside.request_id, outside.request_id) == ("f00d", "")


def test_where_commercial_cryptography_is_required_the_chain_goes_on_in_sm3(clock, settings):
    trails.write("gangcheng", at=clock)

    settings.AUDIT_ALGORITHM = "sm3"
    event = trails.write("gangcheng", at=clock, changes=1)

    assert event.algorithm == "sm3"
    assert queries.verify().ok


def test_a_batch_is_one_event_with_many_changes_in_their_order(clock):
    event = trails.write("gangcheng", at=clock, changes=1200)

    kept = queries.changes(event)

    assert event.change_count == 1200
    assert [change.object_id for change in kept] == [str(number) for number in range(1200)]
    assert queries.verify() == chain.Verdict(events=1, changes=1200)


@pytest.mark.usefixtures("transactional_db")
def test_outside_a_transaction_nothing_can_be_recorded(clock):
    with pytest.raises(audit.NotInTransaction):
        audit.record(
            verb="registers.visits.changed",
            actor="li.na",
            target_kind="visits",
            target_id="7",
            target_label="来访批次",
            at=clock,
        )

    assert not Event.objects.exists()
