"""How a value is compared with another, and how it passes a test of a decision table."""

from .. import operators, ranges, truth
from ..nodes import Sign
from ..ranges import Range
from ..scopes import Value
from ..truth import Truth

_ORDERS = {
    Sign.LESS: (-1,),
    Sign.AT_MOST: (-1, 0),
    Sign.GREATER: (1,),
    Sign.AT_LEAST: (1, 0),
}


def compared(sign: Sign, left: Value, right: Value) -> Truth:
    """Return ``left sign right``; None if these values can't be compared."""
    if sign is Sign.EQUAL:
        return operators.equal(left, right)
    if sign is Sign.UNEQUAL:
        return truth.negation(operators.equal(left, right))
    order = operators.compare(left, right)
    return None if order is None else order in _ORDERS[sign]


def between(value: Value, low: Value, high: Value) -> Truth:
    """Return whether the value lies between the two, both inclusive."""
    return truth.conjunction(
        (compared(Sign.AT_LEAST, value, low), compared(Sign.AT_MOST, value, high))
    )


def found(value: Value, target: Value) -> Truth:
    """
    Return ``value in target``.

    A range must hold the value; a list must contain it, or a range that holds it, or be equal
    to it; anything else must be equal.
    """
    if isinstance(target, Range):
        return _inside(value, target)
    if not isinstance(target, list):
        return operators.equal(value, target)
    if isinstance(value, list) and operators.equal(value, target):
        return True
    return truth.disjunction(
        _inside(value, item) if isinstance(item, Range) else operators.equal(value, item)
        for item in target
    )


def _inside(value: Value, target: Range) -> Truth:
    if isinstance(value, Range):
        return operators.equal(value, target)
    return ranges.holds(target, value)
