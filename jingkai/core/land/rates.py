"""
增存挂钩: how much of the stock that stood on a base date was disposed of in a period.

rate = area disposed of in the period / area on the base date; each thing counts once, and never
with more than its area on the base date. Definition and target differ by year and are data.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """A thing of the stock on the base date; ``area_m2`` None: its area is not on record."""

    key: str
    area_m2: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Disposed:
    """That so much of a thing was disposed of on a day; ``area_m2`` None: all of it."""

    key: str
    area_m2: Decimal | None
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """Both areas, the disposed one by thing, and which things have no area on record."""

    base_area_m2: Decimal
    disposed_area_m2: Decimal
    counted: dict[str, Decimal]
    missing: tuple[str, ...]

    @property
    def share(self) -> Fraction | None:
        """Return disposed / base exactly; None where the base is empty or partly unknown."""
        if self.missing or not self.base_area_m2:
            return None
        return Fraction(self.disposed_area_m2) / Fraction(self.base_area_m2)


def disposal_rate(
    base: Iterable[Holding], disposed: Iterable[Disposed], *, start: date, end: date
) -> Rate:
    """Return the rate of the days from start to end, both included."""
    stock = {one.key: one.area_m2 for one in base}
    counted: dict[str, Decimal] = {}
    for one in disposed:
        whole = stock.get(one.key)
        if whole is None or not start <= one.on <= end:
            continue
        area = whole if one.area_m2 is None else one.area_m2
        counted[one.key] = min(whole, counted.get(one.key, Decimal(0)) + area)
    return Rate(
        base_area_m2=sum((area for area in stock.values() if area is not None), Decimal(0)),
        disposed_area_m2=sum(counted.values(), Decimal(0)),
        counted=counted,
        missing=tuple(key for key, area in stock.items() if area is None),
    )
