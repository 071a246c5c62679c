"""Text, the base of every kind, and the texts that a standard defines."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
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
SCIENTIFIC = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?[eE][+-]?[0-9]+")
_LOST = re.compile(r"[0-9](\.[0-9]+)?E\+[0-9]{2,3}")  # as Excel shows a number that is too wide
_MADE_NUMBER = re.compile(r"[0-9]{5,}\.0")  # as pandas writes a code with a gap in its column
_SURE = 10**15  # a whole number beyond has lost digits as a float
# Byte order marks, zero-width and soft characters, and what turns the direction of writing.
INVISIBLE = frozenset("\ufeff\u200b\u200e\u200f\u2060\u00ad\u202a\u202b\u202c\u202d\u202e")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—−"), "-")
_AROUND = "".join(filter(str.isspace, map(chr, range(0x3001)))) + "".join(INVISIBLE)
_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}


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
        if (isinstance(raw, float) and abs(raw) >= _SURE) or _LOST.fullmatch(text):
            raise Refused(_("数字太长，末尾的位数已经丢失；请把单元格设为文本格式，重新填写"))
        if self.max_length and len(text) > self.max_length:
            raise Refused(
                _("最多 %(most)s 个字，现有 %(have)s 个")
                % {"most": self.max_length, "have": len(text)}
            )
        return text or None

    def remark(self, raw: object, value: Any) -> str:  # noqa: ARG002 - others compare with it
        """Return what whoever brought the cell should know of how it was read, if anything."""
        if isinstance(raw, date | time | timedelta):
            told = {"text": plain(raw)}
            return (
                _("单元格是日期或时间，按“%(text)s”登记；原文若不是（如 3-5），请设为文本重填")
                % told
            )
        text = plain(raw)
        if _MADE_NUMBER.fullmatch(text):
            return _("以“.0”结尾，像是被当作数字导出的编号，请核对")
        if text.isascii():
            return ""
        if "\ufffd" in text:
            return _("有读不出来的文字，以 � 代替，请核对文字编码")
        return "" if INVISIBLE.isdisjoint(text) else _("含有看不见的字符，请核对")

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
        text = narrow(plain(raw)).upper()
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
        """Return the code; a name may follow it, if it is the code's own."""
        text = narrow(plain(raw)).upper()
        if not text:
            return None
        code, _blank, name = text.partition(" ")
        try:
            found = industries.industry(code)
        except industries.UnknownIndustry:
            raise Refused(_("不是 GB/T 4754-2017 的行业代码，例：3484")) from None
        if name and narrow(name.strip()) != narrow(found.name).upper():
            told = {"code": found.code, "name": found.name}
            raise Refused(_("代码 %(code)s 是“%(name)s”，与所写的名称不符") % told)
        if isinstance(raw, int | float) and _is_industry(f"0{found.code}"):
            told = {"code": found.code}
            raise Refused(_("分不清是 %(code)s 还是 0%(code)s，请把单元格设为文本格式") % told)
        return found.code

    def shown(self, value: Any) -> str:
        """Return code and name."""
        if not value:
            return ""
        try:
            return f"{value} {industries.industry(value).name}"
        except industries.UnknownIndustry:
            return str(value)


def _is_industry(code: str) -> bool:
    try:
        return bool(industries.industry(code))
    except industries.UnknownIndustry:
        return False


def plain(raw: object) -> str:
    """Return a cell as text: 90.0 as 90, without blanks and invisible characters around it."""
    if isinstance(raw, str):
        return raw.strip() if raw.isascii() else raw.replace("\u3000", " ").strip(_AROUND)
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return "是" if raw else "否"
    if isinstance(raw, float):
        return str(int(raw)) if raw.is_integer() else f"{raw:.15g}"
    return _timely(raw) if isinstance(raw, datetime | timedelta) else str(raw).strip()


def _timely(raw: datetime | timedelta) -> str:
    """Return a moment or a duration as Excel shows it; a day has no time."""
    if isinstance(raw, timedelta):
        minutes, seconds = divmod(round(raw.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    return raw.date().isoformat() if raw.time() == time.min else raw.isoformat(" ")


def narrow(text: str) -> str:
    """Return the text with its full-width letters, digits and signs as plain ones."""
    return text if text.isascii() else text.translate(_NARROW)


def alike(text: str) -> str:
    """Return what is the same for codes that differ by case, width, blanks and dashes alone."""
    if text.isascii():
        return "".join(text.casefold().split())
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_DASHES)
    return "".join(letter for letter in folded if not (letter.isspace() or letter in INVISIBLE))
