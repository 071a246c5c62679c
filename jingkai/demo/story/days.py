"""Dates within a year of the story."""

from datetime import date, timedelta
from random import Random


def between(random: Random, first: date, last: date) -> date:
    """Return a weekday from the first day to the last."""
    day = first + timedelta(days=random.randint(0, max(0, (last - first).days)))
    while day.weekday() > 4 and day > first:
        day -= timedelta(days=1)
    return day


def spread(random: Random, year: int, count: int) -> list[date]:
    """Return so many weekdays of the year, in order."""
    first, last = date(year, 1, 4), date(year, 12, 27)
    return sorted(between(random, first, last) for _number in range(count))


def after(day: date, days: int) -> date:
    """Return the day so many days later."""
    return day + timedelta(days=days)
