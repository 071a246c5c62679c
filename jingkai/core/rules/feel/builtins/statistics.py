"""Functions that make one value of a list of numbers or of things in an order."""

from collections import Counter
from decimal import Decimal, DecimalException
from functools import reduce
from typing import cast

from .. import decimals, operators
from ..problems import NoValue
from ..scopes import Value
from .signatures import table


def count(items: list[Value]) -> Decimal:
    """Return how many items the list has, null ones too."""
    return Decimal(len(items))


def minimum(items: list[Value]) -> Value:
    """Return the least item."""
    return _extreme(items, sign=-1)


def maximum(items: list[Value]) -> Value:
    """Return the greatest item."""
    return _extreme(items, sign=1)


def total(items: list[Value]) -> Value:
    """Return the sum of numbers, or of durations of one kind."""
    numbers = _filled(items)
    if any(isinstance(item, str) for item in numbers):
        raise NoValue("sum 只能用于数或时长，列表中有文本。")
    result = numbers[0]
    for item in numbers[1:]:
        result = operators.add(result, item)
    if result is None or operators.negate(result) is None:
        raise NoValue("sum 只能用于数或同一种时长，列表中有别的值或 null，或者结果超出范围。")
    return result


def mean(items: list[Value]) -> Value:
    """Return the arithmetic mean."""
    result = operators.divide(total(items), Decimal(len(items)))
    if result is None:
        raise NoValue("平均值超出数的范围。")
    return result


def median(items: list[Value]) -> Decimal:
    """Return the middle number, or the mean of the two in the middle."""
    numbers = sorted(_numbers(_filled(items)))
    middle = len(numbers) // 2
    if len(numbers) % 2:
        return numbers[middle]
    context = decimals.CONTEXT
    return context.divide(context.add(numbers[middle - 1], numbers[middle]), Decimal(2))


def standard_deviation(items: list[Value]) -> Decimal:
    """Return the standard deviation of a sample (divided by n - 1)."""
    numbers = _numbers(items)
    if len(numbers) < 2:
        raise NoValue("标准差至少需要两个数。")
    context = decimals.CONTEXT
    try:
        average = context.divide(reduce(context.add, numbers), Decimal(len(numbers)))
        squares = [context.power(context.subtract(item, average), 2) for item in numbers]
        variance = context.divide(reduce(context.add, squares), Decimal(len(numbers) - 1))
        return context.sqrt(variance)
    except DecimalException:
        raise NoValue("标准差超出数的范围。") from None


def mode(items: list[Value]) -> list[Value]:
    """Return the numbers that stand in the list most often, in ascending order."""
    counts = Counter(_numbers(items))
    most = max(counts.values(), default=0)
    return cast("list[Value]", sorted(number for number, times in counts.items() if times == most))


def product(items: list[Value]) -> Decimal:
    """Return the product of numbers."""
    try:
        return reduce(decimals.CONTEXT.multiply, _numbers(_filled(items)))
    except DecimalException:
        raise NoValue("乘积超出数的范围。") from None


def _filled(items: list[Value]) -> list[Value]:
    if not items:
        raise NoValue("列表是空的，没有可以计算的值。")
    return items


def _numbers(items: list[Value]) -> list[Decimal]:
    if not all(isinstance(item, Decimal) for item in items):
        raise NoValue("列表中有不是数的值或 null。")
    return cast("list[Decimal]", items)


def _extreme(items: list[Value], *, sign: int) -> Value:
    best = _filled(items)[0]
    for item in [best, *items[1:]]:
        order = operators.compare(item, best)
        if order is None:
            raise NoValue("列表中有 null 或不能互相比较的值，比不出大小。")
        if order * sign > 0:
            best = item
    return best


FUNCTIONS = table(
    ("count(list: list) -> number", count),
    ("min(list: list) -> Any", minimum),
    ("min(list...)", minimum),
    ("max(list: list) -> Any", maximum),
    ("max(list...)", maximum),
    ("sum(list: list) -> Any", total),
    ("sum(list...)", total),
    ("mean(list: list) -> Any", mean),
    ("mean(list...)", mean),
    ("median(list: list) -> number", median),
    ("median(list...) -> number", median),
    ("stddev(list: list) -> number", standard_deviation),
    ("stddev(list...) -> number", standard_deviation),
    ("mode(list: list) -> list", mode),
    ("mode(list...) -> list", mode),
    ("product(list: list) -> number", product),
    ("product(list...) -> number", product),
)
