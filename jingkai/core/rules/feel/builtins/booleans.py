"""Functions on truth values."""

from ..problems import NoValue
from ..scopes import Value
from .signatures import table


def negation(negand: Value) -> bool:
    """Return the opposite truth value."""
    if not isinstance(negand, bool):
        raise NoValue("not 只能用于真假值（true 或 false）。")
    return not negand


def all_true(items: list[Value]) -> bool:
    """Return whether no item is false; null if one is no truth value and none is false."""
    return _decided(items, by=False)


def any_true(items: list[Value]) -> bool:
    """Return whether one item is true; null if one is no truth value and none is true."""
    return _decided(items, by=True)


def _decided(items: list[Value], *, by: bool) -> bool:
    if any(item is by for item in items):
        return by
    if all(isinstance(item, bool) for item in items):
        return not by
    raise NoValue("列表中有 null 或别的值，不全是真假值，不能判断。")


FUNCTIONS = table(
    ("not(negand: Any) -> boolean", negation),
    ("all(list: list) -> boolean", all_true),
    ("all(list...) -> boolean", all_true),
    ("any(list: list) -> boolean", any_true),
    ("any(list...) -> boolean", any_true),
)
