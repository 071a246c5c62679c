"""The Gregorian calendar, carried on without end in both directions, with a year zero."""

from datetime import date

DAYS_PER_CYCLE = 146_097  # of 400 years: whole weeks, so weekdays and ISO weeks repeat too
YEARS_PER_CYCLE = 400


def is_day(year: int, month: int, day: int) -> bool:
    """Return whether the calendar has this day."""
    return 1 <= month <= 12 and 1 <= day <= days_in_month(year, month)


def days_in_month(year: int, month: int) -> int:
    """Return how many days the month has in that year."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in {4, 6, 9, 11} else 31


def ordinal(year: int, month: int, day: int) -> int:
    """Return the day's number; day 1 is the first of January of the year 1."""
    cycle, _ = divmod(year, YEARS_PER_CYCLE)
    return same_day(year, month, day).toordinal() + (cycle - 1) * DAYS_PER_CYCLE


def from_ordinal(number: int) -> tuple[int, int, int]:
    """Return year, month and day of the day with this number."""
    cycle, rest = divmod(number - 1, DAYS_PER_CYCLE)
    day = date.fromordinal(rest + 1)
    return day.year + cycle * YEARS_PER_CYCLE, day.month, day.day


def same_day(year: int, month: int, day: int) -> date:
    """Return the day at the same place of the cycle from 400 to 799, as Python's own date."""
    return date(year % YEARS_PER_CYCLE + YEARS_PER_CYCLE, month, day)
