"""The five statuses of a condition, how a tree combines them, and how far a refusal was."""

from collections.abc import Callable, Sequence
from enum import StrEnum

from .model import All, AnyOf, AtLeast, Leaf, Not, Tree


class Status(StrEnum):
    """What is known of a condition, or of a part of the tree."""

    MET = "met"
    UNMET = "unmet"
    UNKNOWN = "unknown"  # a fact is missing, or the rule had no answer
    MANUAL = "manual_review"  # a person judges it
    NOT_APPLICABLE = "not_applicable"  # neutral: drops out


class Verdict(StrEnum):
    """What a policy says to an enterprise, as a pre-screening."""

    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not_eligible"
    UNKNOWN = "unknown"
    MANUAL = "manual_review"


FAR = 2  # a shortfall of two or more conditions, or one that nobody can tell
VERDICTS = {
    Status.MET: Verdict.ELIGIBLE,
    Status.UNMET: Verdict.NOT_ELIGIBLE,
    Status.UNKNOWN: Verdict.UNKNOWN,
    Status.MANUAL: Verdict.MANUAL,
    Status.NOT_APPLICABLE: Verdict.NOT_ELIGIBLE,  # no condition applies: nothing grants it
}
OPPOSITES = {Status.MET: Status.UNMET, Status.UNMET: Status.MET}


def opposite(status: Status) -> Status:
    """Return Kleene's not: what is undecided stays undecided."""
    return OPPOSITES.get(status, status)


def at_least(count: int, parts: Sequence[Status]) -> Status:
    """
    Return the status of "so many of these"; where fewer of them apply, all that do.

    What doesn't apply drops out. Missing facts come before a person's judgement: while one is
    unknown there is nothing to judge yet.
    """
    applying = [part for part in parts if part is not Status.NOT_APPLICABLE]
    if not applying:
        return Status.NOT_APPLICABLE
    needed = min(count, len(applying))
    met = applying.count(Status.MET)
    if met >= needed:
        return Status.MET
    if len(applying) - applying.count(Status.UNMET) < needed:
        return Status.UNMET
    return Status.UNKNOWN if Status.UNKNOWN in applying else Status.MANUAL


def every(parts: Sequence[Status]) -> Status:
    """Return Kleene's and."""
    return at_least(max(len(parts), 1), parts)


def either(parts: Sequence[Status]) -> Status:
    """Return Kleene's or."""
    return at_least(1, parts)


def status_of(tree: Tree, of: Callable[[str], Status]) -> Status:
    """Return the status of a tree whose conditions have these statuses."""
    match tree:
        case Leaf(condition=name):
            return of(name)
        case All(parts=parts):
            return every([status_of(part, of) for part in parts])
        case AnyOf(parts=parts):
            return either([status_of(part, of) for part in parts])
        case AtLeast(count=count, parts=parts):
            return at_least(count, [status_of(part, of) for part in parts])
        case Not(part=part):
            return opposite(status_of(part, of))


Distance = tuple[int, int]  # to being met, and to being unmet; each 0, 1 or FAR


def shortfall(tree: Tree, of: Callable[[str], Distance | None]) -> int:
    """
    Return how many conditions more would have to be met: 0, 1, or 2 for two and more.

    What doesn't apply has the distance None. An unknown condition counts as 2 both ways, so a
    near miss is never a guess.
    """
    found = _distance(tree, of)
    return FAR if found is None else found[0]


def distance(status: Status, *, missing: int = 1) -> Distance | None:
    """Return the distance of a condition; ``missing`` is how many cells an unmet table lacks."""
    match status:
        case Status.MET:
            return 0, 1
        case Status.UNMET:
            return min(max(missing, 1), FAR), 0
        case Status.NOT_APPLICABLE:
            return None
    return FAR, FAR


def _distance(tree: Tree, of: Callable[[str], Distance | None]) -> Distance | None:
    match tree:
        case Leaf(condition=name):
            return of(name)
        case Not(part=part):
            inner = _distance(part, of)
            return None if inner is None else (inner[1], inner[0])
        case All(parts=parts):
            return _least(len(parts), parts, of)
        case AnyOf(parts=parts):
            return _least(1, parts, of)
        case AtLeast(count=count, parts=parts):
            return _least(count, parts, of)


def _least(
    count: int, parts: Sequence[Tree], of: Callable[[str], Distance | None]
) -> Distance | None:
    found = [one for one in (_distance(part, of) for part in parts) if one is not None]
    if not found:
        return None
    needed = min(count, len(found))
    to_met = sum(sorted(one[0] for one in found)[:needed])
    to_unmet = sum(sorted(one[1] for one in found)[: len(found) - needed + 1])
    return min(to_met, FAR), min(to_unmet, FAR)
