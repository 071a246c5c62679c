"""``string`` and ``number``: values as text, and back."""

import re
from collections.abc import Generator
from decimal import Decimal, DecimalException

from .. import bounds, decimals, temporal
from ..functions import Function
from ..problems import NoValue
from ..ranges import Range
from ..scopes import Value, Work
from .signatures import table

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_PLAIN_KEY = re.compile(r"[^\W\d]\w*(?: \w+)*")
_GROUPING = (" ", ",", ".")
_POINTS = (".", ",")
_SWAPPED = str.maketrans(".,", ",.")


def string(work: Work, of: Value) -> str:
    """
    Return the value as text; a number without an exponent, a string as it is.

    :raises TooMuchWork: if the text is longer than a string may be
    """
    if isinstance(of, str):
        return of
    work.weigh(of)
    parts: list[str] = []
    length = 0
    for part in _written(of):
        length += len(part)
        bounds.check_characters(length)
        parts.append(part)
    return "".join(parts)


def number(text: str, grouping: str | None = None, point: str | None = None) -> Decimal:
    """Return the number that a text writes with these separators."""
    if grouping is not None and grouping not in _GROUPING:
        raise NoValue("千分位分隔符只能是空格、逗号或句点。")
    if point is not None and point not in _POINTS:
        raise NoValue("小数点只能是句点或逗号。")
    if grouping == (point or "."):
        raise NoValue("千分位分隔符和小数点不能相同。")
    plain = text.replace(grouping, "") if grouping else text
    if point == ",":
        plain = plain.translate(_SWAPPED)
    if not _NUMBER.fullmatch(plain):
        raise NoValue(f"“{text[:60]}”不是数，请检查分隔符。")
    try:
        return decimals.CONTEXT.create_decimal(plain)
    except DecimalException:
        raise NoValue(f"“{text[:60]}”超出数的范围。") from None


class _Sign(str):
    """A piece of the text between values, not a string value."""

    __slots__ = ()


def _written(value: Value) -> Generator[str, None, None]:
    """Yield the text of a value piece by piece; strings inside others have quotes."""
    waiting: list[Value] = [value]  # the last comes first: lists may be nested very deep
    while waiting:
        item = waiting.pop()
        if isinstance(item, _Sign):
            yield item
        elif isinstance(item, list | dict | Range):
            waiting += reversed(_pieces(item))
        else:
            yield _atom(item)


def _pieces(value: list[Value] | dict[str, Value] | Range) -> list[Value]:
    if isinstance(value, Range):
        ends = ("[" if value.low_included else "(", "]" if value.high_included else ")")
        low, high = ([] if end is None else [end] for end in (value.low, value.high))
        return [_Sign(ends[0]), *low, _Sign(".."), *high, _Sign(ends[1])]
    pieces: list[Value] = []
    if isinstance(value, list):
        for item in value:
            pieces += [_Sign(", "), item]
    else:
        for key, item in value.items():
            pieces += [_Sign(f", {_key(key)}: "), item]
    if pieces:
        pieces[0] = _Sign(str(pieces[0]).removeprefix(", "))
    opening, closing = "[]" if isinstance(value, list) else "{}"
    return [_Sign(opening), *pieces, _Sign(closing)]


def _atom(value: Value) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case Decimal():
            return f"{value:f}" if value else f"{value.copy_abs():f}"  # no -0
        case str():
            return _quoted(value)
        case Function():
            return f"function {value.usage}".strip()
        case (
            temporal.Date()
            | temporal.Time()
            | temporal.DateTime()
            | temporal.DayTimeDuration()
            | temporal.YearMonthDuration()
        ):
            return temporal.string(value)
        case _:
            raise NoValue("这个值不能转换为文本。")


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _key(key: str) -> str:
    return key if _PLAIN_KEY.fullmatch(key) else _quoted(key)


FUNCTIONS = table(
    ("@ string(from: Any) -> string", string),
    ("number(from: string) -> number", number),
    (
        "number(from: string, grouping separator: string?, decimal separator: string?) -> number",
        number,
    ),
)
