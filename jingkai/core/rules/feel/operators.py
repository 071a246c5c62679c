"""
The operators between FEEL values (DMN 1.5, 10.3.2.13 to 10.3.2.15), chosen by their types.

None is FEEL's null: also what an operator gives for types it is not defined on, and for a
result that no FEEL value can hold.
"""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from . import temporal
from .bounds import check_characters
from .decimals import CONTEXT, calculated
from .ordering import TEMPORAL, compare
from .ranges import Range
from .temporal import Date, DateTime, DayTimeDuration, Time, YearMonthDuration

__all__ = [
    "add",
    "compare",
    "divide",
    "equal",
    "multiply",
    "negate",
    "power",
    "same",
    "subtract",
]

Value = object
Operator = Callable[..., Value]
Operation = Callable[[Decimal, Decimal], Decimal]
Pair = tuple[Value, Value]

MOST_EXPONENT = 999_999_999  # table 60


def equal(left: Value, right: Value) -> bool | None:
    """
    Return whether the values are equal; None if they are of different kinds.

    Null equals null only. Numbers are equal by value, moments by their instant, lists,
    contexts and ranges by what is in them: unequal as soon as one pair is.
    """
    return _everywhere(left, right, _equal_plain)


def same(left: Value, right: Value) -> bool:
    """Return what ``is()`` does: whether both are one element of the domain, zone and all."""
    return _everywhere(left, right, _same_plain) is True


def add(left: Value, right: Value) -> Value:
    """Return ``left + right``."""
    return _apply(_SUMS, left, right)


def subtract(left: Value, right: Value) -> Value:
    """Return ``left - right``."""
    return _apply(_DIFFERENCES, left, right)


def multiply(left: Value, right: Value) -> Value:
    """Return ``left * right``."""
    return _apply(_PRODUCTS, left, right)


def divide(left: Value, right: Value) -> Value:
    """Return ``left / right``; by zero it is null."""
    return _apply(_QUOTIENTS, left, right)


def power(base: Value, exponent: Value) -> Value:
    """Return ``base ** exponent``, for exponents up to ±999,999,999; of anything to 0 it is 1."""
    if not isinstance(base, Decimal) or not isinstance(exponent, Decimal):
        return None
    if exponent.copy_abs() > MOST_EXPONENT:
        return None
    if exponent == 0:
        return Decimal(1)
    return calculated(CONTEXT.power, base, exponent)


def negate(operand: Value) -> Value:
    """Return ``-operand``: of a number or a duration."""
    return multiply(operand, Decimal(-1))


def _apply(table: Mapping[tuple[type, type], Operator], left: Value, right: Value) -> Value:
    operator = table.get((type(left), type(right)))
    return operator(left, right) if operator else None


def _of_numbers(operation: Operation) -> Operator:
    return lambda left, right: calculated(operation, left, right)


def _of_months(operation: Operation) -> Operator:
    def result(left: YearMonthDuration, right: YearMonthDuration | Decimal) -> Value:
        """Return a duration in whole months; what is over is dropped."""
        by = right if isinstance(right, Decimal) else Decimal(right.months)
        months = calculated(operation, Decimal(left.months), by)
        if months is None or months.copy_abs() > temporal.MOST_MONTHS:
            return None
        return temporal.year_month_duration(int(months))

    return result


def _of_seconds(operation: Operation) -> Operator:
    def result(left: DayTimeDuration, right: DayTimeDuration | Decimal) -> Value:
        by = right if isinstance(right, Decimal) else right.seconds
        return temporal.day_time_duration(calculated(operation, left.seconds, by))

    return result


def _ratio(left: Value, right: Value) -> Value:
    match left, right:
        case YearMonthDuration(), YearMonthDuration():
            return calculated(CONTEXT.divide, Decimal(left.months), Decimal(right.months))
        case DayTimeDuration(), DayTimeDuration():
            return calculated(CONTEXT.divide, left.seconds, right.seconds)
        case _:
            return None


def _commuted(operator: Operator) -> Operator:
    return lambda left, right: operator(right, left)


def _joined(left: str, right: str) -> str:
    check_characters(len(left) + len(right))
    return left + right


def _later_by_months(value: Date | DateTime, duration: YearMonthDuration) -> Value:
    return temporal.add_months(value, duration.months)


def _earlier_by_months(value: Date | DateTime, duration: YearMonthDuration) -> Value:
    return temporal.add_months(value, -duration.months)


def _earlier(value: Date | DateTime | Time, duration: DayTimeDuration) -> Value:
    return temporal.add_duration(value, DayTimeDuration(duration.seconds.copy_negate()))


_SUMS: Mapping[tuple[type, type], Operator] = {
    (Decimal, Decimal): _of_numbers(CONTEXT.add),
    (str, str): _joined,
    (YearMonthDuration, YearMonthDuration): _of_months(CONTEXT.add),
    (DayTimeDuration, DayTimeDuration): _of_seconds(CONTEXT.add),
    (Date, YearMonthDuration): _later_by_months,
    (DateTime, YearMonthDuration): _later_by_months,
    (YearMonthDuration, Date): _commuted(_later_by_months),
    (YearMonthDuration, DateTime): _commuted(_later_by_months),
    (Date, DayTimeDuration): temporal.add_duration,
    (DateTime, DayTimeDuration): temporal.add_duration,
    (Time, DayTimeDuration): temporal.add_duration,
    (DayTimeDuration, Date): _commuted(temporal.add_duration),
    (DayTimeDuration, DateTime): _commuted(temporal.add_duration),
    (DayTimeDuration, Time): _commuted(temporal.add_duration),
}
_DIFFERENCES: Mapping[tuple[type, type], Operator] = {
    (Decimal, Decimal): _of_numbers(CONTEXT.subtract),
    (YearMonthDuration, YearMonthDuration): _of_months(CONTEXT.subtract),
    (DayTimeDuration, DayTimeDuration): _of_seconds(CONTEXT.subtract),
    (Date, YearMonthDuration): _earlier_by_months,
    (DateTime, YearMonthDuration): _earlier_by_months,
    (Date, DayTimeDuration): _earlier,
    (DateTime, DayTimeDuration): _earlier,
    (Time, DayTimeDuration): _earlier,
    (Date, Date): temporal.elapsed,
    (DateTime, DateTime): temporal.elapsed,
    (Date, DateTime): temporal.elapsed,
    (DateTime, Date): temporal.elapsed,
    (Time, Time): temporal.elapsed,
}
_PRODUCTS: Mapping[tuple[type, type], Operator] = {
    (Decimal, Decimal): _of_numbers(CONTEXT.multiply),
    (YearMonthDuration, Decimal): _of_months(CONTEXT.multiply),
    (Decimal, YearMonthDuration): _commuted(_of_months(CONTEXT.multiply)),
    (DayTimeDuration, Decimal): _of_seconds(CONTEXT.multiply),
    (Decimal, DayTimeDuration): _commuted(_of_seconds(CONTEXT.multiply)),
}
_QUOTIENTS: Mapping[tuple[type, type], Operator] = {
    (Decimal, Decimal): _of_numbers(CONTEXT.divide),
    (YearMonthDuration, Decimal): _of_months(CONTEXT.divide),
    (DayTimeDuration, Decimal): _of_seconds(CONTEXT.divide),
    (YearMonthDuration, YearMonthDuration): _ratio,
    (DayTimeDuration, DayTimeDuration): _ratio,
}


def _everywhere(
    left: Value, right: Value, test: Callable[[Value, Value], bool | None]
) -> bool | None:
    """Return what the test says of every pair inside: false if one is, null if one is."""
    waiting: list[Pair] = [(left, right)]
    seen: set[tuple[int, int]] = set()  # one list may stand in another a thousand times
    is_known = True
    while waiting:
        first, second = waiting.pop()
        if not isinstance(first, list | dict | Range) or type(first) is not type(second):
            verdict = test(first, second)
            if verdict is False:
                return False
            is_known = is_known and verdict is not None
            continue
        pairs = _pairs(first, second)
        if pairs is None:
            return False
        if (id(first), id(second)) not in seen:
            seen.add((id(first), id(second)))
            waiting.extend(pairs)
    return True if is_known else None


def _pairs(left: Value, right: Value) -> Iterable[Pair] | None:
    """Return what stands at the same places, or None if the places are not the same."""
    match left, right:
        case list(), list() if len(left) == len(right):
            return zip(left, right, strict=True)
        case dict(), dict() if left.keys() == right.keys():
            return ((value, right[key]) for key, value in left.items())
        case Range(), Range() if _flags(left) == _flags(right):
            return ((left.low, right.low), (left.high, right.high))
        case _:
            return None


def _flags(range_: Range) -> tuple[bool, bool]:
    return range_.low_included, range_.high_included


def _equal_plain(left: Value, right: Value) -> bool | None:
    if left is None or right is None:
        return left is right
    if type(left) is not type(right):
        return None
    if isinstance(left, TEMPORAL) and isinstance(right, TEMPORAL):
        return temporal.equal(left, right)
    return left == right


def _same_plain(left: Value, right: Value) -> bool:
    return type(left) is type(right) and left == right
