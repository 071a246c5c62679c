"""亩, m², 公顷; 分, 元, 万元, 亿元: the exact factors between them."""

from decimal import Decimal
from fractions import Fraction
from math import floor

M2_PER_MU = Fraction(2000, 3)  # 1 亩 = 60 平方丈 = 2000/3 m², not 666.67
M2_PER_HECTARE = 10_000
MU_PER_HECTARE = 15
FEN_PER_YUAN = 100
YUAN_PER_WAN = 10_000
FEN_PER_WAN = FEN_PER_YUAN * YUAN_PER_WAN
WAN_PER_YI = 10_000

Exact = int | Decimal | Fraction


class NotExact(ValueError):
    """An amount is finer than 1 分, so it can't be kept without rounding."""


def m2_from_mu(area_mu: Exact) -> Fraction:
    """Return an area of 亩 in square metres."""
    return Fraction(area_mu) * M2_PER_MU


def mu_from_m2(area_m2: Exact) -> Fraction:
    """Return an area of square metres in 亩."""
    return Fraction(area_m2) / M2_PER_MU


def m2_from_hectares(area_ha: Exact) -> Fraction:
    """Return an area of 公顷 in square metres."""
    return Fraction(area_ha) * M2_PER_HECTARE


def hectares_from_m2(area_m2: Exact) -> Fraction:
    """Return an area of square metres in 公顷."""
    return Fraction(area_m2) / M2_PER_HECTARE


def hectares_from_mu(area_mu: Exact) -> Fraction:
    """Return an area of 亩 in 公顷."""
    return Fraction(area_mu) / MU_PER_HECTARE


def wan_from_fen(amount_fen: int) -> Decimal:
    """Return whole 分 in 万元, exactly, with six places."""
    return _moved(amount_fen, places=6)


def fen_from_wan(amount_wan: Decimal) -> int:
    """
    Return 万元 in whole 分.

    :raises NotExact: if the amount is no number or finer than 1 分
    """
    if not amount_wan.is_finite():
        raise NotExact(f"{amount_wan} 万元 is no amount")
    amount_fen = Fraction(amount_wan) * FEN_PER_WAN
    if amount_fen.denominator != 1:
        raise NotExact(f"{amount_wan} 万元 is finer than 1 分")
    return amount_fen.numerator


def wan_from_yuan(amount_yuan: Exact) -> Fraction:
    """Return 元 in 万元."""
    return Fraction(amount_yuan) / YUAN_PER_WAN


def yuan_from_wan(amount_wan: Exact) -> Fraction:
    """Return 万元 in 元."""
    return Fraction(amount_wan) * YUAN_PER_WAN


def yi_from_wan(amount_wan: Exact) -> Fraction:
    """Return 万元 in 亿元."""
    return Fraction(amount_wan) / WAN_PER_YI


def wan_from_yi(amount_yi: Exact) -> Fraction:
    """Return 亿元 in 万元."""
    return Fraction(amount_yi) * WAN_PER_YI


def yi_text(amount_wan: Exact, *, places: int = 2) -> str:
    """Return the digits of 万元 in 亿元, rounded half up for reading; the caller adds the unit."""
    return f"{rounded(yi_from_wan(amount_wan), places=places):f}"


def rounded(number: Exact, *, places: int) -> Decimal:
    """Return the number rounded half up (四舍五入) to so many places, for showing it."""
    scaled = Fraction(number) * 10**places
    digits = floor(abs(scaled) + Fraction(1, 2))
    return _moved(-digits if scaled < 0 else digits, places=places)


def _moved(digits: int, *, places: int) -> Decimal:
    """Shift the point without the context's precision, which would round a long number."""
    sign, figures, _exponent = Decimal(digits).as_tuple()
    return Decimal((sign, figures, -places))
