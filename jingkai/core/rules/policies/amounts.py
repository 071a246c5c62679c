"""What an eligible enterprise receives: exact in 分, with caps, steps and named rounding."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from jingkai.core.rules.feel.problems import Problem
from jingkai.core.units import FEN_PER_WAN, FEN_PER_YUAN

from . import answers, tables
from .answers import Answer
from .logic import Atom
from .model import Amount, HitPolicy, MoneyUnit, Rounding, Table
from .references import Reference, references
from .situations import Situation
from .statuses import Status

FEN = {MoneyUnit.YUAN: FEN_PER_YUAN, MoneyUnit.WAN: FEN_PER_WAN}
NO_NUMBER = "金额的结果不是数字，请检查规则的写法。"
NEGATIVE = "计算结果为负，按 0 计"
CAPPED = "超过上限，按上限计"
TOTALS: dict[HitPolicy, Callable[[list[Fraction]], Fraction | int]] = {
    HitPolicy.SUM: sum,
    HitPolicy.LARGEST: max,
    HitPolicy.SMALLEST: min,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """
    An amount in 分, None while it can't be told.

    ``computed_fen`` is what the formula gave, before cap and rounding; ``notes`` say what
    changed it; ``missing`` and ``problems`` why it can't be told.
    """

    amount_fen: int | None
    computed_fen: Fraction | None = None
    notes: tuple[str, ...] = ()
    missing: tuple[Reference, ...] = ()
    problems: tuple[Problem, ...] = ()


def grant(amount: Amount, situation: Situation) -> Grant:
    """Return what the amount is for these facts, whether or not the policy grants it."""
    if isinstance(amount.value, Table):
        found = _of_table(amount.value, situation)
    else:
        found = _number(Atom(amount.value, references(amount.value)), situation)
    if isinstance(found, Answer):
        return Grant(amount_fen=None, missing=found.missing, problems=found.problems)
    return _settled(amount, found * FEN[amount.unit])


def rounded_fen(exact_fen: Fraction, *, step_fen: int, rounding: Rounding) -> int:
    """Return an amount of no less than 0 in whole steps."""
    steps = exact_fen / step_fen
    match rounding:
        case Rounding.DOWN:
            return floor(steps) * step_fen
        case Rounding.UP:
            return ceil(steps) * step_fen
        case Rounding.HALF_UP:
            return floor(steps + Fraction(1, 2)) * step_fen


def _settled(amount: Amount, computed_fen: Fraction) -> Grant:
    notes = []
    exact_fen = computed_fen
    if exact_fen < 0:
        exact_fen = Fraction(0)
        notes.append(NEGATIVE)
    amount_fen = rounded_fen(exact_fen, step_fen=amount.step_fen, rounding=amount.rounding)
    if amount.cap is not None and amount_fen > Fraction(amount.cap) * FEN[amount.unit]:
        amount_fen = floor(Fraction(amount.cap) * FEN[amount.unit])
        notes.append(CAPPED)
    return Grant(amount_fen=amount_fen, computed_fen=computed_fen, notes=tuple(notes))


def _of_table(table: Table, situation: Situation) -> Fraction | Answer:
    rows = tables.row_answers(table, situation)
    if table.hit_policy in TOTALS:
        return _collected(table, rows, situation)
    found = tables.possible(table, rows)
    if not found.certain:
        return answers.unknown_of(found.reasons)
    said = [_output(output, situation) for output in found.outputs]
    unknown = [value for value in said if isinstance(value, Answer)]
    if not unknown and len(set(said)) == 1:
        return said[0]
    return tables.undecided((*found.reasons, *unknown))


def _collected(
    table: Table, rows: Sequence[tables.RowAnswer], situation: Situation
) -> Fraction | Answer:
    if any(row.status is Status.UNKNOWN for row in rows):
        return answers.unknown_of([cell for row in rows for cell in row.cells])
    met = [
        _output(output, situation)
        for row, output in zip(rows, table.outputs, strict=True)
        if row.status is Status.MET
    ]
    if not met:
        return _output(table.otherwise, situation)
    unknown = [value for value in met if isinstance(value, Answer)]
    if unknown:
        return answers.unknown_of(unknown)
    return Fraction(
        TOTALS[table.hit_policy]([value for value in met if isinstance(value, Fraction)])
    )


def _output(output: Atom | None, situation: Situation) -> Fraction | Answer:
    return Fraction(0) if output is None else _number(output, situation)


def _number(atom: Atom, situation: Situation) -> Fraction | Answer:
    missing = situation.missing(atom.facts)
    if missing:
        return Answer(Status.UNKNOWN, missing)
    exactly = situation.exact(atom.node)
    if exactly is not None:
        return exactly
    found = situation.compute(atom.node)
    if not isinstance(found.value, Decimal):
        problem = Problem(atom.node.at, NO_NUMBER)
        return Answer(Status.UNKNOWN, (), found.problems or (problem,))
    return Fraction(found.value)
