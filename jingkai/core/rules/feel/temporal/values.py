"""
The five kinds of temporal values; two are the same element of FEEL's domain when they ==.

Seconds are kept to the nanosecond, so that every sum of them is exact.
"""

from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, Decimal

from ..decimals import EXACT
from . import calendar, zones

MOST_YEARS = 999_999_999
MOST_MONTHS = 2 * 12 * (MOST_YEARS + 1)  # from the first possible year to the last
MOST_SECONDS = 10**18  # longer than all years
MOST_OFFSET = 14 * 3600  # ±14:00, XML Schema Part 2
SECONDS_PER_DAY = 86_400
NANOSECOND = Decimal("1e-9")


@dataclass(frozen=True, slots=True)
class Date:
    """A day of the Gregorian calendar; made by :func:`date_of`, which checks it."""

    year: int
    month: int
    day: int

    @property
    def ordinal(self) -> int:
        """The number of the day, 1 for the first of January of the year 1."""
        return calendar.ordinal(self.year, self.month, self.day)


@dataclass(frozen=True, slots=True)
class Time:
    """
    A time of day; made by :func:`time_of`, which checks it.

    ``offset`` is seconds east of UTC, None for a local time. A named ``zone`` has an offset
    too: the zone's standard one here, the one of that day inside a :class:`DateTime`.
    """

    hour: int
    minute: int
    second: Decimal
    offset: int | None = None
    zone: str | None = None

    @property
    def local_seconds(self) -> Decimal:
        """Seconds since midnight on the clock of the place."""
        return EXACT.add(Decimal(self.hour * 3600 + self.minute * 60), self.second)


@dataclass(frozen=True, slots=True)
class DateTime:
    """A moment: the day and the time on the clock of a place; made by :func:`date_time_of`."""

    date: Date
    time: Time

    @property
    def local_seconds(self) -> Decimal:
        """Seconds since the beginning of day 0 on the clock of the place."""
        days = Decimal(self.date.ordinal * SECONDS_PER_DAY)
        return EXACT.add(days, self.time.local_seconds)


@dataclass(frozen=True, slots=True)
class DayTimeDuration:
    """Days, hours, minutes and seconds, as seconds with a sign."""

    seconds: Decimal


@dataclass(frozen=True, slots=True)
class YearMonthDuration:
    """Years and months, as months with a sign."""

    months: int


Temporal = Date | Time | DateTime | DayTimeDuration | YearMonthDuration


def date_of(year: int, month: int, day: int) -> Date | None:
    """Return the day, or None if the calendar or FEEL has none such."""
    if abs(year) > MOST_YEARS or not calendar.is_day(year, month, day):
        return None
    return Date(year, month, day)


def time_of(
    hour: int, minute: int, second: Decimal, offset: int | None = None, zone: str | None = None
) -> Time | None:
    """
    Return the time of day, or None if a clock never shows it or the zone is not known.

    What is finer than a nanosecond is cut off, or 59.9… seconds would become 60.
    """
    if not (0 <= hour < 24 and 0 <= minute < 60 and 0 <= second < 60):
        return None
    second = _kept(second, ROUND_DOWN)
    if zone is not None:
        if not zones.known(zone):
            return None
        offset = zones.standard_offset(zone)
    elif offset is not None and abs(offset) > MOST_OFFSET:
        return None
    return Time(hour, minute, second, offset, zone)


def without_day(time: Time) -> Time:
    """Return the time of a moment by itself: in a named zone, with the zone's own offset."""
    if time.zone is None:
        return time
    return replace(time, offset=zones.standard_offset(time.zone))


def time_at(seconds: Decimal, offset: int | None, zone: str | None) -> Time:
    """Return the time so many seconds after midnight, whatever day that is."""
    _, seconds = split_days(seconds)
    minutes, second = EXACT.divmod(seconds, Decimal(60))
    hour, minute = divmod(int(minutes), 60)
    return Time(hour, minute, second, offset, zone)


def split_days(seconds: Decimal) -> tuple[int, Decimal]:
    """Return the whole days, rounded down, and the seconds of the last one."""
    days, rest = EXACT.divmod(seconds, Decimal(SECONDS_PER_DAY))
    if rest < 0:
        return int(days) - 1, EXACT.add(rest, Decimal(SECONDS_PER_DAY))
    return int(days), rest


def date_time_of(date: Date, time: Time) -> DateTime:
    """Return the moment of this day at this time; a named zone has the offset of that day."""
    if time.zone is None:
        return DateTime(date, time)
    local = (date.year, date.month, date.day, time.hour, time.minute, int(time.second))
    offset = zones.offset_of_local(time.zone, local)
    return DateTime(date, replace(time, offset=offset))


def date_time_at(
    local_seconds: Decimal, offset: int | None = None, zone: str | None = None
) -> DateTime | None:
    """Return the moment so many seconds after day 0 began, or None beyond the last year."""
    days, rest = split_days(local_seconds)
    date = date_of(*calendar.from_ordinal(days))
    return DateTime(date, time_at(rest, offset, zone)) if date else None


def day_time_duration(seconds: Decimal | None) -> DayTimeDuration | None:
    """
    Return the duration of so many seconds, or None if that is longer than all years.

    It is rounded to the nanosecond: a seventh of a day can't be exact anyway.
    """
    if seconds is None or not seconds.copy_abs() < MOST_SECONDS:
        return None
    return DayTimeDuration(_kept(seconds, ROUND_HALF_EVEN))


def year_month_duration(months: int) -> YearMonthDuration | None:
    """Return the duration of so many months, or None if that is longer than all years."""
    return YearMonthDuration(months) if abs(months) <= MOST_MONTHS else None


def _kept(seconds: Decimal, rounding: str) -> Decimal:
    kept = seconds.quantize(NANOSECOND, rounding=rounding, context=EXACT)
    return seconds if kept == seconds else kept.normalize(EXACT)
