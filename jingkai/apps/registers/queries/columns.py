"""Which columns a list or a file shows, as its query string asks."""

from dataclasses import dataclass

from django.http import QueryDict

from ..declaration import BoundColumn, Register

MOST_COLUMNS = 100


@dataclass(frozen=True, slots=True)
class Chosen:
    """The columns to show, in order, and the names of those that are no longer there."""

    columns: tuple[BoundColumn, ...]
    gone: tuple[str, ...] = ()
    is_own: bool = False

    @property
    def names(self) -> list[str]:
        """Return the names of the columns shown."""
        return [column.name for column in self.columns]


def chosen_columns(register: Register, data: QueryDict) -> Chosen:
    """
    Return the columns of ``columns=a,b,c`` or of several ``columns``; without any, the usual ones.

    The first column stays first: it opens the record, and it stands still while one scrolls.
    """
    first = register.bound[0]
    asked = [name for part in data.getlist("columns") for name in part.split(",") if name]
    names = list(dict.fromkeys(asked))[:MOST_COLUMNS]
    known = [register.by_name[name] for name in names if name in register.by_name]
    if not known:
        return Chosen(tuple(column for column in register.bound if column.listed), tuple(names))
    gone = tuple(name for name in names if name not in register.by_name)
    others = tuple(column for column in known if column.name != first.name)
    return Chosen((first, *others), gone, is_own=True)


def choosable(register: Register, chosen: Chosen) -> list[tuple[BoundColumn, bool]]:
    """Return every column and whether it is shown: those shown first, in their order."""
    shown = [(column, True) for column in chosen.columns]
    return shown + [(column, False) for column in register.bound if column not in chosen.columns]
