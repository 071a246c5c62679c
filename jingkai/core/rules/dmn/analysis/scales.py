"""
The kinds of values that stand on a line: their order, and a value between two of them.

Booleans, numbers, texts, days and durations. A moment has no place on one line with another
whose offset is not known, so moments are left out.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from jingkai.core.rules.feel import temporal
from jingkai.core.rules.feel.decimals import CONTEXT, EXACT
from jingkai.core.rules.feel.scopes import Value
from jingkai.core.rules.feel.temporal import Date, DayTimeDuration, YearMonthDuration, calendar
from jingkai.core.rules.feel.writing import number, quoted

MOST_EXPONENT = 1000  # numbers beyond 10 to the 1000th are in nobody's table
DIGITS = 34
NANOSECOND = Decimal("1e-9")
OTHERS = "其他"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """
    One kind of values.

    ``between`` gives a value between two others, None standing for no end, or None where the
    kind has no value between them; ``write`` gives the value as FEEL.
    """

    key: Callable[..., Decimal | int | str]
    between: Callable[..., Value]
    write: Callable[..., str]


def scale_of(value: Value) -> Scale | None:
    """Return the scale on which the value stands; None for any other value."""
    if isinstance(value, Decimal) and abs(value.adjusted()) > MOST_EXPONENT:
        return None
    return SCALES.get(type(value))


def write(value: Value) -> str:
    """Return null or a value of a scale as FEEL."""
    return "null" if value is None else SCALES[type(value)].write(value)


def _number_between(low: Decimal | None, high: Decimal | None) -> Decimal | None:
    """Return the roundest number between the two that FEEL can hold."""
    if low is None or high is None:
        return _number_beside(low, high)
    exponent = EXACT.subtract(high, low).adjusted()
    while True:
        step = Decimal(1).scaleb(exponent)
        times = EXACT.divide_int(low, step)
        candidate = EXACT.multiply(times, step)
        while candidate <= low:
            candidate = EXACT.add(candidate, step)
        if candidate < high:
            return (
                candidate if len(candidate.normalize(EXACT).as_tuple().digits) <= DIGITS else None
            )
        exponent -= 1


def _number_beside(low: Decimal | None, high: Decimal | None) -> Decimal:
    """Return a number beyond an end: one less or more, or one hundredth beside 0.03."""
    end = high if low is None else low
    if end is None:
        return Decimal(0)
    last = int(end.normalize(EXACT).as_tuple().exponent)
    step = Decimal(1).scaleb(max(min(last, 0), end.adjusted() - DIGITS + 2))
    return CONTEXT.subtract(end, step) if low is None else CONTEXT.add(end, step)


def _duration_between(
    low: DayTimeDuration | None, high: DayTimeDuration | None
) -> DayTimeDuration | None:
    if low is None or high is None:
        end = high or low or DayTimeDuration(Decimal(0))
        day = Decimal(-86_400 if low is None and high is not None else 86_400)
        return temporal.day_time_duration(EXACT.add(end.seconds, day))
    seconds = _number_between(low.seconds, high.seconds)
    if seconds is None or EXACT.remainder(seconds, NANOSECOND):
        return None
    return temporal.day_time_duration(seconds)


def _whole_between(low: int | None, high: int | None) -> int | None:
    if low is None:
        return 0 if high is None else high - 1
    return low + 1 if high is None or low + 1 < high else None


def _months_between(
    low: YearMonthDuration | None, high: YearMonthDuration | None
) -> YearMonthDuration | None:
    months = _whole_between(
        None if low is None else low.months, None if high is None else high.months
    )
    return None if months is None else temporal.year_month_duration(months)


def _day_between(low: Date | None, high: Date | None) -> Date | None:
    if low is None and high is None:
        return Date(2024, 1, 1)
    day = _whole_between(
        None if low is None else low.ordinal, None if high is None else high.ordinal
    )
    return None if day is None else temporal.date_of(*calendar.from_ordinal(day))


def _text_between(low: str | None, high: str | None) -> str | None:
    """Return a text after the one and before the other, by code points."""
    if low is None:
        candidates = [OTHERS, ""]
    else:
        candidates = [f"{low}{end}" for end in ("一", "0", " ", "\0")]
    return next((each for each in candidates if high is None or each < high), None)


SCALES: Mapping[type, Scale] = {
    bool: Scale(
        key=int, between=lambda _low, _high: None, write=lambda value: "true" if value else "false"
    ),
    Decimal: Scale(key=lambda value: value, between=_number_between, write=number),
    str: Scale(key=lambda value: value, between=_text_between, write=quoted),
    Date: Scale(
        key=lambda value: value.ordinal,
        between=_day_between,
        write=lambda value: f'date("{temporal.string(value)}")',
    ),
    DayTimeDuration: Scale(
        key=lambda value: value.seconds,
        between=_duration_between,
        write=lambda value: f'duration("{temporal.string(value)}")',
    ),
    YearMonthDuration: Scale(
        key=lambda value: value.months,
        between=_months_between,
        write=lambda value: f'duration("{temporal.string(value)}")',
    ),
}
