"""Random FEEL values of every temporal kind, over the whole range FEEL has."""

from decimal import Decimal

from hypothesis import strategies as st

from jingkai.core.rules.feel import temporal
from jingkai.core.rules.feel.temporal import (
    Date,
    DateTime,
    DayTimeDuration,
    Time,
    YearMonthDuration,
    calendar,
)

ZONES = (
    "Asia/Shanghai",
    "Europe/Paris",
    "America/St_Johns",
    "Australia/Lord_Howe",
    "Etc/UTC",
    "America/Santiago",
)
FIRST, LAST = calendar.ordinal(-999_999_999, 1, 1), calendar.ordinal(999_999_999, 12, 31)
NEAR = calendar.ordinal(1900, 1, 1), calendar.ordinal(2100, 12, 31)


def ordinals():
    return st.one_of(st.integers(*NEAR), st.integers(FIRST, LAST))


def dates(numbers=None):
    return (ordinals() if numbers is None else numbers).map(
        lambda number: Date(*calendar.from_ordinal(number))
    )


def seconds(most):
    """Return numbers of seconds with at most nine decimals, from 0 up to `most`."""
    return st.integers(0, most * 10**9 - 1).map(lambda count: Decimal(count).scaleb(-9))


def places():
    """Return nothing, an offset, or a zone, as they follow a time."""
    return st.one_of(
        st.just((None, None)),
        st.integers(-14 * 3600, 14 * 3600).map(lambda offset: (offset, None)),
        st.sampled_from(ZONES).map(lambda zone: (None, zone)),
    )


@st.composite
def times(draw, place=None):
    offset, zone = draw(places() if place is None else place)
    hour, minute = draw(st.integers(0, 23)), draw(st.integers(0, 59))
    return temporal.time_of(hour, minute, draw(seconds(60)), offset, zone)


@st.composite
def date_times(draw, numbers=None, place=None):
    return temporal.date_time_of(draw(dates(numbers)), draw(times(place)))


def day_time_durations(most=10**17):
    return st.builds(
        lambda count, sign: DayTimeDuration(count.copy_negate() if sign else count),
        seconds(most),
        st.booleans(),
    )


def year_month_durations(most=2 * 10**10):
    return st.integers(-most, most).map(YearMonthDuration)


def values():
    return st.one_of(dates(), times(), date_times(), day_time_durations(), year_month_durations())


KINDS = (Date, Time, DateTime, DayTimeDuration, YearMonthDuration)
