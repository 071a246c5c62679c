"""
Counting days, months and years of idleness.

Years and months run to the corresponding day (《民法典》第二百零二条): a year from 2024-02-29 is
full on 2025-02-28. Days that do not count against the holder push that day back one by one.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from jingkai.core.calendar import corresponding

from .facts import Delay

MONTHS_OF_A_YEAR = 12

Span = tuple[date, date]


def years_later(day: date, years: int) -> date:
    """Return the corresponding day of so many years later."""
    return corresponding(day, MONTHS_OF_A_YEAR * years)


def merged(delays: Iterable[Delay], *, start: date, until: date) -> tuple[Span, ...]:
    """Return the delays within the time as half-open spans that neither touch nor overlap."""
    spans = sorted(
        (max(delay.from_on, start), min(delay.until_on or until, until)) for delay in delays
    )
    found: list[Span] = []
    for first, end in spans:
        if end <= first:
            continue
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((first, end))
    return tuple(found)


def counted_days(start: date, on: date, delays: Sequence[Delay]) -> int:
    """Return the days from the start until, not including, the day that no delay covers."""
    if not delays:
        return max((on - start).days, 0)
    covered = sum((end - first).days for first, end in merged(delays, start=start, until=on))
    return max((on - start).days - covered, 0)


def reached_on(start: date, months: int, delays: Sequence[Delay]) -> date | None:
    """
    Return the day on which so many months have counted, None while a delay without end forbids it.

    Without delays that is the corresponding day; each day of a delay moves it by one.
    """
    day = corresponding(start, months)
    return day if months <= 0 else counted_on(start, (day - start).days, delays)


def counted_on(start: date, days: int, delays: Sequence[Delay]) -> date | None:
    """Return the day on which so many days have counted; None: a delay without end forbids it."""
    left = days
    position = start
    for first, end in merged(delays, start=start, until=date.max):
        if left <= (first - position).days:
            break
        left -= (first - position).days
        position = end
    return None if position == date.max else position + timedelta(days=left)
