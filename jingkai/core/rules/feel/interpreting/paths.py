"""What stands behind a value: ``.name`` of it, and ``[…]`` of a list."""

from collections.abc import Callable
from decimal import ROUND_DOWN, Decimal

from .. import describing, ranges, temporal
from ..nodes import Node
from ..problems import NoValue
from ..ranges import Range
from ..scopes import Scope, Value

Compute = Callable[[Node, Scope], Value]

_FAR = Decimal(10**9)  # beyond every list
_TEMPORAL = (
    temporal.Date,
    temporal.Time,
    temporal.DateTime,
    temporal.DayTimeDuration,
    temporal.YearMonthDuration,
)


def part(value: Value, name: str) -> Value:
    """
    Return the entry of a context or the part of a value; of a list, that of each item.

    :raises NoValue: if the value has none of this name; an item of a list has null then
    """
    if isinstance(value, dict):
        if name not in value:
            raise NoValue(f"上下文中没有“{name}”。{_entries(value)}")
        return value[name]
    if isinstance(value, list):
        return [_part_or_null(item, name) for item in value]
    found: Value = None
    if isinstance(value, Range):
        found = ranges.part(value, name)
    elif isinstance(value, _TEMPORAL):
        found = temporal.part(value, name)
    if found is not None:
        return found
    raise NoValue(f"{describing.of_value(value)}没有“{name}”这一部分。")


def select(items: list[Value], test: Node, scope: Scope, compute: Compute) -> Value:
    """
    Return the items that pass, or the one at a position: a test that gives a number is one.

    :raises NoValue: if the list has no such position
    """
    if not items:
        with scope.work.silence():
            verdict = compute(test, scope.child({"item": None}))
        return item_at(items, verdict) if isinstance(verdict, Decimal) else []
    kept: list[Value] = []
    for item in items:
        verdict = compute(test, _item_scope(item, scope))
        if isinstance(verdict, Decimal):
            return item_at(items, verdict)
        if verdict is True:
            kept.append(item)
        elif verdict is not False:
            kind = describing.of_value(verdict)
            scope.work.note(test.at, f"筛选条件应当是真假值，得到{kind}。")
    return kept


def _item_scope(item: Value, scope: Scope) -> Scope:
    inner = scope.child({"item": item})
    return inner.child(item) if isinstance(item, dict) else inner


def item_at(items: list[Value], position: Decimal) -> Value:
    """
    Return the item at a position, counted from 1 or with -1 from the end.

    :raises NoValue: if the list has no such position
    """
    whole = int(max(min(position.to_integral_value(ROUND_DOWN), _FAR), -_FAR))
    if not 1 <= abs(whole) <= len(items):
        raise NoValue(f"列表有 {len(items)} 项，没有第 {position} 项。")
    return items[whole - 1] if whole > 0 else items[whole]


def _part_or_null(item: Value, name: str) -> Value:
    try:
        return part(item, name)
    except NoValue:
        return None


def _entries(context: dict[str, Value]) -> str:
    names = "、".join(list(context)[:10])
    return f"已有：{names}。" if names else "它是空的。"
