"""
Decision tables over facts of which some are missing.

A row is met, unmet or unknown by its cells. As long as rows are unknown, every output that is
still possible must say the same; otherwise the table is unknown.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from jingkai.core.rules.feel.nodes import NOWHERE
from jingkai.core.rules.feel.problems import Problem

from . import answers, statuses
from .answers import MET, UNMET, Answer
from .logic import Atom, Cell
from .model import HitPolicy, Table
from .situations import Situation
from .statuses import FAR, Status

SEVERAL = Problem(NOWHERE, "唯一命中（U）的表有多行同时符合，请修改规则使各行互不重叠。")
DISAGREEING = Problem(NOWHERE, "表中同时符合的各行结果不一致，请修改规则使其一致。")
COLLECTING = Problem(NOWHERE, "汇总（C）的表不能用作条件，请改为 U、A 或 F。")


@dataclass(frozen=True, slots=True)
class RowAnswer:
    """A row by its cells."""

    status: Status
    cells: tuple[Answer, ...]

    @property
    def shortfall(self) -> int:
        """Return how many cells more would have to pass; an unknown one counts as far."""
        unmet = sum(cell.status is Status.UNMET for cell in self.cells)
        unknown = sum(cell.status is Status.UNKNOWN for cell in self.cells)
        return unmet + FAR * unknown


@dataclass(frozen=True, slots=True)
class Possible:
    """
    The outputs a table may still give; None among them is "no row applies, no default".

    ``certain`` says that it is one of these whatever is learnt; ``reasons`` are the answers
    that are unknown, or the problem of the table.
    """

    outputs: tuple[Atom | None, ...]
    reasons: tuple[Answer, ...] = ()
    certain: bool = True


def row_answers(table: Table, situation: Situation) -> tuple[RowAnswer, ...]:
    """Return each row with its cells."""
    return tuple(_row(row, situation) for row in table.questions)


def condition(table: Table, situation: Situation, rows: Sequence[RowAnswer]) -> Answer:
    """Return the status of a table that is a condition; no row that applies is unmet."""
    found = possible(table, rows)
    if not found.certain:
        return answers.unknown_of(found.reasons)
    outputs = [
        UNMET if output is None else answers.of_atom(output, situation) for output in found.outputs
    ]
    said = {output.status for output in outputs}
    if len(said) == 1 and Status.UNKNOWN not in said:
        return outputs[0]
    return undecided((*found.reasons, *outputs))


def undecided(reasons: Sequence[Answer]) -> Answer:
    """Return unknown for these reasons; without any, rows that apply disagree."""
    unknown = answers.unknown_of(reasons)
    if unknown.missing or unknown.problems:
        return unknown
    return Answer(Status.UNKNOWN, (), (DISAGREEING,))


def shortfall(table: Table, situation: Situation, rows: Sequence[RowAnswer]) -> int:
    """Return how many cells the nearest row that grants lacks: 1, or 2 for two and more."""
    granting = nearest(table, situation, rows)
    return FAR if granting is None else min(max(rows[granting].shortfall, 1), FAR)


def nearest(table: Table, situation: Situation, rows: Sequence[RowAnswer]) -> int | None:
    """Return the row with the output true that lacks the fewest cells, the first of them."""
    granting = [
        number
        for number, output in enumerate(table.outputs)
        if answers.of_atom(output, situation).status is Status.MET
    ]
    return min(granting, key=lambda number: rows[number].shortfall, default=None)


def possible(table: Table, rows: Sequence[RowAnswer]) -> Possible:
    """Return which outputs the table may give, by its hit policy."""
    if table.hit_policy is HitPolicy.FIRST:
        return _first(table, rows)
    met = [number for number, row in enumerate(rows) if row.status is Status.MET]
    unknown = [number for number, row in enumerate(rows) if row.status is Status.UNKNOWN]
    outputs = tuple(table.outputs[number] for number in met + unknown)
    reasons = tuple(cell for number in unknown for cell in rows[number].cells)
    if table.hit_policy is HitPolicy.UNIQUE and len(met) + len(unknown) > 1:
        problem = Answer(Status.UNKNOWN, (), (SEVERAL,) if len(met) > 1 else ())
        return Possible(outputs, (*reasons, problem), certain=False)
    if table.hit_policy not in {HitPolicy.UNIQUE, HitPolicy.ANY}:
        return Possible(outputs, (Answer(Status.UNKNOWN, (), (COLLECTING,)),), certain=False)
    return Possible(outputs if met else (*outputs, table.otherwise), reasons)


def _first(table: Table, rows: Sequence[RowAnswer]) -> Possible:
    outputs: list[Atom | None] = []
    reasons: list[Answer] = []
    for row, output in zip(rows, table.outputs, strict=True):
        if row.status is Status.UNMET:
            continue
        outputs.append(output)
        if row.status is Status.MET:
            return Possible(tuple(outputs), tuple(reasons))
        reasons.extend(row.cells)
    return Possible((*outputs, table.otherwise), tuple(reasons))


def _row(cells: Sequence[Cell], situation: Situation) -> RowAnswer:
    found = tuple(answers.of_cell(cell, situation) for cell in cells)
    status = statuses.every([cell.status for cell in found]) if found else MET.status
    return RowAnswer(status, found)
