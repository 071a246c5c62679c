"""
Which facts an expression refers to.

An item without periods is a name (``成立日期``); one with periods is reached through a
relative period (``上年.营业收入``), and through a span as a list, newest first
(``近三年.研发费用``). The spans begin with the year before the day of evaluation: the last year
whose accounts are closed. ``评估日`` is the day of evaluation and always given.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from jingkai.core.rules.catalogue import Catalogue
from jingkai.core.rules.feel.known import Known
from jingkai.core.rules.feel.nodes import (
    Call,
    Comparison,
    Constant,
    ContextLiteral,
    Filter,
    For,
    FunctionDefinition,
    Name,
    Node,
    Path,
    Quantified,
    Sign,
    children,
)

from .walking import every

EVALUATION_DAY = "评估日"
YEARS_BACK = {"本年": 0, "上年": 1, "前年": 2, "大前年": 3}
SPANS = {"近两年": (1, 2), "近三年": (1, 2, 3)}
PERIOD_NAMES = frozenset({*YEARS_BACK, *SPANS})


class Reference(NamedTuple):
    """A fact: the item's name, and how many years back; None for an item without periods."""

    item: str
    years_back: int | None = None

    def __str__(self) -> str:
        """Return the fact as a rule names it, such as 上年.营业收入."""
        if self.years_back is None:
            return self.item
        names = {back: name for name, back in YEARS_BACK.items()}
        return f"{names.get(self.years_back, f'前{self.years_back}年')}.{self.item}"


def known(catalogue: Catalogue) -> Known:
    """Return the names that the text of a rule may use, for the parser."""
    names = catalogue.names
    return Known(names | PERIOD_NAMES | {EVALUATION_DAY}, names)


def references(node: Node) -> tuple[Reference, ...]:
    """
    Return the facts without which the expression has no answer, each once, in order.

    A fact that is only compared with null on purpose is not among them.
    """
    return tuple(dict.fromkeys(_needed(node, frozenset())))


def of_path(node: Node) -> tuple[Reference, ...] | None:
    """Return the facts that one name or period path stands for, or None for anything else."""
    match node:
        case Name(name=name) if name != EVALUATION_DAY and name not in PERIOD_NAMES:
            return (Reference(name),)
        case Path(source=Name(name=period), name=item) if period in YEARS_BACK:
            return (Reference(item, YEARS_BACK[period]),)
        case Path(source=Name(name=period), name=item) if period in SPANS:
            return tuple(Reference(item, back) for back in SPANS[period])
        case Filter(source=Path() as source, test=Constant(value=Decimal() as position)):
            return _positioned(of_path(source), position)
    return None


def _positioned(
    facts: tuple[Reference, ...] | None, position: Decimal
) -> tuple[Reference, ...] | None:
    if facts is None or position != int(position) or not 1 <= abs(position) <= len(facts):
        return None
    return (facts[int(position) - 1 if position > 0 else int(position)],)


def _needed(node: Node, bound: frozenset[str]) -> Iterator[Reference]:
    if _is_bound(node, bound) or _tests_for_null(node):
        return
    found = of_path(node)
    if found is not None:
        yield from found
        return
    if isinstance(node, Filter) and any(_tests_for_null(part) for part in every(node.test)):
        yield from _needed(node.test, bound | {"item"})
        return
    yield from _needed_below(node, bound)


def _needed_below(node: Node, bound: frozenset[str]) -> Iterator[Reference]:
    inner = bound | _binds(node)
    for child in children(node):
        if isinstance(node, Call) and child is node.function and isinstance(child, Name):
            continue  # the name of a function is no fact
        yield from _needed(child, inner)


def _is_bound(node: Node, bound: frozenset[str]) -> bool:
    match node:
        case Name(name=name) | Path(source=Name(name=name)):
            return name in bound
    return False


def _tests_for_null(node: Node) -> bool:
    match node:
        case Comparison(sign=Sign.EQUAL | Sign.UNEQUAL, left=left, right=right):
            return Constant(None) in {left, right}
    return False


def _binds(node: Node) -> frozenset[str]:
    match node:
        case For(iterators=iterators):
            return frozenset({"partial", *(one.name for one in iterators)})
        case Quantified(iterators=iterators):
            return frozenset(one.name for one in iterators)
        case FunctionDefinition(parameters=parameters):
            return frozenset(one.name for one in parameters)
        case ContextLiteral(entries=entries):
            return frozenset(key for key, _value in entries)
        case Filter():
            return frozenset({"item"})
    return frozenset({"?"})
