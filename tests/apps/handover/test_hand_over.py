"""All of one person's work in other hands: nothing open names the one who leaves."""

from typing import Any

import pytest
from django.apps import apps
from django.db import models

from jingkai.apps.accounts.models import User
from jingkai.apps.accounts.roles import Role
from jingkai.apps.audit.models import Event
from jingkai.apps.investment.models import Lead
from jingkai.apps.notices.models import Notice
from jingkai.apps.projects.models import OfficerAssignment
from jingkai.apps.registers import queries
from jingkai.apps.registers.kinds import Person, bare
from jingkai.apps.registers.models import HandOver, Record

pytestmark = pytest.mark.django_db

OPEN = {"lead", "visit", "assignment", "follow_up", "job"}
WHO = ("assigned_to", "officer", "person", "by")


def of(record: Any) -> str:
    """Return whom a record names now."""
    record.refresh_from_db()
    name = next(name for name in WHO if hasattr(record, name))
    held = getattr(record, name)
    return getattr(held, "username", held)


def serving(work: dict[str, Any]) -> str:
    project = work["assignment"].project
    return OfficerAssignment.everywhere.get(project=project, until=None).officer.username


def test_after_a_hand_over_nothing_open_names_the_one_who_left(
    zone, work, leaver, successor, hand, clock
):
    answer = hand()

    left = queries.work_of(zone, leaver, everything=False, on=clock.date())
    assert answer.status_code == 302
    assert [(kind.kind, count) for kind, count, _ in left if count] == []
    assert serving(work) == successor.username
    for name in OPEN - {"assignment"}:
        assert of(work[name]) == successor.username, name


def test_what_is_over_stays_with_who_did_it_unless_everything_is_asked_for(
    work, leaver, successor, hand
):
    hand()
    before = [of(work[name]) for name in ("lost", "visited", "talk", "followed", "ended")]
    hand(scope="all")
    after = [of(work[name]) for name in ("lost", "visited", "talk", "followed", "ended")]

    assert before == [leaver.username] * 5
    assert after == [successor.username] * 4 + [leaver.username]


def test_a_hand_over_is_one_event_and_every_record_tells_it(work, hand, log_in, leader, zone):
    hand()

    [event] = Event.objects.filter(verb="registers.work.handed-over")
    told = {(change.kind, change.object_id) for change in event.changes.all()}
    assert ("leads", str(work["lead"].pk)) in told
    assert event.reason == "轮岗"
    assert event.details["counts"] == {
        "project-officers": 1,
        "leads": 1,
        "visits": 1,
        "follow-ups": 1,
        "job": 1,
    }
    page = log_in(leader).get(f"/z/{zone.code}/leads/{work['lead'].pk}/").content.decode()
    assert "轮岗" in page
    assert work["lead"].version < Lead.everywhere.get(pk=work["lead"].pk).version


def test_a_project_goes_by_its_own_verb(work, leaver, hand):
    hand()

    ended = OfficerAssignment.everywhere.get(pk=work["assignment"].pk)
    now = OfficerAssignment.everywhere.get(project=ended.project, until=None)
    assert ended.until is not None
    assert (now.handed_over_by.username, now.note) == (leaver.username, "轮岗")
    assert Event.objects.filter(verb="projects.officer.handed-over").count() == 1


def test_the_receiver_is_told_and_signs_for_all_of_it_at_once(
    zone, work, successor, leaver, hand, log_in
):
    place = hand().url
    [notice] = Notice.everywhere.filter(kind="hand-over")
    shown = log_in(successor).get(f"/z/{zone.code}/").content.decode()

    log_in(leaver).post(place + "acknowledge/")
    early = HandOver.everywhere.get().acknowledged_at
    log_in(successor).post(place + "acknowledge/")

    assert (notice.to, notice.url) == (successor.username, place)
    assert "签收移交的工作" in shown
    assert early is None
    assert HandOver.everywhere.get().acknowledged_at is not None
    assert OfficerAssignment.everywhere.get(until=None).acknowledged_on is not None
    assert Event.objects.filter(verb="registers.work.acknowledged").count() == 1


def test_the_preview_counts_and_names_and_changes_nothing(
    zone, work, leaver, successor, leader, log_in
):
    asked = {
        "before": leaver.username,
        "to": successor.username,
        "scope": "open",
        "reason": "轮岗",
    }

    page = log_in(leader).get(f"/z/{zone.code}/hand-overs/new/", asked).content.decode()

    assert "5 件工作" in page
    assert "在跟线索" in page
    assert "已流失线索" not in page
    assert of(work["lead"]) == leaver.username


def test_an_administrator_hands_over_what_they_may_not_read(
    zone, work, leaver, successor, hire, log_in
):
    browser = log_in(hire(zone, Role.ADMINISTRATOR))
    place = f"/z/{zone.code}/hand-overs/new/"
    asked = {
        "before": leaver.username,
        "to": successor.username,
        "scope": "open",
        "reason": "离职",
    }

    page = browser.get(place, asked).content.decode()
    browser.post(place, asked)

    assert "在跟线索" not in page
    assert "示范线索" not in page
    assert "5 件工作" in page
    assert of(work["lead"]) == successor.username


def test_nobody_takes_over_what_they_could_not_open(zone, work, leaver, hire, hand):
    blind = hire(zone, Role.LIAISON)

    page = hand(to=blind.username)

    assert page.status_code == 400
    assert "无权查看" in page.content.decode()
    assert serving(work) == leaver.username
    assert of(work["lead"]) == leaver.username
    assert not HandOver.everywhere.exists()


@pytest.mark.parametrize("wrong", ["reason", "self", "stranger", "nothing"])
def test_a_hand_over_needs_a_reason_another_person_and_work(
    wrong, work, leaver, successor, neighbour, hire, hand
):
    said = {
        "reason": {"reason": " "},
        "self": {"to": leaver.username},
        "stranger": {"to": hire(neighbour, Role.LEADER).username},
        "nothing": {"before": successor.username, "to": leaver.username},
    }[wrong]

    assert hand(**said).status_code == 400
    assert not HandOver.everywhere.exists()


def test_only_the_two_and_who_may_hand_over_see_it(
    zone, neighbour, work, leaver, successor, leader, hire, hand, log_in
):
    place = hand().url
    colleague, stranger = hire(zone, Role.SAFETY), hire(neighbour, Role.LEADER)

    seen = [
        log_in(person).get(place).status_code
        for person in (leaver, successor, leader, colleague, stranger)
    ]

    assert seen == [200, 200, 200, 404, 404]
    assert log_in(colleague).get(f"/z/{zone.code}/hand-overs/new/").status_code == 403


def test_every_column_of_persons_is_handed_over_by_some_kind_of_work():
    declared = {(work.kind, work.column) for work in queries.kinds_of_work() if work.column}
    by_verb = {("project-officers", "officer")}

    typed = {
        (register.kind, column.name)
        for register in queries.registers().values()
        for column in register.typed
        if isinstance(bare(column.kind), Person)
    }

    assert typed == declared | by_verb


def test_every_field_of_a_person_stands_in_a_column_that_is_handed_over():
    history = {"projects.OfficerAssignment.handed_over_by"}  # who handed over stays as it was
    known = {
        f"{register.model._meta.label}.{column.name}"
        for register in queries.registers().values()
        for column in register.typed
        if isinstance(bare(column.kind), Person)
    }

    fields = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if issubclass(model, Record)
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and field.related_model is User
    }

    assert fields == known | history
