"""Text, the base of every kind, and the texts that a standard defines."""

from dataclasses import dataclass
from datetime import datetime, time
from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from jingkai.core import identifiers, industries

NOTHING = mark_safe('<span class="jk-no-data">—</span>')


def escaped(text: str) -> SafeString:
    """Return the text as markup, in a third of the time of Django's own: a list has a thousand."""
    return SafeString(escape(text))


class Refused(ValueError):
    """A value or a row breaks a rule; the message says which, and what to do."""

    def __init__(self, message: str, column: str = "") -> None:
        """Keep the message and the column it belongs to, if one."""
        super().__init__(message)
        self.column = column


class Veiled(Refused):
    """A cell holds a mask: whoever filled it in did not see the value, and leaves it."""


UNREADABLE = frozenset("\0\ufffe\uffff")  # what neither a database nor a workbook holds


@dataclass(frozen=True, kw_only=True)
class Kind:
    """Text of limited length; the base of the others."""

    max_length: int | None = None
    align = ""
    filter = "text"
    width = 18
    is_ordered = True  # its values have an order that means something

    def parse(self, raw: object) -> Any:
        """Return the value of a cell or form field, None when it is empty."""
        text = plain(raw)
        if not UNREADABLE.isdisjoint(text):
            raise Refused(_("含有不能识别的字符"))
        if self.max_length and len(text) > self.max_length:
            raise Refused(
                _("最多 %(most)s 个字，现有 %(have)s 个")
                % {"most": self.max_length, "have": len(text)}
            )
        return text or None

    def cell(self, value: Any) -> Any:
        """Return the value as a workbook keeps it."""
        return value

    def text(self, value: Any) -> str:
        """Return the value as a form field or a CSV cell writes it; ``parse`` reads it back."""
        return "" if value is None else str(value)

    def shown(self, value: Any) -> str:
        """Return the value as a person reads it."""
        return self.text(value)

    def drawn(self, value: Any) -> str:
        """Return the value as the page of its record shows it."""
        return self.shown(value)

    def html(self, value: Any) -> SafeString:
        """Return the value as a table cell shows it."""
        return NOTHING if value is None or value == "" else escaped(self.shown(value))

    def json(self, value: Any) -> Any:
        """Return the value as the trail and the API keep it."""
        return value


@dataclass(frozen=True, kw_only=True)
class LongText(Kind):
    """A paragraph."""

    filter = "text"
    width = 40


@dataclass(frozen=True, kw_only=True)
class CreditCode(Kind):
    """统一社会信用代码, with its check character."""

    width = 22

    def parse(self, raw: object) -> str | None:
        """Return the code in capitals."""
        text = plain(raw).upper()
        if not text:
            return None
        try:
            return str(identifiers.check_credit_code(text))
        except identifiers.NotACreditCode as reason:
            raise Refused(str(reason)) from None


@dataclass(frozen=True, kw_only=True)
class Industry(Kind):
    """A code of GB/T 4754-2017: section, division, group or class."""

    width = 12

    def parse(self, raw: object) -> str | None:
        """Return the code."""
        text = plain(raw).upper()
        if not text:
            return None
        try:
            return industries.industry(text.split(" ")[0]).code
        except industries.UnknownIndustry:
            raise Refused(_("不是 GB/T 4754-2017 的行业代码，例：3484")) from None

    def shown(self, value: Any) -> str:
        """Return code and name."""
        if not value:
            return ""
        try:
            return f"{value} {industries.industry(value).name}"
        except industries.UnknownIndustry:
            return str(value)


def plain(raw: object) -> str:
    """Return a cell as text: full-width digits and spaces narrowed, 90.0 as 90."""
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return "是" if raw else "否"
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    if isinstance(raw, datetime):
        return raw.date().isoformat() if raw.time() == time.min else raw.isoformat(" ")
    return str(raw).replace("\u3000", " ").strip()
