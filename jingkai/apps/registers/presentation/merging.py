"""
Two edits of one record, three ways by column: as it was opened, as I typed, as it stands now.

Texts are those of the form. What only one side changed is merged by itself; what both changed
differently is asked. Nothing that was typed is lost: it is taken, or it can be chosen.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise

from ..declaration import BoundColumn, Register
from ..kinds import Choice


class Side(StrEnum):
    """Whose text a column takes."""

    NOBODY = "nobody"  # both say the same
    MINE = "mine"
    THEIRS = "theirs"
    ASKED = "asked"  # both changed it, differently


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedColumn:
    """One column of a merge: its texts, how they read, and whose is taken."""

    name: str
    label: str | Promise
    mine: str
    theirs: str
    mine_shown: str
    theirs_shown: str
    side: Side

    @property
    def merged(self) -> str:
        """Return the text that the merge takes; where both changed it, mine until it is chosen."""
        return self.theirs if self.side is Side.THEIRS else self.mine


def side_of(base: str | None, mine: str, theirs: str) -> Side:
    """Return whose text is taken; ``base`` None: what was opened is not known."""
    if mine == theirs:
        return Side.NOBODY
    if base is None:
        return Side.ASKED
    if mine == base:
        return Side.THEIRS
    return Side.MINE if theirs == base else Side.ASKED


def merge(
    register: Register,
    base: Mapping[str, str],
    mine: Mapping[str, str],
    theirs: Mapping[str, str],
) -> list[MergedColumn]:
    """Return the register's typed columns merged; the texts are those of the form."""
    return [_merged(column, base, mine, theirs) for column in register.typed]


def _merged(
    column: BoundColumn,
    base: Mapping[str, str],
    mine: Mapping[str, str],
    theirs: Mapping[str, str],
) -> MergedColumn:
    name = column.name
    opened = _plain(base[name]) if name in base else None
    texts = _plain(mine.get(name, "")), _plain(theirs.get(name, ""))
    return MergedColumn(
        name=name,
        label=column.label,
        mine=texts[0],
        theirs=texts[1],
        mine_shown=_read(column, texts[0]),
        theirs_shown=_read(column, texts[1]),
        side=side_of(opened, *texts),
    )


def _plain(text: str) -> str:
    """Return the text as a browser would send it back, whatever ends its lines."""
    return text.replace("\r\n", "\n").strip()


def _read(column: BoundColumn, text: str) -> str:
    if isinstance(column.kind, Choice):
        return column.kind.shown(text)
    return text
