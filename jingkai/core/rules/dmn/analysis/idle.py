"""Rows that do nothing: nothing matches them, or others are always taken before them."""

from collections.abc import Iterator, Sequence

from jingkai.core.rules.dmn.boxed import HitPolicy

from . import wording
from .boxes import Budget, Numbered, common, covering
from .findings import Finding, Kind, Weight
from .grids import Grid, Row
from .outcomes import Outcome

MOST_TRIED = 12  # rows, to find the fewest that cover another


def unreachable(grid: Grid) -> Iterator[Finding]:
    """Yield the rows that no value on record and no missing fact asked for can match."""
    for row in grid.rows:
        empty = [place for place in range(len(grid.axes)) if _is_empty(grid, row, place)]
        if empty:
            yield _never(grid, row, empty[0])


def masked(grid: Grid, outcomes: Sequence[Outcome], budget: Budget) -> Iterator[Finding]:
    """
    Yield the rows that never win (FIRST, PRIORITY) or give what others give anyway (ANY).

    :raises TooLarge: if it can't be found out within the budget
    """
    needless: set[int] = set()
    for row in grid.rows:
        if not all(row.box) or any(_is_empty(grid, row, at) for at in range(len(grid.axes))):
            continue
        before = [
            (other.number, other.box)
            for other in grid.exact
            if other.number not in needless and _goes_before(grid, outcomes, other, row)
        ]
        numbers = _fewest(row, before, budget)
        if numbers is not None:
            if grid.table.hit_policy is HitPolicy.ANY:
                needless.add(row.number)
            yield _masked(grid, row, numbers)


def _is_empty(grid: Grid, row: Row, place: int) -> bool:
    """Return whether the row's cells on an axis let nothing through, but for a missing fact."""
    side = row.box[place]
    return side == 0 or (side == grid.axes[place].missing and not side & grid.expected[place])


def _goes_before(grid: Grid, outcomes: Sequence[Outcome], one: Row, other: Row) -> bool:
    """Return whether, where both match, the one's result is taken and the other's is not."""
    first, second = outcomes[one.number - 1], outcomes[other.number - 1]
    match grid.table.hit_policy:
        case HitPolicy.FIRST:
            return one.number < other.number
        case HitPolicy.PRIORITY:
            if first.rank is None or second.rank is None:
                return False
            return (first.rank, one.number) < (second.rank, other.number)
        case HitPolicy.ANY:
            return one.number != other.number and first.key == second.key
        case _:
            return False


def _fewest(row: Row, before: Sequence[Numbered], budget: Budget) -> tuple[int, ...] | None:
    """Return rows that together match wherever this one does, none of them needless."""
    near = [(number, cut) for number, box in before if (cut := common(row.box, box)) is not None]
    alone = next((number for number, cut in near if cut == row.box), None)
    if alone is not None:
        return (alone,)
    found = covering(row.box, near, budget)
    if found is None:
        return None
    kept = [pair for pair in near if pair[0] in found]
    for pair in kept[:] if len(kept) <= MOST_TRIED else []:
        fewer = [each for each in kept if each is not pair]
        if covering(row.box, fewer, budget) is not None:
            kept = fewer
    return tuple(number for number, _ in kept)


def _never(grid: Grid, row: Row, place: int) -> Finding:
    table = grid.table
    texts = [
        f"“{' '.join(table.rules[row.number - 1].tests[at].feel.text.split())}”"
        for at, axis in enumerate(grid.columns)
        if axis == place
    ]
    return Finding(
        kind=Kind.UNREACHABLE,
        weight=Weight.WARNING,
        rows=(row.number,),
        sentence=(
            f"第 {row.number} 行永远不会命中：“{grid.names[place]}”没有一个允许的值满足"
            f"{'和'.join(texts)}。请改正这一格，或删去这一行。"
        ),
        line=table.line,
    )


def _masked(grid: Grid, row: Row, numbers: tuple[int, ...]) -> Finding:
    others = wording.rows(numbers)
    weight = Weight.WARNING
    match grid.table.hit_policy:
        case HitPolicy.FIRST:
            said = (
                f"第 {row.number} 行永远不起作用：凡是它命中的，{others}已先命中，而策略 F 只取"
                "最先的一行。请把它移到前面、改窄前面的行，或删去它。"
            )
        case HitPolicy.PRIORITY:
            said = (
                f"第 {row.number} 行永远不起作用：凡是它命中的，{others}也命中并且更优先。"
                "请核对结果的优先次序、改窄那几行，或删去它。"
            )
        case _:
            weight = Weight.HINT
            said = (
                f"第 {row.number} 行是多余的：凡是它命中的，{others}已给出同样的结果，可以删去。"
            )
    return Finding(
        kind=Kind.MASKED,
        weight=weight,
        rows=(row.number, *numbers),
        witness=grid.witness(row.box),
        sentence=said,
        line=grid.table.line,
    )
