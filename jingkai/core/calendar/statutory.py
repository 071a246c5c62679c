"""《全国年节及纪念日放假办法》: the days off of everybody, by version, and where they fall."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from importlib import resources

from jingkai.core import versions


class Festival(StrEnum):
    """A holiday of everybody; the value is its name in the notices."""

    NEW_YEAR = "元旦"
    SPRING = "春节"
    QINGMING = "清明节"
    LABOUR = "劳动节"
    DRAGON_BOAT = "端午节"
    MID_AUTUMN = "中秋节"
    NATIONAL = "国庆节"


_FIXED = {Festival.NEW_YEAR: (1, 1), Festival.LABOUR: (5, 1), Festival.NATIONAL: (10, 1)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """
    A version of article 2: which days of each festival are off.

    A festival's days are counted from its own day, 0; 春节 is 正月初一, so that 除夕 is -1.
    """

    effective_from: date
    effective_to: date | None
    basis: str
    days: Mapping[Festival, range]

    @property
    def count(self) -> int:
        """Return how many days off a year has."""
        return sum(len(days) for days in self.days.values())


_F = Festival
EDITIONS = (
    Edition(
        effective_from=date(1999, 9, 18),
        effective_to=date(2008, 1, 1),
        basis="《全国年节及纪念日放假办法》（国务院令第270号）",
        days={_F.NEW_YEAR: range(1), _F.SPRING: range(3), _F.LABOUR: range(3)}
        | {_F.NATIONAL: range(3)},
    ),
    Edition(
        effective_from=date(2008, 1, 1),
        effective_to=date(2014, 1, 1),
        basis="《全国年节及纪念日放假办法》（国务院令第513号）第二条",
        days={festival: range(1) for festival in Festival}
        | {_F.SPRING: range(-1, 2), _F.NATIONAL: range(3)},
    ),
    Edition(
        effective_from=date(2014, 1, 1),
        effective_to=date(2025, 1, 1),
        basis="《全国年节及纪念日放假办法》（国务院令第644号）第二条",
        days={festival: range(1) for festival in Festival}
        | {_F.SPRING: range(3), _F.NATIONAL: range(3)},
    ),
    Edition(
        effective_from=date(2025, 1, 1),
        effective_to=None,
        basis="《全国年节及纪念日放假办法》（国务院令第795号）第二条",
        days={festival: range(1) for festival in Festival}
        | {_F.SPRING: range(-1, 3), _F.LABOUR: range(2), _F.NATIONAL: range(3)},
    ),
)


def edition(year: int) -> Edition | None:
    """Return the version in force in the year, None before the first on record."""
    try:
        return versions.in_force(EDITIONS, on=date(year, 12, 31))
    except versions.NoneInForce:
        return None


@cache
def days_of(year: int) -> Mapping[date, Festival]:
    """Return the year's days off; of the moon's festivals those whose day is known."""
    found = edition(year)
    if found is None:
        return {}
    known = festivals(year)
    return {
        known[festival] + timedelta(days=offset): festival
        for festival, offsets in found.days.items()
        if festival in known
        for offset in offsets
    }


def festivals(year: int) -> Mapping[Festival, date]:
    """Return the festivals whose day in the year is known: the fixed ones always."""
    fixed = {festival: date(year, month, day) for festival, (month, day) in _FIXED.items()}
    return fixed | _moon().get(year, {})


@cache
def _moon() -> dict[int, dict[Festival, date]]:
    """Return 春节, 清明, 端午 and 中秋 by year, as astronomical tables give them."""
    source = resources.files("jingkai.core") / "data" / "festivals.csv"
    found: dict[int, dict[Festival, date]] = {}
    for row in csv.DictReader(source.read_text(encoding="utf-8").splitlines()):
        day = date.fromisoformat(row["day"])
        found.setdefault(day.year, {})[Festival(row["festival"])] = day
    return found
