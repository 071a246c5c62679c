"""Limits: each in its own unit, against a reference that counts day by day."""

import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingkai.core.calendar import (
    Limit,
    NotALimit,
    OutsideCalendar,
    Unit,
    calendar_days,
    corresponding,
    months,
    shipped,
    working_days,
    years,
)
from tests.environment import rounds

CALENDAR = shipped.calendar()
ONE = timedelta(days=1)
DAYS = st.dates(date(2003, 6, 1), date(2029, 12, 31))
UNITS = st.sampled_from(Unit)
COUNTS = st.integers(1, 400)


def counted(start: date, count: int) -> date:
    """Count working days one by one, as an official would with a finger."""
    day = start
    while count:
        day += ONE
        count -= CALENDAR.is_working(day)
    return day


def test_the_vector_of_the_handbook():
    found = CALENDAR.add(date(2026, 9, 24), working_days(20, "《行政许可法》", "第四十二条"))

    assert (found.on, found.is_rolled, found.is_provisional) == (date(2026, 10, 29), False, False)


def test_working_days_are_those_that_another_collection_counts():
    oracle = pytest.importorskip("chinese_calendar")
    chance = random.Random(20261123)
    wrong = []

    for _ in range(rounds(500, 5_000)):
        start = date(2006, 1, 1) + timedelta(days=chance.randrange(7_200))
        count = chance.randint(1, 250)
        end = CALENDAR.add(start, working_days(count)).on
        told = len(oracle.get_workdays(start + ONE, end))
        if told != count or not oracle.is_workday(end):
            wrong.append((start, count, end, told))

    assert wrong == []


@given(start=DAYS, count=COUNTS)
def test_the_fast_count_is_the_slow_one(start, count):
    assert CALENDAR.shifted(start, count) == counted(start, count)


@given(start=DAYS, one=COUNTS, other=COUNTS)
def test_two_limits_of_working_days_add_up(start, one, other):
    first = CALENDAR.shifted(start, one)

    assert CALENDAR.shifted(first, other) == CALENDAR.shifted(start, one + other)


@given(start=DAYS, count=COUNTS)
def test_between_takes_back_what_add_gave(start, count):
    end = CALENDAR.add(start, working_days(count)).on

    assert CALENDAR.between(start, end, Unit.WORKING_DAY) == count


@given(start=DAYS, later=st.integers(0, 60), count=COUNTS, unit=UNITS)
def test_starting_later_never_ends_earlier(start, later, count, unit):
    limit = Limit(count=min(count, 40), unit=unit)
    after = start + timedelta(days=later)

    assert CALENDAR.add(start, limit).on <= CALENDAR.add(after, limit).on


@given(start=DAYS, count=COUNTS, unit=UNITS)
def test_rolling_is_never_earlier_and_ends_on_a_working_day(start, count, unit):
    count = min(count, 60)
    rolled = CALENDAR.add(start, Limit(count=count, unit=unit))
    plain = CALENDAR.add(start, Limit(count=count, unit=unit, rolls=False))

    assert rolled.on >= plain.on == rolled.nominal_on
    assert CALENDAR.is_working(rolled.on)
    assert not any(
        CALENDAR.is_working(plain.on + timedelta(days=number))
        for number in range((rolled.on - plain.on).days)
    )


@given(end=DAYS, count=st.integers(1, 60))
def test_what_is_due_before_a_day_is_the_latest_that_keeps_the_distance(end, count):
    found = CALENDAR.latest_before(end, working_days(count))

    assert CALENDAR.working_between(found, end) == count
    assert CALENDAR.working_between(found + ONE, end) == count - 1


@pytest.mark.parametrize(
    ("start", "limit", "on"),
    [
        (date(2026, 1, 31), months(1), date(2026, 2, 28)),
        (date(2024, 1, 31), months(1), date(2024, 2, 29)),
        (date(2026, 1, 31), months(2), date(2026, 3, 31)),  # from the start, not from 28 February
        (date(2026, 12, 15), months(1), date(2027, 1, 15)),
        (date(2024, 2, 29), years(1), date(2025, 2, 28)),
        (date(2024, 2, 29), years(4), date(2028, 2, 29)),
        (date(2026, 8, 31), months(18), date(2028, 2, 29)),
        (date(2026, 1, 1), calendar_days(365), date(2027, 1, 1)),
    ],
)
def test_months_and_years_end_on_their_corresponding_day(start, limit, on):
    assert CALENDAR.add(start, limit).nominal_on == on


def test_a_month_is_not_thirty_days_and_a_year_not_twelve_times_that():
    start = date(2026, 1, 15)

    assert CALENDAR.add(start, months(1)).on == date(2026, 2, 24)  # 15 February is 春节
    assert CALENDAR.add(start, calendar_days(30)).nominal_on == date(2026, 2, 14)
    assert CALENDAR.add(start, years(1)).nominal_on == date(2027, 1, 15)


@pytest.mark.parametrize(
    ("start", "on"),
    [
        (date(2026, 9, 10), date(2026, 9, 10) + timedelta(days=10)),  # a Sunday that is worked
        (date(2026, 9, 15), date(2026, 9, 28)),  # 25 to 27 September is 中秋
        (date(2026, 9, 14), date(2026, 9, 24)),
        (date(2026, 9, 21), date(2026, 10, 8)),  # 1 to 7 October is 国庆
    ],
)
def test_ten_days_that_end_on_a_day_of_rest_end_after_it(start, on):
    assert CALENDAR.add(start, calendar_days(10)).on == on


def test_a_limit_may_be_one_that_does_not_roll():
    limit = Limit(count=10, unit=Unit.CALENDAR_DAY, rolls=False)

    found = CALENDAR.add(date(2026, 9, 15), limit)

    assert (found.on, found.is_rolled, found.is_provisional) == (date(2026, 9, 25), False, False)


@pytest.mark.parametrize(
    ("start", "limit", "awaited"),
    [
        (date(2026, 12, 1), working_days(18), ()),  # ends on 25 December
        (date(2026, 12, 1), working_days(19), (2027,)),
        (date(2026, 12, 1), months(1), (2027,)),
        (date(2026, 6, 1), calendar_days(100), ()),
        (date(2026, 6, 1), years(2), (2028,)),  # only the last day decides
        (date(2026, 6, 1), working_days(500), (2027, 2028)),
    ],
)
def test_a_last_day_is_provisional_where_a_notice_could_move_it(start, limit, awaited):
    found = CALENDAR.add(start, limit)

    assert found.awaited == awaited
    assert found.is_provisional is bool(awaited)


@pytest.mark.parametrize(
    ("after", "until", "unit", "count"),
    [
        (date(2026, 1, 31), date(2026, 2, 27), Unit.MONTH, 0),
        (date(2026, 1, 31), date(2026, 2, 28), Unit.MONTH, 1),
        (date(2024, 2, 29), date(2025, 2, 27), Unit.YEAR, 0),
        (date(2024, 2, 29), date(2025, 2, 28), Unit.YEAR, 1),
        (date(2026, 9, 24), date(2026, 9, 24), Unit.CALENDAR_DAY, 0),
        (date(2026, 9, 24), date(2026, 9, 20), Unit.WORKING_DAY, 0),
    ],
)
def test_whole_units_between_two_days(after, until, unit, count):
    assert CALENDAR.between(after, until, unit) == count


@given(start=DAYS, count=st.integers(-600, 600))
def test_the_corresponding_day_is_in_its_month_and_never_later_in_it(start, count):
    found = corresponding(start, count)

    assert (found.year * 12 + found.month) - (start.year * 12 + start.month) == count
    assert found.day <= start.day
    assert found.day == start.day or (found + ONE).day == 1


@pytest.mark.parametrize("count", [0, -1])
def test_a_limit_of_nothing_is_none(count):
    with pytest.raises(NotALimit):
        working_days(count)


def test_only_days_can_be_unmarked():
    with pytest.raises(NotALimit):
        Limit(count=1, unit=Unit.MONTH, is_unmarked=True)


def test_the_calendar_says_where_it_ends():
    with pytest.raises(OutsideCalendar):
        CALENDAR.add(date(2200, 12, 1), working_days(60))
