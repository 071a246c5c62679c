"""
低效用地 by a local standard: each criterion met, unmet or unknown, and how far from its limit.

The law leaves the definition to the locality (土地管理法实施条例第十五条): every number is data.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

Exact = int | Decimal | Fraction


class Fact(StrEnum):
    """What a criterion looks at; the unit is part of the name."""

    TAX_PER_MU = "tax_wan_per_mu"
    OUTPUT_PER_MU = "output_wan_per_mu"
    FLOOR_AREA_RATIO = "floor_area_ratio"
    INVESTED_PERCENT = "invested_percent"
    STOPPED_MONTHS = "stopped_months"
    HAZARDOUS_USE = "hazardous_use"


class Operator(StrEnum):
    """How the fact is compared with the limit."""

    BELOW = "below"
    AT_MOST = "at_most"
    AT_LEAST = "at_least"
    ABOVE = "above"


class Combination(StrEnum):
    """How many criteria make the land inefficient."""

    ANY = "any"
    ALL = "all"
    AT_LEAST = "at_least"


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One condition of a standard; ``basis`` is the document that sets it."""

    fact: Fact
    operator: Operator
    value: Decimal
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standard:
    """Criteria and how many of them are enough; ``at_least`` only with AT_LEAST."""

    criteria: tuple[Criterion, ...]
    combination: Combination
    at_least: int | None = None

    def __post_init__(self) -> None:
        """Refuse a standard that would call everything, or nothing, inefficient."""
        if not self.criteria:
            raise ValueError("a standard without criteria says nothing of any land")
        if self.combination is Combination.AT_LEAST and not (
            self.at_least and 1 <= self.at_least <= len(self.criteria)
        ):
            raise ValueError(f"{self.at_least} of {len(self.criteria)} criteria can't be asked")

    @property
    def needed(self) -> int:
        """Return how many criteria must be met."""
        if self.combination is Combination.ALL:
            return len(self.criteria)
        return self.at_least or 1 if self.combination is Combination.AT_LEAST else 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """
    What one criterion says; ``holds`` None: its fact is not on record.

    ``gap`` is the distance from the limit, never negative: how far the value is on the bad side
    where the criterion holds, else how far on the good side.
    """

    criterion: Criterion
    value: Exact | None
    holds: bool | None
    gap: Fraction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether land is inefficient by the standard; None where what is missing could decide it."""

    is_inefficient: bool | None
    findings: tuple[Finding, ...]

    @property
    def missing(self) -> tuple[Fact, ...]:
        """Return the facts that are not on record, each once."""
        unknown = (one.criterion.fact for one in self.findings if one.holds is None)
        return tuple(dict.fromkeys(unknown))


def judge(standard: Standard, facts: Mapping[Fact, Exact | None]) -> Verdict:
    """Return what the standard says of land with these facts."""
    findings = tuple(_finding(one, facts.get(one.fact)) for one in standard.criteria)
    met = sum(one.holds is True for one in findings)
    possible = met + sum(one.holds is None for one in findings)
    is_inefficient = True if met >= standard.needed else None
    if possible < standard.needed:
        is_inefficient = False
    return Verdict(is_inefficient=is_inefficient, findings=findings)


def _finding(criterion: Criterion, value: Exact | None) -> Finding:
    if value is None:
        return Finding(criterion=criterion, value=None, holds=None, gap=None)
    distance = Fraction(value) - Fraction(criterion.value)
    holds = {
        Operator.BELOW: distance < 0,
        Operator.AT_MOST: distance <= 0,
        Operator.AT_LEAST: distance >= 0,
        Operator.ABOVE: distance > 0,
    }[criterion.operator]
    return Finding(criterion=criterion, value=value, holds=holds, gap=abs(distance))


_UNCONFIRMED = "待确认：示例数值，须以当地发布的低效用地认定文件为准"
# Nobody has verified these numbers: they are a draft that can't be published as it stands.
DRAFT = Standard(
    combination=Combination.AT_LEAST,
    at_least=2,
    criteria=tuple(
        Criterion(fact=fact, operator=operator, value=Decimal(value), basis=_UNCONFIRMED)
        for fact, operator, value in (
            (Fact.TAX_PER_MU, Operator.BELOW, "5"),
            (Fact.OUTPUT_PER_MU, Operator.BELOW, "100"),
            (Fact.FLOOR_AREA_RATIO, Operator.BELOW, "0.7"),
            (Fact.INVESTED_PERCENT, Operator.BELOW, "60"),
            (Fact.STOPPED_MONTHS, Operator.AT_LEAST, "12"),
            (Fact.HAZARDOUS_USE, Operator.AT_LEAST, "1"),
        )
    ),
)
