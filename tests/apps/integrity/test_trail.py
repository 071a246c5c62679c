"""The page of the trail: who may read it, what it shows, what leaves a trace itself."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.accounts.roles import Role
from jingkai.apps.audit import actions as audit
from jingkai.apps.audit import queries as trail
from tests.apps.audit import trails

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor(zone: Zone, hire: Callable[[Zone, Role], User]) -> User:
    return hire(zone, Role.AUDITOR)


@pytest.fixture
def browser(auditor: User, log_in: Callable[[User], Client]) -> Client:
    return log_in(auditor)


@pytest.fixture
def corrected(zone: Zone, auditor: User, clock: datetime) -> None:
    """Correct one visit of the zone, with a reason."""
    before = {"people": 3, "purpose": "考察（示范）", "visited_on": "2024-06-01"}
    with transaction.atomic():
        audit.record(
            verb="registers.visits.changed",
            actor=auditor.username,
            target_kind="visits",
            target_id="7",
            target_label="来访批次 LF-7",
            zone_code=zone.code,
            at=clock,
            reason="漏记一人",
            changes=[
                audit.Changed("visits", "7", "来访批次 LF-7", before, before | {"people": 1004})
            ],
        )


def page(name: str, zone: Zone, *arguments: object) -> str:
    return reverse(f"integrity:{name}", args=[zone.code, *arguments])


@pytest.mark.parametrize("role", [Role.LEADER, Role.INVESTMENT, Role.ADMINISTRATOR, Role.GUEST])
@pytest.mark.parametrize("name", ["trail", "export"])
def test_those_without_the_right_do_not_read_the_trail(zone, hire, log_in, role, name):
    browser = log_in(hire(zone, role))

    assert browser.get(page(name, zone)).status_code == 403


def test_another_zones_trail_is_not_there(neighbour, browser):
    assert browser.get(page("trail", neighbour)).status_code == 404


@pytest.mark.usefixtures("corrected")
def test_the_list_says_who_did_what_to_which_record_and_why(zone, browser, auditor):
    shown = browser.get(page("trail", zone)).content.decode()

    assert auditor.name in shown
    assert "修改" in shown
    assert "来访批次 LF-7" in shown
    assert "漏记一人" in shown
    assert str(trail.head(zone.code)) in shown


@pytest.mark.usefixtures("corrected")
def test_filters_leave_what_they_ask_for_and_an_unknown_one_is_refused(zone, browser):
    everything = browser.get(page("trail", zone)).content.decode()
    found = browser.get(page("trail", zone), {"verb": "registers.visits.changed"})
    nothing = browser.get(page("trail", zone), {"text": "没有这样的文字"})
    refused = browser.get(page("trail", zone), {"verb": "no.such.verb", "since": "昨天"})

    assert "授予人员角色" in everything
    assert [row.cells[3] for row in found.context["rows"]] == ["来访批次 LF-7"]
    assert "没有符合条件的留痕" in nothing.content.decode()
    assert refused.status_code == 400


def test_a_span_of_days_is_inclusive_and_of_beijing(zone, browser, clock):
    midnight = clock.replace(hour=0)
    for label, at in (
        ("前一日", midnight - timedelta(microseconds=1)),
        ("当日零时", midnight),
        ("次日零时", midnight + timedelta(days=1)),
    ):
        trails.write(zone.code, at=at, label=label)

    day = {"since": "2024-12-31", "until": "2024-12-31", "verb": "registers.visits.changed"}
    found = browser.get(page("trail", zone), day)

    assert [row.cells[3] for row in found.context["rows"]] == ["当日零时"]


def test_older_events_are_on_further_pages_of_the_same_filters(zone, browser, clock):
    for number in range(60):
        trails.write(zone.code, at=clock, label=f"批次 {number}")
    asked = {"verb": "registers.visits.changed"}

    first = browser.get(page("trail", zone), asked)
    second = browser.get(page("trail", zone), asked | {"before": first.context["older"]})

    assert len(first.context["rows"]) == 50
    assert [row.cells[3] for row in second.context["rows"]] == [
        f"批次 {number}" for number in range(9, -1, -1)
    ]
    assert second.context["older"] is None


def test_a_page_of_events_costs_the_same_number_of_queries_however_many_there_are(
    zone, browser, clock, django_assert_max_num_queries
):
    for _ in range(55):
        trails.write(zone.code, at=clock)

    with django_assert_max_num_queries(25):
        browser.get(page("trail", zone))


@pytest.mark.usefixtures("corrected")
def test_an_event_shows_each_field_before_and_after_in_the_registers_words(zone, browser):
    event = trail.events(zone.code).first()

    answer = browser.get(page("event", zone, event.sequence))

    [record] = answer.context["changed"]
    people = next(found for found in record.differences if found.after == "1,004")
    assert people.before == "3"
    assert people.label != "people"
    assert record.url == reverse("visits-detail", args=[zone.code, 7])
    assert event.hash in answer.content.decode()


def test_an_event_of_a_batch_shows_its_records_page_by_page(zone, browser, clock):
    event = trails.write(zone.code, at=clock, changes=60)

    first = browser.get(page("event", zone, event.sequence))
    second = browser.get(page("event", zone, event.sequence), {"after": first.context["next"]})

    assert (len(first.context["changed"]), len(second.context["changed"])) == (50, 10)
    assert second.context["next"] is None


@pytest.mark.parametrize("sequence", [0, 9_999, 10**30])
def test_an_event_that_does_not_exist_is_not_found(zone, browser, sequence):
    assert browser.get(page("event", zone, sequence)).status_code == 404


def test_a_whole_trail_is_confirmed_and_the_page_says_when_and_by_whom(zone, browser, auditor):
    before = browser.get(page("trail", zone)).content.decode()

    after = browser.post(page("verify", zone), follow=True).content.decode()

    assert "尚未验证" in before
    assert "上次验证：完整" in after
    assert auditor.name in after
    assert trail.events(zone.code).first().verb == "integrity.trail.verified"
    assert trail.verify().ok


def test_a_broken_trail_is_reported_with_its_first_bad_row(zone, browser, clock):
    event = trails.write(zone.code, at=clock)
    trails.remove_triggers(connection)
    type(event).objects.filter(pk=event.pk).update(reason="改过")

    shown = browser.post(page("verify", zone), follow=True).content.decode()

    assert "上次验证：已被改动" in shown
    assert f"第 {event.sequence} 条内容与其哈希不符" in shown


def test_a_row_that_was_made_unreadable_can_still_be_looked_at(zone, browser, clock):
    event = trails.write(zone.code, at=clock, changes=1)
    trails.remove_triggers(connection)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_event SET details = 'broken' WHERE id = %s", [event.pk])
        cursor.execute("UPDATE audit_change SET before = '[1]'")

    assert browser.get(page("event", zone, event.sequence)).status_code == 200


@pytest.mark.usefixtures("corrected")
def test_an_export_holds_what_the_filters_leave_and_leaves_a_trace(zone, browser, clock):
    trails.write(zone.code, at=clock, label="=1+1")

    answer = browser.get(page("export", zone), {"verb": "registers.visits.changed"})
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()

    assert len(lines) == 3
    assert "'=1+1" in lines[1]
    assert "来访批次 LF-7" in lines[2]
    last = trail.events(zone.code).first()
    assert last.verb == "integrity.trail.exported"
    assert last.details == {"query": "verb=registers.visits.changed"}
