"""
The syntax tree of FEEL (OMG DMN 1.5, 10.3.1), typed, immutable, with the place in the text.

A node says what was written, not what it means: ``interpreting`` computes it, ``columnar``
compiles it, ``writing`` puts it back into text. Two nodes are equal when they say the same,
wherever they stand.
"""

from collections.abc import Generator
from dataclasses import dataclass, field, fields
from decimal import Decimal
from enum import StrEnum
from typing import Literal


@dataclass(frozen=True, slots=True)
class Span:
    """From ``start`` up to, not including, ``end``: offsets of characters in the text."""

    start: int
    end: int


NOWHERE = Span(0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """What every node has: its place, which equality ignores."""

    at: Span = field(default=NOWHERE, compare=False, repr=False)


class Sign(StrEnum):
    """An operator between two values."""

    ADD = "+"
    SUBTRACT = "-"
    MULTIPLY = "*"
    DIVIDE = "/"
    POWER = "**"
    EQUAL = "="
    UNEQUAL = "!="
    LESS = "<"
    AT_MOST = "<="
    GREATER = ">"
    AT_LEAST = ">="


@dataclass(frozen=True, slots=True)
class Constant(Node):
    """``null``, ``true``, ``false``, a number or a string, as its value in Python."""

    value: bool | Decimal | str | None


@dataclass(frozen=True, slots=True)
class AtLiteral(Node):
    """``@"2026-03-01"``: a date, time, date and time or duration, as the text in the quotes."""

    text: str


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A name the scope knows, normalised: one space between its parts."""

    name: str


@dataclass(frozen=True, slots=True)
class Path(Node):
    """``source.name``: an entry of a context, a part of a value, or of each item of a list."""

    source: Node
    name: str


@dataclass(frozen=True, slots=True)
class Filter(Node):
    """``source[test]``: the items that pass, or the one at a position."""

    source: Node
    test: Node


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A function with arguments in order, or with named ones; never both."""

    function: Node
    arguments: tuple[Node, ...] = ()
    named: tuple[tuple[str, Node], ...] = ()


@dataclass(frozen=True, slots=True)
class Arithmetic(Node):
    """``left sign right`` with one of ``+ - * / **``."""

    sign: Sign
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Negation(Node):
    """``-operand``."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Comparison(Node):
    """``left sign right`` with one of ``= != < <= > >=``."""

    sign: Sign
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Between(Node):
    """``value between low and high``, both inclusive."""

    value: Node
    low: Node
    high: Node


@dataclass(frozen=True, slots=True)
class In(Node):
    """``value in test`` or ``value in (test, test)``: true when one of the tests passes."""

    value: Node
    tests: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class And(Node):
    """``a and b and c``: flat, two operands or more."""

    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or(Node):
    """``a or b or c``: flat, two operands or more."""

    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class If(Node):
    """``if test then yes else no``."""

    test: Node
    yes: Node
    no: Node


@dataclass(frozen=True, slots=True)
class Iterator(Node):
    """``name in source``, or ``name in source..last`` counting up or down."""

    name: str
    source: Node
    last: Node | None = None


@dataclass(frozen=True, slots=True)
class For(Node):
    """``for iterators return body``; ``partial`` is in scope of the body."""

    iterators: tuple[Iterator, ...]
    body: Node


@dataclass(frozen=True, slots=True)
class Quantified(Node):
    """``some`` or ``every`` iterators ``satisfies`` a test."""

    kind: Literal["some", "every"]
    iterators: tuple[Iterator, ...]
    test: Node


@dataclass(frozen=True, slots=True)
class InstanceOf(Node):
    """``value instance of type``."""

    value: Node
    type: "TypeNode"


@dataclass(frozen=True, slots=True)
class Parameter(Node):
    """A formal parameter of a function, with its type where one is written."""

    name: str
    type: "TypeNode | None" = None


@dataclass(frozen=True, slots=True)
class FunctionDefinition(Node):
    """``function(parameters) body``, or ``external`` with a context that names foreign code."""

    parameters: tuple[Parameter, ...]
    body: Node
    external: bool = False


@dataclass(frozen=True, slots=True)
class ListLiteral(Node):
    """``[a, b, c]``."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class ContextLiteral(Node):
    """``{key: value, …}``; later entries see earlier ones."""

    entries: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True)
class RangeLiteral(Node):
    """``[low..high]`` with open or closed ends; an end that is absent is unbounded: ``(> 5)``."""

    low: Node | None
    high: Node | None
    low_included: bool
    high_included: bool


@dataclass(frozen=True, slots=True)
class UnaryComparison(Node):
    """``< 5`` as a test of the value at hand; inside parentheses it is a :class:`RangeLiteral`."""

    sign: Sign
    operand: Node


@dataclass(frozen=True, slots=True)
class UnaryTests(Node):
    """
    A cell of a decision table or a list of allowed values, as tests of ``?``.

    No tests is ``-``: anything passes. ``negated`` is ``not(…)``. A test is a
    :class:`UnaryComparison`, or an expression: one that uses ``?`` must be true, a range must
    hold the value, a list must contain it, any other value must equal it.
    """

    tests: tuple[Node, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class TypeNode(Node):
    """A type as it is written; one of the classes below."""


@dataclass(frozen=True, slots=True)
class NamedType(TypeNode):
    """``number``, ``years and months duration``, or a name of an item definition."""

    name: str


@dataclass(frozen=True, slots=True)
class ListType(TypeNode):
    """``list<item>``."""

    item: TypeNode


@dataclass(frozen=True, slots=True)
class RangeType(TypeNode):
    """``range<item>``."""

    item: TypeNode


@dataclass(frozen=True, slots=True)
class ContextType(TypeNode):
    """``context<name: type, …>``."""

    entries: tuple[tuple[str, TypeNode], ...]


@dataclass(frozen=True, slots=True)
class FunctionType(TypeNode):
    """``function<type, …> -> result``."""

    parameters: tuple[TypeNode, ...]
    result: TypeNode


def children(node: Node) -> Generator[Node, None, None]:
    """Yield the nodes right below a node in the order of the text, types among them."""
    for part in fields(node):
        yield from _nodes(getattr(node, part.name))


def _nodes(value: object) -> Generator[Node, None, None]:
    if isinstance(value, Node):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _nodes(part)
