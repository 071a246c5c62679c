"""How a file is read, told on the page of its import; what could be read or mended otherwise."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain
from typing import Any

from django.db.models import Q
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jingkai.core.geometry import systems
from jingkai.web.parts import Term

from ..declaration import Register
from ..imports import Reading, findings, placing, units
from ..imports.looking import Look
from ..kinds import Day, bare
from ..models import ImportRun, Outcome, State
from ..workbooks import ENCODINGS
from .places import remarks, system_name

MOST_READ = 20_000  # rows with a fault, to count what could be mended
MOST_DATES = 200  # refused rows, to see how the file writes dates
_CERTAIN = frozenset({"utf-8", "utf-8-sig", "utf-16"})  # no other text is read so by chance
_NAMES: dict[str, Promise | str] = {
    "utf-8": "UTF-8",
    "gb18030": gettext_lazy("GB18030（含 GBK、GB2312）"),
    "big5": gettext_lazy("Big5（繁体中文）"),
    "cp1252": gettext_lazy("Windows-1252（西欧文字）"),
}


def encodings(look: Look, reading: Reading) -> dict[str, Any] | None:
    """Return in which encodings the file can be read; None where it says so by its format."""
    found = look.about.get("encoding", "")
    if not found or (found in _CERTAIN and not reading.encoding):
        return None
    return {
        "found": "" if reading.encoding or look.is_unsure else encoding_name(found),
        "is_unsure": look.is_unsure and not reading.encoding,
        "options": [(code, encoding_name(code), code == reading.encoding) for code in ENCODINGS],
    }


def encoding_name(code: str) -> str:
    """Return what officials call an encoding."""
    return str(_NAMES.get(code, code))


def manner(register: Register, look: Look, reading: Reading) -> list[Term]:
    """Return how the file was read, as far as that was not plain."""
    placed = _("；").join(_systems(look, reading)) if register.outline else ""
    told = [
        (_("文字编码"), _encoding(look, reading), ""),
        (_("坐标系"), placed, _warning(look, reading) if placed else ""),
        (_("允许修复"), _("、").join(findings.repair_label(code) for code in reading.repairs), ""),
        (_("数量的单位"), _("；").join(_units(register, reading)), ""),
        (_("日期的写法"), str(units.ORDERS[reading.dates]) if reading.dates else "", ""),
        (_("打开文件时发现"), _("；").join(remarks(look)), ""),
    ]
    return [Term(label=label, value=text, note=note) for label, text, note in told if text]


def _units(register: Register, reading: Reading) -> Iterator[str]:
    for name, unit in reading.units.items():
        column = register.by_name.get(name)
        if column is not None and unit in units.UNITS and unit != units.own_unit(column):
            told = {"column": column.label, "unit": units.UNITS[unit].label}
            yield _("“%(column)s”按%(unit)s读取并换算") % told


def _warning(look: Look, reading: Reading) -> str:
    """Return a word of warning where the places may be those of an internet map."""
    system, _swapped = reading.placed("")
    if not look.has_outline or (system or placing.OWN) not in {systems.WGS84, systems.CGCS2000}:
        return ""
    return _("若坐标取自高德、腾讯、百度等互联网地图，会偏移数百米，请换一种读法")


def _encoding(look: Look, reading: Reading) -> str:
    if reading.encoding:
        return _("%(name)s，由经办人选定") % {"name": encoding_name(reading.encoding)}
    found = look.about.get("encoding", "")
    is_plain = not found or found in _CERTAIN
    return "" if is_plain else _("%(name)s，自动识别") % {"name": encoding_name(found)}


def _systems(look: Look, reading: Reading) -> Iterator[str]:
    if not look.has_outline and not reading.system:
        return
    yield _system(*reading.placed(""))
    for sheet in reading.systems:
        said = {"sheet": sheet, "system": _system(*reading.placed(sheet))}
        yield _("“%(sheet)s”为 %(system)s") % said


def _system(system: str, swapped: bool) -> str:  # noqa: FBT001 -- as a reading has both
    name = system_name(system or placing.OWN)
    return _("%(system)s，纵坐标在前") % {"system": name} if swapped else name


def mending(register: Register, run: ImportRun) -> dict[str, Any] | None:
    """Return what one click could allow so that fewer rows are refused; None for nothing."""
    if run.state not in {State.REFUSED, State.READY}:
        return None
    reading = Reading.of(run.reading)
    faults = [one for one in repairs(run, reading) if one["count"] and not one["is_chosen"]]
    dates = [] if reading.dates else orders(register, run, reading, ())
    return {"repairs": faults, "orders": dates} if faults or dates else None


def repairs(run: ImportRun, reading: Reading) -> list[dict[str, Any]]:
    """Return the faults that rows were refused for, and those that are mended already."""
    counts: Counter[str] = Counter()
    areas: dict[str, list[str]] = {}
    told = Q(outcome=Outcome.REFUSED) | ~Q(findings=[])
    rows = run.rows.filter(told).order_by("position").values_list("errors", "findings")
    for error in chain.from_iterable(chain(*row) for row in rows[:MOST_READ].iterator()):
        if fault := error.get("fault"):
            counts[fault] += 1
            areas.setdefault(fault, _change(error))
    codes = [*counts, *(code for code in reading.repairs if code not in counts)]
    return [
        {
            "code": code,
            "label": findings.repair_label(code),
            "count": counts[code],
            "example": areas.get(code),
            "is_chosen": code in reading.repairs,
        }
        for code in codes
    ]


def _change(error: Mapping[str, str]) -> list[str]:
    before, after = error.get("before", ""), error.get("after", "")
    return [before, after] if after else []


def orders(
    register: Register, run: ImportRun, reading: Reading, texts: tuple[str, ...]
) -> list[tuple[str, Any, bool]]:
    """Return the orders of a date's parts, where the file has dates whose year stands last."""
    days = {str(c.label) for c in register.typed if isinstance(bare(c.kind), Day)}
    refused = run.rows.filter(outcome=Outcome.REFUSED).order_by("position")
    told = chain.from_iterable(refused.values_list("errors", flat=True)[:MOST_DATES])
    seen = [*texts, *(error["value"] for error in told if error["column"] in days)]
    if not reading.dates and not any(map(units.is_year_last, seen)):
        return []
    chosen = reading.dates or units.proven_order(seen)
    return [(code, label, code == chosen) for code, label in units.ORDERS.items()]


def asked_repairs(data: QueryDict) -> tuple[str, ...]:
    """Return the faults that the form allows to be mended."""
    return tuple(code for code in data.getlist("repair") if findings.is_repair(code))


def adjusted(reading: Reading, data: QueryDict) -> Reading:
    """Return the reading with what the page of the import was asked to allow besides."""
    allowed = dict.fromkeys((*reading.repairs, *asked_repairs(data)))
    order = data.get("dates", "")
    dates = order if order in units.ORDERS else reading.dates
    return replace(reading, repairs=tuple(allowed), dates=dates)
