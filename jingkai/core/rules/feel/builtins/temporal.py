"""Functions that make dates, times and durations, and that ask them (tables 72, 77, 79, 82)."""

from decimal import Decimal
from typing import TypeVar

from .. import operators, temporal
from ..decimals import whole
from ..problems import NoValue
from ..scopes import Value, Work
from ..temporal import Date, DateTime, DayTimeDuration, Time, YearMonthDuration
from .signatures import table

Found = TypeVar("Found")

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_UTC_MIDNIGHT = Time(0, 0, Decimal(0), offset=0)


def read_date(text: str) -> Date:
    """Return the day of a text."""
    return _found(temporal.parse_date(text), f"“{text}”不是日期，应当像 2026-03-01。")


def day_of(value: Date | DateTime) -> Date:
    """Return the day of a moment."""
    return value if isinstance(value, Date) else value.date


def make_date(year: Decimal, month: Decimal, day: Decimal) -> Date:
    """Return the day with these numbers."""
    numbers = [_integer(number) for number in (year, month, day)]
    date = temporal.date_of(numbers[0], numbers[1], numbers[2])
    return _found(date, f"没有 {year:f} 年 {month:f} 月 {day:f} 日这一天。")


def read_time(text: str) -> Time:
    """Return the time of a text."""
    return _found(
        temporal.parse_time(text),
        f"“{text}”不是时间，应当像 09:30:00、09:30:00+08:00 或 09:30:00@Asia/Shanghai。",
    )


def time_within(value: Date | DateTime | Time) -> Time:
    """Return the time of a moment; a day is its midnight in UTC."""
    match value:
        case Date():
            return _UTC_MIDNIGHT
        case DateTime(time=time):
            return temporal.without_day(time)
        case Time():
            return value


def make_time(
    hour: Decimal, minute: Decimal, second: Decimal, offset: DayTimeDuration | None = None
) -> Time:
    """Return the time with these numbers, at a place so far east of UTC."""
    east = None if offset is None else _integer(offset.seconds)
    time = temporal.time_of(_integer(hour), _integer(minute), second, east)
    return _found(time, "没有这样的时间：时 0–23、分 0–59、秒小于 60，时差在 ±14 小时以内。")


def read_date_time(text: str) -> DateTime:
    """Return the moment of a text."""
    return _found(
        temporal.parse_date_time(text),
        f"“{text}”不是日期时间，应当像 2026-03-01T09:30:00，后面可以带 +08:00 或 @Asia/Shanghai。",
    )


def make_date_time(date: Date | DateTime, time: Time) -> DateTime:
    """Return the moment of that day at that time."""
    return temporal.date_time_of(day_of(date), time)


def read_duration(text: str) -> DayTimeDuration | YearMonthDuration:
    """Return the duration of a text."""
    duration = temporal.parse_duration(text)
    if duration is None:
        raise NoValue(f"“{text}”不是时长，应当像 P1Y2M（年月）或 P1DT2H（天时），两种不能混用。")
    return duration


def months_between(start: Date | DateTime, end: Date | DateTime) -> YearMonthDuration:
    """Return the whole years and months from one day to another."""
    return YearMonthDuration(temporal.months_between(start, end))


def day_of_year(date: Date | DateTime) -> Decimal:
    """Return 1 for the first of January."""
    return Decimal(temporal.day_of_year(day_of(date)))


def day_of_week(date: Date | DateTime) -> str:
    """Return the English name of the weekday, as the standard has it."""
    return _DAYS[temporal.weekday(day_of(date)) - 1]


def month_of_year(date: Date | DateTime) -> str:
    """Return the English name of the month, as the standard has it."""
    return _MONTHS[day_of(date).month - 1]


def week_of_year(date: Date | DateTime) -> Decimal:
    """Return the week by ISO 8601."""
    return Decimal(temporal.week_of_year(day_of(date)))


def now(work: Work) -> DateTime:
    """Return the moment the evaluation is for."""
    return _found(work.now, "没有给出当前时间，now() 和 today() 不可用。")


def today(work: Work) -> Date:
    """Return the day the evaluation is for."""
    return now(work).date


def is_same(value1: Value = None, value2: Value = None) -> bool:
    """Return whether both are one element of the domain, with their zones."""
    return operators.same(value1, value2)


def _found(value: Found | None, message: str) -> Found:
    if value is None:
        raise NoValue(message)
    return value


def _integer(number: Decimal) -> int:
    return _found(whole(number, most=temporal.MOST_YEARS), "年月日时分和时差应当是整数。")


FUNCTIONS = table(
    ("date(from: string) -> date", read_date),
    ("date(from: date) -> date", day_of),
    ("date(from: date and time) -> date", day_of),
    ("date(year: number, month: number, day: number) -> date", make_date),
    ("time(from: string) -> time", read_time),
    ("time(from: time) -> time", time_within),
    ("time(from: date) -> time", time_within),
    ("time(from: date and time) -> time", time_within),
    (
        "time(hour: number, minute: number, second: number,"
        " offset?: days and time duration?) -> time",
        make_time,
    ),
    ("date and time(from: string) -> date and time", read_date_time),
    ("date and time(date: date, time: time) -> date and time", make_date_time),
    ("date and time(date: date and time, time: time) -> date and time", make_date_time),
    ("duration(from: string) -> Any", read_duration),
    *(
        (
            f"years and months duration(from: {start}, to: {end}) -> years and months duration",
            months_between,
        )
        for start in ("date", "date and time")
        for end in ("date", "date and time")
    ),
    *(
        (f"{name}(date: {kind}) -> {result}", function)
        for kind in ("date", "date and time")
        for name, result, function in (
            ("day of year", "number", day_of_year),
            ("day of week", "string", day_of_week),
            ("month of year", "string", month_of_year),
            ("week of year", "number", week_of_year),
        )
    ),
    ("@ now() -> date and time", now),
    ("@ today() -> date", today),
    ("is(value1?: Any?, value2?: Any?) -> boolean", is_same),
)
