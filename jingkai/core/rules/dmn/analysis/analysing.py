"""
Tables of a model, looked through before anybody relies on them.

Cells are sets of values and rows are boxes, so what is found is exact: a gap has a witness that
no row matches, and where no gap is told (nor a cell left out, nor a table too large), there is
none. Columns are taken to be independent: whether facts can ever be as the witness says is for
people to judge.
"""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice

from jingkai.core.rules.dmn.boxed import DecisionTable, Input
from jingkai.core.rules.dmn.items import Types
from jingkai.core.rules.dmn.model import Model

from . import declarations, gaps, idle, merging, missing, overlaps, wording
from .boxes import Budget, TooLarge
from .findings import Finding, Kind, Weight
from .grids import Declared, Grid, grid_of, is_whole
from .outcomes import outcomes

MOST_STEPS = 6_000_000  # of each search: about a second
MOST_TOLD = 10  # findings of one kind in one table
_IDLE = frozenset({Kind.UNREACHABLE, Kind.MASKED})
_CALLED = {
    Kind.GAP: "空缺",
    Kind.OVERLAP: "重叠",
    Kind.UNREACHABLE: "不会命中的行",
    Kind.MASKED: "被遮盖的行",
    Kind.MISSING: "没有记录也成立的条件",
    Kind.MERGEABLE: "可合并的行",
}


def of_model(model: Model) -> Iterator[tuple[str, Finding]]:
    """Yield what is found in each table of a model, with the name of its decision."""
    types = Types(model)
    for standing in declarations.tables(model):
        declared = partial(declarations.declared, types, standing.names)
        for finding in of_table(standing.table, types, declared):
            yield standing.element, finding


def of_table(
    table: DecisionTable, types: Types, declared: Callable[[Input], Declared]
) -> tuple[Finding, ...]:
    """
    Return what is found in a table: faults first of all kinds, hints last.

    A table with broken cells is not looked at: the reader has told what is wrong with it.
    """
    if not table.inputs or not table.rules or not is_whole(table):
        return ()
    try:
        grid = grid_of(table, declared)
    except TooLarge:
        return (_too_large(table, "任何问题"),)
    results = outcomes(table, types)
    searches = {
        Kind.GAP: gaps.gaps(grid, Budget(MOST_STEPS)),
        Kind.OVERLAP: overlaps.overlaps(grid, results),
        Kind.UNREACHABLE: idle.unreachable(grid),
        Kind.MASKED: idle.masked(grid, results, Budget(MOST_STEPS)),
        Kind.MISSING: missing.passed_by_missing(grid),
    }
    found = [*_unjudged(grid)]
    for kind, search in searches.items():
        found += _told(table, kind, search)
    rows = [each.rows[0] for each in found if each.rows and each.kind in _IDLE]
    found += _told(table, Kind.MERGEABLE, merging.mergeable(grid, results, rows))
    return tuple(sorted(found, key=lambda finding: list(Weight).index(finding.weight)))


def _told(table: DecisionTable, kind: Kind, search: Iterator[Finding]) -> Iterator[Finding]:
    """Yield what a search finds, so far as people read on."""
    try:
        yield from islice(search, MOST_TOLD)
        following = next(search, None)
    except TooLarge:
        yield _too_large(table, _CALLED[kind])
        return
    if following is not None:
        yield Finding(
            kind=kind,
            weight=following.weight,
            sentence=f"还有更多{_CALLED[kind]}没有列出；请先改正以上各处，再检查一次。",
            line=table.line,
        )


def _too_large(table: DecisionTable, what: str) -> Finding:
    return Finding(
        kind=Kind.TOO_LARGE,
        weight=Weight.HINT,
        sentence=f"表太大，没有查清{what}，不能断言没有。请按某一列拆成几张表，再检查。",
        line=table.line,
    )


def _unjudged(grid: Grid) -> Iterator[Finding]:
    rows = tuple(sorted({place.row for place in grid.unjudged if place.row is not None}))
    if rows:
        columns = {place.column for place in grid.unjudged if place.row is not None}
        names = "、".join(f"“{grid.names[grid.columns[at]]}”" for at in sorted(columns))
        yield Finding(
            kind=Kind.UNJUDGED,
            weight=Weight.HINT,
            rows=rows,
            sentence=(
                f"{wording.rows(rows)}在{names}列的条件不是与固定值的简单比较，"
                "检查时不判断这几行：与它们有关的空缺、重叠没有列出。"
            ),
            line=grid.table.line,
        )
    for place in grid.unjudged:
        if place.row is None:
            yield Finding(
                kind=Kind.UNJUDGED,
                weight=Weight.HINT,
                sentence=(
                    f"“{grid.names[grid.columns[place.column]]}”允许的值不是与固定值的简单比较，"
                    "检查时当作没有限制：列出的空缺和重叠可能在允许的范围之外。"
                ),
                line=grid.table.line,
            )
