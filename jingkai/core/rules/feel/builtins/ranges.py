"""Functions on ranges: how they lie to points and to each other (table 78), and from a text."""

import re
from collections.abc import Callable
from decimal import Decimal

from .. import ranges, temporal
from ..decimals import CONTEXT
from ..problems import NoValue
from ..ranges import Range
from ..scopes import Value
from .signatures import table

_ENDPOINT = (
    r'(?:-?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)|"[^"]*"|@"[^"]*"'
    r'|(?:date|time|date and time|duration)\(\s*"[^"]*"\s*\))'
)
_RANGE = re.compile(
    rf"\s*([\[(\]])\s*({_ENDPOINT})?\s*\.\.\s*({_ENDPOINT})?\s*([\])\[])\s*", re.DOTALL
)
_NUMBER = re.compile(r"-?[0-9.]+")
_TEXT = re.compile(r'(.*?)\(?\s*"(.*)"\s*\)?', re.DOTALL)
_READERS: dict[str, Callable[[str], Value]] = {
    "": str,
    "@": temporal.parse_at,
    "date": temporal.parse_date,
    "time": temporal.parse_time,
    "date and time": temporal.parse_date_time,
    "duration": temporal.parse_duration,
}


def read_range(text: str) -> Range:
    """Return the range of ``[18..21)``; an end left out is unbounded and stands at a bracket."""
    match = _RANGE.fullmatch(text)
    if match is None:
        raise NoValue(f"“{text}”不是区间。区间写成 [1..10]、(1..10)、[1..) 这样的形式。")
    opening, low_text, high_text, closing = match.groups()
    low, high = _endpoint(low_text), _endpoint(high_text)
    if (low is None and opening == "[") or (high is None and closing == "]"):
        raise NoValue(f"“{text}”的一端没有值，这一端要用圆括号。")
    range_ = ranges.range_of(low, high, low_included=opening == "[", high_included=closing == "]")
    if range_ is None:
        raise NoValue(f"“{text}”不是区间：两端的类型应当相同，并且起点不大于终点。")
    return range_


def _endpoint(text: str | None) -> Value:
    if text is None:
        return None
    if _NUMBER.fullmatch(text):
        return CONTEXT.create_decimal(Decimal(text))
    match = _TEXT.fullmatch(text)
    value = _READERS[match[1]](match[2]) if match else None
    if value is None:
        raise NoValue(f"区间的端点 {text} 不是数、文本、日期、时间或时长。")
    return value


def _relation(
    name: str, function: Callable[..., bool | None], *shapes: tuple[str, str]
) -> tuple[tuple[str, Callable[..., Value]], ...]:
    """Declare the function for every shape it has: a point or a range on either side."""

    def related(left: Value, right: Value) -> bool:
        verdict = function(left, right)
        if verdict is None:
            raise NoValue(f"{name} 的两个参数不能比较：点和区间端点的类型应当相同。")
        return verdict

    return tuple(
        (f"{name}({_declared(left)}, {_declared(right)}) -> boolean", related)
        for left, right in shapes
    )


def _declared(parameter: str) -> str:
    return f"{parameter}: range" if parameter.startswith("range") else f"{parameter}: Any"


_RANGES = ("range1", "range2")
_POINTS = ("point1", "point2")
_INTO = ("point", "range")
_FROM = ("range", "point")

FUNCTIONS = table(
    ("range(from: string) -> Any", read_range),
    *_relation("before", ranges.before, _RANGES, _INTO, _FROM, _POINTS),
    *_relation("after", ranges.after, _RANGES, _INTO, _FROM, _POINTS),
    *_relation("meets", ranges.meets, _RANGES),
    *_relation("met by", ranges.met_by, _RANGES),
    *_relation("overlaps", ranges.overlaps, _RANGES),
    *_relation("overlaps before", ranges.overlaps_before, _RANGES),
    *_relation("overlaps after", ranges.overlaps_after, _RANGES),
    *_relation("finishes", ranges.finishes, _RANGES, _INTO),
    *_relation("finished by", ranges.finished_by, _RANGES, _FROM),
    *_relation("includes", ranges.includes, _RANGES, _FROM),
    *_relation("during", ranges.during, _RANGES, _INTO),
    *_relation("starts", ranges.starts, _RANGES, _INTO),
    *_relation("started by", ranges.started_by, _RANGES, _FROM),
    *_relation("coincides", ranges.coincides, _RANGES, _POINTS),
)
