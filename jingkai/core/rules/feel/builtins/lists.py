"""Functions on lists (DMN 1.5, table 75); positions count from 1, negative ones from the end."""

from collections.abc import Hashable, Iterable
from decimal import ROUND_DOWN, Decimal
from itertools import chain

from .. import bounds, operators
from ..functions import Function
from ..problems import NoValue
from ..scopes import Value, Work
from .signatures import table

Items = list[Value]


class Distinct:
    """
    Values without those that are equal to an earlier one, in their order.

    Numbers, texts and what is made of them are found by their hash, others one by one.
    """

    def __init__(self, work: Work) -> None:
        self._work = work
        self._hashed: set[Hashable] = set()
        self._others: Items = []
        self.values: Items = []

    def add(self, value: Value) -> bool:
        """Take the value up, and return whether it was new."""
        key = _key(value)
        if key is not None:
            is_new = key not in self._hashed
            self._hashed.add(key)
        else:
            is_new = not contains_value(self._work, self._others, value)
            if is_new:
                self._others.append(value)
        if is_new:
            self.values.append(value)
        return is_new


def _key(value: Value) -> Hashable:
    """Return what equal values have in common, or None if only comparing them tells."""
    match value:
        case None | bool() | Decimal() | str():
            return type(value), value
        case list():
            keys = tuple(map(_key, value))
            return None if None in keys else (list, keys)
        case dict():
            entries = frozenset((name, _key(item)) for name, item in value.items())
            return None if any(key is None for _, key in entries) else (dict, entries)
        case _:
            return None


def contains_value(work: Work, items: Items, value: Value) -> bool:
    """Return whether one of the items equals the value."""
    work.weigh(items)
    return any(operators.equal(item, value) for item in items)


def sublist(items: Items, start: Decimal, length: Decimal | None = None) -> Items:
    """Return the items from a position, as many as the length says."""
    first = index(items, start)
    if length is None:
        return items[first:]
    count = int(length)
    if count < 0 or first + count > len(items):
        raise NoValue(f"列表只有 {len(items)} 项，从第 {start} 项起取不到 {length} 项。")
    return items[first : first + count]


def append(items: list[Value]) -> Items:
    """Return the first argument's items with the other arguments behind them."""
    first, *more = items
    return [*as_list(first), *more]


def concatenate(items: list[Value]) -> Items:
    """Return the items of all lists in one."""
    return list(chain.from_iterable(map(as_list, items)))


def insert_before(items: Items, position: Decimal, new_item: Value) -> Items:
    """Return the list with a new item before the position."""
    at = index(items, position)
    return [*items[:at], new_item, *items[at:]]


def remove(items: Items, position: Decimal) -> Items:
    """Return the list without the item at the position."""
    at = index(items, position)
    return [*items[:at], *items[at + 1 :]]


def replace_at(items: Items, position: Decimal, new_item: Value) -> Items:
    """Return the list with the item at the position replaced."""
    at = index(items, position)
    return [*items[:at], new_item, *items[at + 1 :]]


def replace_matching(work: Work, items: Items, match: Function, new_item: Value) -> Items:
    """Return the list with each item replaced for which ``match(item, newItem)`` is true."""
    return [new_item if _matches(work, match, item, new_item) else item for item in items]


def reverse(items: Items) -> Items:
    """Return the items from the last to the first."""
    return items[::-1]


def index_of(work: Work, items: Items, match: Value) -> Items:
    """Return the positions of the items that equal the value."""
    work.weigh(items)
    return [
        Decimal(position)
        for position, item in enumerate(items, start=1)
        if operators.equal(item, match)
    ]


def union(work: Work, lists: list[Value]) -> Items:
    """Return the items of all lists, each once."""
    return distinct_values(work, concatenate(lists))


def distinct_values(work: Work, items: Items) -> Items:
    """Return the items, each once."""
    work.weigh(items)
    distinct = Distinct(work)
    for item in items:
        distinct.add(item)
    return distinct.values


def duplicate_values(work: Work, items: Items) -> Items:
    """Return the items that stand in the list more than once, each once."""
    work.weigh(items)
    seen, repeated = Distinct(work), Distinct(work)
    for item in items:
        if not seen.add(item):
            repeated.add(item)
    return repeated.values


def flatten(work: Work, items: Items) -> Items:
    """Return the items of the list and of all lists inside it."""
    work.weigh(items)
    flat: Items = []
    open_lists: list[Iterable[Value]] = [items]
    while open_lists:
        rest = iter(open_lists.pop())
        for item in rest:
            if isinstance(item, list):
                open_lists += [rest, item]
                break
            flat.append(item)
        bounds.check_items(len(flat))
    return flat


def as_list(value: Value) -> Items:
    """Return a list as it is, and anything else as a list of one."""
    if value is None:
        raise NoValue("参数是 null，不是列表。")
    return value if isinstance(value, list) else [value]


def index(items: Items, position: Decimal) -> int:
    """
    Return Python's index of a position.

    :raises NoValue: if the list has no such position
    """
    whole = int(position.to_integral_value(ROUND_DOWN))
    if not 1 <= abs(whole) <= len(items):
        raise NoValue(f"列表有 {len(items)} 项，没有第 {position} 项。")
    return whole - 1 if whole > 0 else len(items) + whole


def _matches(work: Work, match: Function, item: Value, new_item: Value) -> bool:
    answer = match.call([item, new_item], work)
    if not isinstance(answer, bool):
        raise NoValue("匹配函数必须返回 true 或 false。")
    return answer


FUNCTIONS = table(
    ("@ list contains(list: list, element: Any?) -> boolean", contains_value),
    ("sublist(list: list, start position: number, length?: number) -> list", sublist),
    ("append(list...) -> list", append),
    ("concatenate(list...) -> list", concatenate),
    ("insert before(list: list, position: number, newItem: Any?) -> list", insert_before),
    ("remove(list: list, position: number) -> list", remove),
    ("list replace(list: list, position: number, newItem: Any?) -> list", replace_at),
    ("@ list replace(list: list, match: function, newItem: Any?) -> list", replace_matching),
    ("reverse(list: list) -> list", reverse),
    ("@ index of(list: list, match: Any?) -> list", index_of),
    ("@ union(list...) -> list", union),
    ("@ distinct values(list: list) -> list", distinct_values),
    ("@ duplicate values(list: list) -> list", duplicate_values),
    ("@ flatten(list: list) -> list", flatten),
)
