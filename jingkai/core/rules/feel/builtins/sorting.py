"""``sort`` with a function that says which of two items comes first."""

from functools import cmp_to_key

from ..functions import Function
from ..problems import NoValue
from ..scopes import Value, Work
from .signatures import table


def sort(work: Work, items: list[Value], precedes: Function) -> list[Value]:
    """Return the items in order; those of which none precedes the other keep their order."""

    def order(first: Value, second: Value) -> int:
        if _precedes(work, precedes, first, second):
            return -1
        return 1 if _precedes(work, precedes, second, first) else 0

    return sorted(items, key=cmp_to_key(order))


def _precedes(work: Work, precedes: Function, first: Value, second: Value) -> bool:
    answer = precedes.call([first, second], work)
    if not isinstance(answer, bool):
        raise NoValue("排序函数必须对任意两项返回 true 或 false。")
    return answer


FUNCTIONS = table(("@ sort(list: list, precedes: function) -> list", sort))
