"""What an analysis found in a table, and how bad that is."""

from dataclasses import dataclass
from enum import StrEnum

from jingkai.core.rules.feel.scopes import Value


class Kind(StrEnum):
    """What may be said of the rows of a table."""

    GAP = "gap"  # no row matches
    OVERLAP = "overlap"  # rows match together that must not
    UNREACHABLE = "unreachable"  # a row that nothing matches
    MASKED = "masked"  # a row whose result is never taken, or never needed
    MISSING = "missing"  # cells that a missing fact passes too
    MERGEABLE = "mergeable"  # rows that could be one
    UNJUDGED = "unjudged"  # cells that look at more than their input
    TOO_LARGE = "too_large"  # not found out within bounds


class Weight(StrEnum):
    """How bad it is."""

    FAULT = "错误"  # the table gives null there
    WARNING = "警告"  # hardly meant like this
    HINT = "提示"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """
    One thing found: ``rows`` from 1 as in the sheet; ``line`` is where the file has the table.

    ``witness`` are values of the columns for which it is so, where there are such values.
    """

    kind: Kind
    weight: Weight
    rows: tuple[int, ...] = ()
    witness: tuple[Value, ...] | None = None
    sentence: str
    line: int = 0

    def __str__(self) -> str:
        """Return the weight and the sentence."""
        return f"{self.weight}：{self.sentence}"
