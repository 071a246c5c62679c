"""Which columns a list offers to be sorted by: those with an index, and all of a short list."""

from collections.abc import Collection
from functools import cache

from django.db.models import UniqueConstraint

from ..declaration import BoundColumn, Register
from ..models import Record
from .lists import Page

MOST_SORTED = 5_000


def sorting(register: Register, columns: Collection[BoundColumn], page: Page) -> set[str]:
    """Return the names of the columns by which a list of that many rows is sorted at once."""
    sortable = {column.name for column in columns if column.sortable}
    if page.counted <= MOST_SORTED:
        return sortable
    return sortable & indexed(register.model)


@cache
def indexed(model: type[Record]) -> frozenset[str]:
    """Return the fields in whose order an index holds the rows of a zone."""
    options = model._meta
    plain = [list(index.fields) for index in options.indexes if index.condition is None]
    unique = [
        list(found.fields)
        for found in options.constraints
        if isinstance(found, UniqueConstraint) and found.condition is None
    ]
    return frozenset(_ordered(fields) for fields in [*plain, *unique]) - {""}


def _ordered(fields: list[str]) -> str:
    """Return the field that follows the zone, where only the key follows it."""
    match [name.removeprefix("-") for name in fields]:
        case ["zone", name] | ["zone", name, "id"]:
            return name
        case _:
            return ""
