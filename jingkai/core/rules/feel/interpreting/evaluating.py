"""
What a FEEL expression computes to: the slow, obvious reference for every other engine.

A FEEL error is null, and the scope's trace says why. Only :class:`bounds.TooMuchWork` is ever
raised, so an expression of somebody else can neither break nor hold up its caller.
"""

from collections.abc import Mapping, Sequence

from .. import bounds
from ..bounds import TooMuchWork
from ..known import Known
from ..nodes import Node, Span, UnaryTests
from ..parsing import parse_expression
from ..problems import Problem
from ..scopes import Scope, Value, Work
from ..temporal import DateTime
from ..truth import Truth
from . import rules
from .rules import SUBJECT


def compute(
    text: str,
    facts: Mapping[str, Value],
    *,
    now: DateTime | None = None,
    trace: list[Problem] | None = None,
) -> Value:
    """
    Return the value of an expression with these facts.

    :raises FeelSyntaxError: if the text is no expression
    :raises TooMuchWork: if it would take too long
    """
    node = parse_expression(text, known=known_from(facts))
    return evaluate(node, Scope(facts, work=Work(now=now, trace=trace)))


def known_from(facts: Mapping[str, Value]) -> Known:
    """Return the names of the facts, and of the entries inside them."""
    fields: set[str] = set()
    waiting: list[Value] = list(facts.values())
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            fields |= value.keys()
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
    return Known(names=frozenset(facts), fields=frozenset(fields))


def evaluate(node: Node, scope: Scope) -> Value:
    """
    Return the value of the node; null where it has none, with a note in the scope's trace.

    :raises TooMuchWork: if the scope's budget is used up
    """
    try:
        result = rules.value(node, scope)
    except RecursionError:
        raise TooMuchWork("表达式或函数嵌套太深，已停止。请拆成几个决策，或减少递归。") from None
    if isinstance(result, list | dict):
        bounds.check_depth(result)
    return result


def evaluate_tests(tests: UnaryTests, value: Value, scope: Scope) -> Truth:
    """
    Return whether the value passes a cell of a decision table; None if that can't be said.

    :raises TooMuchWork: if the scope's budget is used up
    """
    try:
        return rules.passes(tests, scope.child({SUBJECT: value}))
    except RecursionError:
        raise TooMuchWork("单元格的表达式嵌套太深，已停止。请拆成单独的决策。") from None


def call(function: Value, arguments: Sequence[Value], scope: Scope, *, at: Span) -> Value:
    """
    Return what a function gives for arguments in order.

    :raises TooMuchWork: if the scope's budget is used up
    """
    return rules.called(function, arguments, {}, scope, at)


def call_named(function: Value, named: Mapping[str, Value], scope: Scope, *, at: Span) -> Value:
    """
    Return what a function gives for arguments by name.

    :raises TooMuchWork: if the scope's budget is used up
    """
    return rules.called(function, (), named, scope, at)
