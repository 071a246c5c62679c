"""The periods that figures are about: 月、季、年, 累计, and the same period of last year."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = 12
QUARTERS = 4
MONTHS_OF_A_QUARTER = 3


class BadPeriod(ValueError):
    """A period that ends before it starts, or a month or quarter that no year has."""


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """
    Days from ``start`` to ``end``, both included, as officials write them (1月1日至12月31日).

    :raises BadPeriod: if the end is before the start
    """

    start: date
    end: date

    def __post_init__(self) -> None:
        """Refuse a period without a day."""
        if self.end < self.start:
            raise BadPeriod(f"{self.end} is before {self.start}")

    def __contains__(self, day: date) -> bool:
        """Return whether the day is in the period."""
        return self.start <= day <= self.end

    @property
    def days(self) -> int:
        """Return how many days the period has."""
        return (self.end - self.start).days + 1

    def same_period_last_year(self) -> "Period":
        """
        Return the period one year earlier (同期).

        The end of a month answers to the end of that month: February of 2025 to all 29 days of
        February 2024, and 29 February 2024 to 28 February 2023.
        """
        end_month = (self.end.year - 1, self.end.month)
        end_day = monthrange(*end_month)[1] if _ends_its_month(self.end) else self.end.day
        start_month = (self.start.year - 1, self.start.month)
        start_day = min(self.start.day, monthrange(*start_month)[1])
        return Period(date(*start_month, start_day), date(*end_month, end_day))

    def previous(self) -> "Period":
        """Return the period of equal length just before (环比): as many months, else days."""
        end = self.start - timedelta(days=1)
        if self.start.day == 1 and _ends_its_month(self.end):
            span = _month_number(self.end) - _month_number(self.start)
            first = _month_number(end) - span
            return Period(date(first // MONTHS, first % MONTHS + 1, 1), end)
        return Period(end - timedelta(days=self.days - 1), end)


def year(number: int) -> Period:
    """Return the calendar year."""
    return Period(date(number, 1, 1), date(number, MONTHS, 31))


def quarter(year_number: int, number: int) -> Period:
    """
    Return a quarter, 1 to 4.

    :raises BadPeriod: if no year has that quarter
    """
    _check(number, QUARTERS, "quarter")
    last = number * MONTHS_OF_A_QUARTER
    return _months(year_number, last - MONTHS_OF_A_QUARTER + 1, last)


def quarters_to(year_number: int, number: int) -> Period:
    """
    Return the year up to the end of a quarter: 一季度、上半年、前三季度、全年.

    :raises BadPeriod: if no year has that quarter
    """
    _check(number, QUARTERS, "quarter")
    return _months(year_number, 1, number * MONTHS_OF_A_QUARTER)


def month(year_number: int, number: int) -> Period:
    """
    Return a month, 1 to 12.

    :raises BadPeriod: if no year has that month
    """
    _check(number, MONTHS, "month")
    return _months(year_number, number, number)


def to_date(as_of: date) -> Period:
    """Return the year up to and including the given day (累计)."""
    return Period(date(as_of.year, 1, 1), as_of)


def _months(year_number: int, first: int, last: int) -> Period:
    end = monthrange(year_number, last)[1]
    return Period(date(year_number, first, 1), date(year_number, last, end))


def _check(number: int, most: int, what: str) -> None:
    if not 1 <= number <= most:
        raise BadPeriod(f"no year has a {what} {number}")


def _ends_its_month(day: date) -> bool:
    return day.day == monthrange(day.year, day.month)[1]


def _month_number(day: date) -> int:
    return day.year * MONTHS + day.month - 1
