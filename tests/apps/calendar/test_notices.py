"""A notice is entered by one person, counts at once, and is confirmed by another."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from jingkai.apps.audit.models import Event
from jingkai.apps.calendar import actions, queries
from jingkai.apps.calendar.models import HolidayNotice
from jingkai.core.calendar import Standing, calendar_days, shipped, working_days
from tests.apps.calendar.conftest import NUMBER, SAID, TEXT

pytestmark = pytest.mark.django_db

SPRING = date(2027, 2, 10)  # off by the notice, not by the law alone
LIMIT = working_days(20)


def events():
    return list(Event.objects.filter(verb__startswith="calendar.").order_by("sequence"))


def test_a_zone_without_notices_of_its_own_has_the_calendar_that_ships(zone):
    assert queries.calendar(zone.pk) is shipped.calendar()


def test_an_entered_notice_counts_at_once_and_is_provisional(zone, entered):
    calendar = queries.calendar(zone.pk)

    assert calendar.standing(2027) is Standing.UNCONFIRMED
    assert not calendar.is_working(SPRING)
    assert calendar.add(date(2027, 1, 20), LIMIT).awaited == (2027,)


def test_a_confirmed_notice_is_final(zone, entered, checker, clock):
    actions.confirm_notice(notice=entered, by=checker.username, at=clock)

    calendar = queries.calendar(zone.pk)

    assert calendar.standing(2027) is Standing.FINAL
    assert calendar.add(date(2027, 1, 20), LIMIT).awaited == ()


def test_a_notice_of_one_zone_leaves_the_others_alone(neighbour, entered):
    assert queries.calendar(neighbour.pk).standing(2027) is Standing.AWAITED


def test_each_step_is_one_event_with_its_days(entered, checker, clock):
    actions.confirm_notice(notice=entered, by=checker.username, at=clock)
    actions.withdraw_notice(notice=entered, reason="年份有误", by=checker.username, at=clock)

    found = events()

    assert [event.verb.rpartition(".")[2] for event in found] == [
        "entered", "confirmed", "withdrawn",
    ]  # fmt: skip
    assert found[0].changes.get().after["arrangements"][1]["name"] == "春节"
    assert (found[2].reason, found[2].target_label) == ("年份有误", NUMBER)


def test_who_entered_it_can_not_confirm_it(entered, officer, clock):
    with pytest.raises(actions.NotConfirmed, match="须由另一人核对"):
        actions.confirm_notice(notice=entered, by=officer.username, at=clock)

    assert len(events()) == 1


def test_the_database_holds_that_the_maker_is_not_the_checker(entered, clock):
    with pytest.raises(IntegrityError), transaction.atomic():
        HolidayNotice.everywhere.update(confirmed_by=entered.entered_by, confirmed_at=clock)


@pytest.mark.parametrize(
    "fields",
    [
        {"confirmed_by": "somebody"},
        {"withdrawn_by": "somebody", "withdrawn_for": "有误"},
        {"withdrawn_for": "有误"},
    ],
)
def test_the_database_keeps_who_and_when_together(entered, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        HolidayNotice.everywhere.update(**fields)


def test_a_notice_is_confirmed_once(entered, checker, clock):
    actions.confirm_notice(notice=entered, by=checker.username, at=clock)

    with pytest.raises(actions.NotConfirmed, match="已由他人核对"):
        actions.confirm_notice(notice=entered, by="another", at=clock)


def test_a_withdrawn_notice_counts_no_more_and_may_be_entered_again(
    zone, entered, officer, checker, clock
):
    actions.withdraw_notice(notice=entered, reason="年份有误", by=checker.username, at=clock)

    assert queries.calendar(zone.pk).standing(2027) is Standing.AWAITED
    again = actions.enter_notice(zone=zone, text=TEXT, said=SAID, by=officer.username, at=clock)
    assert again.pk != entered.pk
    assert queries.calendar(zone.pk).standing(2027) is Standing.UNCONFIRMED
    assert len(queries.notices_of(zone.pk, 2027)) == 2


def test_a_withdrawn_notice_is_neither_confirmed_nor_withdrawn_again(entered, checker, clock):
    actions.withdraw_notice(notice=entered, reason="有误", by=checker.username, at=clock)

    with pytest.raises(actions.NotConfirmed, match="已撤回"):
        actions.confirm_notice(notice=entered, by=checker.username, at=clock)
    with pytest.raises(actions.NotWithdrawn, match="已经撤回"):
        actions.withdraw_notice(notice=entered, reason="有误", by=checker.username, at=clock)


def test_withdrawing_needs_a_reason(entered, checker, clock):
    with pytest.raises(actions.NotWithdrawn, match="撤回原因"):
        actions.withdraw_notice(notice=entered, reason=" ", by=checker.username, at=clock)


@pytest.mark.parametrize(
    ("text", "said", "message"),
    [
        (TEXT.replace("共8天", "共9天"), SAID, "未改正的问题"),
        ("各单位：请安排值班。", SAID, "未改正的问题"),
        (TEXT, SAID | {"document_number": "国办发明电〔2025〕7号"}, "已经在日历中"),
    ],
)
def test_what_can_not_be_taken_over_is_refused(zone, officer, clock, text, said, message):
    with pytest.raises(actions.NotEntered, match=message):
        actions.enter_notice(zone=zone, text=text, said=said, by=officer.username, at=clock)

    assert not HolidayNotice.everywhere.exists()
    assert events() == []


def test_a_notice_is_entered_once(zone, entered, checker, clock):
    with pytest.raises(actions.NotEntered, match="不必重复录入"):
        actions.enter_notice(zone=zone, text=TEXT, said=SAID, by=checker.username, at=clock)


def test_a_second_notice_changes_one_holiday_of_the_year(zone, entered, checker, clock):
    change = "关于调整2027年劳动节放假安排的通知\n2027年5月1日至4日放假调休，共4天。"
    said = SAID | {"document_number": "〔2027〕3号", "issued_on": date(2027, 3, 1)}

    in_march = clock + timedelta(days=100)
    made = actions.enter_notice(zone=zone, text=change, said=said, by="a", at=in_march)
    actions.confirm_notice(notice=made, by="b", at=in_march)
    actions.confirm_notice(notice=entered, by=checker.username, at=clock)

    calendar = queries.calendar(zone.pk)
    assert calendar.standing(2027) is Standing.FINAL
    assert calendar.is_working(date(2027, 5, 5))
    assert not calendar.is_working(date(2027, 5, 8))
    assert not calendar.is_working(SPRING)


def test_the_calendar_is_made_once_and_costs_one_small_query_afterwards(zone, entered):
    first = queries.calendar(zone.pk)

    with CaptureQueriesContext(connection) as asked:
        second = queries.calendar(zone.pk)

    assert second is first
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("on", "years"),
    [
        (date(2026, 11, 30), []),
        (date(2026, 12, 1), [2027]),
        (date(2027, 1, 4), [2027]),
        (date(2025, 12, 31), []),
    ],
)
def test_a_notice_is_missed_from_december_on(zone, on, years):
    assert [missing.year for missing in queries.missing_notices(zone.pk, on=on)] == years


def test_an_unconfirmed_notice_is_still_missed(zone, entered, checker, clock):
    [missing] = queries.missing_notices(zone.pk, on=date(2026, 12, 1))
    actions.confirm_notice(notice=entered, by=checker.username, at=clock)

    assert missing.standing is Standing.UNCONFIRMED
    assert queries.missing_notices(zone.pk, on=date(2026, 12, 1)) == ()


def test_limits_are_called_as_officials_call_them():
    unmarked = calendar_days(30, is_unmarked=True)
    due = shipped.calendar().add(date(2026, 12, 1), working_days(40))

    assert queries.limit_words(LIMIT) == "20 个工作日"
    assert queries.limit_words(unmarked) == "30 日（未注明工作日）"
    assert queries.due_words(due) == f"{due.on.isoformat()}（暂定）"
    assert queries.due_words(None) == "待定（中止计时）"
    assert due.on > date(2026, 12, 1) + timedelta(days=40)


def test_a_notice_is_not_issued_tomorrow(zone, officer, clock):
    said = SAID | {"issued_on": clock.date() + timedelta(days=1)}

    with pytest.raises(actions.NotEntered, match="印发日期不能晚于今天"):
        actions.enter_notice(zone=zone, text=TEXT, said=said, by=officer.username, at=clock)
