"""
Arithmetic over facts in fractions, with at most one fact left open.

FEEL divides to 34 digits; a threshold must hold exactly (一又三分之二 plus 三分之一 is 2). With a
fact left open the result is a quotient of two linear forms in it, which says for which value of
the fact a comparison turns.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

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

from .references import Reference, of_path
from .walking import every

Read = Callable[[Reference], object]
AGGREGATES = frozenset({"sum", "mean", "min", "max", "count"})


class NotExact(Exception):
    """The expression is no arithmetic over known numbers, or not linear in the open fact."""


@dataclass(frozen=True, slots=True)
class Linear:
    """``constant + slope · x``."""

    constant: Fraction
    slope: Fraction = Fraction(0)

    def at(self, x: Fraction) -> Fraction:
        """Return the value at x."""
        return self.constant + self.slope * x

    def plus(self, other: "Linear") -> "Linear":
        """Return the sum."""
        return Linear(self.constant + other.constant, self.slope + other.slope)

    def times(self, other: "Linear") -> "Linear":
        """Return the product, which must stay linear."""
        if self.slope and other.slope:
            raise NotExact
        slope = self.constant * other.slope + self.slope * other.constant
        return Linear(self.constant * other.constant, slope)


ZERO, ONE = Linear(Fraction(0)), Linear(Fraction(1))
MINUS = Linear(Fraction(-1))


@dataclass(frozen=True, slots=True)
class Form:
    """One linear form over another: ``top / bottom``."""

    top: Linear
    bottom: Linear = ONE

    @property
    def value(self) -> Fraction:
        """Return the number of a form without an open fact."""
        if self.top.slope or self.bottom.slope:
            raise NotExact
        return self.top.constant / self.bottom.constant

    def at(self, x: Fraction) -> Fraction | None:
        """Return the value at x, None where it divides by zero."""
        below = self.bottom.at(x)
        return self.top.at(x) / below if below else None

    def minus(self, other: "Form") -> "Form":
        """Return the difference."""
        return _sum(self, _product(other, Form(MINUS)))


def number(node: Node, read: Read) -> Fraction | None:
    """Return the exact value of an expression, None where it isn't plain arithmetic."""
    try:
        return form(node, read).value
    except NotExact:
        return None


def divides(node: Node) -> bool:
    """Return whether an expression divides, so that 34 digits may not hold its value."""
    return any(
        (isinstance(part, Arithmetic) and part.sign is Sign.DIVIDE)
        or (isinstance(part, Call) and part.function == Name("mean"))
        for part in every(node)
    )


def form(node: Node, read: Read, unknown: Reference | None = None) -> Form:
    """
    Return the expression as a form in the fact that is left open.

    :raises NotExact: where it is none
    """
    match node:
        case Constant(value=Decimal() as value):
            return _constant(Fraction(value))
        case Negation(operand=operand):
            return _product(form(operand, read, unknown), Form(MINUS))
        case Arithmetic(sign=sign, left=left, right=right):
            return _arithmetic(sign, form(left, read, unknown), form(right, read, unknown))
        case Call(function=Name(name=name), arguments=arguments, named=()) if name in AGGREGATES:
            return _aggregate(name, _items(arguments, read, unknown))
    found = of_path(node)
    if found is None or len(found) != 1:
        raise NotExact
    return _fact(found[0], read, unknown)


def _fact(reference: Reference, read: Read, unknown: Reference | None) -> Form:
    if reference == unknown:
        return Form(Linear(Fraction(0), Fraction(1)))
    value = read(reference)
    if not isinstance(value, Decimal):
        raise NotExact
    return _constant(Fraction(value))


def _items(arguments: Sequence[Node], read: Read, unknown: Reference | None) -> list[Form]:
    if len(arguments) != 1:
        return [form(argument, read, unknown) for argument in arguments]
    only = arguments[0]
    if isinstance(only, ListLiteral):
        return [form(item, read, unknown) for item in only.items]
    found = of_path(only)
    if found is None:
        raise NotExact
    return [_fact(reference, read, unknown) for reference in found]


def _aggregate(name: str, items: list[Form]) -> Form:
    if not items:
        raise NotExact
    if name == "count":
        return _constant(Fraction(len(items)))
    if name in {"min", "max"}:
        choose = min if name == "min" else max
        return _constant(choose(item.value for item in items))
    total = items[0]
    for item in items[1:]:
        total = _sum(total, item)
    return total if name == "sum" else _product(total, _constant(Fraction(1, len(items))))


def _arithmetic(sign: Sign, left: Form, right: Form) -> Form:
    match sign:
        case Sign.ADD:
            return _sum(left, right)
        case Sign.SUBTRACT:
            return left.minus(right)
        case Sign.MULTIPLY:
            return _product(left, right)
        case Sign.DIVIDE if right.top != ZERO:
            return _product(left, Form(right.bottom, right.top))
    raise NotExact


def _sum(left: Form, right: Form) -> Form:
    if left.bottom == right.bottom:
        return Form(left.top.plus(right.top), left.bottom)
    top = left.top.times(right.bottom).plus(right.top.times(left.bottom))
    return Form(top, left.bottom.times(right.bottom))


def _product(left: Form, right: Form) -> Form:
    return Form(left.top.times(right.top), left.bottom.times(right.bottom))


def _constant(value: Fraction) -> Form:
    return Form(Linear(value))
