"""What a check found, where, and whether it keeps the policy from being published."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from jingkai.core.rules.feel.nodes import Node, Span


class Kind(StrEnum):
    """What may be wrong with a rule."""

    UNKNOWN_NAME = "unknown_name"
    WRONG_PERIOD = "wrong_period"  # an item of a year without one, or the other way round
    WRONG_TYPE = "wrong_type"
    WRONG_UNIT = "wrong_unit"
    WRONG_CHOICE = "wrong_choice"  # a value that the item never has
    CONSTANT = "constant"  # refers to no fact
    NEVER_MET = "never_met"
    ALWAYS_MET = "always_met"
    SCALE = "scale"  # perhaps 3 where 0.03 is meant


WARNINGS = frozenset({Kind.ALWAYS_MET, Kind.SCALE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """
    One thing that is wrong.

    ``part`` is the condition, or 金额, 结论, with the row where it is a table; ``at`` the place
    in its text, or in that of the cell.
    """

    kind: Kind
    part: str
    at: Span
    message: str

    @property
    def blocks(self) -> bool:
        """Return whether the policy can't be published like this."""
        return self.kind not in WARNINGS

    def __str__(self) -> str:
        """Return part, place and message as one line."""
        return f"“{self.part}”第 {self.at.start + 1} 字：{self.message}"


def blocks_publication(notices: Iterable[Notice]) -> bool:
    """Return whether one of the notices keeps the policy from being published."""
    return any(notice.blocks for notice in notices)


@dataclass(frozen=True, slots=True)
class Findings:
    """Collects the notices of one part of a policy, each once."""

    part: str
    notices: list[Notice]

    def within(self, place: str) -> "Findings":
        """Return the same collection for a place of the part, such as a row of a table."""
        return Findings(f"{self.part} {place}", self.notices)

    def add(self, kind: Kind, node: Node, message: str) -> None:
        """Take down what is wrong at a node."""
        notice = Notice(kind=kind, part=self.part, at=node.at, message=message)
        if notice not in self.notices:
            self.notices.append(notice)
