"""Clocks: suspensions, what is left, and the promised limit beside the statutory one."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingkai.core.calendar import (
    Alarm,
    Cause,
    Clock,
    Limit,
    RemarkCode,
    State,
    Step,
    Suspension,
    Unit,
    calendar_days,
    due,
    explain,
    months,
    read,
    shipped,
    working_days,
)

CALENDAR = shipped.calendar()
ONE = timedelta(days=1)
RECEIVED = date(2026, 9, 24)
TWENTY = working_days(20, "《行政许可法》", "第四十二条")
REVIEW = Suspension(
    cause=Cause.EXPERT_REVIEW,
    from_on=date(2026, 10, 12),
    until_on=date(2026, 10, 24),
    told_on=date(2026, 10, 9),
)
STARTS = st.dates(date(2024, 1, 1), date(2026, 6, 30))


@st.composite
def suspended(draw):
    start = draw(STARTS)
    found = []
    for _ in range(draw(st.integers(0, 4))):
        first = start + timedelta(days=draw(st.integers(-5, 60)))
        until = first + timedelta(days=draw(st.integers(1, 30)))
        found.append(Suspension(cause=Cause.HEARING, from_on=first, until_on=until))
    return start, tuple(found)


def is_paused(day, suspensions):
    return any(one.from_on <= day < one.until_on for one in suspensions)


def slow_due(start, limit, suspensions):
    """Count the days one by one and leave out those that don't count."""
    day, left = start, limit.count
    while left:
        day += ONE
        is_counted = limit.unit is Unit.CALENDAR_DAY or CALENDAR.is_working(day)
        left -= is_counted and not is_paused(day, suspensions)
    while limit.rolls and not CALENDAR.is_working(day):
        day += ONE
    return day


def codes(reading):
    return [remark.code for remark in reading.remarks]


def test_the_expert_review_of_the_handbook_moves_the_day_by_its_ten_working_days():
    clock = Clock(started_on=RECEIVED, limit=TWENTY, suspensions=(REVIEW,))

    assert due(CALENDAR, clock).on == date(2026, 11, 12)


@given(case=suspended(), count=st.integers(1, 60), unit=st.sampled_from(list(Unit)[:2]))
def test_the_fast_clock_is_the_slow_one(case, count, unit):
    start, suspensions = case
    limit = Limit(count=count, unit=unit)

    found = due(CALENDAR, Clock(started_on=start, limit=limit, suspensions=suspensions))

    assert found.on == slow_due(start, limit, suspensions)


@given(start=STARTS, count=st.integers(2, 40), at=st.integers(1, 39), lost=st.integers(1, 30))
def test_so_many_working_days_suspended_move_the_day_by_so_many(start, count, at, lost):
    first = CALENDAR.shifted(start, min(at, count - 1)) + ONE
    until = CALENDAR.shifted(first - ONE, lost) + ONE
    suspension = Suspension(cause=Cause.TESTING, from_on=first, until_on=until)
    limit = working_days(count)

    plain = due(CALENDAR, Clock(started_on=start, limit=limit))
    paused = due(CALENDAR, Clock(started_on=start, limit=limit, suspensions=(suspension,)))

    assert paused.on == CALENDAR.shifted(plain.on, lost)


@given(case=suspended(), count=st.integers(1, 24))
def test_a_suspension_never_brings_a_day_nearer_whatever_the_unit(case, count):
    start, suspensions = case

    for unit in Unit:
        limit = Limit(count=count, unit=unit)
        plain = due(CALENDAR, Clock(started_on=start, limit=limit))
        paused = due(CALENDAR, Clock(started_on=start, limit=limit, suspensions=suspensions))
        assert paused.on >= plain.on


@given(case=suspended(), count=st.integers(1, 40), after=st.integers(0, 90))
def test_used_and_remaining_days_are_the_limit(case, count, after):
    start, suspensions = case
    clock = Clock(started_on=start, limit=working_days(count), suspensions=suspensions)

    found = read(CALENDAR, clock, on=start + timedelta(days=after))

    if found.remaining >= 0 and found.state is not State.OVERDUE:
        assert found.used + found.remaining == count


@given(case=suspended(), count=st.integers(1, 40))
def test_the_explanation_ends_with_the_day_and_counts_them_all(case, count):
    start, suspensions = case

    for limit in (working_days(count), calendar_days(count)):
        clock = Clock(started_on=start, limit=limit, suspensions=suspensions)
        stretches = explain(CALENDAR, start, limit, suspensions)
        assert stretches[-1].last == due(CALENDAR, clock).on
        assert stretches[-1].total == count
        assert stretches[0].step is Step.STARTED
        assert all(one.last + ONE == other.first for one, other in pairwise(stretches))


def test_overlapping_suspensions_are_not_taken_twice():
    twice = (REVIEW, REVIEW, Suspension(cause=Cause.OTHER, from_on=date(2026, 10, 20),
             until_on=date(2026, 10, 22)))  # fmt: skip

    found = due(CALENDAR, Clock(started_on=RECEIVED, limit=TWENTY, suspensions=twice))

    assert found.on == date(2026, 11, 12)


def test_a_limit_of_months_is_moved_by_the_days_that_were_paused():
    pause = Suspension(cause=Cause.APPRAISAL, from_on=date(2026, 3, 2), until_on=date(2026, 3, 12))
    clock = Clock(started_on=date(2026, 2, 16), limit=months(3), suspensions=(pause,))

    found = due(CALENDAR, clock)

    assert found.nominal_on == date(2026, 5, 26)


def test_while_a_suspension_goes_on_the_day_is_not_known():
    going_on = Suspension(cause=Cause.HEARING, from_on=date(2026, 10, 12))
    clock = Clock(started_on=RECEIVED, limit=TWENTY, suspensions=(going_on,))

    found = read(CALENDAR, clock, on=date(2026, 10, 20))

    assert (found.state, found.due, found.used, found.remaining) == (State.PAUSED, None, 6, 14)
    assert codes(found) == [RemarkCode.NOT_TOLD, RemarkCode.SUSPENSION_OPEN]


@pytest.mark.parametrize(
    ("first", "is_known"), [(date(2026, 10, 29), False), (date(2026, 10, 30), True)]
)
def test_a_suspension_after_the_last_day_changes_nothing(first, is_known):
    late = Suspension(cause=Cause.HEARING, from_on=first)

    found = due(CALENDAR, Clock(started_on=RECEIVED, limit=TWENTY, suspensions=(late,)))

    assert (found is not None) is is_known


@pytest.mark.parametrize(
    ("on", "state", "used", "remaining", "alarm"),
    [
        (date(2026, 9, 23), State.NOT_STARTED, 0, 20, Alarm.NONE),
        (date(2026, 9, 24), State.RUNNING, 0, 20, Alarm.NONE),
        (date(2026, 10, 23), State.RUNNING, 16, 4, Alarm.NONE),
        (date(2026, 10, 26), State.DUE_SOON, 17, 3, Alarm.WARN),
        (date(2026, 10, 29), State.DUE_SOON, 20, 0, Alarm.WARN),
        (date(2026, 10, 30), State.OVERDUE, 21, -1, Alarm.ESCALATE),
    ],
)
def test_a_clock_shows_where_it_stands(on, state, used, remaining, alarm):
    found = read(CALENDAR, Clock(started_on=RECEIVED, limit=TWENTY), on=on)

    assert (found.state, found.used, found.remaining) == (state, used, remaining)
    assert found.alarm is alarm


@pytest.mark.parametrize(
    ("done_on", "state", "alarm"),
    [
        (date(2026, 10, 29), State.DONE, Alarm.NONE),
        (date(2026, 10, 30), State.DONE_LATE, Alarm.ESCALATE),
    ],
)
def test_what_is_done_is_judged_by_its_last_day(done_on, state, alarm):
    clock = Clock(started_on=RECEIVED, limit=TWENTY, done_on=done_on)

    found = read(CALENDAR, clock, on=date(2026, 12, 1))

    assert (found.state, found.alarm) == (state, alarm)


def test_done_while_a_suspension_goes_on_can_not_be_judged():
    going_on = Suspension(cause=Cause.HEARING, from_on=date(2026, 10, 12))
    clock = Clock(
        started_on=RECEIVED, limit=TWENTY, suspensions=(going_on,), done_on=date(2026, 10, 20)
    )

    assert read(CALENDAR, clock, on=date(2026, 11, 1)).state is State.DONE_UNKNOWN


def test_a_passed_promise_warns_and_a_passed_statute_escalates():
    clock = Clock(started_on=RECEIVED, limit=TWENTY, promised=working_days(10))

    warned = read(CALENDAR, clock, on=date(2026, 10, 16))
    escalated = read(CALENDAR, clock, on=date(2026, 10, 30))

    assert warned.promised_due.on == date(2026, 10, 15)
    assert (warned.state, warned.alarm) == (State.RUNNING, Alarm.WARN)
    assert RemarkCode.PROMISE_PASSED in codes(warned)
    assert escalated.alarm is Alarm.ESCALATE
    assert codes(escalated) == [RemarkCode.PROMISE_PASSED, RemarkCode.STATUTE_PASSED]


def test_a_limit_of_unmarked_days_says_so():
    limit = calendar_days(30, "《闲置土地处置办法》", "第六条", is_unmarked=True)

    found = read(CALENDAR, Clock(started_on=RECEIVED, limit=limit), on=date(2026, 10, 1))

    assert found.due.on == date(2026, 10, 26)  # 24 October is a Saturday
    assert codes(found) == [RemarkCode.UNMARKED, RemarkCode.ROLLED]


def test_a_day_in_a_year_without_its_notice_is_provisional():
    clock = Clock(started_on=date(2026, 12, 10), limit=TWENTY)

    found = read(CALENDAR, clock, on=date(2026, 12, 11))

    assert found.due.awaited == (2027,)
    assert codes(found) == [RemarkCode.PROVISIONAL]


def test_the_explanation_names_every_day_that_was_left_out():
    stretches = explain(CALENDAR, RECEIVED, TWENTY, (REVIEW,))

    told = [(one.step, one.name, one.days) for one in stretches[1:9]]

    assert told == [
        (Step.RESTED, "中秋节", 3),
        (Step.COUNTED, "", 3),
        (Step.RESTED, "国庆节", 7),
        (Step.COUNTED, "", 2),
        (Step.SWAPPED, "国庆节", 1),
        (Step.RESTED, "", 1),
        (Step.PAUSED, "expert_review", 12),
        (Step.RESTED, "", 2),
    ]


def test_the_explanation_shows_how_the_last_day_moved():
    stretches = explain(CALENDAR, date(2026, 9, 21), calendar_days(10))

    assert [(one.step, one.name, one.days) for one in stretches] == [
        (Step.STARTED, "", 1),
        (Step.COUNTED, "", 10),
        (Step.ROLLED, "国庆节", 6),
        (Step.DUE, "", 1),
    ]


def test_there_is_nothing_to_explain_while_the_day_is_not_known():
    going_on = Suspension(cause=Cause.HEARING, from_on=date(2026, 10, 12))

    assert explain(CALENDAR, RECEIVED, TWENTY, (going_on,)) == ()
