"""A figure beside another: year on year, period on period, and against its target. Exact."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from .definitions import Better, Number


class NoShare(StrEnum):
    """Why there is no percentage."""

    VALUE_UNKNOWN = "value_unknown"
    BASE_UNKNOWN = "base_unknown"
    BASE_ZERO = "base_zero"
    BASE_NEGATIVE = "base_negative"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """
    How far a figure is from its base: absolutely, and as a share of the base.

    ``share`` is None where ``no_share`` says why; ``absolute`` is None when one side is not on
    record.
    """

    value: Number | None
    base: Number | None
    absolute: Number | None
    share: Fraction | None
    no_share: NoShare | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attainment:
    """
    The value as a share of its target (完成率), and whether the target is met.

    Where lower is better the target is a limit, and ``share`` the part of it that is used up.
    ``met`` is None when one side is not on record or the figure has no better side.
    """

    value: Number | None
    target: Number | None
    share: Fraction | None
    no_share: NoShare | None
    met: bool | None


def compare(value: Number | None, base: Number | None) -> Comparison:
    """Return how the value compares with its base; a growth of 12.5 % is Fraction(1, 8)."""
    no_share = _no_share(value, base)
    known = None if value is None or base is None else (value, base)
    absolute = None if known is None else known[0] - known[1]
    share = None
    if known is not None and no_share is None:
        share = (Fraction(known[0]) - Fraction(known[1])) / Fraction(known[1])
    return Comparison(value=value, base=base, absolute=absolute, share=share, no_share=no_share)


def attainment(
    value: Number | None, target: Number | None, *, better: Better = Better.HIGHER
) -> Attainment:
    """Return how much of the target the value attains; exactly the target is met."""
    no_share = _no_share(value, target)
    share, met = None, None
    if value is not None and target is not None:
        met = _met(value, target, better)
        share = Fraction(value) / Fraction(target) if no_share is None else None
    return Attainment(value=value, target=target, share=share, no_share=no_share, met=met)


def _met(value: Number, target: Number, better: Better) -> bool | None:
    if better is Better.NEITHER:
        return None
    return value >= target if better is Better.HIGHER else value <= target


def _no_share(value: Number | None, base: Number | None) -> NoShare | None:
    if value is None:
        return NoShare.VALUE_UNKNOWN
    if base is None:
        return NoShare.BASE_UNKNOWN
    if base == 0:
        return NoShare.BASE_ZERO
    return NoShare.BASE_NEGATIVE if base < 0 else None
