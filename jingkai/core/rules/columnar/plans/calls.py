"""The built-in functions of FEEL that run over columns; every other one is refused."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from typing import Any

from jingkai.core.rules.feel import temporal
from jingkai.core.rules.feel.nodes import Sign

from . import ir
from .arithmetic import NotLinear, choose, combined, compare, date_of, lifted, number
from .forms import Form
from .ir import Formula
from .values import Day, DayPart, Days, Listing, Literal, Quantity, Value, Words

TEXT_TESTS: Mapping[str, type[ir.StartsWith | ir.EndsWith | ir.Contains]] = {
    "starts with": ir.StartsWith,
    "ends with": ir.EndsWith,
    "contains": ir.Contains,
}


def ask(name: str, arguments: tuple[Value, ...]) -> Formula | None:
    """Return what a function that answers true or false asks, or None for another function."""
    match arguments:
        case (Words(column=column, length=None), Literal(value=str(text))) if name in TEXT_TESTS:
            return TEXT_TESTS[name](column, (text,))
    return None


def compute(  # noqa: PLR0911 - one a function
    name: str, arguments: tuple[Value, ...], limits: Mapping[str, int]
) -> Value | None:
    """
    Return the value of a function of columns, or None for a function that can't run over them.

    :raises NotLinear: if it could, but not with these arguments
    """
    match name, arguments:
        case "sum", _:
            return _sum(_items(arguments))
        case "mean", _:
            listed = _items(arguments)
            return combined(Sign.DIVIDE, _sum(listed), number(len(listed)))
        case "count", (Listing(items=items),):
            return number(len(items))
        case "min" | "max", _:
            sign = Sign.AT_MOST if name == "min" else Sign.AT_LEAST
            return reduce(lambda a, b: _outermost(sign, a, b, limits), _items(arguments))
        case "abs", (one,):
            return _outermost(Sign.AT_LEAST, one, lifted(_negative, one), limits)
        case "concatenate", _:
            return _concatenated(arguments)
        case "substring", (Words(column=column, length=None), start, length):
            return Words(column, _whole(length)) if _whole(start) == 1 else None
        case "years and months duration", (Day() as begin, Day() as end):
            return _months(begin, end)
    return None


def part(source: Value, name: str) -> Value:
    """Return ``source.name``: the year of a date, the days of a duration."""
    match source, name:
        case Day(form=form), "year" if len(form.terms) == 1 and form.terms[0][1] == 1:
            extra = int(form.constant)
            return DayPart(
                form.terms[0][0], lambda day: temporal.part(date_of(day + extra), "year")
            )
        case Day(form=Form(terms=(), constant=day)), _:
            return _constant_part(date_of(int(day)), name)
        case Days(form=form), "days" if all(f.denominator == 1 for _, f in form.terms):
            return Quantity(form)
        case DayPart(), "years" | "months":
            if name == "years":
                whole = source.part
                return DayPart(
                    source.column, lambda day: temporal.part(whole(day), "years"), source.rising
                )
        case Literal(value=value), _:
            return _constant_part(value, name)
    raise NotLinear(f"“.{name}”不能按列计算；日期可取年份，日期之差可取天数或年数")


def _constant_part(value: Any, name: str) -> Value:
    found = temporal.part(value, name)
    return number(Fraction(found)) if isinstance(found, Decimal) else Literal(found)


def _items(arguments: tuple[Value, ...]) -> tuple[Value, ...]:
    if len(arguments) == 1 and isinstance(arguments[0], Listing):
        arguments = arguments[0].items
    if not arguments:
        raise NotLinear("空列表没有合计、平均与大小")
    return arguments


def _sum(items: tuple[Value, ...]) -> Value:
    return reduce(lambda a, b: combined(Sign.ADD, a, b), items)


def _negative(one: Value) -> Value:
    return combined(Sign.SUBTRACT, number(0), one)


def _outermost(sign: Sign, left: Value, right: Value, limits: Mapping[str, int]) -> Value:
    return lifted(lambda a, b: choose(compare(sign, a, b, limits), a, b), left, right)


def _concatenated(arguments: tuple[Value, ...]) -> Value | None:
    items: list[Value] = []
    for one in arguments:
        if not isinstance(one, Listing):
            return None
        items.extend(one.items)
    return Listing(tuple(items))


def _whole(one: Value) -> int:
    match one:
        case Quantity(upper=Form(terms=(), constant=value), lower=None) if (
            value.denominator == 1 and value > 0
        ):
            return int(value)
    raise NotLinear("取子串的起点与长度须写明，且为正整数")


def _months(begin: Day, end: Day) -> Value | None:
    """Return the months between a column's date and a constant one, or the other way round."""
    match begin.form, end.form:
        case Form(terms=((name, factor),), constant=extra), Form(terms=(), constant=day):
            fixed, rising = date_of(int(day)), False
        case Form(terms=(), constant=day), Form(terms=((name, factor),), constant=extra):
            fixed, rising = date_of(int(day)), True
        case _:
            return None
    if factor != 1:
        return None
    shift = int(extra)

    def between(day: int) -> Any:
        one = date_of(day + shift)
        pair = (fixed, one) if rising else (one, fixed)
        return temporal.year_month_duration(temporal.months_between(*pair))

    return DayPart(name, between, rising)
