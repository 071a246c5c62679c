"""Inputs for which a table has no row."""

from collections.abc import Iterator
from decimal import Decimal

from jingkai.core.rules.dmn.boxed import HitPolicy
from jingkai.core.rules.feel.decimals import EXACT

from . import wording
from .axes import Axis
from .boxes import Box, Budget, grown, hole
from .findings import Finding, Kind, Weight
from .grids import Grid

# Where these find nothing, a list is empty or there is nothing to add up: often that is meant.
_LISTS = frozenset({HitPolicy.RULE_ORDER, HitPolicy.OUTPUT_ORDER, HitPolicy.COLLECT})


def gaps(grid: Grid, budget: Budget) -> Iterator[Finding]:
    """
    Yield what is left open; nothing where the table has a default.

    :raises TooLarge: if it can't be found out within the budget
    """
    if any(output.default is not None for output in grid.table.outputs) or not all(grid.expected):
        return
    covers = [row.box for row in grid.rows]  # a row that can't be judged may match all it can
    while (part := hole(grid.expected, covers, budget)) is not None:
        found = grown(part, grid.expected, covers)
        yield _finding(grid, found)
        covers.append(found)


def _finding(grid: Grid, box: Box) -> Finding:
    said = f"没有一行命中：{wording.region(grid, box)}（例如 {wording.example(grid, box)}）"
    if any(map(_is_fraction, grid.axes, box)):
        weight, advice = Weight.HINT, "如果这一列只会是整数，可不处理；否则请补上这样一行。"
    elif grid.table.hit_policy in _LISTS:
        weight, advice = Weight.HINT, "这时结果为空；如果不是有意留空，请补上这样一行。"
    else:
        weight, advice = Weight.WARNING, "请补上这样一行，或在输出列写默认结果。"
    return Finding(
        kind=Kind.GAP,
        weight=weight,
        witness=grid.witness(box),
        sentence=f"{said}。{advice}",
        line=grid.table.line,
    )


def _is_fraction(axis: Axis, side: int) -> bool:
    """Return whether there are only numbers between one whole number and the next."""
    pieces = [piece for place, piece in enumerate(axis.pieces) if side >> place & 1]
    return all(
        isinstance(piece.low, Decimal)
        and isinstance(piece.high, Decimal)
        and EXACT.subtract(piece.high, piece.low) == 1
        and piece.low == piece.low.to_integral_value()
        for piece in pieces
    )
