"""What a figure means (口径), and one reading of it."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

Number = int | Decimal


class PeriodRule(StrEnum):
    """How a figure relates to its period."""

    FLOW = "flow"  # what happened within the period
    STOCK = "stock"  # what there is at the end of its last day
    COHORT = "cohort"  # what became of those that came in within the period


class Better(StrEnum):
    """Which way a figure should move."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """
    The one meaning of a figure, wherever it is shown. The texts are opaque, so they may be lazy.

    ``needs`` names the fields without which a record can't be counted: completeness is told of
    them. ``basis`` says where the meaning comes from.
    """

    code: str
    name: object
    unit: object
    period_rule: PeriodRule
    date_used: object
    counts: object
    exclusions: object = ""
    not_to_be_confused_with: object = ""
    better: Better = Better.HIGHER
    basis: object = ""
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Completeness:
    """So many of the records have what the figure needs."""

    known: int
    total: int

    @property
    def share(self) -> Fraction | None:
        """Return the known part of all, None when there is no record."""
        return Fraction(self.known, self.total) if self.total else None

    @property
    def is_full(self) -> bool:
        """Return whether nothing is missing."""
        return self.known == self.total


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """
    A figure as read: its value, the records behind it, when they last changed, how complete.

    ``value`` is None when it is not on record; 0 is a figure. ``freshness`` is None when there is
    no record.
    """

    value: Number | None
    records: int
    freshness: datetime | None
    completeness: Completeness
