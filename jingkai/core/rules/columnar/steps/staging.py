"""The columns that an engine of expressions computes for a plan, level by level."""

from collections.abc import Iterator, Sequence

from ..plans.plan import Plan, PolicyPlan
from . import amounts as stepping_amounts
from .stepping import Judging
from .steps import Number, Stage

ROW = "row_number"  # of the enterprise in its table, from 0
BATCH = 50  # policies of one query: databases limit its columns


def batches(plan: Plan, size: int = BATCH) -> Iterator[tuple[Stage, ...]]:
    """Yield the stages of so many policies at a time, by their numbers in the plan."""
    for first in range(0, len(plan.policies), size):
        yield stages(plan.policies[first : first + size], first)


def stages(policies: Sequence[PolicyPlan], first: int = 0) -> tuple[Stage, ...]:
    """
    Return what computes ``v…`` for each policy, its ``Code``, and ``a…`` where it has an amount.

    The last stage's columns are these, beside the row; policies are numbered from ``first``.
    """
    told = Judging()
    outputs: dict[str, Number] = {}
    for bit, policy in enumerate(policies, first):
        code = told.steps.let(told.code(policy))
        outputs[f"v{bit}"] = code
        if policy.amount is not None:
            outputs[f"a{bit}"] = stepping_amounts.amount(policy.amount, code, told)
    return told.steps.stages(ROW, outputs)
