"""Rows that match together where the hit policy forbids it: UNIQUE, and ANY if results differ."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from jingkai.core.rules.dmn.boxed import HitPolicy

from . import wording
from .boxes import Box, common
from .findings import Finding, Kind, Weight
from .grids import Grid, Row
from .outcomes import Outcome


def overlaps(grid: Grid, outcomes: Sequence[Outcome]) -> Iterator[Finding]:
    """Yield sets of rows that match together, each with a witness; a pair is told once."""
    told: set[tuple[int, int]] = set()
    for first, second in combinations(grid.exact, 2):
        if (first.number, second.number) in told:
            continue
        box = common(first.box, second.box)
        if box is None or not _is_harmful(grid, outcomes, first, second):
            continue
        box, rows = _together(grid, box)
        told |= set(combinations([row.number for row in rows], 2))
        yield _finding(grid, box, rows, outcomes)


def _is_harmful(grid: Grid, outcomes: Sequence[Outcome], one: Row, other: Row) -> bool:
    if grid.table.hit_policy is HitPolicy.UNIQUE:
        return True
    if grid.table.hit_policy is not HitPolicy.ANY:
        return False
    return outcomes[one.number - 1].key != outcomes[other.number - 1].key


def _together(grid: Grid, box: Box) -> tuple[Box, list[Row]]:
    """Return all rows that match somewhere in the box together, and where."""
    box = _on_record(grid, box)
    rows = []
    for row in grid.exact:
        shared = common(box, row.box)
        if shared is not None:
            box = _on_record(grid, shared)
            rows.append(row)
    return box, rows


def _on_record(grid: Grid, box: Box) -> Box:
    """Return the box without missing facts, on every axis where that leaves anything."""
    return tuple(side & ~axis.missing or side for axis, side in zip(grid.axes, box, strict=True))


def _finding(grid: Grid, box: Box, rows: Sequence[Row], outcomes: Sequence[Outcome]) -> Finding:
    numbers = tuple(row.number for row in rows)
    where = f"{wording.region(grid, box)}（例如 {wording.example(grid, box)}）"
    weight = Weight.FAULT
    if grid.table.hit_policy is HitPolicy.UNIQUE:
        said = (
            f"{wording.rows(numbers)}同时命中：{where}。命中策略“唯一”（U）这时没有结果，"
            "请使各行互斥，或改用 F、P。"
        )
    elif _surely_differ([outcomes[number - 1] for number in numbers]):
        said = (
            f"{wording.rows(numbers)}同时命中而结果不同：{where}。命中策略“任一”（A）"
            "这时没有结果，请改为一致，或使各行互斥。"
        )
    else:
        weight = Weight.WARNING
        said = (
            f"{wording.rows(numbers)}同时命中而结果可能不同：{where}。命中策略“任一”（A）"
            "要求结果一致，请核对这几行的结果。"
        )
    return Finding(
        kind=Kind.OVERLAP,
        weight=weight,
        rows=numbers,
        witness=grid.witness(box),
        sentence=said,
        line=grid.table.line,
    )


def _surely_differ(found: Sequence[Outcome]) -> bool:
    return len({each.key for each in found if each.is_fixed}) > 1
