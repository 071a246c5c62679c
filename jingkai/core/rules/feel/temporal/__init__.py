"""
FEEL's dates, times and durations (DMN 1.5, 10.3.2.3): years ±999,999,999, offsets, named zones.

Python's own ``datetime`` ends at the year 9999 and knows no half of these; these classes are
FEEL values, and None is FEEL's null throughout.
"""

from .arithmetic import (
    add_duration,
    add_months,
    elapsed,
    months_between,
)
from .comparing import compare, equal
from .parts import day_of_year, part, week_of_year, weekday
from .reading import (
    parse_at,
    parse_date,
    parse_date_time,
    parse_duration,
    parse_time,
)
from .values import (
    MOST_MONTHS,
    MOST_YEARS,
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
    without_day,
    year_month_duration,
)
from .writing import string

__all__ = [
    "MOST_MONTHS",
    "MOST_YEARS",
    "Date",
    "DateTime",
    "DayTimeDuration",
    "Temporal",
    "Time",
    "YearMonthDuration",
    "add_duration",
    "add_months",
    "compare",
    "date_of",
    "date_time_of",
    "day_of_year",
    "day_time_duration",
    "elapsed",
    "equal",
    "months_between",
    "parse_at",
    "parse_date",
    "parse_date_time",
    "parse_duration",
    "parse_time",
    "part",
    "string",
    "time_of",
    "week_of_year",
    "weekday",
    "without_day",
    "year_month_duration",
]
