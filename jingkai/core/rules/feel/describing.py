"""What Chinese sentences call FEEL's types and values."""

from decimal import Decimal

from . import temporal, types
from .functions import Function
from .nodes import Sign
from .ranges import Range

_BASIC = {
    types.ANY: "任意值",
    types.NULL: "null",
    types.NUMBER: "数",
    types.STRING: "文本",
    types.BOOLEAN: "真假值",
    types.DATE: "日期",
    types.TIME: "时间",
    types.DATE_AND_TIME: "日期时间",
    types.DAYS_AND_TIME_DURATION: "天时分秒时长",
    types.YEARS_AND_MONTHS_DURATION: "年月时长",
}
_CLASSES: dict[type, str] = {
    type(None): "null（没有记录）",
    bool: "真假值",
    Decimal: "数",
    str: "文本",
    list: "列表",
    dict: "上下文",
    Range: "区间",
    Function: "函数",
    temporal.Date: "日期",
    temporal.Time: "时间",
    temporal.DateTime: "日期时间",
    temporal.DayTimeDuration: "天时分秒时长",
    temporal.YearMonthDuration: "年月时长",
}


def of_type(feel_type: types.FeelType) -> str:
    """Return the name of a type."""
    match feel_type:
        case types.Basic():
            return _BASIC[feel_type]
        case types.ListOf(item):
            return "列表" if item == types.ANY else f"{of_type(item)}的列表"
        case types.RangeOf(item):
            return "区间" if item == types.ANY else f"{of_type(item)}的区间"
        case types.ContextOf():
            return "上下文"
        case _:
            return "函数"


def of_value(value: object) -> str:
    """Return the name of the kind of a value."""
    return _CLASSES.get(type(value), "未知的值")


def why_not(sign: Sign, left: object, right: object) -> str:
    """Return why an operator gives nothing for these operands, and what to do."""
    if left is None or right is None:
        side = "左边" if left is None else "右边"
        return f"“{sign}”的{side}是 null（没有记录），无法计算；可先用 if … != null 判断。"
    if sign is Sign.DIVIDE and isinstance(right, Decimal) and not right:
        return "除数是 0，无法计算；可先用 if … != 0 判断。"
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return f"“{sign}”的结果超出数的范围或没有定义。"
    return f"“{sign}”不能用于{of_value(left)}和{of_value(right)}，或者结果超出范围。"
