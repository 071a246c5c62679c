"""国民经济行业分类 (GB/T 4754-2017, amended 2019): sections, divisions, groups, classes."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources


class UnknownIndustry(LookupError):
    """No section, division, group or class of the standard has this code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Industry:
    """
    One entry of the standard; ``parent`` is None for a section (门类), ``division`` too.

    ``level`` is 1 门类 section, 2 大类 division, 3 中类 group, 4 小类 class.
    """

    code: str
    name: str
    level: int
    parent: str | None
    section: str
    division: str | None


def industry(code: str) -> Industry:
    """
    Return the entry of a code such as C, 34, 348, 3484 or, with its section, C3484.

    :raises UnknownIndustry: if the standard has no such code
    """
    found = _table().get(code)
    if found is None and code[:1].isalpha():
        found = _table().get(code[1:])
        if found is not None and found.section != code[0]:
            found = None
    if found is None:
        raise UnknownIndustry(f"GB/T 4754-2017 没有行业代码 {code}")
    return found


def section_of(code: str) -> Industry:
    """
    Return the section (门类) that a code belongs to.

    :raises UnknownIndustry: if the standard has no such code
    """
    return industry(industry(code).section)


def division_of(code: str) -> Industry:
    """
    Return the division (大类) that a code belongs to.

    :raises UnknownIndustry: if the standard has no such code, or it is a whole section
    """
    division = industry(code).division
    if division is None:
        raise UnknownIndustry(f"{code} 是门类，不属于任何一个大类")
    return industry(division)


def of_level(level: int) -> tuple[Industry, ...]:
    """Return all entries of a level, 1 to 4, in the order of the standard."""
    return tuple(entry for entry in _table().values() if entry.level == level)


@cache
def _table() -> dict[str, Industry]:
    source = resources.files("jingkai.core") / "data" / "gbt4754.csv"
    table: dict[str, Industry] = {}
    for row in csv.DictReader(source.read_text(encoding="utf-8-sig").splitlines()):
        parent = table.get(row["parent"])
        table[row["code"]] = _entry(row, parent)
    return table


def _entry(row: dict[str, str], parent: Industry | None) -> Industry:
    code, level = row["code"], int(row["level"])
    within = parent.division if parent else None
    return Industry(
        code=code,
        name=row["name"].strip(),
        level=level,
        parent=parent.code if parent else None,
        section=parent.section if parent else code,
        division=code if level == 2 else within,
    )
