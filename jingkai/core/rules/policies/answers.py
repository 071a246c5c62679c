"""What the facts say to a question: its status, and what is missing or went wrong."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import eq, ge, gt, le, lt, ne
from typing import Any

from jingkai.core.rules.feel.interpreting import compared
from jingkai.core.rules.feel.nodes import Comparison, Constant, In, Node, Sign
from jingkai.core.rules.feel.problems import Problem

from . import statuses
from .logic import Atom, Both, Cell, Choice, Either, Logic, Opposite, comparisons
from .references import Reference
from .situations import Computed, Situation
from .statuses import Status

NO_TRUTH = "这里的结果不是“是”或“否”，请检查规则的写法。"
NO_ORDER = "两边不是同一类值，无法比较，请检查规则的写法。"
SIGNS: dict[Sign, Callable[[Any, Any], bool]] = {
    Sign.EQUAL: eq,
    Sign.UNEQUAL: ne,
    Sign.LESS: lt,
    Sign.AT_MOST: le,
    Sign.GREATER: gt,
    Sign.AT_LEAST: ge,
}


@dataclass(frozen=True, slots=True)
class Answer:
    """A status; ``missing`` and ``problems`` say why it is unknown."""

    status: Status
    missing: tuple[Reference, ...] = ()
    problems: tuple[Problem, ...] = ()


MET, UNMET = Answer(Status.MET), Answer(Status.UNMET)


def answer(question: Logic, situation: Situation) -> Answer:
    """Return the status of a structure by Kleene's rules, with the reasons of what is unknown."""
    match question:
        case Atom():
            return of_atom(question, situation)
        case Both(parts=parts):
            return combined([answer(part, situation) for part in parts], statuses.every)
        case Either(parts=parts):
            return combined([answer(part, situation) for part in parts], statuses.either)
        case Opposite(part=part):
            inner = answer(part, situation)
            return Answer(statuses.opposite(inner.status), inner.missing, inner.problems)
        case Choice():
            return _chosen(question, situation)


def combined(parts: Sequence[Answer], how: Callable[[Sequence[Status]], Status]) -> Answer:
    """Return the combined status; an unknown one gives the reasons of its unknown parts."""
    status = how([part.status for part in parts])
    if status is not Status.UNKNOWN:
        return Answer(status)
    return unknown_of(parts)


def unknown_of(parts: Sequence[Answer]) -> Answer:
    """Return an unknown answer with the reasons of these parts that are unknown."""
    undecided = [part for part in parts if part.status is Status.UNKNOWN]
    missing = dict.fromkeys(one for part in undecided for one in part.missing)
    problems = dict.fromkeys(one for part in undecided for one in part.problems)
    return Answer(Status.UNKNOWN, tuple(missing), tuple(problems))


def of_atom(atom: Atom, situation: Situation) -> Answer:
    """Return the status of an atom: unknown while a fact is missing or FEEL has no answer."""
    missing = situation.missing(atom.facts)
    if missing:
        return Answer(Status.UNKNOWN, missing)
    return of_value(_value(atom, situation), atom.node)


def of_cell(cell: Cell, situation: Situation) -> Answer:
    """Return whether the input passes the cell; an empty cell asks for nothing."""
    if not cell.tests.tests:
        return MET
    missing = situation.missing(cell.facts)
    if missing:
        return Answer(Status.UNKNOWN, missing)
    given = situation.subject(cell.subject, cell.input)
    if given.value is None and Constant(None) not in cell.tests.tests:
        return of_value(given, cell.input)
    found = _passes_exactly(cell.input, cell.tests.tests, situation) if cell.divides else None
    if found is not None:
        return MET if found is not cell.tests.negated else UNMET
    return of_value(situation.passes(cell.tests, given.value), cell.tests)


def of_value(computed: Computed, node: Node) -> Answer:
    """Return the status of a computed truth value; anything else is unknown."""
    if computed.value is True:
        return MET
    if computed.value is False:
        return UNMET
    problems = computed.problems or (Problem(node.at, NO_TRUTH),)
    return Answer(Status.UNKNOWN, (), problems)


def _chosen(choice: Choice, situation: Situation) -> Answer:
    test = answer(choice.test, situation)
    if test.status is Status.MET:
        return answer(choice.yes, situation)
    if test.status is Status.UNMET:
        return answer(choice.no, situation)
    yes, no = answer(choice.yes, situation), answer(choice.no, situation)
    agree = yes.status is no.status and yes.status is not Status.UNKNOWN
    return yes if agree else unknown_of([test, yes, no])


def _value(atom: Atom, situation: Situation) -> Computed:
    """Compute an atom; what compares something null is null, where FEEL's ``=`` says false."""
    node = atom.node
    if atom.compares and isinstance(node, Comparison) and atom.subject is not None:
        given = situation.subject(atom.subject, node.left)
        other = _right(node.right, situation)
        if atom.divides and given.value is not None and other.value is not None:
            return _compared_exactly(atom.subject, node, given, other, situation)
        return _compared(node, given, other)
    if isinstance(node, In) and atom.subject is not None:
        given = situation.subject(atom.subject, node.value)
        if given.value is None:
            return given
        found = _passes_exactly(node.value, node.tests, situation) if atom.divides else None
        return situation.compute(node) if found is None else Computed(found)
    return situation.compute(node)


def _passes_exactly(given: Node, tests: Sequence[Node], situation: Situation) -> bool | None:
    """Return whether plain arithmetic passes one of the tests; None where it is anything else."""
    passed = []
    for test in tests:
        asked = [
            (one.sign, situation.exact(one.left), situation.exact(one.right))
            for one in comparisons(given, test)
        ]
        if not asked or any(None in sides for sides in asked):
            return None
        passed.append(all(SIGNS[sign](left, right) for sign, left, right in asked))
    return any(passed)


def _compared_exactly(
    subject: str, node: Comparison, left: Computed, right: Computed, situation: Situation
) -> Computed:
    """Compare what is divided in fractions, where it is plain arithmetic."""
    exact_left = situation.exact(node.left, subject)
    exact_right = situation.exact(node.right)
    if exact_left is None or exact_right is None:
        return _compared(node, left, right)
    return Computed(SIGNS[node.sign](exact_left, exact_right))


def _right(node: Node, situation: Situation) -> Computed:
    return Computed(node.value) if isinstance(node, Constant) else situation.compute(node)


def _compared(node: Comparison, left: Computed, right: Computed) -> Computed:
    if left.value is None or right.value is None:
        return Computed(None, left.problems + right.problems)
    if isinstance(left.value, Decimal) and isinstance(right.value, Decimal):
        return Computed(SIGNS[node.sign](left.value, right.value))
    value = compared(node.sign, left.value, right.value)
    return Computed(value, () if value is not None else (Problem(node.at, NO_ORDER),))
