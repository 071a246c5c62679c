"""Temporal values as text, as ``string()`` writes them: read again, they are the same value."""

from decimal import Decimal

from ..decimals import EXACT
from .values import (
    SECONDS_PER_DAY,
    Date,
    DateTime,
    DayTimeDuration,
    Temporal,
    Time,
    YearMonthDuration,
)


def string(value: Temporal) -> str:
    """Return the text of the value, in the one form FEEL writes it."""
    match value:
        case Date():
            return _date(value)
        case Time():
            return _time(value)
        case DateTime():
            return f"{_date(value.date)}T{_time(value.time)}"
        case YearMonthDuration():
            return _years_and_months(value.months)
        case DayTimeDuration():
            return _days_and_time(value.seconds)


def _date(date: Date) -> str:
    sign = "-" if date.year < 0 else ""
    return f"{sign}{abs(date.year):04}-{date.month:02}-{date.day:02}"


def _time(time: Time) -> str:
    second = _plain(time.second)
    padded = second if time.second >= 10 else f"0{second}"
    return f"{time.hour:02}:{time.minute:02}:{padded}{_place(time)}"


def _place(time: Time) -> str:
    if time.zone is not None:
        return f"@{time.zone}"
    if time.offset is None:
        return ""
    if time.offset == 0:
        return "Z"
    minutes, seconds = divmod(abs(time.offset), 60)
    sign = "-" if time.offset < 0 else "+"
    exactly = f":{seconds:02}" if seconds else ""
    return f"{sign}{minutes // 60:02}:{minutes % 60:02}{exactly}"


def _years_and_months(total: int) -> str:
    years, months = divmod(abs(total), 12)
    parts = f"{years}Y" * bool(years) + f"{months}M" * bool(months)
    return f"{'-' * (total < 0)}P{parts or '0M'}"


def _days_and_time(total: Decimal) -> str:
    if not total:
        return "PT0S"
    days, rest = EXACT.divmod(total.copy_abs(), Decimal(SECONDS_PER_DAY))
    minutes, seconds = EXACT.divmod(rest, Decimal(60))
    hour, minute = divmod(int(minutes), 60)
    clock = f"{hour}H" * bool(hour) + f"{minute}M" * bool(minute)
    clock += f"{_plain(seconds)}S" * bool(seconds)
    day = f"{int(days)}D" * bool(days)
    return f"{'-' * (total < 0)}P{day}{'T' * bool(clock)}{clock}"


def _plain(number: Decimal) -> str:
    """Return the number without an exponent and without zeros at its end."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
