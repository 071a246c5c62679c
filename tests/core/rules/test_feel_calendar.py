"""The calendar beyond Python's: two thousand million years, with a year zero."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingkai.core.rules.feel import temporal
from jingkai.core.rules.feel.temporal import Date, calendar
from tests.core.rules import feel_values
from tests.environment import rounds


@given(st.dates())
@settings(max_examples=rounds(200, 3_000))
def test_within_pythons_years_the_calendar_is_pythons(day):
    ours = Date(day.year, day.month, day.day)

    assert ours.ordinal == day.toordinal()
    assert temporal.weekday(ours) == day.isoweekday()
    assert temporal.week_of_year(ours) == day.isocalendar().week
    assert temporal.day_of_year(ours) == (day - date(day.year, 1, 1)).days + 1
    assert calendar.days_in_month(day.year, day.month) == _last_day(day).day


def _last_day(day):
    following = day.replace(day=28) + timedelta(days=4) if day < date(9999, 12, 1) else None
    return following - timedelta(days=following.day) if following else date(9999, 12, 31)


@given(feel_values.ordinals())
@settings(max_examples=rounds(300, 3_000))
def test_the_number_of_a_day_and_the_day_of_a_number_are_inverse(number):
    year, month, day = calendar.from_ordinal(number)

    assert calendar.is_day(year, month, day)
    assert calendar.ordinal(year, month, day) == number


@given(st.integers(feel_values.FIRST, feel_values.LAST - 1))
@settings(max_examples=rounds(300, 3_000))
def test_the_next_number_is_the_next_day_of_the_calendar(number):
    year, month, day = calendar.from_ordinal(number)

    following = calendar.from_ordinal(number + 1)

    if day < calendar.days_in_month(year, month):
        assert following == (year, month, day + 1)
    elif month < 12:
        assert following == (year, month + 1, 1)
    else:
        assert following == (year + 1, 1, 1)


@given(st.integers(feel_values.FIRST, feel_values.LAST - 7))
@settings(max_examples=rounds(200, 3_000))
def test_weekdays_go_on_through_all_years(number):
    days = [Date(*calendar.from_ordinal(number + count)) for count in range(8)]

    weekdays = [temporal.weekday(day) for day in days]

    assert [weekday % 7 + 1 for weekday in weekdays[:-1]] == weekdays[1:]


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [
        (2023, 2, 29),
        (1900, 2, 29),
        (2024, 4, 31),
        (2024, 0, 1),
        (2024, 13, 1),
        (1_000_000_000, 1, 1),
        (-1_000_000_000, 12, 31),
    ],
)
def test_a_day_the_calendar_has_not_is_null(year, month, day):
    assert temporal.date_of(year, month, day) is None


def test_the_first_and_the_last_day_are_days():
    assert temporal.date_of(-999_999_999, 1, 1) is not None
    assert temporal.date_of(999_999_999, 12, 31) is not None


@pytest.mark.parametrize(
    ("text", "week"),
    [
        ("2003-12-29", 1),
        ("2004-01-04", 1),
        ("2005-01-01", 53),
        ("2005-01-03", 1),
        ("2010-01-03", 53),
        ("2010-01-04", 1),
        ("2019-09-17", 38),
    ],
)
def test_weeks_are_those_of_iso_8601(text, week):
    assert temporal.week_of_year(temporal.parse_date(text)) == week
