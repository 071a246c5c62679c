"""Values before any enterprise is known: added, multiplied, compared; refused when not linear."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from jingkai.core.rules.feel import operators, temporal
from jingkai.core.rules.feel.nodes import Sign

from . import ir
from .forms import SWAPPED, Form, compared, share_compared
from .ir import Formula, Reaches, Total
from .values import (
    EPOCH,
    Choice,
    Day,
    DayPart,
    Days,
    Listing,
    Literal,
    Quantity,
    Value,
    Verdict,
    Words,
)

FIRST_DAY = (date.min - EPOCH).days
LAST_DAY = (date.max - EPOCH).days
MOST_CHOICES = 256  # leaves of one value; beyond, an expression should be a table


class NotLinear(Exception):
    """What the expression does has no linear form; the message says what can't run."""


def constant(value: Any) -> Value:
    """Return a value of FEEL that no fact can change, as a value here."""
    if isinstance(value, bool):
        return Verdict(ir.MET if value else ir.UNMET)
    if isinstance(value, Decimal):
        return number(Fraction(value))
    if isinstance(value, temporal.Date):
        return Day(Form((), Fraction(ordinal(value))))
    if isinstance(value, temporal.DayTimeDuration):
        return Days(Form((), days_of(value)))
    if isinstance(value, list):
        return Listing(tuple(map(constant, value)))
    return Literal(value)


def number(value: Fraction | int) -> Quantity:
    """Return a number as a value here."""
    return Quantity(Form((), Fraction(value)))


def ordinal(day: "temporal.Date") -> int:
    """Return the day as days since 1970-01-01."""
    return day.ordinal - EPOCH.toordinal()


def days_of(duration: "temporal.DayTimeDuration") -> Fraction:
    """Return the duration in days."""
    return Fraction(duration.seconds) / 86_400


def date_of(day: int) -> "temporal.Date":
    """Return days since 1970-01-01 as the date of FEEL."""
    one = date.fromordinal(day + EPOCH.toordinal())
    return temporal.Date(one.year, one.month, one.day)


def lifted(function: Callable[..., Value], *values: Value) -> Value:
    """Return the function of the values, inside the choices that they are."""
    return _limited(_lift(function, values))


def combined(sign: Sign, left: Value, right: Value) -> Value:
    """Return ``left sign right``, with one of ``+ - * /``."""
    return lifted(lambda a, b: _combined(sign, a, b), left, right)


def compare(sign: Sign, left: Value, right: Value, limits: Mapping[str, int]) -> Formula:
    """
    Return ``left sign right`` as a formula.

    :raises NotLinear: if it can't run over columns
    :raises TooLarge: if a number might pass 64 bits
    """
    if isinstance(left, Choice):
        return _chosen(left, lambda part: compare(sign, part, right, limits))
    if isinstance(right, Choice):
        return _chosen(right, lambda part: compare(sign, left, part, limits))
    return _compared(sign, left, right, limits)


def choose(test: Formula, yes: Value, no: Value) -> Value:
    """Return the choice, or its outcome where the test is the same for every enterprise."""
    if isinstance(test, ir.Fixed):
        return yes if test == ir.MET else no
    return yes if yes == no else Choice(test, yes, no)


def _compared(  # noqa: PLR0911 - one a pair of kinds
    sign: Sign, left: Value, right: Value, limits: Mapping[str, int]
) -> Formula:
    match left, right:
        case Quantity(), Quantity():
            return _quantities(sign, left, right, limits)
        case (Day(form=one), Day(form=other)) | (Days(form=one), Days(form=other)):
            return compared(sign, one.plus(other, Fraction(-1)), limits)
        case DayPart(), _:
            return _part(sign, left, _plain(right))
        case _, DayPart():
            return _part(SWAPPED[sign], right, _plain(left))
        case Words(), Literal(value=str(text)):
            return _words(sign, left, text)
        case Literal(value=str(text)), Words():
            return _words(SWAPPED[sign], right, text)
        case Verdict(), Verdict():
            return _verdicts(sign, left.formula, right.formula)
        case Literal(), Literal():
            return _literals(sign, left.value, right.value)
    raise NotLinear("两边的类型不能按列比较，请检查两边是否同一类数据")


def _lift(function: Callable[..., Value], values: tuple[Value, ...]) -> Value:
    for place, value in enumerate(values):
        if isinstance(value, Choice):
            before, after = values[:place], values[place + 1 :]
            return choose(
                value.test,
                _lift(function, (*before, value.yes, *after)),
                _lift(function, (*before, value.no, *after)),
            )
    return function(*values)


def _limited(value: Value) -> Value:
    if leaves(value) > MOST_CHOICES:
        raise NotLinear(f"分支多于 {MOST_CHOICES} 个，请改写为决策表")
    return value


def leaves(value: Value) -> int:
    """Return how many outcomes the value may have."""
    return leaves(value.yes) + leaves(value.no) if isinstance(value, Choice) else 1


def _combined(sign: Sign, left: Value, right: Value) -> Value:
    match left, right:
        case Quantity(), Quantity():
            return _numbers(sign, left, right)
        case ((Day() | Days() as one), (Day() | Days() as other)):
            return _dated(sign, one, other)
        case Days(), Quantity(upper=Form(terms=())) if sign in {Sign.MULTIPLY, Sign.DIVIDE}:
            return Days(_numbers(sign, Quantity(left.form), right).upper)
        case DayPart(), _:
            plain = _plain(right)
            part = left.part
            rising = left.rising
            return DayPart(left.column, lambda day: _plainly(sign, part(day), plain), rising)
        case _, DayPart():
            plain, part = _plain(left), right.part
            rising = right.rising if sign is Sign.ADD else not right.rising
            return DayPart(right.column, lambda day: _plainly(sign, plain, part(day)), rising)
    return _with_months(sign, left, right)


def _with_months(sign: Sign, left: Value, right: Value) -> Value:
    """Return a date and a duration in months: it rises with the date, though not evenly."""
    if sign is Sign.ADD and isinstance(left, Literal):
        left, right = right, left
    match left, right:
        case Day(form=form), Literal(value=temporal.YearMonthDuration() as months):
            if not form.terms:
                day = date_of(int(form.constant))
                return constant(_plainly(sign, day, months))
            if len(form.terms) == 1 and form.terms[0][1] == 1:
                extra = int(form.constant)
                return DayPart(
                    form.terms[0][0], lambda day: _plainly(sign, date_of(day + extra), months)
                )
        case Literal(), Literal():
            return constant(_plainly(sign, left.value, right.value))
    raise NotLinear(f"“{sign}”两边的数据不能按列计算，只有数、日期与时长可以")


def _numbers(sign: Sign, left: Quantity, right: Quantity) -> Quantity:
    match sign:
        case Sign.ADD:
            return _sum(left, right, Fraction(1))
        case Sign.SUBTRACT:
            return _sum(left, right, Fraction(-1))
        case Sign.MULTIPLY:
            return _product(left, right)
        case Sign.DIVIDE:
            return _ratio(left, right)
    raise NotLinear(f"“{sign}”不能按列计算")


def _sum(left: Quantity, right: Quantity, times: Fraction) -> Quantity:
    if left.lower == right.lower:
        return Quantity(left.upper.plus(right.upper, times), left.lower)
    if right.lower is None and left.lower is not None and not right.upper.terms:
        more = left.lower.times(right.upper.constant)
        return Quantity(left.upper.plus(more, times), left.lower)
    if left.lower is None and right.lower is not None and not left.upper.terms:
        more = right.lower.times(left.upper.constant)
        return Quantity(more.plus(right.upper, times), right.lower)
    raise NotLinear("分母不同的两个比值不能按列相加减，请分成两个条件")


def _product(left: Quantity, right: Quantity) -> Quantity:
    if left.upper.terms or left.lower is not None:
        left, right = right, left
    if left.upper.terms or left.lower is not None:
        raise NotLinear("两项事实相乘不能按列计算，请在事实目录中增加一项")
    return Quantity(right.upper.times(left.upper.constant), right.lower)


def _ratio(left: Quantity, right: Quantity) -> Quantity:
    if right.lower is None and not right.upper.terms:
        if not right.upper.constant:
            raise NotLinear("除数为 0")
        return Quantity(left.upper.times(1 / right.upper.constant), left.lower)
    if left.lower is not None or right.lower is not None:
        raise NotLinear("比值不能再作除法，请合并为一个分子和一个分母")
    return Quantity(left.upper, right.upper)


def _dated(sign: Sign, left: Day | Days, right: Day | Days) -> Value:
    times = Fraction(1 if sign is Sign.ADD else -1)
    form = left.form.plus(right.form, times)
    match left, right:
        case Day(), Day() if sign is Sign.SUBTRACT:
            return Days(form)
        case Days(), Days() if sign in {Sign.ADD, Sign.SUBTRACT}:
            return Days(form)
        case Day(), Days() if sign in {Sign.ADD, Sign.SUBTRACT} and _whole(right.form):
            return Day(form)
        case Days(), Day() if sign is Sign.ADD and _whole(left.form):
            return Day(form)
    raise NotLinear(f"日期与时长之间不能用“{sign}”，或时长不是整天")


def _whole(form: Form) -> bool:
    return all(each.denominator == 1 for each in (form.constant, *(f for _, f in form.terms)))


def _plain(value: Value) -> Any:
    match value:
        case Quantity(upper=Form(terms=(), constant=number), lower=None):
            return Decimal(number.numerator) / Decimal(number.denominator)
        case Day(form=Form(terms=(), constant=number)):
            return date_of(int(number))
        case Literal():
            return value.value
    raise NotLinear("日期的年份、月数只能与常数比较或加减")


def _plainly(sign: Sign, left: Any, right: Any) -> Any:
    return operators.add(left, right) if sign is Sign.ADD else operators.subtract(left, right)


def _chosen(choice: Choice, formula: Callable[[Value], Formula]) -> Formula:
    return ir.choose(choice.test, formula(choice.yes), formula(choice.no))


def _quantities(sign: Sign, left: Quantity, right: Quantity, limits: Mapping[str, int]) -> Formula:
    difference = _sum(left, right, Fraction(-1))
    if difference.lower is None:
        return compared(sign, difference.upper, limits)
    return share_compared(sign, difference.upper, difference.lower, Fraction(0), limits)


def _words(sign: Sign, words: Words, text: str) -> Formula:
    if words.length is None:
        same: Formula = ir.OneOf(words.column, (text,))
    elif len(text) == words.length:
        same = ir.StartsWith(words.column, (text,))
    else:
        raise NotLinear(f"取前 {words.length} 个字符，却与 {len(text)} 个字符的文本比较")
    match sign:
        case Sign.EQUAL:
            return same
        case Sign.UNEQUAL:
            return ir.opposite(same)
    raise NotLinear("文本只能按列比较是否相等，不能比较先后")


def _verdicts(sign: Sign, left: Formula, right: Formula) -> Formula:
    if not isinstance(right, ir.Fixed):
        left, right = right, left
    if not isinstance(right, ir.Fixed) or sign not in {Sign.EQUAL, Sign.UNEQUAL}:
        raise NotLinear("是否类事实只能与 true、false 比较")
    return left if (right == ir.MET) == (sign is Sign.EQUAL) else ir.opposite(left)


def _literals(sign: Sign, left: Any, right: Any) -> Formula:
    order = operators.compare(left, right)
    if sign in {Sign.EQUAL, Sign.UNEQUAL}:
        same = operators.equal(left, right)
        return ir.UNKNOWN if same is None else constant_truth(same is (sign is Sign.EQUAL))
    return ir.UNKNOWN if order is None else compared(sign, Form((), Fraction(order)), {})


def constant_truth(value: bool) -> Formula:  # noqa: FBT001 - a truth value is what it is about
    """Return the formula that is the same for every enterprise."""
    return ir.MET if value else ir.UNMET


def _part(sign: Sign, part: DayPart, bound: Any) -> Formula:
    """Return the comparison as one or two bounds of the day, found by halving."""
    match sign:
        case Sign.AT_LEAST:
            return _turn(part, bound, strict=False)
        case Sign.GREATER:
            return _turn(part, bound, strict=True)
        case Sign.LESS:
            return ir.opposite(_turn(part, bound, strict=False))
        case Sign.AT_MOST:
            return ir.opposite(_turn(part, bound, strict=True))
    equal = ir.every(
        _turn(part, bound, strict=False), ir.opposite(_turn(part, bound, strict=True))
    )
    return equal if sign is Sign.EQUAL else ir.opposite(equal)


def _turn(part: DayPart, bound: Any, *, strict: bool) -> Formula:
    def after(day: int) -> bool:
        """Tell whether the day is on the later side of the turning point."""
        order = operators.compare(part.part(day), bound)
        if order is None:
            raise NotLinear("日期只能与日期比较，年份与数比较，月数与时长比较")
        return (order > 0 or (order == 0 and not strict)) is part.rising

    low, high = FIRST_DAY, LAST_DAY + 1
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if after(middle) else (middle + 1, high)
    reached = Reaches(Total(((part.column, 1),)), low)
    return reached if part.rising else ir.opposite(reached)
