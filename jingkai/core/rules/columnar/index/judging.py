"""
The verdict tree over arrays: how far each enterprise is from a part of a policy, both ways.

The rules are those of ``policies.statuses`` and ``policies.tables``, for many at once.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from jingkai.core.rules.policies.model import All, AnyOf, AtLeast, HitPolicy, Leaf, Not, Tree
from jingkai.core.rules.policies.statuses import FAR

from ..chunks import Truths, kleene
from ..plans import ir
from ..plans.ir import Atom, Truth
from ..plans.plan import ConditionPlan, TablePlan

Distances = NDArray[np.uint8]
Flags = NDArray[np.bool_]
Of = Callable[[Atom], Truths]

DROPPED = 255  # the distance of what doesn't apply; sorts after every other
ONE = np.uint8(1)
MET, UNMET, UNKNOWN = np.uint8(Truth.MET), np.uint8(Truth.UNMET), np.uint8(Truth.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Judged:
    """
    A part of the tree: met at a distance 0 ``to_met``, unmet at 0 ``to_unmet``, else undecided.

    ``unknown`` is where a fact is missing; undecided elsewhere is for a person to judge. What
    doesn't apply is ``DROPPED`` both ways; ``may_drop`` says that it might.
    """

    to_met: Distances
    to_unmet: Distances
    unknown: Flags
    may_drop: bool = False

    @property
    def unmet(self) -> Flags:
        """Return where the part is unmet."""
        unmet: Flags = self.to_unmet == 0
        return unmet

    @property
    def manual(self) -> Flags:
        """Return where a person judges the part."""
        undecided = (self.to_met != 0) & (self.to_unmet != 0) & ~self.dropped
        manual: Flags = undecided & ~self.unknown
        return manual

    @property
    def dropped(self) -> Flags:
        """Return where nothing of the part applies."""
        dropped: Flags = self.to_met == DROPPED
        return dropped


def judge(tree: Tree, conditions: Mapping[str, ConditionPlan], of: Of) -> Judged:
    """Return a part of the tree from the truth of the atoms."""
    match tree:
        case Leaf(condition=name):
            return _condition(conditions[name], of)
        case Not(part=part):
            inner = judge(part, conditions, of)
            return Judged(inner.to_unmet, inner.to_met, inner.unknown, inner.may_drop)
        case All(parts=parts):
            count = len(parts)
        case AnyOf(parts=parts):
            count = 1
        case AtLeast(count=count, parts=parts):
            pass
    return _at_least(count, [judge(part, conditions, of) for part in parts])


def _condition(condition: ConditionPlan, of: Of) -> Judged:
    match condition.test:
        case None:
            judged = _known(np.array([UNKNOWN]), np.array([1], dtype=np.uint8))
            judged = Judged(judged.to_met, judged.to_unmet, np.array([False]))
        case TablePlan() as table:
            judged = _known(*_table(table, of))
        case formula:
            judged = _known(kleene(formula, of), np.array([1], dtype=np.uint8))
    if condition.applies == ir.MET:
        return judged
    applies = kleene(condition.applies, of)
    return Judged(
        _by(applies, judged.to_met, UNKNOWN_FAR, DROPPED),
        _by(applies, judged.to_unmet, UNKNOWN_FAR, DROPPED),
        (applies == UNKNOWN) | ((applies == MET) & judged.unknown),
        may_drop=True,
    )


UNKNOWN_FAR = np.uint8(FAR)


def _by(truths: Truths, met: Distances, unknown: np.uint8, unmet: int) -> Distances:
    rest = np.where(truths == UNKNOWN, unknown, np.uint8(unmet))
    return np.where(truths == MET, met, rest)


def _known(truths: Truths, lacking: Distances) -> Judged:
    unknown = truths == UNKNOWN
    far = unknown.view(np.uint8) * UNKNOWN_FAR
    to_met = (truths == UNMET) * lacking + far
    to_unmet = (truths == MET).view(np.uint8) + far
    return Judged(to_met, to_unmet, unknown)


def _at_least(count: int, parts: Sequence[Judged]) -> Judged:
    may_drop = any(part.may_drop for part in parts)
    to_met = [part.to_met for part in parts]
    to_unmet = [part.to_unmet for part in parts]
    if not may_drop:
        met, unmet = _least(to_met, count), _least(to_unmet, len(parts) - count + 1)
        return Judged(met, unmet, _undecided(parts, met, unmet))
    applying = _counted(to_met, below=DROPPED)
    needed = np.minimum(applying, np.uint8(min(count, len(parts))))
    none = applying == 0
    met = np.where(none, np.uint8(DROPPED), _sum_of_least(to_met, needed))
    unmet = np.where(none, np.uint8(DROPPED), _sum_of_least(to_unmet, applying - needed + ONE))
    return Judged(met, unmet, _undecided(parts, met, unmet), may_drop=True)


def _undecided(parts: Sequence[Judged], to_met: Distances, to_unmet: Distances) -> Flags:
    """A part that is decided is neither unknown nor for a person, whatever is below it."""
    some: Flags = reduce(np.logical_or, (part.unknown for part in parts))
    undecided: Flags = (to_met != 0) & (to_unmet != 0) & (to_met != DROPPED)
    return some & undecided


def _least(distances: Sequence[Distances], count: int) -> Distances:
    """Return the sum of so many of the smallest, no more than FAR."""
    if count == 1:
        return reduce(np.minimum, distances)
    if count == len(distances):
        return reduce(lambda a, b: np.minimum(a + b, UNKNOWN_FAR), distances)
    return _sum_of_least(distances, np.uint8(count))


def _sum_of_least(distances: Sequence[Distances], count: Distances | np.uint8) -> Distances:
    """Count instead of sorting: the smallest are zeros first, then ones; more is far."""
    zeros = np.minimum(_counted(distances, below=1), count)
    near = np.minimum(_counted(distances, below=FAR), count)
    return np.where(near < count, UNKNOWN_FAR, np.minimum(near - zeros, UNKNOWN_FAR))


def _counted(distances: Sequence[Distances], *, below: int) -> Distances:
    return reduce(np.add, ((one < below).view(np.uint8) for one in distances))


def _table(table: TablePlan, of: Of) -> tuple[Truths, Distances]:
    """Return the truth of a table, and how many cells it lacks where it is unmet."""
    cells = [[kleene(cell, of) for cell in row] for row in table.rows]
    rows = [reduce(np.minimum, row) if row else np.array([MET]) for row in cells]
    outputs = [kleene(output, of) for output in table.outputs]
    truths = chosen_truth(table.hit_policy, rows, outputs, kleene(table.otherwise, of))
    lacking = np.array([FAR], dtype=np.uint8)
    for row, output in zip(cells, outputs, strict=True):
        lacking = np.where(output == MET, np.minimum(lacking, _lacks(row)), lacking)
    return truths, np.maximum(lacking, np.uint8(1))


def _lacks(row: Sequence[Truths]) -> Distances:
    lacks = np.array([0], dtype=np.uint8)
    for cell in row:
        lacks = np.minimum(lacks + (cell != MET) + (cell == UNKNOWN), UNKNOWN_FAR)
    return lacks.astype(np.uint8)


def chosen_truth(
    hit_policy: HitPolicy, rows: Sequence[Truths], outputs: Sequence[Truths], otherwise: Truths
) -> Truths:
    """Return what the rows that may apply agree on, else unknown."""
    if hit_policy is HitPolicy.ANY:
        return _agreed(rows, outputs, otherwise)
    chosen = otherwise
    # From the last row up, the first row that applies decides; a UNIQUE table has only one.
    for row, output in zip(reversed(rows), reversed(outputs), strict=True):
        undecided = np.where(output == chosen, chosen, UNKNOWN)
        chosen = np.where(row == MET, output, np.where(row == UNMET, chosen, undecided))
    if hit_policy is HitPolicy.UNIQUE and rows:
        applying = sum((row != UNMET).astype(np.int16) for row in rows)
        chosen = np.where(applying > 1, UNKNOWN, chosen)
    return chosen.astype(np.uint8)


def _agreed(rows: Sequence[Truths], outputs: Sequence[Truths], otherwise: Truths) -> Truths:
    none_met = reduce(np.logical_and, (row != MET for row in rows), np.array([True]))
    least = np.where(none_met, otherwise, MET)
    most = np.where(none_met, otherwise, UNMET)
    for row, output in zip(rows, outputs, strict=True):
        applies = row != UNMET
        least = np.where(applies, np.minimum(least, output), least)
        most = np.where(applies, np.maximum(most, output), most)
    return np.where(least == most, least, UNKNOWN).astype(np.uint8)
