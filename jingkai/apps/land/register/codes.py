"""宗地代码 and 不动产单元号, of which GB/T 37346 says how they are made."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from jingkai.apps.registers.kinds import Kind, Refused, plain

# 6 region, 3 cadastral zone, 3 sub-zone, 2 ownership and right, 5 serial; then F or W and 8.
_PARCEL = re.compile(r"\d{12}[A-Z]{2}\d{5}")
_UNIT = re.compile(r"\d{12}[A-Z]{2}\d{5}[FW]\d{8}")
PARCEL_LENGTH, UNIT_LENGTH = 19, 28


@dataclass(frozen=True, kw_only=True)
class ParcelCode(Kind):
    """宗地代码: 19 characters."""

    width = 24

    def parse(self, raw: object) -> str | None:
        """Return the code in capitals, without blanks."""
        text = _bare(raw)
        if text and len(text) != PARCEL_LENGTH:
            raise Refused(_length(_("宗地代码"), PARCEL_LENGTH, len(text)))
        if text and _PARCEL.fullmatch(text) is None:
            raise Refused(
                _(
                    "宗地代码应为 12 位数字（行政区划、地籍区、地籍子区）、2 位字母（如 GB）"
                    "和 5 位顺序号（GB/T 37346）"
                )
            )
        return text or None


@dataclass(frozen=True, kw_only=True)
class RealEstateUnit(Kind):
    """不动产单元号: the 19 characters of its parcel and 9 of what stands on it."""

    width = 32

    def parse(self, raw: object) -> str | None:
        """Return the code in capitals, without blanks."""
        text = _bare(raw)
        if text and len(text) != UNIT_LENGTH:
            raise Refused(_length(_("不动产单元号"), UNIT_LENGTH, len(text)))
        if text and _UNIT.fullmatch(text) is None:
            raise Refused(
                _("不动产单元号应为 19 位宗地代码，后接 F 或 W 和 8 位数字（GB/T 37346）")
            )
        return text or None


def _bare(raw: object) -> str:
    return "".join(plain(raw).upper().split())


def _length(what: str, want: int, have: int) -> str:
    said = {"what": what, "want": want, "have": have}
    return _("%(what)s应为 %(want)s 位，现为 %(have)s 位") % said
