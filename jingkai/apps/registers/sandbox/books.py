"""What every kind of file is once it is opened, and the limits on what a cell and a row hold."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from .cells import Merge, column_letters
from .refusals import Reason, Refusal

MOST_TEXT = 1_000_000  # a cell of Excel holds 32,767 characters, a field of CSV any number
MOST_ROW_TEXT = 8_000_000

_PACKED = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0"
START = 4_096  # bytes that tell what a file is
_TEXT_NAMES = (".csv", ".txt")
ENCODINGS = ("utf-8", "gb18030", "big5", "cp1252")  # that a person may say a file has

HIDDEN_ROWS, HIDDEN_COLUMNS = "hidden_rows", "hidden_columns"  # of a sheet, how many
UNSEEN = "unseen"  # of an xls file: its errors, hidden rows and formats are not seen

Row = tuple[int, list[Any]]


class Type(StrEnum):
    """What a file is by its first bytes; only text has none, so that its name must say it."""

    PACKED = "packed"
    COMPOUND = "compound"
    TEXT = "text"
    SPATIAL = "spatial"


def type_of(start: bytes, name: str) -> Type:
    """
    Return what a file that begins so is.

    :raises Refusal: when it is nothing that can be read
    """
    if start.startswith(_PACKED):
        return Type.PACKED
    if start.startswith(_COMPOUND):
        return Type.COMPOUND
    if name.lower().endswith(_TEXT_NAMES):
        return Type.TEXT
    from .spatial import is_spatial  # noqa: PLC0415 -- half a second, and most files are workbooks

    if is_spatial(start):
        return Type.SPATIAL
    raise Refusal(Reason.TYPE)


@dataclass(frozen=True, slots=True)
class SheetHead:
    """
    A sheet before its rows are read: the number of its last row where that is known.

    ``about`` is what a spatial file says of a layer: ``system``, ``encoding`` and the like.
    """

    name: str
    hidden: bool = False
    last_row: int | None = None
    merges: tuple[Merge, ...] = ()
    about: Mapping[str, str] = field(default_factory=dict)


class Book(Protocol):
    """An opened file."""

    heads: list[SheetHead]

    def rows(self, name: str) -> Iterator[Row]:
        """Return the rows that hold something, with the numbers that a person sees."""
        ...


def measured(rows: Iterable[Row]) -> Iterator[Row]:
    """Return the rows, and refuse one that is longer than any person's."""
    for number, cells in rows:
        held = 0
        for index, value in enumerate(cells):
            if type(value) is str:
                held += len(value)
                if len(value) > MOST_TEXT or held > MOST_ROW_TEXT:
                    raise Refusal(Reason.LONG, cell=f"{column_letters(index + 1)}{number}")
        yield number, cells
