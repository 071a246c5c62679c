"""Whole numbers and exact decimals, never binary floats."""

import math
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from .texts import SCIENTIFIC, Kind, Refused, narrow, plain

FLOAT_DIGITS = 15  # what a workbook's number keeps exactly
MOST_DIGITS = 40  # before or after the point; beyond, arithmetic itself overflows
_MINUS = str.maketrans("−–", "--")  # as Word and pages write it
_WRITTEN = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]*)?")
_WITH_COMMA = re.compile(r"[+-]?[0-9][0-9.,]*")
_PERCENT = re.compile(r"[+-]?[0-9.,]+ ?[%‰]")
_SCALED = re.compile(r"-?[0-9.]+ \[.+\]", re.DOTALL)  # as the child tells it


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
            number = number.quantize(Decimal(1).scaleb(-self.places), ROUND_HALF_UP)
        return number

    def remark(self, raw: object, value: Any) -> str:
        """Return that a cell was rounded."""
        if not isinstance(raw, float) or value is None or _of_float(raw) == value:
            return ""
        told = {"raw": _digits(_of_float(raw)), "value": _digits(value), "places": self.places}
        return _("单元格的值是 %(raw)s，四舍五入到 %(places)s 位小数，按 %(value)s 登记") % told

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
    if isinstance(raw, float) and math.isfinite(raw):
        return _of_float(raw)
    if isinstance(raw, int) and not isinstance(raw, bool):
        return Decimal(raw)
    number = raw if isinstance(raw, Decimal) else written(plain(raw))
    if number is None:
        return None
    if not number.is_finite():
        raise Refused(_("不是数字"))
    if abs(number.adjusted()) > MOST_DIGITS:
        raise Refused(_("数值超出可登记的范围，请检查单位"))
    return number or Decimal(0)


def _of_float(raw: float) -> Decimal:
    """Return what Excel shows of it: 0.1 + 0.2 is 0.3 there."""
    return Decimal(f"{raw:.{FLOAT_DIGITS}g}")


def written(text: str) -> Decimal | None:
    """
    Return the number that a text writes; commas may only part thousands.

    :raises Refused: when it can be read in two ways, or says more than a number
    """
    text = narrow(text).translate(_MINUS)
    if not text:
        return None
    if _WRITTEN.fullmatch(text):
        return Decimal(text)
    if _GROUPED.fullmatch(text):
        return Decimal(text.replace(",", ""))
    raise Refused(_unread(text))


def _unread(text: str) -> str:
    """Return why a text is no number, and how to write it."""
    if _WITH_COMMA.fullmatch(text):
        return _("分不清逗号和点哪个是千位分隔、哪个是小数点，请写成 1234.5")
    if _PERCENT.fullmatch(text):
        return _("是百分数，请按本列的单位写成数字，不带百分号")
    if SCIENTIFIC.fullmatch(text):
        return _("是科学计数法，末尾的位数可能已经丢失，请写出全部数字")
    if _SCALED.fullmatch(text):
        return _("单元格的格式使显示的数与实际的值不同，请设为常规格式，核对后再导入")
    return _("不是数字；请只填一个数字，不带单位、“约”、范围或其他文字")


def _digits(value: Decimal | int) -> str:
    return f"{Decimal(value).normalize():f}"
