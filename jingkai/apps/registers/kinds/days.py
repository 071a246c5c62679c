"""A date."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from .texts import Kind, Refused, plain

_BEFORE_FIRST = date(1899, 12, 30)  # from which Excel counts the days since March 1900
YEAR_LAST = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})")  # 03/01/2024, 3.1.24
_APART = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")  # 24-3-1 may be of 1924, 2024 or the 24th
_TOGETHER = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")  # 20240309, as systems write it
_NUMBERED = re.compile(r"([2-7]\d{4})(\.\d+)?")  # 20000: 1954-10-03, 79999: 2119-01-10


@dataclass(frozen=True, kw_only=True)
class Day(Kind):
    """A date."""

    filter = "range"
    align = "is-numeric"
    width = 12

    def parse(self, raw: object) -> date | None:
        """Return the date of a cell or a text: 2024-3-1, 2024/3/1, 20240301, 2024年3月1日."""
        if isinstance(raw, datetime):
            return raw.date()
        if isinstance(raw, date):
            return raw
        text = plain(raw)
        if not text:
            return None
        parts = text.replace("年", "-").replace("月", "-").replace("日", "")
        parts = parts.replace("/", "-").replace(".", "-")
        found = _TOGETHER.fullmatch(parts) or _APART.fullmatch(parts.split(" ")[0])
        if found is None:
            raise Refused(_unread(text))
        try:
            year, month, day = (int(piece) for piece in found.groups())
            return date(year, month, day)
        except ValueError:
            raise Refused(_unread(text)) from None

    def text(self, value: Any) -> str:
        """Return the ISO date."""
        return "" if value is None else value.isoformat()

    def json(self, value: Any) -> Any:
        """Return the ISO date."""
        return None if value is None else value.isoformat()


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
