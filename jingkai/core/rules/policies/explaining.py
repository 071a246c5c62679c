"""
Why a policy says what it says to an enterprise: a tree that a page can show.

The texts are made when they are asked for, so that five hundred policies are explained at once
and the one that somebody opens is put into words.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeGuard

from jingkai.core.rules.catalogue import Catalogue, national

from . import amounts, findings, gaps, statuses, telling
from .amounts import Grant
from .facts import Facts
from .findings import Assessment, Finding
from .gaps import Gap
from .model import All, AnyOf, AtLeast, Condition, Header, Leaf, Not, Policy, Tree
from .references import Reference
from .selecting import Offer
from .situations import Reading, Situation
from .statuses import Status, Verdict

GOALS: dict[bool | None, Status] = {True: Status.MET, False: Status.UNMET}


class Kind(StrEnum):
    """How a branch combines its parts."""

    ALL = "all"
    ANY = "any"
    AT_LEAST = "at_least"
    NOT = "not"


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """
    A condition: its anchor, what it reads, its status, and what would change it.

    ``wanted`` is what it would have to become for its branch: True for met, False under "not",
    None where nothing needs to change.
    """

    finding: Finding
    situation: Situation = field(repr=False)
    wanted: bool | None = None

    @property
    def condition(self) -> Condition:
        """Return the condition with its anchor."""
        return self.finding.condition

    @property
    def status(self) -> Status:
        """Return what the condition is for this enterprise."""
        return self.finding.status

    @property
    def readings(self) -> tuple[Reading, ...]:
        """Return the facts it refers to: value, unit, period, source, day of observation."""
        return self._read(self.condition.facts)

    @property
    def missing(self) -> tuple[Reading, ...]:
        """Return the facts for lack of which it is unknown."""
        return self._read(self.finding.answer.missing)

    @property
    def problems(self) -> tuple[str, ...]:
        """Return why the rule had no answer though all facts are there."""
        return tuple(problem.message for problem in self.finding.answer.problems)

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """Return by how much each single fact would have to change."""
        if self.wanted is None:
            return ()
        return gaps.gaps(self.finding, self.situation, wanted=self.wanted)

    @property
    def text(self) -> str:
        """Return what the condition asks for, in Chinese."""
        return telling.demand(self.finding, self.situation.catalogue)

    @property
    def sentences(self) -> tuple[str, ...]:
        """Return basis, values, what is missing and what would change it, a sentence each."""
        return (
            *telling.basis(self.condition),
            *(telling.reading(each) for each in self.readings if each.fact is not None),
            *telling.figures(self.finding, self.situation),
            *telling.row(self.finding, self.situation),
            *(telling.missing(each) for each in self.missing),
            *self.problems,
            *(telling.gap_text(each) for each in self.gaps),
        )

    def _read(self, references: tuple[Reference, ...]) -> tuple[Reading, ...]:
        return tuple(self.situation.reading(reference) for reference in references)


@dataclass(frozen=True, slots=True)
class Branch:
    """A part of the tree with its own status."""

    kind: Kind
    count: int
    status: Status
    parts: "tuple[Branch | Line, ...]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """
    A policy's verdict on one enterprise on one day, as a pre-screening.

    ``grant`` is None where the policy has no amount or does not say eligible.
    """

    header: Header
    on: date
    verdict: Verdict
    shortfall: int
    root: Branch | Line
    grant: Grant | None

    @property
    def is_near_miss(self) -> bool:
        """Return whether exactly one condition more would have made it eligible."""
        return self.verdict is Verdict.NOT_ELIGIBLE and self.shortfall == 1

    @property
    def lines(self) -> Iterator[Line]:
        """Yield the conditions in the order of the tree."""
        return _lines(self.root)

    @property
    def offer(self) -> Offer | None:
        """Return what is offered to this enterprise, for the choice between policies."""
        if self.verdict is not Verdict.ELIGIBLE or self.grant is None:
            return None
        return Offer(header=self.header, amount_fen=self.grant.amount_fen)

    def as_text(self) -> str:
        """Return the explanation as a policy officer reads it."""
        return "\n".join((*telling.heading(self), *_indented(self.root, 0), *telling.ending(self)))


def explain(
    policy: Policy, facts: Facts, *, on: date, catalogue: Catalogue | None = None
) -> Explanation:
    """Return the policy's verdict on the enterprise on that day, and why."""
    return explained(policy, Situation(facts, on=on, catalogue=catalogue or national()))


def explain_all(
    policies: Iterable[Policy], facts: Facts, *, on: date, catalogue: Catalogue | None = None
) -> tuple[Explanation, ...]:
    """Return the verdicts of many policies; what they have in common is computed once."""
    situation = Situation(facts, on=on, catalogue=catalogue or national())
    return tuple(explained(policy, situation) for policy in policies)


def explained(policy: Policy, situation: Situation) -> Explanation:
    """Return the policy's verdict in a situation, and why."""
    assessment = findings.assess(policy, situation)
    amount = policy.amount if assessment.verdict is Verdict.ELIGIBLE else None
    return Explanation(
        header=policy.header,
        on=situation.on,
        verdict=assessment.verdict,
        shortfall=assessment.shortfall,
        root=_Explainer(assessment, situation).tree(policy.tree, wanted=True),
        grant=None if amount is None else amounts.grant(amount, situation),
    )


class _Explainer:
    """Makes the tree of one assessment."""

    def __init__(self, assessment: Assessment, situation: Situation) -> None:
        self._findings = assessment.findings
        self._situation = situation

    def tree(self, tree: Tree, *, wanted: bool | None) -> Branch | Line:
        """Return the tree with statuses; ``wanted`` is what it would have to become."""
        if isinstance(tree, Leaf):
            return self._line(self._findings[tree.condition], wanted=wanted)
        status = statuses.status_of(tree, self._status)
        if GOALS.get(wanted) is status:
            wanted = None
        match tree:
            case Not(part=part):
                inner = None if wanted is None else not wanted
                return Branch(Kind.NOT, 1, status, (self.tree(part, wanted=inner),))
            case All(parts=parts):
                kind, count = Kind.ALL, len(parts)
            case AnyOf(parts=parts):
                kind, count = Kind.ANY, 1
            case AtLeast(count=count, parts=parts):
                kind = Kind.AT_LEAST
        return Branch(kind, count, status, tuple(self.tree(part, wanted=wanted) for part in parts))

    def _line(self, finding: Finding, *, wanted: bool | None) -> Line:
        is_turnable = finding.status in statuses.OPPOSITES
        if not is_turnable or GOALS.get(wanted) is finding.status:
            wanted = None
        return Line(finding, self._situation, wanted)

    def _status(self, name: str) -> Status:
        return self._findings[name].status


def _lines(root: Branch | Line) -> Iterator[Line]:
    if isinstance(root, Line):
        yield root
        return
    for part in root.parts:
        yield from _lines(part)


def _is_aside(part: Branch | Line) -> TypeGuard[Line]:
    """Return whether a condition does not apply, so that its name says enough."""
    return isinstance(part, Line) and part.status is Status.NOT_APPLICABLE


def _indented(root: Branch | Line, depth: int) -> Iterator[str]:
    indent = "  " * depth
    if isinstance(root, Branch):
        yield f"{indent}{telling.branch(root.kind, root.count)}：{telling.STATUSES[root.status]}"
        aside = [part for part in root.parts if _is_aside(part)]
        for part in root.parts:
            if part not in aside:
                yield from _indented(part, depth + 1)
        if aside:
            names = "、".join(line.condition.name for line in aside)
            yield f"{indent}  【{telling.STATUSES[Status.NOT_APPLICABLE]}】{names}"
        return
    mark = telling.STATUSES[root.status]
    yield f"{indent}【{mark}】{root.condition.name}：{root.text}"
    yield from (f"{indent}    {sentence}" for sentence in root.sentences)
