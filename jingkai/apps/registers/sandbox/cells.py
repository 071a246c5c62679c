"""What a sheet holds besides plain values, and how its cells are named."""

import re
from dataclasses import dataclass
from typing import NamedTuple

MOST_ROWS = 200_100
MOST_COLUMNS = 400
LAST_ROW = 1_048_576  # of a sheet, as Excel knows it
LAST_COLUMN = 16_384
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


@dataclass(frozen=True, slots=True)
class CellError:
    """A cell that shows an error such as #N/A, or a formula that no program has worked out."""

    code: str

    def __str__(self) -> str:
        """Return what Excel shows."""
        return self.code


NOT_WORKED_OUT = "#CALC?"  # a formula without a value


class Merge(NamedTuple):
    """A merged area, from its first row and column to its last, each from 1."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    @property
    def cells(self) -> int:
        """Return how many cells it covers."""
        height = self.last_row - self.first_row + 1
        return height * (self.last_column - self.first_column + 1)


def place(reference: str) -> tuple[int, int] | None:
    """Return row and column of a reference such as B7, from 1; None where it is none."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return None
    return int(match[2]), column_number(match[1])


def column_number(letters: str) -> int:
    """Return the number of a column's letters: A is 1, AA 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """Return the letters of a column's number: 1 is A, 27 AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def merged(reference: str) -> Merge | None:
    """Return the area of a reference such as A1:C2; None where it is none."""
    first, _, last = reference.partition(":")
    start, end = place(first), place(last or first)
    if start is None or end is None:
        return None
    return Merge(*start, *end)
