"""What a policy's conditions are for one enterprise, and what follows for the verdict."""

from collections.abc import Mapping
from dataclasses import dataclass

from . import answers, statuses, tables
from .answers import Answer
from .model import Condition, Policy, Table
from .situations import Situation
from .statuses import Status, Verdict
from .tables import RowAnswer


@dataclass(frozen=True, slots=True)
class Finding:
    """A condition with its status; ``rows`` are those of a table."""

    condition: Condition
    answer: Answer
    lacking: int = 1
    rows: tuple[RowAnswer, ...] = ()

    @property
    def status(self) -> Status:
        """Return the status alone."""
        return self.answer.status


@dataclass(frozen=True, slots=True)
class Assessment:
    """The findings by the conditions' names, and the verdict that follows."""

    policy: Policy
    findings: Mapping[str, Finding]
    verdict: Verdict
    shortfall: int

    @property
    def is_near_miss(self) -> bool:
        """Return whether exactly one condition more would have made it eligible."""
        return self.verdict is Verdict.NOT_ELIGIBLE and self.shortfall == 1


def assess(policy: Policy, situation: Situation) -> Assessment:
    """Return what the policy says to the enterprise."""
    findings = {each.name: find(each, situation) for each in policy.conditions}
    status = statuses.status_of(policy.tree, lambda name: findings[name].status)
    return Assessment(policy, findings, statuses.VERDICTS[status], _shortfall(policy, findings))


def find(condition: Condition, situation: Situation) -> Finding:
    """Return the status of one condition."""
    if condition.applies_logic is not None:
        applies = answers.answer(condition.applies_logic, situation)
        if applies.status is Status.UNMET:
            return Finding(condition, Answer(Status.NOT_APPLICABLE))
        if applies.status is not Status.MET:
            return Finding(condition, applies)
    if isinstance(condition.test, Table):
        rows = tables.row_answers(condition.test, situation)
        answer = tables.condition(condition.test, situation, rows)
        lacking = tables.shortfall(condition.test, situation, rows)
        return Finding(condition, answer, lacking, rows)
    if condition.logic is None:
        return Finding(condition, Answer(Status.MANUAL))
    return Finding(condition, answers.answer(condition.logic, situation))


def _shortfall(policy: Policy, findings: Mapping[str, Finding]) -> int:
    return statuses.shortfall(
        policy.tree,
        lambda name: statuses.distance(findings[name].status, missing=findings[name].lacking),
    )
