"""Figures as text, as a Chinese official or an English reader writes them; never None."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.utils import timezone
from django.utils.translation import get_language

from jingkai.core.units import WAN_PER_YI, YUAN_PER_WAN

Number = int | float | Decimal | Fraction

_ENGLISH_SCALES = ((Decimal(10) ** 9, "bn"), (Decimal(10) ** 6, "m"))


def number(value: Number, places: int = 2) -> str:
    """Return the number in groups of three, with at most so many decimals, halves rounded up."""
    rounded = _rounded(value, places)
    text = f"{rounded:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def wan(value_wan: Number) -> str:
    """
    Return an amount of 万元: "1,234.5 万元", from 10,000 万元 on "12.35 亿元".

    In English the same amount in yuan: "CNY 12.35 m", "CNY 1.23 bn".
    """
    if _is_english():
        return _yuan_in_english(_decimal(value_wan) * YUAN_PER_WAN)
    if abs(_decimal(value_wan)) >= WAN_PER_YI:
        return f"{number(_decimal(value_wan) / WAN_PER_YI)} 亿元"
    return f"{number(value_wan)} 万元"


def percent(share: Number, places: int = 1) -> str:
    """
    Return the share (1 = 100 %) as "33.3%".

    A target that is not quite reached never reads "100%": rounding would report it as done.
    """
    text = f"{_rounded(_decimal(share) * 100, places):,f}"
    if text == f"{Decimal(100):.{places}f}" and share < 1:
        return f"{Decimal(100) - Decimal(1).scaleb(-places):f}%"
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text}%"


def delta(share: Number, places: int = 1) -> str:
    """Return a change with its sign: "+12.5%", "-3.0%", "0.0%"."""
    change = _rounded(_decimal(share) * 100, places)
    return f"{change:+,f}%" if change else f"{abs(change):f}%"


def day(moment: date) -> str:
    """Return the day in Beijing time as 2024-12-31."""
    local = timezone.localdate(moment) if isinstance(moment, datetime) else moment
    return local.isoformat()


def minute(moment: datetime) -> str:
    """Return the instant in Beijing time as 2024-12-31 09:05."""
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M")


def _yuan_in_english(yuan: Decimal) -> str:
    for scale, suffix in _ENGLISH_SCALES:
        if abs(yuan) >= scale:
            return f"CNY {number(yuan / scale)} {suffix}"
    return f"CNY {number(yuan)}"


def _is_english() -> bool:
    return (get_language() or "").startswith("en")


def _decimal(value: Number) -> Decimal:
    if isinstance(value, Fraction):
        return Decimal(value.numerator) / Decimal(value.denominator)
    return Decimal(str(value)) if isinstance(value, float) else Decimal(value)


def _rounded(value: Number, places: int) -> Decimal:
    rounded = _decimal(value).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return rounded or abs(rounded)
