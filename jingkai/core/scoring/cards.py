"""A weighted scorecard as dated configuration: criteria, vetoes, and the mark of maturity."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from jingkai.core import versions


class BadCard(ValueError):
    """The scorecard contradicts itself; the message says how."""


@dataclass(frozen=True, slots=True)
class YesNo:
    """Yes earns full marks, no earns none."""


@dataclass(frozen=True, slots=True)
class Tier:
    """An answer that reaches the bound earns the share of full marks."""

    bound: Decimal
    share: Fraction


@dataclass(frozen=True, slots=True)
class Tiers:
    """
    The best tier reached counts; none reached earns nothing.

    A tier is reached at its bound and above, or, where lower is better, at its bound and below.
    """

    tiers: tuple[Tier, ...]
    lower_is_better: bool = False


@dataclass(frozen=True, slots=True)
class Points:
    """An expert's points from 0 to ``most`` earn their share of full marks."""

    most: Decimal


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of the scorecard; ``weight`` is its full marks, ``name`` an opaque text."""

    code: str
    name: object
    weight: Decimal
    kind: YesNo | Tiers | Points


@dataclass(frozen=True, slots=True)
class Veto:
    """一票否决: a yes settles the matter whatever the score."""

    code: str
    name: object


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorecard:
    """
    Criteria in force from a day until, not including, another; mature at so many points.

    :raises BadCard: if codes repeat, weights are not positive or shares are not from 0 to 1
    """

    effective_from: date
    effective_to: date | None = None
    basis: str
    criteria: tuple[Criterion, ...]
    vetoes: tuple[Veto, ...] = ()
    mature_at: Decimal

    def __post_init__(self) -> None:
        """Refuse a card by which nobody can score."""
        codes = [criterion.code for criterion in self.criteria]
        codes += [veto.code for veto in self.vetoes]
        if len(codes) != len(set(codes)):
            raise BadCard(f"a code appears twice: {sorted(codes)}")
        for criterion in self.criteria:
            _check(criterion)
        if not 0 < self.mature_at <= self.full_marks:
            raise BadCard(f"mature at {self.mature_at} of {self.full_marks} points")

    @property
    def full_marks(self) -> Fraction:
        """Return the most that a lead can score."""
        return sum((Fraction(criterion.weight) for criterion in self.criteria), Fraction(0))


def card_on(cards: Iterable[Scorecard], day: date) -> Scorecard:
    """
    Return the scorecard in force on the given day.

    :raises jingkai.core.versions.NoneInForce: if there is none
    """
    return versions.in_force(cards, on=day)


def _check(criterion: Criterion) -> None:
    if criterion.weight <= 0:
        raise BadCard(f"{criterion.code}: the weight {criterion.weight} is not positive")
    match criterion.kind:
        case Tiers(tiers) if not all(0 <= tier.share <= 1 for tier in tiers):
            raise BadCard(f"{criterion.code}: a share of full marks is not from 0 to 1")
        case Points(most) if most <= 0:
            raise BadCard(f"{criterion.code}: the most points {most} are not positive")
        case _:
            return
