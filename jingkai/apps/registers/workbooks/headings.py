"""Headings that span rows and columns, made into one line."""

from collections.abc import Iterable, Sequence

from ..sandbox.books import Row
from ..sandbox.cells import CellError, Merge

JOINED_BY = "/"
MOST_LINES = 3


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


def depths(rows: Sequence[Row], merges: Iterable[Merge]) -> tuple[int, ...]:
    """
    Return of how many lines the heading may be that starts in the first row.

    A cell that is merged downwards says so, as does a line with texts under wide cells alone.
    """
    number = rows[0][0]
    starting = [merge for merge in merges if merge.first_row == number]
    deepest = max((merge.last_row for merge in starting), default=number) - number + 1
    if 1 < deepest <= min(MOST_LINES, len(rows)):
        return (deepest,)
    if len(rows) == 1 or not starting:
        return (1,)
    return (2,) if _stands_below(rows[1][1], starting) else (1, 2)


def _stands_below(cells: Sequence[object], merges: Iterable[Merge]) -> bool:
    """Return whether all that a line says are texts under cells that are merged sideways."""
    wide = [merge for merge in merges if merge.last_column > merge.first_column]
    filled = {column: cell for column, cell in enumerate(cells, 1) if _text(cell)}
    return bool(filled) and all(
        isinstance(cell, str) and any(m.first_column <= column <= m.last_column for m in wide)
        for column, cell in filled.items()
    )


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
