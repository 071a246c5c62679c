"""Sums and differences of dates, times and durations (DMN 1.5, table 57)."""

from decimal import Decimal
from typing import overload

from ..decimals import EXACT
from . import calendar, zones
from .values import (
    Date,
    DateTime,
    DayTimeDuration,
    Time,
    date_of,
    date_time_at,
    date_time_of,
    day_time_duration,
    split_days,
    time_at,
)

_UTC_MIDNIGHT = Time(0, 0, Decimal(0), offset=0)


@overload
def add_duration(value: Date, duration: DayTimeDuration) -> Date | None: ...
@overload
def add_duration(value: DateTime, duration: DayTimeDuration) -> DateTime | None: ...
@overload
def add_duration(value: Time, duration: DayTimeDuration) -> Time: ...
def add_duration(
    value: Date | DateTime | Time, duration: DayTimeDuration
) -> Date | DateTime | Time | None:
    """
    Return the day, moment or time so much later; None beyond the last year.

    A day is its midnight, so an hour before it is the day before. A time goes round the clock.
    A moment in a named zone goes on through the instant: an hour later is an hour of waiting,
    also in the night when the clock is changed.
    """
    match value:
        case Time():
            seconds = EXACT.add(value.local_seconds, duration.seconds)
            return time_at(seconds, value.offset, value.zone)
        case Date():
            days, _ = split_days(duration.seconds)
            return date_of(*calendar.from_ordinal(value.ordinal + days))
        case DateTime():
            return _later(value, duration.seconds)


def add_months(value: Date | DateTime, months: int) -> Date | DateTime | None:
    """Return the same day so many months later, or the month's last; None beyond the years."""
    day = _day(value)
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    month += 1
    date = date_of(year, month, min(day.day, calendar.days_in_month(year, month)))
    if date is None or isinstance(value, Date):
        return date
    return date_time_of(date, value.time)


def elapsed(end: Date | DateTime | Time, start: Date | DateTime | Time) -> DayTimeDuration | None:
    """
    Return how long it is from start to end.

    A day beside a moment is its midnight in UTC. None if one has a time zone and the other
    has none, or if only one of them is a time of day.
    """
    if isinstance(end, Time) or isinstance(start, Time):
        if not (isinstance(end, Time) and isinstance(start, Time)):
            return None
        return _difference(end, start)
    return _difference(_moment(end), _moment(start))


def months_between(start: Date | DateTime, end: Date | DateTime) -> int:
    """Return the whole months from start to end by their days; the time of day is ignored."""
    first, last = _day(start), _day(end)
    months = (last.year - first.year) * 12 + last.month - first.month
    if months > 0 and last.day < first.day:
        return months - 1
    if months < 0 and last.day > first.day:
        return months + 1
    return months


def instant(value: Time | DateTime) -> Decimal | None:
    """Return the seconds on the clock of UTC, or None of a local time: nobody knows where."""
    offset = value.offset if isinstance(value, Time) else value.time.offset
    return None if offset is None else EXACT.subtract(value.local_seconds, Decimal(offset))


def _later(value: DateTime, seconds: Decimal) -> DateTime | None:
    offset, zone = value.time.offset, value.time.zone
    local = EXACT.add(value.local_seconds, seconds)
    if zone is None or offset is None:
        return date_time_at(local, offset, None)
    utc = date_time_at(EXACT.subtract(local, Decimal(offset)))
    if utc is None:
        return None
    offset_then = zones.offset_of_instant(zone, _clock(utc))
    return date_time_at(EXACT.add(utc.local_seconds, Decimal(offset_then)), offset_then, zone)


def _difference(end: Time | DateTime, start: Time | DateTime) -> DayTimeDuration | None:
    last, first = instant(end), instant(start)
    if last is None and first is None:
        last, first = end.local_seconds, start.local_seconds
    if last is None or first is None:
        return None
    return day_time_duration(EXACT.subtract(last, first))


def _moment(value: Date | DateTime) -> DateTime:
    return DateTime(value, _UTC_MIDNIGHT) if isinstance(value, Date) else value


def _day(value: Date | DateTime) -> Date:
    return value if isinstance(value, Date) else value.date


def _clock(value: DateTime) -> zones.Clock:
    date, time = value.date, value.time
    return date.year, date.month, date.day, time.hour, time.minute, int(time.second)
