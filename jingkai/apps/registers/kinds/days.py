"""A date."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from .texts import Kind, Refused, plain


@dataclass(frozen=True, kw_only=True)
class Day(Kind):
    """A date."""

    filter = "range"
    align = "is-numeric"
    width = 12

    def parse(self, raw: object) -> date | None:
        """Return the date of a cell or a text such as 2024-3-1, 2024/3/1 or 2024年3月1日."""
        if isinstance(raw, datetime):
            return raw.date()
        if isinstance(raw, date):
            return raw
        text = plain(raw)
        if not text:
            return None
        parts = text.replace("年", "-").replace("月", "-").replace("日", "")
        parts = parts.replace("/", "-").replace(".", "-")
        try:
            year, month, day = (int(part) for part in parts.split(" ")[0].split("-"))
            return date(year, month, day)
        except ValueError:
            raise Refused(_("不是有效日期，应写成 2024-03-01")) from None

    def text(self, value: Any) -> str:
        """Return the ISO date."""
        return "" if value is None else value.isoformat()

    def json(self, value: Any) -> Any:
        """Return the ISO date."""
        return None if value is None else value.isoformat()
