"""Rows, boxes and witnesses in the words of the sheet."""

from collections.abc import Sequence

from .axes import written
from .boxes import Box
from .grids import Grid
from .scales import write

MOST_NAMED = 8  # rows, before "and so on"
MOST_WRITTEN = 120  # characters of a cell


def rows(numbers: Sequence[int]) -> str:
    """Return ``第 1、3 行``."""
    shown = "、".join(map(str, numbers[:MOST_NAMED]))
    if len(numbers) > MOST_NAMED:
        return f"第 {shown} 等 {len(numbers)} 行"
    return f"第 {shown} 行"


def region(grid: Grid, box: Box) -> str:
    """
    Return a box as cells: ``“收入” < 100，“等级” "A", "B"``; without limits, any input.

    A missing fact is told only in columns that ask for it.
    """
    cells = [
        f"“{name}” {cell(grid, place, box[place], grid.axes[place].missing & ~asked)}"
        for place, (name, asked) in enumerate(zip(grid.names, grid.expected, strict=True))
        if box[place] & asked != asked
    ]
    return "，".join(cells) or "任何输入"


def cell(grid: Grid, place: int, side: int, unasked: int = 0) -> str:
    """Return the cell that some pieces of an axis pass, cut short where it is long."""
    return cut(written(grid.axes[place], side & grid.possible[place], unasked))


def cut(text: str) -> str:
    """Return a cell, or its beginning where nobody would read all of it."""
    return text if len(text) <= MOST_WRITTEN else f"{text[: MOST_WRITTEN - 1]}…"


def example(grid: Grid, box: Box) -> str:
    """Return a witness: ``收入 = 99，等级 = "C"``; inputs that no cell asks about are left out."""
    values = grid.witness(box)
    told = [
        f"{name} = {write(values[grid.columns.index(place)])}"
        for place, name in enumerate(grid.names)
        if len(grid.axes[place].pieces) > 1 and _is_asked(grid, place)
    ]
    return "，".join(told) or "任何输入"


def _is_asked(grid: Grid, place: int) -> bool:
    return any(row.box[place] != grid.possible[place] for row in grid.rows)
