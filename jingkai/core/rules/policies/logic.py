"""
A condition taken apart: the atoms that facts decide, and the Kleene structure above them.

``and``, ``or``, ``not(…)``, ``between``, ``in`` and ``if`` are structure, so that a fact that can
no longer change the answer is not asked for; everything else is an atom, unknown as long as a
fact it refers to is missing.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from jingkai.core.rules.feel.nodes import (
    And,
    Between,
    Call,
    Comparison,
    Constant,
    If,
    In,
    Name,
    Node,
    Or,
    RangeLiteral,
    Sign,
    UnaryComparison,
    UnaryTests,
)

from . import exact
from .references import Reference, references


@dataclass(frozen=True, slots=True)
class Atom:
    """
    A question that is answered as a whole.

    ``facts`` are those without which it is unknown. ``subject`` identifies the left side of a
    comparison, so that many conditions on one figure compute it once. One that
    ``divides`` is compared in fractions; one that ``compares`` has two sides, neither of them a
    null that is asked for on purpose.
    """

    node: Node
    facts: tuple[Reference, ...]
    subject: str | None = None
    divides: bool = False
    compares: bool = False


@dataclass(frozen=True, slots=True)
class Both:
    """All parts."""

    parts: tuple["Logic", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one part."""

    parts: tuple["Logic", ...]


@dataclass(frozen=True, slots=True)
class Opposite:
    """Not the part."""

    part: "Logic"


@dataclass(frozen=True, slots=True)
class Choice:
    """``if test then yes else no``; while the test is unknown, what both branches agree on."""

    test: "Logic"
    yes: "Logic"
    no: "Logic"


Logic = Atom | Both | Either | Opposite | Choice


def logic(node: Node) -> Logic:  # noqa: PLR0911 - one for each node
    """Return the structure of a boolean expression."""
    match node:
        case And(operands=operands):
            return Both(tuple(logic(operand) for operand in operands))
        case Or(operands=operands):
            return Either(tuple(logic(operand) for operand in operands))
        case Call(function=Name(name="not"), arguments=(operand,), named=()):
            return Opposite(logic(operand))
        case Between(value=value, low=low, high=high, at=at):
            above = Comparison(Sign.AT_LEAST, value, low, at=at)
            return Both((atom(above), atom(Comparison(Sign.AT_MOST, value, high, at=at))))
        case In(value=value, tests=tests, at=at) if len(tests) > 1:
            return Either(tuple(atom(In(value, (test,), at=at)) for test in tests))
        case If(test=test, yes=yes, no=no):
            return Choice(logic(test), logic(yes), logic(no))
    return atom(node)


def atoms(given: Logic) -> tuple[Atom, ...]:
    """Return the atoms of a structure, in the order of the text."""
    match given:
        case Atom():
            return (given,)
        case Both(parts=parts) | Either(parts=parts):
            return tuple(found for part in parts for found in atoms(part))
        case Opposite(part=part):
            return atoms(part)
        case Choice(test=test, yes=yes, no=no):
            return atoms(test) + atoms(yes) + atoms(no)


def atom(node: Node) -> Atom:
    """Return the expression as one question, with what it compares and divides."""
    if isinstance(node, In):
        return Atom(node, references(node), repr(node.value), exact.divides(node.value))
    if not isinstance(node, Comparison):
        return Atom(node, references(node))
    compares = Constant(None) not in {node.left, node.right}
    return Atom(node, references(node), repr(node.left), exact.divides(node), compares)


@dataclass(frozen=True, slots=True)
class Cell:
    """One test of a row of a table, as a question of its own."""

    input: Node
    tests: UnaryTests
    facts: tuple[Reference, ...]
    subject: str
    divides: bool


def cell(given: Node, tests: UnaryTests) -> Cell:
    """Return the question whether the input passes; a test for null may be asked of nothing."""
    needed = () if Constant(None) in tests.tests else references(given)
    facts = tuple(dict.fromkeys(needed + references(tests)))
    return Cell(given, tests, facts, repr(given), exact.divides(given))


def comparisons(given: Node, test: Node) -> Iterator[Comparison]:
    """Yield a test of a cell as comparisons of its input, nothing where it is none."""
    match test:
        case UnaryComparison(sign=sign, operand=operand, at=at):
            yield Comparison(sign, given, operand, at=at)
        case Constant(at=at):
            yield Comparison(Sign.EQUAL, given, test, at=at)
        case RangeLiteral(low=low, high=high, at=at):
            if low is not None:
                sign = Sign.AT_LEAST if test.low_included else Sign.GREATER
                yield Comparison(sign, given, low, at=at)
            if high is not None:
                sign = Sign.AT_MOST if test.high_included else Sign.LESS
                yield Comparison(sign, given, high, at=at)
