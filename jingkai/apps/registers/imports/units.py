"""What a file writes otherwise: areas and sums in another unit, dates in another order."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..declaration import BoundColumn
from ..kinds import Day, Exact, Refused, bare, narrow, plain
from ..kinds.days import YEAR_LAST

_M2_PER_MU = Fraction(2000, 3)  # 1 亩 = 2000/3 m²


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of area or of money: how much of the smallest, how headings and cells say it."""

    label: Promise
    size: Fraction
    said: re.Pattern[str]
    is_money: bool = False


def _unit(label: Promise, size: Fraction | int, said: str, *, is_money: bool = False) -> Unit:
    return Unit(label, Fraction(size), re.compile(said, re.IGNORECASE), is_money)


UNITS: dict[str, Unit] = {
    "m2": _unit(gettext_lazy("平方米"), 1, r"平方米|㎡|m2|m²|sq\.? ?m"),
    "mu": _unit(gettext_lazy("亩"), _M2_PER_MU, r"亩|\bmu\b"),
    "ha": _unit(gettext_lazy("公顷"), 10_000, r"hectare|公顷|\bha\b|hm2|hm²"),
    "km2": _unit(gettext_lazy("平方公里"), 1_000_000, r"平方公里|平方千米|km2|km²"),
    "yuan": _unit(gettext_lazy("元"), 1, r"(?<![百千万亿美欧日港])元|\byuan\b", is_money=True),
    "wan": _unit(gettext_lazy("万元"), 10_000, r"(?<![百千])万元", is_money=True),
    "yi": _unit(gettext_lazy("亿元"), 100_000_000, r"亿元", is_money=True),
}
_ASKED_FIRST = ("ha", "mu", "km2", "m2", "yi", "wan", "yuan")  # hm² and km² end like m²
ORDERS: dict[str, Promise] = {"dmy": gettext_lazy("日/月/年"), "mdy": gettext_lazy("月/日/年")}
_WITH_UNIT = re.compile(r"([+-]?[0-9][0-9.,，]*)\s*([^0-9.,，\s].*)")
_IN_BRACKETS = re.compile(r"[（(]([^（）()]+)[）)]")
_MONTH_NAMED = re.compile(r"(\d{1,2})[/.\- ]([A-Za-z]{3,9})[/.\- ](\d{4}|\d{2})")  # 1-Mar-24
_MONTHS_OF_YEAR = 12
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_CENTURY, _LAST_OF_CENTURY = 2000, 49  # of two digits: 50 may be 1950, and is not guessed


def own_unit(column: BoundColumn) -> str:
    """Return the unit in which the register keeps an area or a sum; empty if it is neither."""
    if not isinstance(bare(column.kind), Exact):
        return ""
    return next((unit for unit in ("m2", "mu", "wan") if column.name.endswith(f"_{unit}")), "")


def beside(own: str) -> list[tuple[str, Promise]]:
    """Return the units, with their labels, in which a file may write what is kept in this one."""
    is_money = UNITS[own].is_money
    return [(code, unit.label) for code, unit in UNITS.items() if unit.is_money is is_money]


def said_unit(heading: str, own: str) -> str:
    """Return the unit that a heading names for what the register keeps in another, if one."""
    codes = [code for code in _ASKED_FIRST if UNITS[code].is_money is UNITS[own].is_money]
    return next((code for code in codes if UNITS[code].said.search(heading)), "")


def is_unit(word: str) -> bool:
    """Return whether a word is a unit of area or money and nothing else."""
    return any(unit.said.fullmatch(word) for unit in UNITS.values())


def converted(column: BoundColumn, cell: Any, units: Mapping[str, str]) -> Any:
    """
    Return the cell of a column of numbers in the register's unit; what is no number as it is.

    A unit that stands in the cell itself counts before that of the whole column.
    """
    given, is_worded = units.get(column.name, ""), _is_worded(cell)
    if not given and not is_worded:
        return cell  # as almost every cell, a hundred thousand times
    own = own_unit(column)
    if is_worded and (apart := _apart(column, cell, own)):
        cell, said = apart
        given = said or given
    if given not in UNITS or not own or given == own or not plain(cell):
        return cell
    kind: Any = bare(column.kind)
    try:
        value: Decimal = Exact(places=12).parse(cell) or Decimal(0)
    except Refused:
        return cell
    exactly = Fraction(value) * UNITS[given].size / UNITS[own].size
    return Decimal(round(exactly * 10**kind.places)).scaleb(-kind.places)


def _is_worded(cell: Any) -> bool:
    """Return whether a cell is a text that ends in something else than a digit."""
    return isinstance(cell, str) and not cell[-1:].isdigit()


def _apart(column: BoundColumn, cell: str, own: str) -> tuple[str, str] | None:
    """Return number and unit of a text such as 30亩; None where they are not both known."""
    if not (found := _WITH_UNIT.fullmatch(narrow(plain(cell)))):
        return None
    number, word = found[1], found[2].strip()
    if own:
        code = next((code for code, _label in beside(own) if UNITS[code].said.fullmatch(word)), "")
        return (number, code) if code else None
    label = _IN_BRACKETS.search(str(column.label))
    return (number, "") if label and narrow(label[1]) == word else None


def remark(column: BoundColumn, before: Any, after: Any) -> str:
    """Return what of a cell was read that could be read otherwise, if anything."""
    if not isinstance(before, str) or before == after:
        return ""
    if isinstance(after, date):
        found = _year_last(before)
        is_short = found is not None and len(found[3]) == len("24")
        return _("年份只有两位，按 %(day)s 登记") % {"day": after} if is_short else ""
    if not _WITH_UNIT.fullmatch(narrow(plain(before))):
        return ""
    own = own_unit(column)
    value = bare(column.kind).text(after) if isinstance(after, Decimal) else str(after)
    told = {"value": value, "unit": str(UNITS[own].label) if own else ""}
    return _("单元格带有单位，按 %(value)s %(unit)s登记") % told


def is_year_last(text: str) -> bool:
    """Return whether a text is a date whose year stands last, so that its order must be asked."""
    return _year_last(text) is not None


def proven_order(texts: Iterable[str]) -> str:
    """Return the only order in which all of the dates have sense; empty where both have."""
    pairs = [(int(f[1]), int(f[2])) for t in texts if (f := YEAR_LAST.fullmatch(t.strip()))]
    possible = {
        "dmy": all(second <= _MONTHS_OF_YEAR for _first, second in pairs),
        "mdy": all(first <= _MONTHS_OF_YEAR for first, _second in pairs),
    }
    found = [order for order, fits in possible.items() if fits]
    return found[0] if len(found) == 1 else ""


def dated(column: BoundColumn, cell: Any, order: str) -> Any:
    """Return the cell of a column of dates in the order that the register reads."""
    if order not in ORDERS or not isinstance(bare(column.kind), Day) or not isinstance(cell, str):
        return cell
    found = _year_last(cell)
    if found is None:
        return cell
    first, second, last = found.groups()
    if len(last) == len("24") and int(last) > _LAST_OF_CENTURY:
        return cell
    year = int(last) if len(last) > len("24") else _CENTURY + int(last)
    if second[:3].lower() in _MONTHS:
        day, month = int(first), _MONTHS.index(second[:3].lower()) + 1
    elif second.isdigit():
        day, month = (int(first), int(second)) if order == "dmy" else (int(second), int(first))
    else:
        return cell
    try:
        return date(year, month, day)
    except ValueError:
        return cell


def _year_last(text: str) -> re.Match[str] | None:
    text = text.strip()
    return YEAR_LAST.fullmatch(text) or _MONTH_NAMED.fullmatch(text)
