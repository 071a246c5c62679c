"""
What eligible enterprises receive: amounts in 分, then what exclusion and stacking leave of them.

Only eligible pairs of enterprise and policy are computed. The rules are those of
``policies.amounts`` and ``policies.selecting``.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from jingkai.core.rules.policies.model import HitPolicy, Rounding

from ..chunks import MISSING, Chunk, Place, Truths, Whole, kleene
from ..plans.amounts import AmountPlan, Number, Output, Sum
from ..plans.ir import Truth
from ..plans.plan import PolicyPlan
from ..results import Bits, Pairs, rows_by_policy
from .direct import Picked

TOTALS: Mapping[HitPolicy, np.ufunc] = {
    HitPolicy.SUM: np.add,
    HitPolicy.LARGEST: np.maximum,
    HitPolicy.SMALLEST: np.minimum,
}


def pairs(chunk: Chunk, eligible: Bits, policies: Sequence[PolicyPlan]) -> Pairs:
    """Return the eligible pairs with their amounts, policy by policy."""
    rows = list(rows_by_policy(eligible, len(policies)))
    amounts = [
        _amounts(policy.amount, chunk, own) for policy, own in zip(policies, rows, strict=True)
    ]
    return _granted(policies, rows, amounts, chunk.rows)


def from_exact(
    eligible: Bits, exact: Iterable[Whole | None], policies: Sequence[PolicyPlan]
) -> Pairs:
    """
    Return the same from another engine's amounts, a policy's at all rows, before rounding.

    They are 分 times the plan's ``over``, ``MISSING`` where they can't be told.
    """
    rows = list(rows_by_policy(eligible, len(policies)))
    amounts = [
        _nothing(len(own))
        if policy.amount is None or found is None
        else _rounded(policy.amount, found.take(own))
        for policy, found, own in zip(policies, exact, rows, strict=True)
    ]
    return _granted(policies, rows, amounts, len(eligible))


def amount_fen(amount: AmountPlan, picked: Picked) -> Whole:
    """Return the amount of each of the enterprises in 分, ``MISSING`` where it can't be told."""
    return _rounded(amount, _computed(amount, picked))


def _granted(
    policies: Sequence[PolicyPlan], rows: Sequence[Place], amounts: Sequence[Whole], count: int
) -> Pairs:
    """Return the pairs with what exclusion and stacking leave of the amounts."""
    granted = [own.copy() for own in amounts]
    for group in _groups(policy.header.exclusive_group for policy in policies):
        ranked = sorted(group, key=lambda one: policies[one].code)
        _exclude(ranked, rows, amounts, granted, count)
    stacking = (one.header.stacking for one in policies)
    for group in _groups(one.group if one else "" for one in stacking):
        _stack(group, rows, amounts, granted, policies)
    sizes = [len(own) for own in rows]
    return Pairs(
        rows=_together(rows),
        bits=np.repeat(np.arange(len(policies)), sizes),
        amount_fen=_together(amounts),
        granted_fen=_together(granted),
    )


def _rounded(amount: AmountPlan, found: Whole) -> Whole:
    """Return whole 分 of amounts over the plan's divisor: not below 0, rounded, capped."""
    none = found == MISSING
    exact = np.maximum(found, 0)
    step = amount.over * amount.step_fen
    match amount.rounding:
        case Rounding.DOWN:
            steps = exact // step
        case Rounding.UP:
            steps = -(-exact // step)
        case Rounding.HALF_UP:
            steps = (2 * exact + step) // (2 * step)
    fen = steps * amount.step_fen
    if amount.cap_fen is not None:
        np.minimum(fen, amount.cap_fen, out=fen)
    fen[none] = MISSING
    return fen


def _nothing(count: int) -> Whole:
    return np.full(count, MISSING, dtype=np.int64)


def _amounts(amount: AmountPlan | None, chunk: Chunk, rows: Place) -> Whole:
    if amount is None or not len(rows):
        return _nothing(len(rows))
    return amount_fen(amount, Picked(chunk, rows))


def _computed(amount: AmountPlan, picked: Picked) -> Whole:
    otherwise = _output(amount.otherwise, picked)
    if not amount.rows:
        return otherwise
    rows = [
        reduce(np.minimum, (kleene(cell, picked.truths) for cell in row)) for row in amount.rows
    ]
    outputs = [_output(output, picked) for output in amount.outputs]
    if amount.hit_policy in TOTALS:
        return _totalled(TOTALS[amount.hit_policy], rows, outputs, otherwise)
    if amount.hit_policy is HitPolicy.ANY:
        return _agreed(rows, outputs, otherwise)
    return _first(rows, outputs, otherwise, unique=amount.hit_policy is HitPolicy.UNIQUE)


def _output(output: Output, picked: Picked) -> Whole:
    numbers = _number(output.number, picked)
    numbers[picked.absent(output.columns)] = MISSING
    return numbers


def _number(number: Number, picked: Picked) -> Whole:
    if isinstance(number, Sum):
        return picked.total(number.terms, number.constant)
    test = kleene(number.test, picked.truths)
    return np.where(test == Truth.MET, _number(number.yes, picked), _number(number.no, picked))


def _first(
    rows: Sequence[Truths], outputs: Sequence[Whole], otherwise: Whole, *, unique: bool
) -> Whole:
    chosen = otherwise
    for row, output in zip(reversed(rows), reversed(outputs), strict=True):
        undecided = np.where(output == chosen, chosen, MISSING)
        chosen = np.where(
            row == Truth.MET, output, np.where(row == Truth.UNMET, chosen, undecided)
        )
    if unique:
        applying = sum((row != Truth.UNMET).astype(np.int16) for row in rows)
        chosen = np.where(applying > 1, MISSING, chosen)
    return chosen


def _agreed(rows: Sequence[Truths], outputs: Sequence[Whole], otherwise: Whole) -> Whole:
    chosen = otherwise
    settled = reduce(np.logical_or, (row == Truth.MET for row in rows))
    pending = ~settled  # where no row is met, what stands otherwise is possible too
    for row, output in zip(rows, outputs, strict=True):
        applies = row != Truth.UNMET
        same = np.where(chosen == output, chosen, MISSING)
        chosen = np.where(applies, np.where(pending, same, output), chosen)
        pending = pending | applies
    return chosen


def _totalled(
    join: np.ufunc, rows: Sequence[Truths], outputs: Sequence[Whole], otherwise: Whole
) -> Whole:
    total = np.zeros(len(otherwise), dtype=np.int64)
    none = np.zeros(len(total), dtype=np.bool_)
    any_met = np.zeros(len(total), dtype=np.bool_)
    for row, output in zip(rows, outputs, strict=True):
        met = row == Truth.MET
        none |= (row == Truth.UNKNOWN) | (met & (output == MISSING))
        total = np.where(met, np.where(any_met, join(total, output), output), total)
        any_met |= met
    return np.where(none, MISSING, np.where(any_met, total, otherwise))


def _exclude(
    ranked: Sequence[int],
    rows: Sequence[Place],
    amounts: Sequence[Whole],
    granted: Sequence[Whole],
    count: int,
) -> None:
    """Leave to each enterprise the group's highest amount, of equal ones the first code's."""
    best = np.full(count, MISSING, dtype=np.int64)
    chosen = np.full(count, -1, dtype=np.intp)
    for bit in ranked:
        better = amounts[bit] > best.take(rows[bit])
        best[rows[bit][better]] = amounts[bit][better]
        chosen[rows[bit][better]] = bit
    for bit in ranked:
        lost = (chosen.take(rows[bit]) != bit) & (amounts[bit] != MISSING)
        granted[bit][lost] = 0


def _stack(
    group: Sequence[int],
    rows: Sequence[Place],
    amounts: Sequence[Whole],
    granted: Sequence[Whole],
    policies: Sequence[PolicyPlan],
) -> None:
    """Grant what the lowest cap that an enterprise's policies name allows, highest first."""
    ranked = sorted(group, key=lambda one: policies[one].code)
    sizes = [len(rows[bit]) for bit in ranked]
    own_rows = _together([rows[bit] for bit in ranked])
    if not len(own_rows):
        return
    caps = np.repeat([_cap_fen(policies[bit]) for bit in ranked], sizes)
    asked = np.maximum(_together([granted[bit] for bit in ranked]), 0)
    # Stable: of equal amounts of an enterprise the first code's stays before the others'.
    order = np.lexsort((-_together([amounts[bit] for bit in ranked]), own_rows))
    starts = np.flatnonzero(np.diff(own_rows[order], prepend=-1))
    runs = np.diff(np.append(starts, len(order)))
    cap = np.repeat(np.minimum.reduceat(caps[order], starts), runs)
    running = np.cumsum(asked[order])
    running -= np.repeat(running[starts] - asked[order][starts], runs)
    left = np.empty_like(asked)
    left[order] = np.minimum(running, cap) - np.minimum(running - asked[order], cap)
    for bit, own in zip(ranked, np.split(left, np.cumsum(sizes)[:-1]), strict=True):
        np.copyto(granted[bit], own, where=granted[bit] != MISSING)


def _cap_fen(policy: PolicyPlan) -> int:
    return policy.header.stacking.cap_fen if policy.header.stacking else 0


def _groups(names: Iterable[str]) -> list[list[int]]:
    """Return the numbers of the policies that share a name, group by group."""
    groups: dict[str, list[int]] = {}
    for bit, name in enumerate(names):
        if name:
            groups.setdefault(name, []).append(bit)
    return list(groups.values())


def _together(parts: Sequence[NDArray[np.int64]]) -> NDArray[np.int64]:
    return np.concatenate(parts) if parts else np.empty(0, dtype=np.int64)
