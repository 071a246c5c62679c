"""Score answers by a scorecard: what they earn, why, and whether that decides the matter."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from jingkai.core import versions

from .cards import Criterion, Scorecard, Tier, Tiers, Veto, YesNo

Known = bool | int | Decimal
Answer = Known | None


class NotInForce(ValueError):
    """The scorecard does not apply on that day."""


class BadAnswer(ValueError):
    """An answer does not fit its criterion; ``code`` names the criterion."""

    def __init__(self, code: str, answer: object, why: str) -> None:
        """Keep the criterion's code and say what is wrong."""
        super().__init__(f"{code}: {answer!r} {why}")
        self.code = code


class Reason(StrEnum):
    """Why a criterion earned what it did."""

    YES = "yes"
    NO = "no"
    TIER_REACHED = "tier_reached"
    NO_TIER_REACHED = "no_tier_reached"
    POINTS_GIVEN = "points_given"
    MISSING = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """What one criterion earned; ``points`` is None while its answer is missing."""

    criterion: Criterion
    answer: Answer
    points: Fraction | None
    reason: Reason
    tier: Tier | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """
    The score of what is known, the best it can still become, and the verdict.

    ``mature`` is None while an answer that is missing could decide it. ``missing`` names criteria
    and vetoes without an answer, in the order of the card.
    """

    card: Scorecard
    on: date
    score: Fraction
    possible: Fraction
    mature: bool | None
    contributions: tuple[Contribution, ...]
    vetoes: tuple[Veto, ...]
    missing: tuple[str, ...]


def score(card: Scorecard, answers: Mapping[str, Answer], *, on: date) -> Result:
    """
    Return what the answers earn by the card; an absent answer is the same as None, not known.

    :raises NotInForce: if the card does not apply on the day
    :raises BadAnswer: if an answer belongs to no criterion, or has the wrong kind or range
    """
    _check(card, answers, on)
    contributions = tuple(_contribution(c, answers.get(c.code)) for c in card.criteria)
    earned = sum((c.points for c in contributions if c.points is not None), Fraction(0))
    open_marks = (Fraction(c.criterion.weight) for c in contributions if c.points is None)
    possible = earned + sum(open_marks, Fraction(0))
    hit = tuple(veto for veto in card.vetoes if answers.get(veto.code))
    unknown_vetoes = tuple(v.code for v in card.vetoes if answers.get(v.code) is None)
    open_criteria = tuple(c.criterion.code for c in contributions if c.points is None)
    return Result(
        card=card,
        on=on,
        score=earned,
        possible=possible,
        mature=_verdict(card, earned, possible, is_vetoed=_any_known(hit, unknown_vetoes)),
        contributions=contributions,
        vetoes=hit,
        missing=open_criteria + unknown_vetoes,
    )


def _verdict(
    card: Scorecard, earned: Fraction, possible: Fraction, *, is_vetoed: bool | None
) -> bool | None:
    mark = Fraction(card.mature_at)
    if is_vetoed or possible < mark:
        return False
    return True if earned >= mark and is_vetoed is False else None


def _any_known(hit: tuple[Veto, ...], unknown: tuple[str, ...]) -> bool | None:
    if hit:
        return True
    return None if unknown else False


def _check(card: Scorecard, answers: Mapping[str, Answer], on: date) -> None:
    if not versions.is_in_force(card, on=on):
        raise NotInForce(f"{card.basis} is not in force on {on}")
    known = {criterion.code for criterion in card.criteria}
    vetoes = {veto.code for veto in card.vetoes}
    for code, answer in answers.items():
        if code not in known | vetoes:
            raise BadAnswer(code, answer, "answers nothing that the scorecard asks")
        if code in vetoes and not (answer is None or isinstance(answer, bool)):
            raise BadAnswer(code, answer, "is not yes or no")


def _contribution(criterion: Criterion, answer: Answer) -> Contribution:
    if answer is None:
        return Contribution(criterion=criterion, answer=None, points=None, reason=Reason.MISSING)
    share, reason, tier = _earned(criterion, answer)
    points = Fraction(criterion.weight) * share
    return Contribution(
        criterion=criterion, answer=answer, points=points, reason=reason, tier=tier
    )


def _earned(criterion: Criterion, answer: Known) -> tuple[Fraction, Reason, Tier | None]:
    kind = criterion.kind
    match kind:
        case YesNo():
            if not isinstance(answer, bool):
                raise BadAnswer(criterion.code, answer, "is not yes or no")
            return (Fraction(1), Reason.YES, None) if answer else (Fraction(0), Reason.NO, None)
        case Tiers():
            tier = _best_tier(kind, _number(criterion, answer))
            if tier is None:
                return Fraction(0), Reason.NO_TIER_REACHED, None
            return tier.share, Reason.TIER_REACHED, tier
    number = _number(criterion, answer)
    if not 0 <= number <= Fraction(kind.most):
        raise BadAnswer(criterion.code, answer, f"is not from 0 to {kind.most}")
    return number / Fraction(kind.most), Reason.POINTS_GIVEN, None


def _best_tier(tiers: Tiers, number: Fraction) -> Tier | None:
    sign = -1 if tiers.lower_is_better else 1
    reached = [tier for tier in tiers.tiers if sign * number >= sign * Fraction(tier.bound)]
    return max(reached, key=lambda tier: tier.share, default=None)


def _number(criterion: Criterion, answer: Known) -> Fraction:
    if isinstance(answer, bool) or (isinstance(answer, Decimal) and not answer.is_finite()):
        raise BadAnswer(criterion.code, answer, "is not a number")
    return Fraction(answer)
