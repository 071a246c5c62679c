"""法定日历: which days are worked, from the notices on record; see ``limits`` and ``clocks``."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from . import statutory
from .limits import MONTHS, Due, Limit, Unit, corresponding
from .notices import Notice, merged

FIRST_YEAR, LAST_YEAR = 1900, 2200
SATURDAY = 5
ONE_DAY = timedelta(days=1)
# 元旦 may begin in the December before, and days be swapped for it there.
LATE_DECEMBER = 26


class OutsideCalendar(ValueError):
    """A day lies outside the years that the calendar answers for."""


class Standing(StrEnum):
    """What the calendar knows of a year."""

    FINAL = "final"  # its notice is on record
    UNCONFIRMED = "unconfirmed"  # entered by one person, not yet confirmed by another
    AWAITED = "awaited"  # no notice: weekends and the statutory days stand in


class Mark(StrEnum):
    """What a day is."""

    WORKING = "working"
    SWAPPED_WORKING = "swapped_working"  # 调休上班
    WEEKEND = "weekend"
    HOLIDAY = "holiday"  # a statutory day off
    ARRANGED = "arranged"  # off by the notice, beside the statutory days


WORKED = frozenset({Mark.WORKING, Mark.SWAPPED_WORKING})


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day, what it is called, and whether a notice could still change it."""

    on: date
    mark: Mark
    name: str
    is_provisional: bool

    @property
    def is_working(self) -> bool:
        """Return whether the day is worked."""
        return self.mark in WORKED


class Calendar:
    """
    The working days that the notices make; never changed once made.

    A year without a notice has its weekends and the statutory days off as far as their dates are
    known, and everything counted in it is 暂定.
    """

    __slots__ = ("_arranged", "_names", "_unconfirmed", "_worked", "_years", "notices")

    def __init__(self, notices: Iterable[Notice]) -> None:
        """Take the notices; one that is issued later changes the holidays that it names."""
        self.notices = tuple(sorted(notices, key=lambda notice: notice.order))
        self._names: dict[date, str] = {}
        self._worked: dict[date, str] = {}
        self._years: dict[int, tuple[int, ...]] = {}
        for arrangement in merged(self.notices):
            self._names |= dict.fromkeys(arrangement.off, arrangement.name)
            self._worked |= dict.fromkeys(arrangement.working, arrangement.name)
        self._arranged = {notice.year for notice in self.notices if notice.is_whole}
        self._unconfirmed = {notice.year for notice in self.notices if not notice.is_confirmed}

    def with_notices(self, notices: Iterable[Notice]) -> "Calendar":
        """Return a calendar that knows these notices too."""
        return Calendar((*self.notices, *notices))

    def standing(self, year: int) -> Standing:
        """Return what is known of the year."""
        if year in self._unconfirmed:
            return Standing.UNCONFIRMED
        return Standing.FINAL if year in self._arranged else Standing.AWAITED

    def day(self, on: date) -> Day:
        """Return what the day is."""
        mark, name = self._marked(on)
        return Day(on=on, mark=mark, name=name, is_provisional=bool(self._awaited(on, on)))

    def is_working(self, on: date) -> bool:
        """Return whether the day is worked."""
        return self._marked(on)[0] in WORKED

    def next_working(self, on: date) -> date:
        """Return the day itself where it is worked, else the first that is after it."""
        return self.shifted(on - ONE_DAY, 1)

    def shifted(self, start: date, count: int) -> date:
        """Return the so-manieth working day after the start."""
        year = start.year
        days = self._working(year)
        index = bisect_right(days, start.toordinal()) + count - 1
        while index >= len(days):
            index -= len(days)
            year += 1
            days = self._working(year)
        return date.fromordinal(days[index])

    def working_between(self, after: date, until: date) -> int:
        """Return how many days are worked after the one and up to the other, which counts."""
        if until <= after:
            return 0
        found = self._rank(until) - self._rank(after)
        return found + sum(len(self._working(year)) for year in range(after.year, until.year))

    def _rank(self, day: date) -> int:
        return bisect_right(self._working(day.year), day.toordinal())

    def between(self, after: date, until: date, unit: Unit) -> int:
        """
        Return how many whole units have passed after the one day and up to the other.

        Months and years are whole when their corresponding day is reached.
        """
        if until <= after:
            return 0
        match unit:
            case Unit.WORKING_DAY:
                return self.working_between(after, until)
            case Unit.CALENDAR_DAY:
                return (until - after).days
            case Unit.MONTH:
                return _whole_months(after, until)
            case Unit.YEAR:
                return _whole_months(after, until) // MONTHS

    def add(self, start: date, limit: Limit) -> Due:
        """Return the last day of a limit that starts, uncounted, on the day."""
        return self.due(start, self.nominal(start, limit), limit)

    def nominal(self, start: date, limit: Limit) -> date:
        """Return the last day of the limit, be it one of rest."""
        match limit.unit:
            case Unit.WORKING_DAY:
                return self.shifted(start, limit.count)
            case Unit.CALENDAR_DAY:
                return start + timedelta(days=limit.count)
            case Unit.MONTH:
                return corresponding(start, limit.count)
            case Unit.YEAR:
                return corresponding(start, limit.count * MONTHS)

    def due(self, start: date, nominal: date, limit: Limit) -> Due:
        """Return the last day, moved on from a day of rest where the limit does so."""
        on = self.next_working(nominal) if limit.rolls else nominal
        if limit.unit is Unit.WORKING_DAY:
            awaited = self._awaited(start + ONE_DAY, on)
        else:
            awaited = self._awaited(nominal, on) if limit.rolls else ()
        return Due(on=on, nominal_on=nominal, limit=limit, awaited=awaited)

    def latest_before(self, end: date, limit: Limit) -> date:
        """
        Return the last day on which something may be done that is due so long before the end.

        Nothing rolls: a day of rest would only bring it nearer to the end.
        """
        match limit.unit:
            case Unit.WORKING_DAY:
                return self._back(end, limit.count)
            case Unit.CALENDAR_DAY:
                return end - timedelta(days=limit.count)
            case Unit.MONTH:
                return corresponding(end, -limit.count)
            case Unit.YEAR:
                return corresponding(end, -limit.count * MONTHS)

    def _back(self, end: date, count: int) -> date:
        """Return the last day that so many working days follow until the end, which counts."""
        year = end.year
        days = self._working(year)
        index = bisect_right(days, end.toordinal()) - count
        while index < 0:
            year -= 1
            days = self._working(year)
            index += len(days)
        return date.fromordinal(days[index] - 1)

    def months(self, year: int) -> Iterator[tuple[Day, ...]]:
        """Yield the days of each month of the year."""
        for month in range(1, MONTHS + 1):
            first = date(year, month, 1)
            length = (corresponding(first, 1) - first).days
            yield tuple(self.day(first + timedelta(days=number)) for number in range(length))

    def _awaited(self, first: date, last: date) -> tuple[int, ...]:
        """Return the years whose notice could still change a day of these."""
        until = last.year + (last >= date(last.year, 12, LATE_DECEMBER))
        return tuple(
            year
            for year in range(first.year, until + 1)
            if year not in self._arranged or year in self._unconfirmed
        )

    def _marked(self, on: date) -> tuple[Mark, str]:
        if on in self._worked:
            return Mark.SWAPPED_WORKING, self._worked[on]
        festival = statutory.days_of(on.year).get(on)
        name = self._names.get(on)
        if name is not None:
            return (Mark.HOLIDAY if festival else Mark.ARRANGED), name
        if festival and on.year not in self._arranged:
            return Mark.HOLIDAY, festival.value
        return (Mark.WEEKEND if on.weekday() >= SATURDAY else Mark.WORKING), ""

    def _working(self, year: int) -> tuple[int, ...]:
        """Return the year's working days by ordinal; made once."""
        found = self._years.get(year)
        if found is None:
            if not FIRST_YEAR <= year <= LAST_YEAR:
                raise OutsideCalendar(f"日历只答 {FIRST_YEAR} 年至 {LAST_YEAR} 年，不含 {year} 年")
            days = range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal())
            found = tuple(day for day in days if self.is_working(date.fromordinal(day)))
            self._years[year] = found
        return found


def _whole_months(after: date, until: date) -> int:
    count = (until.year - after.year) * MONTHS + until.month - after.month
    return count - (corresponding(after, count) > until)
