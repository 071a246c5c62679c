"""Headings that span rows and columns, made into one line."""

from collections.abc import Iterable, Sequence

from ..sandbox.books import Row
from ..sandbox.cells import CellError, Merge

JOINED_BY = "/"


def headings(rows: Sequence[Row], merges: Iterable[Merge]) -> list[str]:
    """
    Return the heading of each column: what stands over it, from top to bottom, joined by /.

    A merged cell stands over every column that it covers, and counts once.
    """
    texts = {number: [_text(cell) for cell in cells] for number, cells in rows}
    width = max((len(cells) for cells in texts.values()), default=0)
    over = _covers(texts, merges, width)
    found = []
    for column in range(1, width + 1):
        places = [over.get((number, column), (number, column)) for number in sorted(texts)]
        parts = [_at(texts, *place) for place in dict.fromkeys(places)]
        found.append(JOINED_BY.join(filter(None, parts)))
    return found


def _covers(
    texts: dict[int, list[str]], merges: Iterable[Merge], width: int
) -> dict[tuple[int, int], tuple[int, int]]:
    """Return for each covered place of these rows the place whose text stands there."""
    return {
        (row, column): (area.first_row, area.first_column)
        for area in merges
        for row in texts
        if area.first_row <= row <= area.last_row
        for column in range(area.first_column, min(area.last_column, width) + 1)
    }


def _at(texts: dict[int, list[str]], row: int, column: int) -> str:
    cells = texts.get(row, [])
    return cells[column - 1] if column <= len(cells) else ""


def _text(cell: object) -> str:
    return "" if cell is None or isinstance(cell, CellError) else " ".join(str(cell).split())
