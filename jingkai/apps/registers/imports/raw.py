"""A row as the file has it, and what its place is before and after it is read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ..kinds import plain


@dataclass(frozen=True, slots=True)
class Raw:
    """
    One row as the workbook has it: the cells of the columns that are read.

    ``origin`` says where its outline comes from, by column, for a record that takes it.
    """

    position: int
    sheet: str
    row: int
    cells: Mapping[str, Any]
    findings: tuple[dict[str, str], ...] = ()
    origin: Mapping[str, str] = field(default_factory=dict)


class Pair(NamedTuple):
    """The coordinates of a point, from two columns, and what the row says of their system."""

    x: Any
    y: Any
    said: str = ""

    def __str__(self) -> str:
        """Return them as a person writes them."""
        return f"{plain(self.x)}, {plain(self.y)}"


class Shared(NamedTuple):
    """What stands in a cell that is merged over several rows, from the first to the last."""

    cell: Any
    first: int
    last: int

    def __str__(self) -> str:
        """Return it as text."""
        return plain(self.cell)


@dataclass(frozen=True, slots=True)
class Unplaced:
    """What a file says of a place and is no shape, and why; ``fault`` where it can be mended."""

    text: str
    rule: str
    fault: str = ""
    before: str = ""
    after: str = ""

    def __str__(self) -> str:
        """Return what the file says."""
        return self.text

    @property
    def facts(self) -> dict[str, str]:
        """Return what the error says besides its sentence, for the page that offers repairs."""
        facts = {"fault": self.fault, "before": self.before, "after": self.after}
        return facts if self.fault else {}
