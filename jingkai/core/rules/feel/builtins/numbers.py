"""Functions on numbers (DMN 1.5, table 77): exact where the result is, else 34 digits."""

from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Context,
    Decimal,
    DecimalException,
)

from .. import decimals, operators
from ..problems import NoValue
from ..scopes import Value, Work
from .signatures import table

LOWEST_SCALE = -6111  # as in decimal128
HIGHEST_SCALE = 6176
# Long enough to cut a number of 34 digits, and for the quotient of two not too far apart.
_LONG = Context(prec=200, Emax=99_999, Emin=-99_999)


def rounded(number: Decimal, scale: Decimal, mode: str) -> Decimal:
    """
    Return the number with so many digits behind the point; a negative scale rounds before it.

    :raises NoValue: if the scale is no whole number that a number can have
    """
    if scale != scale.to_integral_value():
        raise NoValue(f"小数位数必须是整数，给的是 {scale}。")
    if not LOWEST_SCALE <= scale <= HIGHEST_SCALE:
        raise NoValue(f"小数位数须在 {LOWEST_SCALE} 至 {HIGHEST_SCALE} 之间，给的是 {scale}。")
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and -exponent <= scale:
        return number
    return number.quantize(Decimal((0, (1,), -int(scale))), rounding=mode, context=_LONG)


def decimal(n: Decimal, scale: Decimal) -> Decimal:
    """Round half to even; a fraction of the scale is cut off."""
    return rounded(n, scale.to_integral_value(ROUND_DOWN), ROUND_HALF_EVEN)


def floor(n: Decimal, scale: Decimal = Decimal(0)) -> Decimal:
    """Round towards minus infinity."""
    return rounded(n, scale, ROUND_FLOOR)


def ceiling(n: Decimal, scale: Decimal = Decimal(0)) -> Decimal:
    """Round towards plus infinity."""
    return rounded(n, scale, ROUND_CEILING)


def round_up(n: Decimal, scale: Decimal) -> Decimal:
    """Round away from zero."""
    return rounded(n, scale, ROUND_UP)


def round_down(n: Decimal, scale: Decimal) -> Decimal:
    """Round towards zero."""
    return rounded(n, scale, ROUND_DOWN)


def round_half_up(n: Decimal, scale: Decimal) -> Decimal:
    """Round to the nearest, a half away from zero."""
    return rounded(n, scale, ROUND_HALF_UP)


def round_half_down(n: Decimal, scale: Decimal) -> Decimal:
    """Round to the nearest, a half towards zero."""
    return rounded(n, scale, ROUND_HALF_DOWN)


def absolute(n: Value) -> Value:
    """Return a number or a duration without its sign."""
    negated = operators.negate(n)
    if negated is None:
        raise NoValue("abs 只能用于数或时长。")
    order = operators.compare(n, negated)
    return negated if order is not None and order < 0 else n


def modulo(dividend: Decimal, divisor: Decimal) -> Decimal:
    """Return the rest of the division; it has the sign of the divisor."""
    if not divisor:
        raise NoValue("modulo 的除数是 0。")
    try:
        rest = _LONG.remainder(dividend, divisor)
    except DecimalException:
        raise NoValue("modulo 的两个数相差太大，余数无法计算。") from None
    if rest and (rest < 0) != (divisor < 0):
        rest = decimals.CONTEXT.add(rest, divisor)
    return decimals.CONTEXT.plus(rest)


def square_root(number: Decimal) -> Decimal:
    """Return the square root, to 34 digits."""
    if number < 0:
        raise NoValue(f"负数 {number} 没有平方根。")
    return decimals.CONTEXT.sqrt(number)


def logarithm(number: Decimal) -> Decimal:
    """Return the natural logarithm, to 34 digits."""
    if number <= 0:
        raise NoValue(f"只有正数才有对数，给的是 {number}。")
    return decimals.CONTEXT.ln(number)


def exponential(number: Decimal) -> Decimal:
    """Return e to the power of the number, to 34 digits."""
    try:
        return decimals.CONTEXT.exp(number)
    except DecimalException:
        raise NoValue("exp 的结果太大，超出数的范围。") from None


def is_odd(number: Decimal) -> bool:
    """Return whether a whole number is odd."""
    return _whole(number) % 2 == 1


def is_even(number: Decimal) -> bool:
    """Return whether a whole number is even."""
    return _whole(number) % 2 == 0


def random_number(work: Work) -> Decimal:
    """Return a number from 0 up to, not including, 1, from the dice of the evaluation."""
    if work.random is None:
        raise NoValue("本次计算没有提供随机数，请不要在规则中使用 random number()。")
    return Decimal(work.random.randrange(10**34)).scaleb(-34)


def _whole(number: Decimal) -> int:
    if number != number.to_integral_value():
        raise NoValue(f"只有整数才分奇偶，给的是 {number}。")
    return int(number)


FUNCTIONS = table(
    ("decimal(n: number, scale: number) -> number", decimal),
    ("floor(n: number, scale?: number) -> number", floor),
    ("ceiling(n: number, scale?: number) -> number", ceiling),
    ("round up(n: number, scale: number) -> number", round_up),
    ("round down(n: number, scale: number) -> number", round_down),
    ("round half up(n: number, scale: number) -> number", round_half_up),
    ("round half down(n: number, scale: number) -> number", round_half_down),
    ("abs(n: number) -> number", absolute),
    ("abs(n: days and time duration) -> days and time duration", absolute),
    ("abs(n: years and months duration) -> years and months duration", absolute),
    ("modulo(dividend: number, divisor: number) -> number", modulo),
    ("sqrt(number: number) -> number", square_root),
    ("log(number: number) -> number", logarithm),
    ("exp(number: number) -> number", exponential),
    ("odd(number: number) -> boolean", is_odd),
    ("even(number: number) -> boolean", is_even),
    ("@ random number() -> number", random_number),
)
