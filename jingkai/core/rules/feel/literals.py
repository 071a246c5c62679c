"""
Facts and values at the edge of FEEL: read from JSON, written as FEEL writes them.

JSON has no dates: a string that begins with ``@`` and goes on as a date, time or duration is
one, as in FEEL itself: ``{"成立日期": "@2019-05-01"}``.
"""

import json
from decimal import Decimal, DecimalException

from . import decimals, temporal
from .builtins import conversion
from .scopes import Value, Work
from .writing import quoted


class NotJson(ValueError):
    """A text is no JSON that holds FEEL values; ``str()`` says why and what to do."""


def from_json(text: str) -> Value:
    """
    Return the value that a JSON text holds.

    :raises NotJson: with the place or the value that is wrong
    """
    try:
        return _value(
            json.loads(text, parse_float=_number, parse_int=_number, parse_constant=_no_number)
        )
    except json.JSONDecodeError as reason:
        raise NotJson(
            f"第 {reason.lineno} 行第 {reason.colno} 列不是 JSON（{reason.msg}）；"
            '请写成 {"名称": 值, …}。'
        ) from None
    except RecursionError:
        raise NotJson("JSON 嵌套过深；事实通常只有两三层。") from None


def text_of(value: Value) -> str:
    """
    Return the value as FEEL would write it.

    :raises TooMuchWork: if that would be too long a text
    """
    return quoted(value) if isinstance(value, str) else conversion.string(Work(), value)


def _value(read: object) -> Value:
    match read:
        case str() if read.startswith("@"):
            moment = temporal.parse_at(read[1:])
            return read if moment is None else moment
        case list():
            return [_value(item) for item in read]
        case dict():
            return {key: _value(item) for key, item in read.items()}
        case _:
            return read


def _number(text: str) -> Decimal:
    try:
        return decimals.CONTEXT.create_decimal(text)
    except DecimalException:
        raise NotJson(f"数字 {text[:20]} 超出范围：FEEL 的数字小于 10 的 6145 次方。") from None


def _no_number(text: str) -> Decimal:
    raise NotJson(f"{text} 不是数字；没有记录请写 null。")
