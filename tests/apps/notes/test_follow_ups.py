"""What is to be done about a record, and what a person keeps at hand."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jingkai.apps.audit.models import Event
from jingkai.apps.notes import jobs, queries
from jingkai.apps.notes.models import Bookmark, FollowUp, Seen
from jingkai.apps.notices.models import Notice

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def plan(officer, log_in, at_visit, clock, settings):
    """Return a function by which the officer plans a follow-up of the visit."""
    settings.CLOCK = clock.isoformat()

    def planned(person=None, due_on=None, what="回访客商"):
        said = {
            "what": what,
            "person": (person or officer).username,
            "due_on": str(due_on or clock.date()),
        }
        return log_in(officer).post(at_visit("follow-ups/"), said, follow=True)

    return planned


def test_a_planned_follow_up_is_on_the_record_the_list_and_the_workbench(
    zone, officer, plan, log_in, at_visit
):
    plan()
    browser = log_in(officer)

    for place in (at_visit(), f"/z/{zone.code}/follow-ups/", f"/z/{zone.code}/"):
        assert "回访客商" in browser.get(place).content.decode()


def test_another_person_is_told_that_it_is_theirs(officer, colleague, plan):
    plan(colleague)

    [notice] = Notice.everywhere.all()
    assert (notice.to, notice.kind) == (colleague.username, "assigned")


def test_who_may_not_read_the_record_gets_no_work_with_it(liaison, stranger, plan):
    for person in (liaison, stranger):
        assert "没有找到能查看这条记录的" in plan(person).content.decode()

    assert not FollowUp.everywhere.exists()


@pytest.mark.parametrize(("days", "told"), [(-1, 1), (0, 1), (1, 0)])
def test_one_is_told_once_on_the_day_it_is_due(plan, clock, days, told):
    plan(due_on=clock.date() + days * DAY)

    jobs.remind(clock)
    jobs.remind(clock + timedelta(hours=1))

    assert Notice.everywhere.filter(kind="follow-up").count() == told


def test_what_is_done_leaves_the_list_and_nobody_is_reminded(
    zone, officer, plan, log_in, at_visit, clock
):
    plan()
    place = at_visit(f"follow-ups/{FollowUp.everywhere.get().pk}/done/")

    log_in(officer).post(place, {"result": "已电话回访"})
    jobs.remind(clock)

    done = log_in(officer).get(f"/z/{zone.code}/follow-ups/?done=1").content.decode()
    assert "已电话回访" in done
    assert "回访客商" not in log_in(officer).get(f"/z/{zone.code}/follow-ups/").content.decode()
    assert not Notice.everywhere.exists()
    assert Event.objects.filter(verb="notes.follow-up.done").count() == 1


def test_a_third_person_can_not_say_that_it_is_done(officer, colleague, plan, log_in, at_visit):
    plan()
    pk = FollowUp.everywhere.get().pk

    log_in(colleague).post(at_visit(f"follow-ups/{pk}/done/"))
    elsewhere = log_in(colleague).post(f"/z/home/follow-ups/{pk}/done/")

    assert elsewhere.status_code == 404
    assert FollowUp.everywhere.get().done_at is None


def test_a_bookmark_is_kept_once_and_taken_off(zone, officer, visit, log_in, at_visit):
    browser, base = log_in(officer), f"/z/{zone.code}/bookmarks/"

    for _ in range(2):
        browser.post(at_visit("bookmark/"), {"keep": "1"})
    listed = browser.get(base).content.decode()
    pressed = browser.get(at_visit()).content.decode()
    browser.post(at_visit("bookmark/"), {"keep": "0"})

    assert str(visit) in listed
    assert 'aria-pressed="true"' in pressed
    assert not Bookmark.everywhere.exists()
    verbs = Event.objects.filter(verb__startswith="notes.bookmark").values_list("verb", flat=True)
    assert sorted(verbs) == ["notes.bookmark.added", "notes.bookmark.removed"]


def test_opening_a_record_is_remembered_by_one_statement_behind_the_page(
    officer, visit, log_in, at_visit, zone
):
    browser = log_in(officer)
    browser.get(at_visit())
    unseen = Seen.everywhere.count()

    with CaptureQueriesContext(connection) as asked:
        browser.post(at_visit("seen/"))
    written = [one for one in asked if "notes_seen" in one["sql"]]
    browser.post(at_visit("seen/"))

    assert unseen == 0
    assert len(written) == 1
    assert Seen.everywhere.count() == 1
    menu = browser.get(f"/z/{zone.code}/recent/", headers={"HX-Request": "true"}).content.decode()
    assert str(visit) in menu
    assert "<html" not in menu


def test_the_menu_has_the_last_twenty(zone, officer, inside, clock):
    for number in range(25):
        Seen.everywhere.create(
            zone=zone,
            kind="visits",
            object_id=str(number),
            label=f"第 {number} 条",
            permission="investment.read",
            by=officer.username,
            at=clock + timedelta(minutes=number),
        )

    found = queries.recent(officer.username, ["investment.read"])

    assert [row.object_id for row in found] == [str(number) for number in range(24, 4, -1)]
    assert queries.recent(officer.username, ["projects.read"]) == []


def test_what_was_opened_long_ago_is_forgotten(officer, log_in, at_visit, clock, settings):
    settings.CLOCK = clock.isoformat()
    log_in(officer).post(at_visit("seen/"))

    jobs.sweep(clock + 90 * DAY)
    kept = Seen.everywhere.count()
    jobs.sweep(clock + 91 * DAY)

    assert (kept, Seen.everywhere.count()) == (1, 0)


def test_a_person_sees_nobody_elses_lists(zone, officer, colleague, plan, log_in, at_visit):
    plan()
    log_in(officer).post(at_visit("bookmark/"), {"keep": "1"})
    log_in(officer).post(at_visit("seen/"))

    for page in ("follow-ups", "bookmarks", "recent"):
        shown = log_in(colleague).get(f"/z/{zone.code}/{page}/").content.decode()
        assert "考察团" not in shown


def test_a_project_has_its_comments_on_its_own_page(officer, log_in, zone, clock, inside):
    from jingkai.apps.projects.models import Project  # noqa: PLC0415 - this test alone

    project = Project.everywhere.create(
        zone=zone,
        code="XM-1",
        name="示范项目",
        entered_on=clock.date(),
        recorded_at=clock,
        recorded_by="system",
        changed_at=clock,
        changed_by="system",
    )
    browser = log_in(officer)

    answer = browser.post(f"/z/{zone.code}/projects/{project.pk}/comments/", {"text": "进展顺利"})

    assert answer.url == f"/z/{zone.code}/projects/{project.pk}/page/#notes"
    assert "进展顺利" in browser.get(answer.url).content.decode()
