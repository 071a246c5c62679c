from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingkai.core import indicators
from jingkai.core.indicators import BadPeriod, Period

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("period", "start", "end"),
    [
        (indicators.year(2024), date(2024, 1, 1), date(2024, 12, 31)),
        (indicators.quarter(2024, 1), date(2024, 1, 1), date(2024, 3, 31)),
        (indicators.quarter(2024, 4), date(2024, 10, 1), date(2024, 12, 31)),
        (indicators.quarters_to(2024, 1), date(2024, 1, 1), date(2024, 3, 31)),
        (indicators.quarters_to(2024, 3), date(2024, 1, 1), date(2024, 9, 30)),
        (indicators.month(2024, 2), date(2024, 2, 1), date(2024, 2, 29)),
        (indicators.to_date(date(2024, 5, 20)), date(2024, 1, 1), date(2024, 5, 20)),
    ],
)
def test_a_period_has_both_its_ends(period, start, end):
    assert (period.start, period.end) == (start, end)
    assert start in period
    assert end in period
    assert start - timedelta(days=1) not in period
    assert end + timedelta(days=1) not in period


def test_the_days_of_a_period_are_counted_with_both_ends():
    assert indicators.year(2024).days == 366
    assert Period(date(2024, 1, 1), date(2024, 1, 1)).days == 1


@pytest.mark.parametrize(
    "make",
    [
        lambda: Period(date(2024, 1, 2), date(2024, 1, 1)),
        lambda: indicators.quarter(2024, 0),
        lambda: indicators.quarter(2024, 5),
        lambda: indicators.quarters_to(2024, 5),
        lambda: indicators.month(2024, 0),
        lambda: indicators.month(2024, 13),
    ],
)
def test_a_period_that_no_calendar_has_is_refused(make):
    with pytest.raises(BadPeriod):
        make()


@pytest.mark.parametrize(
    ("period", "last_year"),
    [
        (indicators.year(2024), indicators.year(2023)),
        (indicators.month(2024, 2), indicators.month(2023, 2)),
        (indicators.month(2025, 2), indicators.month(2024, 2)),
        (
            indicators.to_date(date(2024, 2, 29)),
            Period(date(2023, 1, 1), date(2023, 2, 28)),
        ),
        (
            indicators.to_date(date(2025, 2, 28)),
            Period(date(2024, 1, 1), date(2024, 2, 29)),
        ),
        (
            indicators.to_date(date(2024, 2, 28)),
            Period(date(2023, 1, 1), date(2023, 2, 28)),
        ),
        (
            Period(date(2024, 2, 29), date(2024, 3, 10)),
            Period(date(2023, 2, 28), date(2023, 3, 10)),
        ),
    ],
)
def test_the_same_period_of_last_year_knows_leap_years(period, last_year):
    assert period.same_period_last_year() == last_year


@pytest.mark.parametrize(
    ("period", "previous"),
    [
        (indicators.month(2024, 3), indicators.month(2024, 2)),
        (indicators.month(2024, 1), indicators.month(2023, 12)),
        (indicators.quarter(2024, 1), indicators.quarter(2023, 4)),
        (indicators.quarter(2024, 3), indicators.quarter(2024, 2)),
        (indicators.year(2024), indicators.year(2023)),
        (
            Period(date(2024, 3, 11), date(2024, 3, 20)),
            Period(date(2024, 3, 1), date(2024, 3, 10)),
        ),
    ],
)
def test_the_previous_period_is_as_long_and_just_before(period, previous):
    assert period.previous() == previous


@given(DAYS, DAYS)
def test_a_period_follows_its_previous_one_without_a_gap(one, two):
    period = Period(min(one, two), max(one, two))

    assert period.previous().end + timedelta(days=1) == period.start


@given(DAYS)
def test_every_day_is_in_one_month_one_quarter_and_one_year(day):
    months = [n for n in range(1, 13) if day in indicators.month(day.year, n)]
    quarters = [n for n in range(1, 5) if day in indicators.quarter(day.year, n)]

    assert months == [day.month]
    assert quarters == [(day.month + 2) // 3]
    assert day in indicators.year(day.year)


@given(DAYS)
def test_year_to_date_compares_with_a_year_to_date(day):
    last_year = indicators.to_date(day).same_period_last_year()

    assert last_year == indicators.to_date(last_year.end)
    assert last_year.end.month == day.month
