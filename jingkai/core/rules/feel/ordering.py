"""Which of two FEEL values of one kind comes first (DMN 1.5, table 54)."""

from decimal import Decimal

from . import temporal
from .temporal import Date, DateTime, DayTimeDuration, Time, YearMonthDuration

TEMPORAL = (Date, Time, DateTime, DayTimeDuration, YearMonthDuration)


def compare(left: object, right: object) -> int | None:
    """Return -1, 0 or 1, or None if these values have no order."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return (left > right) - (left < right)
    if isinstance(left, str) and isinstance(right, str):
        return (left > right) - (left < right)  # by code points, as Python does
    if isinstance(left, TEMPORAL) and isinstance(right, TEMPORAL):
        return temporal.compare(left, right)
    return None
