"""Texts of dates, times and durations, as XML Schema and ISO 8601 write them (10.3.4.1)."""

import re
from decimal import Decimal

from ..decimals import EXACT
from .arithmetic import add_duration
from .values import (
    Date,
    DateTime,
    DayTimeDuration,
    Temporal,
    Time,
    YearMonthDuration,
    date_of,
    date_time_of,
    day_time_duration,
    time_of,
    year_month_duration,
)

_DATE = re.compile(r"(-?(?:[0-9]{4}|[1-9][0-9]{4,8}))-([0-9]{2})-([0-9]{2})")
_TIME = re.compile(
    r"([0-9]{2}):([0-9]{2}):([0-9]{2}(?:\.[0-9]{1,30})?)"
    r"(?:(?P<utc>[Zz])|(?P<sign>[+-])(?P<hours>[0-9]{2}):(?P<minutes>[0-9]{2})"
    r"(?::(?P<seconds>[0-9]{2}))?|@(?P<zone>.+))?"
)
_MIDNIGHT = Time(0, 0, Decimal(0))
_ONE_DAY = DayTimeDuration(Decimal(86_400))
_COUNT = "([0-9]{1,18})"
_YEARS_AND_MONTHS = re.compile(rf"(-?)P(?=[0-9])(?:{_COUNT}Y)?(?:{_COUNT}M)?")
_DAYS_AND_TIME = re.compile(
    rf"(-?)P(?=[0-9T])(?:{_COUNT}D)?"
    rf"(?:T(?=[0-9])(?:{_COUNT}H)?(?:{_COUNT}M)?(?:([0-9]{{1,18}}(?:\.[0-9]{{0,30}})?)S)?)?"
)


def parse_date(text: str) -> Date | None:
    """Return the day of ``2026-03-01``, or None if the text is no day."""
    match = _DATE.fullmatch(text)
    if match is None or match[1] == "-0000":
        return None
    return date_of(int(match[1]), int(match[2]), int(match[3]))


def parse_time(text: str) -> Time | None:
    """Return the time of ``09:30:00``, with ``Z``, ``+08:00`` or ``@Asia/Shanghai`` if wanted."""
    read = _read_time(text)
    return read[0] if read else None


def parse_date_time(text: str) -> DateTime | None:
    """Return the moment of ``2026-03-01T09:30:00…``; a day alone is its midnight."""
    day, separator, clock = text.partition("T")
    date = parse_date(day)
    read = _read_time(clock) if separator else (_MIDNIGHT, False)
    if date is None or read is None:
        return None
    time, next_day = read
    if next_day:
        later = add_duration(date, _ONE_DAY)
        return date_time_of(later, time) if isinstance(later, Date) else None
    return date_time_of(date, time)


def parse_duration(text: str) -> DayTimeDuration | YearMonthDuration | None:
    """Return the duration of ``P1DT2H`` or ``P1Y2M``, or None if the text is neither."""
    if match := _YEARS_AND_MONTHS.fullmatch(text):
        sign, years, months = match.groups(default="0")
        count = 12 * int(years) + int(months)
        return year_month_duration(-count if sign else count)
    if match := _DAYS_AND_TIME.fullmatch(text):
        sign, days, hours, minutes, seconds = match.groups(default="0")
        whole = Decimal((int(days) * 24 + int(hours)) * 3600 + int(minutes) * 60)
        total = EXACT.add(whole, Decimal(seconds))
        return day_time_duration(EXACT.minus(total) if sign else total)
    return None


def parse_at(text: str) -> Temporal | None:
    """Return the value of the literal ``@"…"``: whichever kind the text is."""
    return parse_date(text) or parse_date_time(text) or parse_time(text) or parse_duration(text)


def _read_time(text: str) -> tuple[Time, bool] | None:
    """Return the time and whether it is that of the next day: 24:00:00 is its midnight."""
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    hour, minute, second = int(match[1]), int(match[2]), Decimal(match[3])
    at_24 = hour == 24 and minute == 0 and second == 0
    time = time_of(0 if at_24 else hour, minute, second, _offset(match), match["zone"])
    if time is None or (match["sign"] and _offset(match) is None):
        return None
    return time, at_24


def _offset(match: re.Match[str]) -> int | None:
    if match["utc"]:
        return 0
    if not match["sign"]:
        return None
    minutes, seconds = int(match["minutes"]), int(match["seconds"] or 0)
    if minutes > 59 or seconds > 59:
        return None
    offset = int(match["hours"]) * 3600 + minutes * 60 + seconds
    return -offset if match["sign"] == "-" else offset
