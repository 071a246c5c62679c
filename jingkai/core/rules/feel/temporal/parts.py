"""The named parts of temporal values (DMN 1.5, tables 65 and 66), as FEEL numbers and texts."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from ..decimals import EXACT
from . import calendar
from .values import (
    SECONDS_PER_DAY,
    Date,
    DateTime,
    DayTimeDuration,
    Temporal,
    Time,
    YearMonthDuration,
)

Part = Decimal | str | DayTimeDuration


_OF_DATE: Mapping[str, Callable[[Date], Part]] = {
    "year": lambda date: Decimal(date.year),
    "month": lambda date: Decimal(date.month),
    "day": lambda date: Decimal(date.day),
    "weekday": lambda date: Decimal(weekday(date)),
}
_OF_TIME: Mapping[str, Callable[[Time], Part | None]] = {
    "hour": lambda time: Decimal(time.hour),
    "minute": lambda time: Decimal(time.minute),
    "second": lambda time: time.second,
    "time offset": lambda time: _offset(time.offset),
    "timezone": lambda time: time.zone,
}
_OF_MONTHS: Mapping[str, Callable[[int], int]] = {
    "years": lambda months: months // 12,
    "months": lambda months: months % 12,
}
_OF_SECONDS: Mapping[str, Callable[[Decimal], Decimal]] = {
    "days": lambda seconds: EXACT.divide_int(seconds, Decimal(SECONDS_PER_DAY)),
    "hours": lambda seconds: _clock(seconds, of=SECONDS_PER_DAY, unit=3600),
    "minutes": lambda seconds: _clock(seconds, of=3600, unit=60),
    "seconds": lambda seconds: EXACT.remainder(seconds, Decimal(60)),
}


def part(value: Temporal, name: str) -> Part | None:
    """Return the part, or None if the value has none of this name: a local time no offset."""
    match value:
        case YearMonthDuration() if name in _OF_MONTHS:
            return _signed(Decimal(_OF_MONTHS[name](abs(value.months))), value.months < 0)
        case DayTimeDuration() if name in _OF_SECONDS:
            return _signed(_OF_SECONDS[name](value.seconds.copy_abs()), value.seconds < 0)
        case Date() | DateTime() if name in _OF_DATE:
            return _OF_DATE[name](value if isinstance(value, Date) else value.date)
        case Time() | DateTime() if name in _OF_TIME:
            return _OF_TIME[name](value if isinstance(value, Time) else value.time)
        case _:
            return None


def weekday(date: Date) -> int:
    """Return 1 for Monday up to 7 for Sunday."""
    return calendar.same_day(date.year, date.month, date.day).isoweekday()


def day_of_year(date: Date) -> int:
    """Return 1 for the first of January up to 365 or 366."""
    return calendar.same_day(date.year, date.month, date.day).timetuple().tm_yday


def week_of_year(date: Date) -> int:
    """Return the week by ISO 8601: the first is the one with the year's first Thursday."""
    return calendar.same_day(date.year, date.month, date.day).isocalendar().week


def _offset(offset: int | None) -> DayTimeDuration | None:
    return None if offset is None else DayTimeDuration(Decimal(offset))


def _clock(seconds: Decimal, *, of: int, unit: int) -> Decimal:
    return EXACT.divide_int(EXACT.remainder(seconds, Decimal(of)), Decimal(unit))


def _signed(number: Decimal, negative: bool) -> Decimal:  # noqa: FBT001 - the sign of the whole
    return number.copy_negate() if negative and number else number
