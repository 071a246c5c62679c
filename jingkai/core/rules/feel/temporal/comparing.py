"""Which of two temporal values of one kind comes first, and whether they are equal."""

from decimal import Decimal

from .arithmetic import instant
from .values import Date, DateTime, DayTimeDuration, Temporal, Time, YearMonthDuration


def compare(left: Temporal, right: Temporal) -> int | None:
    """
    Return -1, 0 or 1, or None if the two are of different kinds.

    Moments and times are compared through the instant. Where only one has an offset, the other
    is taken to be at the same place (table 54).
    """
    if isinstance(left, Time | DateTime) and type(left) is type(right):
        first, second = instant(left), instant(right)
        if first is None or second is None:
            first, second = left.local_seconds, right.local_seconds
        return (first > second) - (first < second)
    return _compare_plain(left, right)


def equal(left: Temporal, right: Temporal) -> bool | None:
    """
    Return whether the two are the same day, instant or length; None of different kinds.

    A local time is never equal to one with an offset: nobody knows where it is.
    """
    order = compare(left, right)
    if order is None:
        return None
    return order == 0 and _is_placed(left) == _is_placed(right)


def _is_placed(value: Temporal) -> bool:
    return isinstance(value, Time | DateTime) and instant(value) is not None


def _compare_plain(left: Temporal, right: Temporal) -> int | None:
    match left, right:
        case Date(), Date():
            first, second = _numbers(left), _numbers(right)
            return (first > second) - (first < second)
        case DayTimeDuration(), DayTimeDuration():
            return _sign(left.seconds, right.seconds)
        case YearMonthDuration(), YearMonthDuration():
            return _sign(left.months, right.months)
        case _:
            return None


def _numbers(date: Date) -> tuple[int, int, int]:
    return date.year, date.month, date.day


def _sign(left: Decimal | int, right: Decimal | int) -> int:
    return (left > right) - (left < right)
