"""
What would make an unmet question met: by how much one fact, alone, would have to change.

A comparison is solved exactly for each number it refers to; a day is searched for. Where
nothing can be told, nothing is said.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from jingkai.core.rules.catalogue import FactType, Item
from jingkai.core.rules.feel import temporal
from jingkai.core.rules.feel.nodes import (
    Comparison,
    Name,
    Node,
    Sign,
)

from . import answers, situations, tables
from .exact import Form, NotExact, form
from .findings import Finding
from .logic import Atom, Both, Choice, Either, Logic, Opposite, comparisons
from .logic import logic as structure
from .model import Table
from .references import EVALUATION_DAY
from .situations import Reading, Situation
from .statuses import Status
from .walking import every

LONGEST_WAIT_DAYS = 3660  # ten years; beyond nobody waits
LONGEST_SHIFT_DAYS = 36600
INVERSES = {
    Sign.LESS: Sign.AT_LEAST,
    Sign.AT_MOST: Sign.GREATER,
    Sign.GREATER: Sign.AT_MOST,
    Sign.AT_LEAST: Sign.LESS,
    Sign.EQUAL: Sign.UNEQUAL,
    Sign.UNEQUAL: Sign.EQUAL,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """
    One fact, as it is and as it would have to be, the others staying as they are.

    ``difference`` is in the fact's own unit, days for a date. ``reading`` is None where only
    time has to pass: ``needed`` is then the first day on which it is met. ``node`` is what was
    solved.
    """

    reading: Reading | None
    current: Decimal | temporal.Date
    needed: Decimal | temporal.Date
    difference: Decimal
    unit: str
    node: Node


def gaps(finding: Finding, situation: Situation, *, wanted: bool = True) -> tuple[Gap, ...]:
    """Return what would turn the condition, smallest steps first in the order of the text."""
    condition = finding.condition
    if isinstance(condition.test, Table):
        return tuple(_of_table(condition.test, finding, situation)) if wanted else ()
    if condition.logic is None:
        return ()
    return tuple(_of_logic(condition.logic, situation, wanted=wanted))


def _of_logic(question: Logic, situation: Situation, *, wanted: bool) -> Iterator[Gap]:
    goal = Status.MET if wanted else Status.UNMET
    if answers.answer(question, situation).status is goal:
        return
    match question:
        case Atom():
            yield from _of_atom(question, situation, wanted=wanted)
        case Both(parts=parts) | Either(parts=parts):
            for part in parts:
                yield from _of_logic(part, situation, wanted=wanted)
        case Opposite(part=part):
            yield from _of_logic(part, situation, wanted=not wanted)
        case Choice(test=test, yes=yes, no=no):
            is_yes = answers.answer(test, situation).status is Status.MET
            yield from _of_logic(yes if is_yes else no, situation, wanted=wanted)


def _of_table(table: Table, finding: Finding, situation: Situation) -> Iterator[Gap]:
    number = tables.nearest(table, situation, finding.rows)
    if number is None:
        return
    row = zip(table.questions[number], finding.rows[number].cells, strict=True)
    for cell, found in row:
        tests = cell.tests
        if found.status is Status.UNMET and len(tests.tests) == 1 and not tests.negated:
            for comparison in comparisons(cell.input, tests.tests[0]):
                yield from _of_logic(structure(comparison), situation, wanted=True)


def _of_atom(atom: Atom, situation: Situation, *, wanted: bool) -> Iterator[Gap]:
    if situation.missing(atom.facts):
        return
    if isinstance(atom.node, Comparison):
        sign = atom.node.sign if wanted else INVERSES[atom.node.sign]
        for reference in atom.facts:
            yield from _of_number(atom.node, sign, situation.reading(reference), situation)
    yield from _of_days(atom, situation, wanted=wanted)


def _of_number(
    node: Comparison, sign: Sign, reading: Reading, situation: Situation
) -> Iterator[Gap]:
    item = reading.item
    if item is None or item.type is not FactType.NUMBER or sign is Sign.UNEQUAL:
        return
    try:
        left = form(node.left, situation.value, reading.reference)
        right = form(node.right, situation.value, reading.reference)
        turning = _turning_point(left.minus(right))
    except NotExact:
        return
    beyond = [x for x in _beyond(turning, sign, item) if _holds(sign, left, right, Fraction(x))]
    if not beyond:
        return
    needed = min(beyond, key=lambda x: abs(x - reading.value))
    yield Gap(
        reading=reading,
        current=reading.value,
        needed=needed,
        difference=abs(needed - reading.value),
        unit=item.unit,
        node=node,
    )


def _turning_point(difference: Form) -> Fraction:
    """Return the value of the open fact at which a difference is zero."""
    if not difference.top.slope:
        raise NotExact
    return -difference.top.constant / difference.top.slope


def _beyond(turning: Fraction, sign: Sign, item: Item) -> Iterator[Decimal]:
    """Yield the values on either side of the turning point that are nearest to it."""
    scaled = turning * 10**item.decimals
    is_strict = sign in {Sign.LESS, Sign.GREATER}
    above = floor(scaled) + 1 if is_strict else ceil(scaled)
    below = ceil(scaled) - 1 if is_strict else floor(scaled)
    for steps in (above, below):
        needed = Decimal(steps).scaleb(-item.decimals)
        is_low = item.minimum is not None and needed < item.minimum
        is_high = item.maximum is not None and needed > item.maximum
        if not (is_low or is_high):
            yield needed


def _holds(sign: Sign, left: Form, right: Form, x: Fraction) -> bool:
    one, other = left.at(x), right.at(x)
    return one is not None and other is not None and answers.SIGNS[sign](one, other)


def _of_days(atom: Atom, situation: Situation, *, wanted: bool) -> Iterator[Gap]:
    if Name(EVALUATION_DAY) in set(every(atom.node)):
        turn = _turner(atom, EVALUATION_DAY, situation, wanted=wanted)
        today = situations.feel_date(situation.on)
        days = _first(lambda days: turn(today, days), LONGEST_WAIT_DAYS)
        if days is not None:
            yield _days_gap(None, today, days, atom.node)
            return
    for reference in atom.facts:
        reading = situation.reading(reference)
        if isinstance(reading.value, temporal.Date) and reference.years_back is None:
            yield from _of_date(atom, reading, situation, wanted=wanted)


def _of_date(atom: Atom, reading: Reading, situation: Situation, *, wanted: bool) -> Iterator[Gap]:
    turn = _turner(atom, reading.reference.item, situation, wanted=wanted)
    later = _first(lambda days: turn(reading.value, days), LONGEST_SHIFT_DAYS)
    earlier = _first(lambda days: turn(reading.value, -days), LONGEST_SHIFT_DAYS)
    shifts = [days for days in (later, None if earlier is None else -earlier) if days]
    if shifts:
        yield _days_gap(reading, reading.value, min(shifts, key=abs), atom.node)


def _turner(
    atom: Atom, name: str, situation: Situation, *, wanted: bool
) -> Callable[[temporal.Date, int], bool]:
    """Return the question whether the atom turns when a day is moved so far."""

    def turns(start: temporal.Date, days: int) -> bool:
        ordinal = start.ordinal + days
        if not 1 <= ordinal <= date.max.toordinal():
            return False
        return situation.compute(atom.node, {name: _day(ordinal)}).value is wanted

    return turns


def _first(turns: Callable[[int], bool], most: int) -> int | None:
    """Return the first number of days that turns a question which stays turned afterwards."""
    reach = 1
    while not turns(reach):
        reach *= 2
        if reach > most:
            return None
    low, high = reach // 2, reach
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if turns(middle) else (middle, high)
    return high


def _day(ordinal: int) -> temporal.Date:
    return situations.feel_date(date.fromordinal(ordinal))


def _days_gap(reading: Reading | None, current: temporal.Date, days: int, node: Node) -> Gap:
    return Gap(
        reading=reading,
        current=current,
        needed=_day(current.ordinal + days),
        difference=Decimal(abs(days)),
        unit="天",
        node=node,
    )
