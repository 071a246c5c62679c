"""Whole numbers and exact decimals, never binary floats."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from .texts import Kind, Refused, plain

FLOAT_DIGITS = 15  # what a workbook's number keeps exactly
MOST_DIGITS = 40  # before or after the point; beyond, arithmetic itself overflows


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
