"""
Amounts as steps: whole numbers over one divisor, as ``amounts.AmountPlan`` says.

Rounding would be a division, so it is not a step: ``numpy_amounts`` rounds what engines compute.
"""

from collections.abc import Mapping, Sequence

from jingkai.core.rules.policies.model import HitPolicy

from ..plans import amounts
from ..plans.amounts import AmountPlan, Output
from .stepping import MET, UNKNOWN, UNMET, Code, Judging, alone, any_met, equal, missing, summed
from .steps import Both, Compared, Count, Greatest, Least, Number, Sum, When, Wide

NONE = -(2**62)  # no amount is so low, whatever the data: it can't be told
UNTOLD = Wide(NONE)
Join = type[Sum] | type[Greatest] | type[Least]
TOTALS: Mapping[HitPolicy, Join] = {
    HitPolicy.SUM: Sum,
    HitPolicy.LARGEST: Greatest,
    HitPolicy.SMALLEST: Least,
}


def amount(plan: AmountPlan, code: Number, told: Judging) -> Number:
    """Return the amount where the code says eligible, else ``NONE``."""
    found = told.steps.let(_computed(plan, told))
    return When(((equal(code, Count(Code.ELIGIBLE)), found),), UNTOLD)


def _computed(plan: AmountPlan, told: Judging) -> Number:
    otherwise = _output(plan.otherwise, told)
    if not plan.rows:
        return otherwise
    rows = [told.row(row) for row in plan.rows]
    outputs = [_output(output, told) for output in plan.outputs]
    if plan.hit_policy in TOTALS:
        return _totalled(TOTALS[plan.hit_policy], rows, outputs, otherwise)
    if plan.hit_policy is HitPolicy.ANY:
        return _agreed(rows, outputs, otherwise, told)
    chosen = told.first(rows, outputs, otherwise, undecided=UNTOLD)
    if plan.hit_policy is HitPolicy.UNIQUE:
        return alone(rows, chosen, undecided=UNTOLD)
    return chosen


def _output(output: Output, told: Judging) -> Number:
    number = _number(output.number, told)
    if not output.columns:
        return told.steps.let(number)
    return told.steps.let(When(((missing(output.columns), UNTOLD),), number))


def _number(number: amounts.Number, told: Judging) -> Number:
    if isinstance(number, amounts.Sum):
        return summed(number.terms, number.constant)
    test = equal(told.steps.let(told.truth(number.test)), MET)
    return When(((test, _number(number.yes, told)),), _number(number.no, told))


def _agreed(
    rows: Sequence[Number], outputs: Sequence[Number], otherwise: Number, told: Judging
) -> Number:
    """Return what all rows that may apply give, and, where none is met, what stands otherwise."""
    chosen: Number = otherwise
    pending = told.steps.let(When(((any_met(rows), Count(0)),), Count(1)))
    for row, output in zip(rows, outputs, strict=True):
        out = equal(row, UNMET)
        differs = Both((equal(pending, Count(1)), Compared("<", chosen, output)))
        exceeds = Both((equal(pending, Count(1)), Compared(">", chosen, output)))
        chosen = told.steps.let(
            When(((out, chosen), (differs, UNTOLD), (exceeds, UNTOLD)), output)
        )
        pending = told.steps.let(When(((out, pending),), Count(1)))
    return chosen


def _totalled(
    join: Join,
    rows: Sequence[Number],
    outputs: Sequence[Number],
    otherwise: Number,
) -> Number:
    """Return the total of the rows that are met; not told while one may be."""
    neutral = Wide(0) if join is Sum else UNTOLD if join is Greatest else Wide(-NONE)
    parts = [
        When(((equal(row, MET), output),), neutral)
        for row, output in zip(rows, outputs, strict=True)
    ]
    unclear = tuple(
        (test, UNTOLD)
        for row, output in zip(rows, outputs, strict=True)
        for test in (equal(row, UNKNOWN), Both((equal(row, MET), equal(output, UNTOLD))))
    )
    return When((*unclear, (any_met(rows), join(tuple(parts)))), otherwise)
