"""
What a column holds: how it is read from a cell or a form, written, shown and filtered.

One ``Kind`` serves the web form, the Excel and CSV import, the list, the export and the filter, so
that a value means the same on every way in and out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from django.db import models
from django.utils.formats import number_format
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jingkai.core import identifiers, industries

from .fields import ScaledDecimalField

FLOAT_DIGITS = 15  # what a workbook's number keeps exactly
MOST_DIGITS = 40  # before or after the point; beyond, arithmetic itself overflows
NOTHING = mark_safe('<span class="jk-no-data">—</span>')


class Refused(ValueError):
    """A value or a row breaks a rule; the message says which, and what to do."""

    def __init__(self, message: str, column: str = "") -> None:
        """Keep the message and the column it belongs to, if one."""
        super().__init__(message)
        self.column = column


@dataclass(frozen=True, kw_only=True)
class Kind:
    """Text of limited length; the base of the others."""

    max_length: int | None = None
    align = ""
    filter = "text"
    width = 18

    def parse(self, raw: object) -> Any:
        """Return the value of a cell or form field, None when it is empty."""
        text = plain(raw)
        if "\0" in text:
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

    def html(self, value: Any) -> SafeString:
        """Return the value as a table cell shows it."""
        return NOTHING if value is None or value == "" else conditional_escape(self.shown(value))

    def json(self, value: Any) -> Any:
        """Return the value as the trail and the API keep it."""
        return value


@dataclass(frozen=True, kw_only=True)
class LongText(Kind):
    """A paragraph."""

    filter = "text"
    width = 40


class _Words(NamedTuple):
    """The words of a choice in one language: labels by code, codes by label or code."""

    labels: dict[str, str]
    codes: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Choice(Kind):
    """One of a list; read by its label in either language, or by its code."""

    choices: tuple[tuple[str, Any], ...]
    _known: dict[str, _Words] = field(default_factory=dict, init=False, compare=False, repr=False)
    align = "is-short"
    filter = "choice"

    def parse(self, raw: object) -> Any:
        """Return the code."""
        text = plain(raw)
        if not text:
            return None
        words = self._words()
        if text in words.codes:
            return words.codes[text]
        allowed = _("、").join(words.labels.values())
        raise Refused(_("应为其中之一：%(allowed)s") % {"allowed": allowed})

    def cell(self, value: Any) -> Any:
        """Return the label."""
        return self.shown(value)

    def shown(self, value: Any) -> str:
        """Return the label."""
        return self._words().labels.get(value, "" if value is None else str(value))

    def _words(self) -> _Words:
        """Return the words of the active language: each is translated once, not once a cell."""
        language = get_language() or ""
        if language not in self._known:
            labels = {code: str(label) for code, label in self.choices}
            codes = {label: code for code, label in reversed(labels.items())}
            self._known[language] = _Words(labels, codes | {code: code for code in labels})
        return self._known[language]


@dataclass(frozen=True, kw_only=True)
class Yes(Kind):
    """Yes, no, or not on record."""

    align = "is-short"
    filter = "yes"
    width = 8
    _words: Mapping[str, bool] = field(
        default_factory=lambda: {
            **dict.fromkeys(("是", "有", "yes", "y", "true", "1", "√"), True),
            **dict.fromkeys(("否", "无", "no", "n", "false", "0", "×"), False),
        }
    )

    def parse(self, raw: object) -> bool | None:
        """Return the answer."""
        text = plain(raw).lower()
        if not text:
            return None
        if text not in self._words:
            raise Refused(_("应填“是”或“否”"))
        return self._words[text]

    def cell(self, value: Any) -> Any:
        """Return 是 or 否."""
        return self.shown(value)

    def text(self, value: Any) -> str:
        """Return 是 or 否."""
        return self.shown(value)

    def shown(self, value: Any) -> str:
        """Return the word of the language."""
        return "" if value is None else (_("是") if value else _("否"))


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


@dataclass(frozen=True, kw_only=True)
class Whole(Kind):
    """A whole number within bounds."""

    least: int = 0
    most: int = 2_000_000_000
    filter = "range"
    align = "is-numeric"
    width = 10

    def parse(self, raw: object) -> int | None:
        """Return the number; a workbook gives 90 as 90.0."""
        number = _number(raw)
        if number is None:
            return None
        if number != number.to_integral_value():
            raise Refused(_("应为整数"))
        if not self.least <= number <= self.most:
            raise Refused(
                _("应在 %(least)s 与 %(most)s 之间") % {"least": self.least, "most": self.most}
            )
        return int(number)

    def shown(self, value: Any) -> str:
        """Return the number with its thousands grouped."""
        return "" if value is None else number_format(value, use_l10n=True, force_grouping=True)


@dataclass(frozen=True, kw_only=True)
class Exact(Kind):
    """A decimal number with a fixed number of places, never a binary float."""

    places: int
    signed: bool = False
    filter = "range"
    align = "is-numeric"
    width = 14

    def parse(self, raw: object) -> Decimal | None:
        """Return the number, exact to its last place."""
        number = _number(raw)
        if number is None:
            return None
        if number < 0 and not self.signed:
            raise Refused(_("不能小于 0"))
        if abs(number) >= Decimal(10) ** 12:
            raise Refused(_("数值过大，请检查单位"))
        if number.scaleb(self.places) != number.scaleb(self.places).to_integral_value():
            if not isinstance(raw, float):
                raise Refused(_("最多保留 %(places)s 位小数") % {"places": self.places})
            number = round(number, self.places)
        return number

    def cell(self, value: Any) -> Any:
        """Return the number as a workbook keeps it: text where a float would lose a digit."""
        if value is None:
            return None
        return float(value) if len(_digits(value).strip("-0.")) <= FLOAT_DIGITS else _digits(value)

    def text(self, value: Any) -> str:
        """Return the digits without trailing zeros."""
        return "" if value is None else _digits(value)

    def shown(self, value: Any) -> str:
        """Return the digits with thousands grouped."""
        if value is None:
            return ""
        return number_format(_digits(value), use_l10n=True, force_grouping=True)

    def json(self, value: Any) -> Any:
        """Return the digits as text: a JSON number may lose the last place."""
        return None if value is None else _digits(value)


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


@dataclass(frozen=True, kw_only=True)
class Reference(Kind):
    """
    A record of another register, written as its natural key.

    ``parse`` gives the key; ``imports`` and the form turn keys into records, many in one query.
    """

    to: type[models.Model]
    key: str = "code"
    filter = "text"


@dataclass(frozen=True, kw_only=True)
class Person(Reference):
    """Somebody of the zone, written as their log-in or, where only one bears it, their name."""

    align = "is-short"
    key: str = "username"


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


def of_field(model_field: models.Field) -> Kind:
    """Return the kind that a model field implies."""
    if model_field.choices:
        return Choice(choices=tuple((str(code), label) for code, label in model_field.flatchoices))
    if isinstance(model_field, ScaledDecimalField):
        return Exact(places=model_field.places)
    if isinstance(model_field, models.ForeignKey):
        target: Any = model_field.related_model
        is_person = target._meta.label == "accounts.User"
        return Person(to=target) if is_person else Reference(to=target)
    if isinstance(model_field, models.TextField):
        return LongText()
    simple: tuple[tuple[type[models.Field], Kind], ...] = (
        (models.DateField, Day()),
        (models.BooleanField, Yes()),
        (models.IntegerField, Whole()),
    )
    for field_class, kind in simple:
        if isinstance(model_field, field_class):
            return kind
    return Kind(max_length=model_field.max_length)


def _number(raw: object) -> Decimal | None:
    if isinstance(raw, float):
        return Decimal(repr(raw))
    if isinstance(raw, int) and not isinstance(raw, bool):
        return Decimal(raw)
    text = plain(raw).replace(",", "").replace("，", "")
    if not text:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise Refused(_("不是数字")) from None
    if not number.is_finite():
        raise Refused(_("不是数字"))
    if abs(number.adjusted()) > MOST_DIGITS:
        raise Refused(_("数值超出可登记的范围，请检查单位"))
    return number


def _digits(value: Decimal | int) -> str:
    return f"{Decimal(value).normalize():f}"
