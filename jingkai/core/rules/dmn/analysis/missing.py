"""Cells that a missing fact passes though they ask something: ``not("D")`` holds for null too."""

from collections.abc import Iterator

from . import wording
from .axes import written
from .findings import Finding, Kind, Weight
from .grids import Grid, Row


def passed_by_missing(grid: Grid) -> Iterator[Finding]:
    """Yield the columns where that happens, unless some cell of them asks for null on purpose."""
    for place, axis in enumerate(grid.axes):
        rows = [row for row in grid.rows if _is_passed(grid, row, place)]
        if rows:
            example = written(axis, rows[0].box[place] & ~axis.missing)
            yield Finding(
                kind=Kind.MISSING,
                weight=Weight.HINT,
                rows=tuple(row.number for row in rows),
                sentence=(
                    f"“{grid.names[place]}”没有记录（null）时，"
                    f"{wording.rows([row.number for row in rows])}的条件也成立。"
                    f"如果没有记录不应通过，请排除 null，例如第 {rows[0].number} 行写作"
                    f"“{wording.cut(example)}”。"
                ),
                line=grid.table.line,
            )


def _is_passed(grid: Grid, row: Row, place: int) -> bool:
    missing, side = grid.axes[place].missing, row.box[place]
    is_asked = missing & grid.expected[place]
    return bool(side & missing and not is_asked and side not in {missing, grid.possible[place]})
