"""A date."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext as _

from .texts import Kind, Refused, narrow, plain

_BEFORE_FIRST = date(1899, 12, 30)  # from which Excel counts the days since March 1900
YEAR_LAST = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})")  # 03/01/2024, 3.1.24
_APART = re.compile(  # 24-3-1 may be of 1924, 2024 or the 24th; only a time of day may follow
    r"([0-9]{4}) ?[-/.年] ?([0-9]{1,2}) ?[-/.月] ?([0-9]{1,2}) ?日?"
    r"(?:[ T] *([0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?))?"
)
_TOGETHER = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")  # 20240309, as systems write it
_FIRST = date(1900, 3, 1)  # before it Excel's days are those of empty cells, or off by one
_NUMBERED = re.compile(r"([2-7]\d{4})(\.\d+)?")  # 20000: 1954-10-03, 79999: 2119-01-10


@dataclass(frozen=True, kw_only=True)
class Day(Kind):
    """A date."""

    filter = "range"
    align = "is-numeric"
    width = 12

    def parse(self, raw: object) -> date | None:
        """Return the date of a cell or a text: 2024-3-1, 2024/3/1, 20240301, 2024年3月1日."""
        found = raw.date() if isinstance(raw, datetime) else raw
        if not isinstance(found, date):
            text = narrow(plain(raw))
            found = _written(text) if text else None
        if found is not None and found < _FIRST:
            raise Refused(_("早于 1900 年 3 月，像是空的日期单元格或写错的年份，请清空或更正"))
        return found

    def remark(self, raw: object, value: Any) -> str:  # noqa: ARG002 - what was left out is told
        """Return that a time of day was left out."""
        left = ""
        if isinstance(raw, datetime):
            left = "" if raw.time() == time.min else raw.time().isoformat()
        elif isinstance(raw, str) and (found := _APART.fullmatch(narrow(plain(raw)))):
            left = (found[4] or "").strip("0:.") and found[4]
        return _("只登记日期，略去时间 %(time)s") % {"time": left} if left else ""

    def text(self, value: Any) -> str:
        """Return the ISO date."""
        return "" if value is None else value.isoformat()

    def json(self, value: Any) -> Any:
        """Return the ISO date."""
        return None if value is None else value.isoformat()


def _written(text: str) -> date:
    found = _TOGETHER.fullmatch(text) or _APART.fullmatch(text)
    if found is None:
        raise Refused(_unread(text))
    try:
        return date(*map(int, found.groups()[:3]))
    except ValueError:
        raise Refused(_unread(text)) from None


def _unread(text: str) -> str:
    """Return why a text is no date; the number by which Excel keeps a day is told apart."""
    if YEAR_LAST.fullmatch(text):
        return _("分不清日和月，应写成 2024-03-01（年-月-日）；导入时可以选择日期的写法")
    numbered = _NUMBERED.fullmatch(text)
    if numbered is None:
        return _("不是有效日期，应写成 2024-03-01")
    day = _BEFORE_FIRST + timedelta(days=int(numbered[1]))
    return _(
        "不是有效日期，像是 Excel 的日期序号，即 %(day)s；"
        "请核对后将单元格设为日期格式，或写成 %(day)s"
    ) % {"day": day.isoformat()}
