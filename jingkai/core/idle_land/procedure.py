"""
The procedure: which steps lie on the way of a case, what each lacks and what bars it.

The steps themselves, with their clocks and documents, stand in ``course``.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from .course import STEPS
from .results import Disposal
from .statutes import STATUTES, Article, Topic
from .steps import Actor, Clock, Starts, Step, StepCode

__all__ = [
    "ENFORCEABLE",
    "STEPS",
    "Actor",
    "Case",
    "Clock",
    "Starts",
    "Step",
    "StepCode",
    "article",
    "barred",
    "lacking",
    "resting_on",
    "served_before",
    "steps_of",
]

DECISIONS = frozenset({Disposal.FEE, Disposal.RECOVERY})
# What has to be carried out once it was approved or decided.
ENFORCEABLE = frozenset(
    {StepCode.PLAN_APPROVAL, StepCode.FEE_DECISION, StepCode.RECOVERY_DECISION}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """
    What of a case decides which of its steps are due.

    ``decided``: what was approved or decided in it, and so is carried out whatever time adds.
    """

    disposal: Disposal | None = None
    is_mortgaged: bool | None = None
    decided: frozenset[StepCode] = frozenset()


def article(step: Step) -> Article:
    """Return the article on which the step rests, in the version the procedure was written for."""
    return STATUTES[-1].articles[step.topic]


def lacking(code: StepCode, done: AbstractSet[StepCode], case: Case) -> tuple[StepCode, ...]:
    """Return the steps that must be done first and are not, in the order of the procedure."""
    step = STEPS[code]
    needed = [*step.after, *_of_mortgage(code, case)]
    if step.any_of and not done & set(step.any_of):
        needed += step.any_of
    return tuple(each for each in STEPS if each in needed and each not in done)


def barred(code: StepCode, case: Case) -> Article | None:
    """Return the article by which the step does not lie on the case's way, None where it does."""
    step = STEPS[code]
    if step.disposals is None or case.disposal in step.disposals:
        return None
    if case.decided & {*step.after, *step.any_of} & ENFORCEABLE:
        return None
    articles = STATUTES[-1].articles
    if case.disposal is Disposal.OPTIONS:
        return articles[Topic.SUSPENDED_OPTIONS if code in _COERCIVE else Topic.OPTIONS]
    return article(STEPS[code])


def resting_on(code: StepCode, done: AbstractSet[StepCode], case: Case) -> tuple[StepCode, ...]:
    """Return the steps done that need this one before them, in the order of the procedure."""
    return tuple(
        each
        for each, step in STEPS.items()
        if each in done and code in (*step.after, *step.any_of, *_of_mortgage(each, case))
    )


def served_before(code: StepCode) -> tuple[StepCode, ...]:
    """Return the steps whose document the step answers: its time runs from their service."""
    clocks = STEPS[code].clocks
    return tuple(each.since for each in clocks if each.starts is Starts.SERVED)


def steps_of(case: Case) -> tuple[Step, ...]:
    """Return the steps that lie on the case's way, in their order."""
    return tuple(step for code, step in STEPS.items() if barred(code, case) is None)


def _of_mortgage(code: StepCode, case: Case) -> tuple[StepCode, ...]:
    if case.is_mortgaged is False:
        return ()
    if code is StepCode.PLAN_APPROVAL:
        return (StepCode.MORTGAGEE_NOTICE,)
    if code is StepCode.CLOSING and case.disposal is Disposal.RECOVERY:
        return (StepCode.MORTGAGEE_COPY,)
    return ()


_COERCIVE = frozenset(
    code for code, step in STEPS.items() if step.disposals and step.disposals <= DECISIONS
)
