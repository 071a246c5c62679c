"""What ``for``, ``some`` and ``every`` run over."""

from collections.abc import Callable, Generator, Iterable
from decimal import Decimal

from .. import describing, temporal
from ..nodes import Iterator, Node
from ..problems import NoValue
from ..ranges import Range
from ..scopes import Scope, Value
from ..temporal import Date

Compute = Callable[[Node, Scope], Value]


def scopes(
    iterators: tuple[Iterator, ...], scope: Scope, compute: Compute
) -> Generator[Scope, None, None]:
    """
    Yield a scope for each combination, the last iterator running fastest.

    :raises NoValue: if there is nothing to run over
    """
    if not iterators:
        yield scope
        return
    first, *rest = iterators
    for value in _domain(first, scope, compute):
        scope.work.spend(1)
        yield from scopes(tuple(rest), scope.child({first.name: value}), compute)


def _domain(iterator: Iterator, scope: Scope, compute: Compute) -> Iterable[Value]:
    source = compute(iterator.source, scope)
    if iterator.last is not None:
        return _counted(source, compute(iterator.last, scope))
    if source is None:
        raise NoValue(f"变量“{iterator.name}”要遍历的列表是 null（没有记录）。")
    if not isinstance(source, Range):
        return source if isinstance(source, list) else [source]
    if not (source.low_included and source.high_included):
        raise NoValue("只有两端都包含的区间才能逐项遍历，请写成 [起..止]。")
    return _counted(source.low, source.high)


def _counted(first: Value, last: Value) -> Iterable[Value]:
    if isinstance(first, Decimal) and isinstance(last, Decimal):
        return map(Decimal, _steps(_whole(first), _whole(last)))
    if type(first) is Date and type(last) is Date:
        return map(_day, _steps(first.ordinal, last.ordinal))
    raise NoValue(
        "只能从整数数到整数，或从日期数到日期；"
        f"给的是{describing.of_value(first)}和{describing.of_value(last)}。"
    )


def _steps(first: int, last: int) -> range:
    return range(first, last + 1) if first <= last else range(first, last - 1, -1)


def _whole(number: Decimal) -> int:
    if number.adjusted() > 30 or number != number.to_integral_value():
        raise NoValue(f"循环的起止必须是整数，给的是 {number}。")
    return int(number)


def _day(ordinal: int) -> Value:
    return temporal.date_of(*temporal.calendar.from_ordinal(ordinal))
