"""Many verbs told by one event: all of what they changed, nothing of what was taken back."""

from datetime import datetime
from typing import Any

import pytest
from django.db import transaction

from jingkai.apps.audit import actions as audit
from jingkai.apps.audit import queries
from jingkai.apps.audit.models import Event
from tests.apps.audit import trails

pytestmark = pytest.mark.django_db


def _told(clock: datetime, **others: Any) -> Any:
    return {
        "verb": "registers.leads.bulk-done",
        "actor": "li.na",
        "target_kind": "leads",
        "target_id": "",
        "target_label": "线索",
        "at": clock,
        "zone_code": "home",
        "reason": "年底清理",
        "details": {"batch": 1},
    } | others


def _fail(label: str, clock: datetime) -> None:
    trails.write("home", at=clock, changes=1, label=label)
    raise LookupError


def test_what_verbs_record_inside_is_one_event_with_all_their_changes(clock: datetime) -> None:
    with transaction.atomic(), audit.together(**_told(clock)):
        trails.write("home", at=clock, changes=2)
        trails.write("home", at=clock, changes=1)

    (event,) = Event.objects.all()
    assert (event.verb, event.change_count, event.reason) == (
        "registers.leads.bulk-done",
        3,
        "年底清理",
    )
    assert event.details == {"batch": 1, "verbs": {"registers.visits.changed": 2}}
    assert queries.verify("home").ok


def test_a_part_that_fails_is_forgotten_and_the_others_are_told(clock: datetime) -> None:
    with transaction.atomic(), audit.together(**_told(clock)) as together:
        trails.write("home", at=clock, changes=1, label="甲")
        with pytest.raises(LookupError), together.part():
            _fail("乙", clock)

    (event,) = Event.objects.all()
    assert [change.label for change in queries.changes(event)] == ["甲"]
    assert event.details["verbs"] == {"registers.visits.changed": 1}


def test_where_no_verb_was_done_no_event_is_written(clock: datetime) -> None:
    with transaction.atomic(), audit.together(**_told(clock)):
        pass

    assert not Event.objects.exists()


def test_an_event_of_another_chain_is_written_as_ever(clock: datetime) -> None:
    with transaction.atomic(), audit.together(**_told(clock)):
        trails.write("neighbour", at=clock, changes=1)

    (event,) = Event.objects.all()
    assert event.zone_code == "neighbour"


def test_after_a_failure_verbs_write_their_own_events_again(clock: datetime) -> None:
    with pytest.raises(LookupError), transaction.atomic(), audit.together(**_told(clock)):
        _fail("甲", clock)

    trails.write("home", at=clock)

    (event,) = Event.objects.all()
    assert event.verb == "registers.visits.changed"


def test_nothing_is_gathered_outside_a_transaction(
    clock: datetime, transactional_db: None
) -> None:
    with pytest.raises(audit.NotInTransaction), audit.together(**_told(clock)):
        audit.record(
            verb="registers.visits.changed",
            actor="li.na",
            target_kind="visits",
            target_id="7",
            target_label="",
            zone_code="home",
            at=clock,
        )
