"""The pages of the trail: filters, keyset paging, a record's history, the export."""

import hashlib
import json
from datetime import timedelta

import pytest

from jingkai.apps.audit import queries
from jingkai.apps.audit.queries import Filters
from tests.apps.audit import trails

pytestmark = pytest.mark.django_db


def test_pages_follow_each_other_without_overlap_down_to_the_first_event(clock):
    for _ in range(5):
        trails.write("gangcheng", at=clock)

    first = queries.page("gangcheng", length=2)
    second = queries.page("gangcheng", before=first.older, length=2)
    last = queries.page("gangcheng", before=second.older, length=2)

    seen = [[event.sequence for event in page.events] for page in (first, second, last)]
    assert seen == [[5, 4], [3, 2], [1]]
    assert last.older is None


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(), [3, 2, 1]),
        (Filters(person="li.na"), [3, 2, 1]),
        (Filters(person="zhao"), []),
        (Filters(verb="registers.visits.changed"), [3, 2, 1]),
        (Filters(verb="registers.visits."), [3, 2, 1]),
        (Filters(verb="registers.visits"), []),
        (Filters(text="批次二"), [2]),
        (Filters(text="有误"), [3]),
        (Filters(target_kind="visits", target_id="7"), [3, 2, 1]),
        (Filters(target_kind="visits", target_id="8"), []),
    ],
)
@pytest.mark.usefixtures("trail")
def test_filters_leave_what_they_ask_for(filters, found):
    assert [event.sequence for event in queries.events("gangcheng", filters)] == found


def test_a_span_of_time_takes_its_start_in_and_leaves_its_end_out(clock):
    for minutes in range(3):
        trails.write("gangcheng", at=clock + timedelta(minutes=minutes))

    asked = Filters(since=clock + timedelta(minutes=1), until=clock + timedelta(minutes=2))

    assert [event.sequence for event in queries.events("gangcheng", asked)] == [2]


def test_the_history_of_a_record_is_newest_first_and_knows_its_events(
    clock, django_assert_num_queries
):
    trails.write("gangcheng", at=clock, label="先", changes=1)
    trails.write("gangcheng", at=clock, label="后", changes=2)

    with django_assert_num_queries(1):
        found = [change.event.target_label for change in queries.history("visits", "0")]

    assert found == ["后", "先"]


@pytest.mark.usefixtures("trail")
def test_people_and_verbs_of_a_zone_are_listed_once():
    assert queries.actors("gangcheng") == ["li.na"]
    assert queries.verbs("gangcheng") == [("registers.visits.changed", "visits")]
    assert queries.actors("nowhere") == []


@pytest.mark.usefixtures("trail")
def test_an_export_is_verified_by_a_script_that_knows_nothing_of_this_product():
    def digest(value: object) -> bytes:
        return json.dumps(
            value, ensure_ascii=False, sort_keys=True, separators=(",", ":")
        ).encode()

    heads = {}
    for line in queries.export():
        found = json.loads(line)
        event = found["event"]
        code, changes = event["zone_code"], found["changes"]
        sequence, previous = heads.get(code, (0, "0" * 64))
        listed = b"".join(digest(change) + b"\n" for change in changes)

        assert event["sequence"] == sequence + 1
        assert event["previous_hash"] == previous
        assert event["change_count"] == len(changes)
        assert event["changes_digest"] == (hashlib.sha256(listed).hexdigest() if changes else "")
        assert hashlib.sha256(digest(event)).hexdigest() == found["hash"]
        heads[code] = (event["sequence"], found["hash"])

    assert heads == {head.zone_code: (head.sequence, head.hash) for head in queries.heads()}
