"""Sums, differences and the order of dates, times and durations."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import combinations, permutations
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from jingkai.core.rules.feel import operators, temporal
from jingkai.core.rules.feel.temporal import Date, DayTimeDuration, YearMonthDuration
from tests.core.rules import feel_values
from tests.environment import rounds

at = temporal.parse_at
LOCAL = st.just((None, None))
SMALL = feel_values.day_time_durations(10**10)


@pytest.mark.parametrize(
    ("value", "sign", "duration", "result"),
    [
        ("2024-01-31", "+", "P1M", "2024-02-29"),
        ("2023-01-31", "+", "P1M", "2023-02-28"),
        ("2024-02-29", "+", "P1Y", "2025-02-28"),
        ("2024-02-29", "+", "P4Y", "2028-02-29"),
        ("2024-03-31", "-", "P1M", "2024-02-29"),
        ("2024-03-15", "+", "-P15M", "2022-12-15"),
        ("-0001-12-15", "+", "P1M", "0000-01-15"),
        ("0001-01-15", "-", "P1M", "0000-12-15"),
        ("999999999-12-31", "+", "P1D", None),
        ("-999999999-01-01", "-", "P1M", None),
        ("2021-01-01", "+", "PT36H", "2021-01-02"),
        ("2021-01-02", "-", "PT1S", "2021-01-01"),
        ("2021-01-02", "-", "-PT1S", "2021-01-02"),
        ("2021-01-31T10:10:10", "+", "P1M", "2021-02-28T10:10:10"),
        ("2021-12-31T23:59:59.999", "+", "PT0.001S", "2022-01-01T00:00:00"),
        ("2021-01-01T10:10:10+11:00", "-", "P1D", "2020-12-31T10:10:10+11:00"),
        # Paris goes from 02:00 to 03:00 in the night of 31 March 2024
        ("2024-03-31T01:30:00@Europe/Paris", "+", "PT1H", "2024-03-31T03:30:00@Europe/Paris"),
        ("2024-03-30T02:30:00@Europe/Paris", "+", "P1M", "2024-04-30T02:30:00@Europe/Paris"),
        ("23:30:00", "+", "PT1H", "00:30:00"),
        ("00:30:00", "-", "PT1H", "23:30:00"),
        ("10:15:00+11:00", "+", "P7D", "10:15:00+11:00"),
        ("10:15:00@Asia/Shanghai", "-", "PT11H", "23:15:00@Asia/Shanghai"),
        ("10:15:00", "+", "P1M", None),
        ("P1Y", "+", "-P2M", "P10M"),
        ("P1D", "-", "P1DT1S", "-PT1S"),
        ("P1D", "+", "P1M", None),
        ("P1Y", "-", "2021-01-01", None),
    ],
)
def test_a_value_and_a_duration(value, sign, duration, result):
    apply = operators.add if sign == "+" else operators.subtract

    got = apply(at(value), at(duration))

    assert (got and temporal.string(got)) == result
    if sign == "+":
        assert operators.add(at(duration), at(value)) == got


@pytest.mark.parametrize(
    ("end", "start", "result"),
    [
        ("2024-03-01", "2024-02-01", "P29D"),
        ("-0001-03-01", "0001-03-01", "-P731D"),  # the year zero is a leap year
        ("2021-01-02T10:10:10", "2021-01-01T10:10:09.5", "P1DT0.5S"),
        ("2021-01-02T10:10:10@Europe/Paris", "2021-01-01T10:10:10@Asia/Dhaka", "P1DT5H"),
        ("2024-03-31T04:00:00@Europe/Paris", "2024-03-31T01:00:00@Europe/Paris", "PT2H"),
        ("2021-01-02T10:10:10", "2021-01-01T10:10:10Z", None),
        ("2021-01-02", "2021-01-02T00:00:00Z", "PT0S"),  # a day is its midnight in UTC
        ("2021-01-02T08:00:00+08:00", "2021-01-02", "PT0S"),
        ("2021-01-02", "2021-01-01T10:10:10", None),
        ("10:10:10", "11:10:10", "-PT1H"),
        ("10:10:10+08:00", "10:10:10+09:00", "PT1H"),
        ("10:10:10", "10:10:10Z", None),
        ("2021-01-02", "10:10:10", None),
        ("10:10:10", "2021-01-02T10:10:10", None),
    ],
)
def test_the_time_between_two_moments(end, start, result):
    got = operators.subtract(at(end), at(start))

    assert (got and temporal.string(got)) == result


@given(
    st.one_of(
        feel_values.dates(),
        feel_values.times(),
        feel_values.date_times(),
        feel_values.day_time_durations(10**10),
    ),
    SMALL,
)
@settings(max_examples=rounds(100, 3_000))
def test_what_was_added_is_the_difference(value, duration):
    if isinstance(value, Date):
        duration = DayTimeDuration(duration.seconds // 86_400 * 86_400)
    later = operators.add(value, duration)
    assume(later is not None)

    between = operators.subtract(later, value)

    if isinstance(value, temporal.Time):  # round the clock
        between = DayTimeDuration((between.seconds - duration.seconds) % 86_400)
        assert between.seconds == 0
    else:
        assert between == duration
    assert operators.equal(operators.subtract(later, duration), value)


@given(
    feel_values.date_times(st.integers(*feel_values.NEAR)),
    feel_values.day_time_durations(10**8),
)
@settings(max_examples=rounds(100, 3_000))
def test_moments_are_added_as_python_adds_them_in_utc(moment, duration):
    duration = DayTimeDuration(duration.seconds.quantize(Decimal("1.000000")))
    moment = temporal.date_time_of(
        moment.date,
        temporal.time_of(moment.time.hour, moment.time.minute, Decimal(30), None, "Europe/Paris"),
    )

    later = operators.add(moment, duration)

    microseconds = int(duration.seconds.scaleb(6))
    reference = _python(moment).astimezone(UTC) + timedelta(microseconds=microseconds)
    assert _python(later).astimezone(UTC) == reference
    assert later.time.offset == reference.astimezone(ZoneInfo("Europe/Paris")).utcoffset().seconds


def _python(moment):
    date, clock = moment.date, moment.time
    second, rest = divmod(clock.second, 1)
    zone = ZoneInfo(clock.zone)
    folds = [
        datetime(
            date.year,
            date.month,
            date.day,
            clock.hour,
            clock.minute,
            int(second),
            tzinfo=zone,
            fold=fold,
        )
        for fold in (0, 1)
    ]
    offset = timedelta(seconds=clock.offset)
    right = next(moment for moment in folds if moment.utcoffset() == offset)
    return right + timedelta(microseconds=int(rest.scaleb(6)))


def test_the_hour_that_comes_twice_is_two_hours():
    start = at("2024-10-27T01:30:00@Europe/Paris")

    first, second = (operators.add(start, at(text)) for text in ("PT1H", "PT2H"))

    assert temporal.string(first) == temporal.string(second) == "2024-10-27T02:30:00@Europe/Paris"
    assert temporal.string(operators.subtract(second, first)) == "PT1H"
    assert operators.compare(first, second) == -1


@given(feel_values.dates(), st.integers(-30_000, 30_000))
@settings(max_examples=rounds(100, 3_000))
def test_months_later_is_the_same_day_or_the_last_one(day, months):
    later = temporal.add_months(day, months)
    assume(later is not None)

    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == min(day.day, temporal.calendar.days_in_month(later.year, later.month))


@given(feel_values.dates(), feel_values.dates())
@settings(max_examples=rounds(100, 3_000))
def test_the_months_between_two_days_are_the_most_that_do_not_pass_the_end(start, end):
    months = temporal.months_between(start, end)

    step = 1 if months > 0 or (months == 0 and end.ordinal >= start.ordinal) else -1
    assert _position(start, months) * step <= _position(end, 0) * step
    assert _position(start, months + step) * step > _position(end, 0) * step


def _position(day, months):
    """Return a number in the order of year, month and day, without any clipping."""
    return (day.year * 12 + day.month + months) * 100 + day.day


@pytest.mark.parametrize(
    ("left", "right", "order"),
    [
        ("2024-02-29", "2024-03-01", -1),
        ("-0002-01-01", "-0001-01-01", -1),
        ("2024-01-01T00:00:00+08:00", "2023-12-31T16:00:00Z", 0),
        ("2024-01-01T00:00:00@Asia/Shanghai", "2023-12-31T17:00:00@Europe/Paris", 0),
        ("2024-01-01T08:00:00+08:00", "2024-01-01T00:00:01Z", -1),
        ("10:00:00+08:00", "03:00:00+01:00", 0),
        ("00:30:00+01:00", "23:00:00Z", -1),
        ("10:00:00@Asia/Shanghai", "10:00:00+08:00", 0),
        ("10:00:00", "10:00:01", -1),
        ("P1D", "PT24H", 0),
        ("P13M", "P1Y", 1),
        ("P1D", "P1M", None),
        ("2024-01-01", "2024-01-01T00:00:00", None),
        ("10:00:00", "2024-01-01T10:00:00", None),
        # One is nowhere: it is taken to be where the other is (table 54).
        ("2024-01-01T10:00:00", "2024-01-01T10:00:01@Asia/Shanghai", -1),
        ("10:00:00+08:00", "09:00:00", 1),
    ],
)
def test_the_order_of_two_values(left, right, order):
    assert operators.compare(at(left), at(right)) == order
    assert operators.compare(at(right), at(left)) == (None if order is None else -order)


@pytest.mark.parametrize(
    ("left", "right", "is_equal", "is_same"),
    [
        ("2024-01-01T00:00:00+08:00", "2023-12-31T16:00:00Z", True, False),
        ("2024-01-01T00:00:00@Asia/Shanghai", "2024-01-01T00:00:00+08:00", True, False),
        ("2024-01-01T00:00:00@Asia/Shanghai", "2024-01-01T00:00:00@Asia/Shanghai", True, True),
        ("10:00:00Z", "10:00:00+00:00", True, True),
        ("10:00:00@Etc/UTC", "10:00:00Z", True, False),
        ("10:00:00", "10:00:00Z", False, False),
        ("2024-01-01T10:00:00", "2024-01-01T10:00:00Z", False, False),
        ("2024-01-01", "2024-01-01T00:00:00", None, False),
        ("2024-01-01", "2024-01-01T00:00:00Z", None, False),
        ("P1Y", "P12M", True, True),
        ("P0Y", "P0D", None, False),
        ("PT1.50S", "PT1.5S", True, True),
    ],
)
def test_equal_is_the_same_moment_and_is_the_same_value(left, right, is_equal, is_same):
    assert operators.equal(at(left), at(right)) is is_equal
    assert operators.same(at(left), at(right)) is is_same


@pytest.mark.parametrize(
    "values",
    [
        feel_values.dates(),
        feel_values.times(LOCAL),
        feel_values.times(st.sampled_from([(0, None), (28_800, None), (None, "Etc/UTC")])),
        feel_values.date_times(place=LOCAL),
        feel_values.date_times(place=st.sampled_from([(0, None), (None, "Asia/Shanghai")])),
        feel_values.day_time_durations(),
        feel_values.year_month_durations(),
    ],
)
@given(data=st.data())
@settings(max_examples=rounds(60, 500))
def test_the_order_of_a_kind_is_total(values, data):
    drawn = data.draw(st.lists(values, min_size=3, max_size=3))

    for left, right in combinations(drawn, 2):
        assert operators.compare(left, right) == -operators.compare(right, left)
        assert operators.equal(left, right) is (operators.compare(left, right) == 0)
    for one, two, three in permutations(drawn):
        if operators.compare(one, two) <= 0 and operators.compare(two, three) <= 0:
            assert operators.compare(one, three) <= 0


@given(feel_values.values(), feel_values.values())
@settings(max_examples=rounds(100, 3_000))
def test_values_of_different_kinds_have_no_order_and_are_not_equal(left, right):
    assume(type(left) is not type(right))

    assert operators.compare(left, right) is None
    assert operators.equal(left, right) is None


def test_a_months_duration_counts_months_not_days():
    assert at("P12M") == YearMonthDuration(12)
