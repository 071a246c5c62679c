"""Between which numbers the value of an expression lies, by the bounds of the catalogue."""

from decimal import Decimal
from fractions import Fraction

from jingkai.core.rules.catalogue import Catalogue, FactType
from jingkai.core.rules.feel.nodes import (
    Arithmetic,
    Call,
    Constant,
    ListLiteral,
    Name,
    Negation,
    Node,
    Sign,
)
from jingkai.core.rules.policies.references import SPANS, of_path

from .domains import INFINITE, End, Interval

ANYTHING = Interval()


def bounds(node: Node, catalogue: Catalogue) -> Interval:
    """Return the interval that certainly holds the value, as narrow as is easily told."""
    match node:
        case Constant(value=Decimal() as value):
            return Interval(Fraction(value), Fraction(value))
        case Negation(operand=operand):
            return _negative(bounds(operand, catalogue))
        case Arithmetic(sign=sign, left=left, right=right):
            return _arithmetic(sign, bounds(left, catalogue), bounds(right, catalogue))
        case Call(function=Name(name=name), arguments=(only,)):
            return _aggregate(name, only, catalogue)
    found = of_path(node)
    item = catalogue.get(found[0].item) if found else None
    if item is None or item.type is not FactType.NUMBER:
        return ANYTHING
    low = -INFINITE if item.minimum is None else Fraction(item.minimum)
    high = INFINITE if item.maximum is None else Fraction(item.maximum)
    return Interval(low, high)


def _aggregate(name: str, node: Node, catalogue: Catalogue) -> Interval:
    """Return the bounds of a function of a list of years, or of a written list."""
    if isinstance(node, ListLiteral) and node.items:
        parts = [bounds(item, catalogue) for item in node.items]
    else:
        found = of_path(node) or ()
        parts = (
            [bounds(node, catalogue)] * len(found)
            if len(found) in map(len, SPANS.values())
            else []
        )
    if not parts:
        return ANYTHING
    low, high = min(part.low for part in parts), max(part.high for part in parts)
    if name in {"min", "max", "mean", "median"}:
        return Interval(low, high)
    if name == "sum":
        return Interval(sum(part.low for part in parts), sum(part.high for part in parts))
    return ANYTHING


def _arithmetic(sign: Sign, left: Interval, right: Interval) -> Interval:
    match sign:
        case Sign.ADD:
            return Interval(left.low + right.low, left.high + right.high)
        case Sign.SUBTRACT:
            return _arithmetic(Sign.ADD, left, _negative(right))
        case Sign.MULTIPLY:
            ends = [_times(one, other) for one in _ends(left) for other in _ends(right)]
            return Interval(min(ends), max(ends))
        case Sign.DIVIDE if right.low > 0 and isinstance(right.low, Fraction):
            most = 0 if right.high == INFINITE else 1 / Fraction(right.high)
            inverse = Interval(Fraction(most), 1 / right.low)
            return _arithmetic(Sign.MULTIPLY, left, inverse)
        case Sign.DIVIDE if right.low >= 0 and left.low >= 0:
            return Interval(Fraction(0))  # a divisor of 0 has no answer at all
    return ANYTHING


def _negative(given: Interval) -> Interval:
    return Interval(-given.high, -given.low)


def _ends(given: Interval) -> tuple[End, End]:
    return given.low, given.high


def _times(one: End, other: End) -> End:
    """Return the product, where zero of infinitely many is zero."""
    return Fraction(0) if 0 in {one, other} else one * other
