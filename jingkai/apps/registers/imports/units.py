"""What a file writes otherwise: areas in another unit, dates in another order."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..declaration import BoundColumn
from ..kinds import Day, Exact, Refused, bare, plain
from ..kinds.days import YEAR_LAST

_M2_PER_MU = Fraction(2000, 3)  # 1 亩 = 2000/3 m²
UNITS: dict[str, tuple[Promise, Fraction]] = {
    "m2": (_("平方米"), Fraction(1)),
    "mu": (_("亩"), _M2_PER_MU),
    "ha": (_("公顷"), Fraction(10_000)),
    "km2": (_("平方公里"), Fraction(1_000_000)),
}
ORDERS: dict[str, Promise] = {"dmy": _("日/月/年"), "mdy": _("月/日/年")}
_SAID = {
    "ha": re.compile(r"hectare|公顷|\bha\b", re.IGNORECASE),
    "mu": re.compile(r"亩|\bmu\b", re.IGNORECASE),
    "km2": re.compile(r"平方公里|km2|km²", re.IGNORECASE),
    "m2": re.compile(r"平方米|㎡|m2|m²|sq\.? ?m", re.IGNORECASE),
}
_MONTH_NAMED = re.compile(r"(\d{1,2})[/.\- ]([A-Za-z]{3,9})[/.\- ](\d{4}|\d{2})")  # 1-Mar-24
_MONTHS_OF_YEAR = 12
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_CENTURY = 2000


def own_unit(column: BoundColumn) -> str:
    """Return the unit of area in which the register keeps the column; empty if it is no area."""
    if not isinstance(bare(column.kind), Exact):
        return ""
    return next((unit for unit in ("m2", "mu") if column.name.endswith(f"_{unit}")), "")


def said_unit(heading: str) -> str:
    """Return the unit of area that a heading names, if one."""
    return next((unit for unit, words in _SAID.items() if words.search(heading)), "")


def converted(column: BoundColumn, cell: Any, units: Mapping[str, str]) -> Any:
    """Return the cell of a column of areas in the register's unit; what is no number as it is."""
    given, own = units.get(column.name, ""), own_unit(column)
    if given not in UNITS or not own or given == own or not plain(cell):
        return cell
    kind: Any = bare(column.kind)
    try:
        value: Decimal = Exact(places=12).parse(cell) or Decimal(0)
    except Refused:
        return cell
    exactly = Fraction(value) * UNITS[given][1] / UNITS[own][1]
    return Decimal(round(exactly * 10**kind.places)).scaleb(-kind.places)


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
    year = int(last) if len(last) > 2 else _CENTURY + int(last)
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
