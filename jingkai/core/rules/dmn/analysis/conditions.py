"""
What a cell asks of its input, where it asks nothing but comparisons with fixed values.

A cell that looks at other facts or calls functions is not judged: None. The conditions keep
FEEL's third answer, so that a missing fact passes exactly where it does when computed.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from jingkai.core.rules.feel import interpreting, nodes
from jingkai.core.rules.feel.bounds import TooMuchWork
from jingkai.core.rules.feel.nodes import Node, Sign
from jingkai.core.rules.feel.ranges import Range
from jingkai.core.rules.feel.scopes import Scope, Value, Work

from .scales import scale_of

FIXED = frozenset({"date", "duration"})  # functions that give the same for the same, quickly
MIRRORED = {
    Sign.LESS: Sign.GREATER,
    Sign.AT_MOST: Sign.AT_LEAST,
    Sign.GREATER: Sign.LESS,
    Sign.AT_LEAST: Sign.AT_MOST,
    Sign.EQUAL: Sign.EQUAL,
    Sign.UNEQUAL: Sign.UNEQUAL,
}


@dataclass(frozen=True, slots=True)
class Condition:
    """One of the classes below."""


@dataclass(frozen=True, slots=True)
class Equal(Condition):
    """The input is this value, or missing where it is None."""

    value: Value


@dataclass(frozen=True, slots=True)
class Broken(Condition):
    """A test without a value, as ``[10..5]``: FEEL lets a missing fact pass it, and no other."""


@dataclass(frozen=True, slots=True)
class Ordered(Condition):
    """The input stands so to a value: ``<``, ``<=``, ``>`` or ``>=``."""

    sign: Sign
    value: Value


@dataclass(frozen=True, slots=True)
class Either(Condition):
    """One of the parts holds; without parts, it is false."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Both(Condition):
    """All parts hold; without parts, it is true."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Opposite(Condition):
    """The part is false."""

    part: Condition


ANYTHING = Both(())


def of_cell(cell: Node | None) -> Condition | None:
    """Return what a cell, or a list of allowed values, asks; None if that can't be said."""
    if not isinstance(cell, nodes.UnaryTests):
        return None
    if not cell.tests:
        return ANYTHING
    either = _all(Either, map(_of_test, cell.tests))
    return Opposite(either) if either is not None and cell.negated else either


def constant(node: Node) -> tuple[bool, Value]:
    """Return whether an expression is a fixed value, and the value."""
    if not _is_fixed(node):
        return False, None
    try:
        return True, interpreting.evaluate(node, Scope(work=Work()))
    except TooMuchWork:
        return False, None


def values(condition: Condition) -> Iterator[tuple[Value, bool]]:
    """Yield the values that a condition names, each with whether its order counts."""
    match condition:
        case Equal(value):
            yield value, False
        case Ordered(_, value):
            yield value, True
        case Either(parts) | Both(parts):
            for part in parts:
                yield from values(part)
        case Opposite(part):
            yield from values(part)


def _all(
    kind: type[Either] | type[Both], parts: Iterable[Condition | None]
) -> Either | Both | None:
    found = []
    for part in parts:
        if part is None:
            return None
        found.append(part)
    return kind(tuple(found))


def _is_fixed(root: Node) -> bool:
    waiting = [root]
    while waiting:
        node = waiting.pop()
        match node:
            case nodes.Call(function=nodes.Name(name=name), arguments=arguments, named=()):
                if name not in FIXED:
                    return False
                waiting += arguments
            case (
                nodes.Constant()
                | nodes.AtLiteral()
                | nodes.Negation()
                | nodes.Arithmetic()
                | nodes.ListLiteral()
                | nodes.RangeLiteral()
                | nodes.UnaryComparison()
            ):
                waiting += nodes.children(node)
            case _:
                return False
    return True


def _of_test(test: Node) -> Condition | None:
    """Return what one test of a cell asks: as a comparison, of ``?``, or by its value."""
    if isinstance(test, nodes.UnaryComparison):
        is_fixed, value = constant(test.operand)
        return _compared(test.sign, value) if is_fixed else None
    is_fixed, value = constant(test)
    if is_fixed and value is None and test != nodes.Constant(None):
        return Broken()
    return _found(value) if is_fixed else _of_truth(test)


def _found(value: Value) -> Condition | None:
    match value:
        case Range():
            return _inside(value)
        case list():
            return _all(Either, map(_item, value))
        case _:
            return _equal(value)


def _item(value: Value) -> Condition | None:
    return _inside(value) if isinstance(value, Range) else _equal(value)


def _equal(value: Value) -> Condition | None:
    return Equal(value) if value is None or scale_of(value) else None


def _inside(target: Range) -> Condition | None:
    low = Sign.AT_LEAST if target.low_included else Sign.GREATER
    high = Sign.AT_MOST if target.high_included else Sign.LESS
    ends = [(low, target.low), (high, target.high)]
    return _all(Both, (_compared(sign, end) for sign, end in ends if end is not None))


def _compared(sign: Sign, value: Value) -> Condition | None:
    if sign is Sign.EQUAL:
        return _equal(value)
    if sign is Sign.UNEQUAL:
        equal = _equal(value)
        return None if equal is None else Opposite(equal)
    return Ordered(sign, value) if scale_of(value) and not isinstance(value, bool) else None


def _of_truth(node: Node) -> Condition | None:
    """Return what an expression over ``?`` asks, where it is true or false."""
    match node:
        case nodes.And(operands=operands):
            return _all(Both, map(_of_truth, operands))
        case nodes.Or(operands=operands):
            return _all(Either, map(_of_truth, operands))
        case nodes.Call(function=nodes.Name(name="not"), arguments=(only,)):
            part = _of_truth(only)
            return None if part is None else Opposite(part)
        case _:
            return _of_comparison(node)


def _of_comparison(node: Node) -> Condition | None:
    match node:
        case nodes.Comparison(sign=sign, left=nodes.Name(name="?"), right=right):
            return _compared_with(sign, right)
        case nodes.Comparison(sign=sign, left=left, right=nodes.Name(name="?")):
            return _compared_with(MIRRORED[sign], left)
        case nodes.Between(value=nodes.Name(name="?"), low=low, high=high):
            ends = _compared_with(Sign.AT_LEAST, low), _compared_with(Sign.AT_MOST, high)
            return _all(Both, ends)
        case nodes.In(value=nodes.Name(name="?"), tests=tests):
            return _all(Either, map(_of_test, tests))
        case _:
            return None


def _compared_with(sign: Sign, node: Node) -> Condition | None:
    is_fixed, value = constant(node)
    return _compared(sign, value) if is_fixed else None


def names_null(conditions: Sequence[Condition]) -> bool:
    """Return whether one of the conditions asks on purpose whether the fact is missing."""
    return any(value is None for each in conditions for value, _ in values(each))


def is_plain(value: Value) -> bool:
    """Return whether a value is one that two outputs can be told apart by."""
    return value is None or isinstance(value, bool | str | Decimal) or scale_of(value) is not None
