"""Rows with the same result that could be written as one."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence

from jingkai.core.rules.dmn.boxed import HitPolicy

from . import wording
from .boxes import common
from .findings import Finding, Kind, Weight
from .grids import Grid, Row
from .outcomes import Outcome

# These give one result for each row that matches, so rows that overlap can't become one.
_COUNTING = frozenset({HitPolicy.RULE_ORDER, HitPolicy.OUTPUT_ORDER, HitPolicy.COLLECT})
# With these it does not matter in which order the rows stand.
_ORDERLESS = frozenset({HitPolicy.UNIQUE, HitPolicy.ANY})


def mergeable(
    grid: Grid, outcomes: Sequence[Outcome], idle: Iterable[int] = ()
) -> Iterator[Finding]:
    """
    Yield groups of rows that differ in one input only and touch there; each row once.

    :param idle: rows that are left out, as they could go anyway
    """
    told = set(idle)
    for place in range(len(grid.axes)):
        for alike in _alike(grid, outcomes, place):
            for group in _touching(grid, [r for r in alike if r.number not in told], place):
                told |= {row.number for row in group}
                yield _finding(grid, group, place)


def _alike(grid: Grid, outcomes: Sequence[Outcome], place: int) -> Iterator[list[Row]]:
    """Yield rows that give the same and match the same but for one axis."""
    groups: dict[Hashable, list[Row]] = defaultdict(list)
    for row in grid.exact:
        if all(row.box):
            beside = (*row.box[:place], *row.box[place + 1 :])
            groups[outcomes[row.number - 1].key, beside].append(row)
    yield from (group for group in groups.values() if len(group) > 1)


def _touching(grid: Grid, rows: Sequence[Row], place: int) -> Iterator[list[Row]]:
    """Yield the groups that stand side by side on the axis, with nothing between them."""
    group: list[Row] = []
    for row in sorted(rows, key=lambda row: (row.box[place] & -row.box[place], row.number)):
        if group and not _fits(grid, group, row, place):
            yield from [group] if len(group) > 1 else []
            group = []
        group.append(row)
    yield from [group] if len(group) > 1 else []


def _fits(grid: Grid, group: Sequence[Row], row: Row, place: int) -> bool:
    side = 0
    for each in group:
        side |= each.box[place]
    is_apart = not side & row.box[place]
    if not is_apart and grid.table.hit_policy in _COUNTING:
        return False
    if is_apart and not _is_beside(grid, side, row.box[place], place):
        return False
    return grid.table.hit_policy in _ORDERLESS or _can_move(grid, [*group, row])


def _is_beside(grid: Grid, one: int, other: int, place: int) -> bool:
    """Return whether two sides make one range; lists of values may always be joined."""
    axis = grid.axes[place]
    lined = sum(span for kind, span in axis.spans.items() if kind not in axis.unordered)
    one, other = one & lined, other & lined
    if not one or not other or bool in axis.spans:
        return True
    return bool((one << 1 | one >> 1) & other)


def _can_move(grid: Grid, rows: Sequence[Row]) -> bool:
    """Return whether no row that stands between these matches where one of them does."""
    numbers = [row.number for row in rows]
    return not any(
        min(numbers) < between.number < max(numbers)
        and between.number not in numbers
        and any(common(between.box, row.box) for row in rows)
        for between in grid.rows
    )


def _finding(grid: Grid, rows: Sequence[Row], place: int) -> Finding:
    numbers = tuple(sorted(row.number for row in rows))
    side = 0
    for row in rows:
        side |= row.box[place]
    whole = side == grid.possible[place]
    return Finding(
        kind=Kind.MERGEABLE,
        weight=Weight.HINT,
        rows=numbers,
        sentence=(
            f"{wording.rows(numbers)}可以合并：结果相同，只有“{grid.names[place]}”不同；"
            f"合成一行时写作“{'-' if whole else wording.cell(grid, place, side)}”。"
        ),
        line=grid.table.line,
    )
