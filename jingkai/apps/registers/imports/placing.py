"""From what a file says of a place to a shape in CGCS2000, and what had to be mended."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter
from typing import Any

import numpy as np
import shapely
from django.utils.translation import gettext as _

from jingkai.core.geometry import faults, systems
from jingkai.core.geometry.shapes import NotAShape, Reason, Shape

from ..declaration import Register
from ..kinds import plain
from ..kinds.outline import of_points, sentence
from . import findings, mapping
from .mapping import Reading
from .raw import Pair, Raw, Unplaced

Way = tuple[str, bool]  # a system, empty for our own, and whether the northing stands first
OWN = "EPSG:4490"  # what our own templates and exports are in
MOST_SOURCE = 120
_SHOWN = 60
_HEX = re.compile(r"0[01][0-9A-Fa-f]{16,}")


@dataclass(frozen=True, slots=True)
class Placing:
    """Places the rows of one file, as its reading says."""

    register: Register
    reading: Reading
    file_name: str = ""

    def placed(self, batch: Iterable[Raw]) -> list[Raw]:
        """Return the rows with shapes where they have coordinates."""
        sheets = groupby(batch, key=attrgetter("sheet"))
        return [raw for sheet, rows in sheets for raw in self._of_sheet(sheet, list(rows))]

    def _of_sheet(self, sheet: str, batch: list[Raw]) -> list[Raw]:
        name = self.register.outline
        if not name or not any(name in raw.cells for raw in batch):
            return batch
        cells = [raw.cells.get(name) for raw in batch]
        ways = self._ways(cells, sheet)
        shapes = self._shapes(cells, ways)
        wrong = _faults(shapes)
        return [
            replace(self._with(raw, way, shape, wrong.get(place, ())), origin=self._origin(way))
            for place, (raw, way, shape) in enumerate(zip(batch, ways, shapes, strict=True))
        ]

    def _origin(self, way: Way) -> dict[str, str]:
        told = {
            "outline_source": self.file_name[:MOST_SOURCE],
            "outline_system": way[0] or OWN,
        }
        return {name: text for name, text in told.items() if name in self.register.by_name}

    def _ways(self, cells: Sequence[Any], sheet: str) -> list[Way]:
        """Return for each cell its system and order of axes: the row's own, or the file's."""
        usual = self.reading.placed(sheet)
        ways = [usual] * len(cells)
        said: dict[str, list[int]] = defaultdict(list)
        for place, cell in enumerate(cells):
            if isinstance(cell, Pair) and cell.said:
                said[cell.said].append(place)
        for text, places in said.items():
            own = _own_systems(text, [cells[place] for place in places])
            for place, system in zip(places, own, strict=True):
                ways[place] = (system, False) if system else usual
        return ways

    def _shapes(self, cells: Sequence[Any], ways: Sequence[Way]) -> list[Any]:
        """Return for each cell its shape, why it has none, or None where nothing is said."""
        may_close = findings.NOT_CLOSED in self.reading.repairs
        told = [_tried(cell, may_close=may_close) for cell in cells]
        wkbs = [one if isinstance(one, bytes) else None for one in told]
        shapes: list[Any] = list(told)
        for way in set(ways):
            places = [place for place, other in enumerate(ways) if other == way]
            here = [wkbs[place] for place in places]
            found = systems.shapes(here, way[0] or OWN, swapped=way[1])
            for place, shape in zip(places, found, strict=True):
                if not isinstance(told[place], NotAShape):
                    shapes[place] = shape
        return shapes

    def _with(self, raw: Raw, way: Way, found: Any, wrong: Sequence[faults.Fault]) -> Raw:
        """Return the row with its shape, mended as far as that is allowed."""
        name = self.register.outline
        if isinstance(found, NotAShape):
            return _put(raw, name, _refused(raw.cells[name], found, way[0]))
        return self._mended(raw, found, wrong) if wrong else _put(raw, name, found)

    def _mended(self, raw: Raw, shape: Shape, wrong: Sequence[faults.Fault]) -> Raw:
        name = self.register.outline
        allowed = {code for code in faults.Code if code in self.reading.repairs}
        shape, done = faults.repaired(shape, allowed)
        left = faults.find(shape) if done else wrong
        for fault in left:
            if fault.code in findings.BLOCKING:
                return _put(raw, name, _unsound(raw.cells[name], fault))
        told = [findings.repaired(self.register, shape, fault) for fault in done]
        told += [findings.slight(self.register, shape, fault) for fault in left]
        return replace(_put(raw, name, shape), findings=(*raw.findings, *told))


def _own_systems(said: str, pairs: Sequence[Pair]) -> list[str]:
    """Return for each row the system that it names itself, if its numbers leave no doubt."""
    numbers = [[mapping.number(pair.x), mapping.number(pair.y)] for pair in pairs]
    return systems.own_systems(np.array(numbers, dtype=float), said=said)


def _faults(shapes: Sequence[Any]) -> dict[int, tuple[faults.Fault, ...]]:
    """Return what is wrong with the shapes, by their places."""
    places = [place for place, shape in enumerate(shapes) if isinstance(shape, Shape)]
    found = faults.find_all([shapes[place] for place in places])
    return {place: wrong for place, wrong in zip(places, found, strict=True) if wrong}


def _unsound(cell: Any, fault: faults.Fault) -> Unplaced:
    before, after = findings.areas(fault)
    code = str(fault.code) if fault.is_repairable else ""
    return Unplaced(_text(cell), findings.fault_sentence(fault), code, before, after)


def _put(raw: Raw, name: str, cell: Any) -> Raw:
    return replace(raw, cells={**raw.cells, name: cell})


def _refused(cell: Any, reason: NotAShape, system: str) -> Unplaced:
    fault = findings.NOT_CLOSED if reason.reason is Reason.NOT_CLOSED else ""
    if reason.reason is Reason.OUT_OF_RANGE and system:
        return Unplaced(_text(cell), _("在所选的坐标系里没有这个位置，请核对坐标和坐标系"))
    if isinstance(cell, Pair) and reason.reason is Reason.NOT_FINITE:
        return Unplaced(_text(cell), _("横坐标、纵坐标缺一个，或不是数字"))
    if fault:
        rule = _(
            "面的边界没有闭合：最后一点与第一点不同；可允许“闭合边界”后重新校验，或改正原文件"
        )
        return Unplaced(_text(cell), rule, fault)
    return Unplaced(_text(cell), sentence(reason))


def _text(cell: Any) -> str:
    return _("（图形）") if isinstance(cell, bytes) else plain(str(cell))[:_SHOWN]


def _tried(cell: Any, *, may_close: bool) -> bytes | NotAShape | None:
    try:
        return foreign(cell, may_close=may_close)
    except NotAShape as reason:
        return reason


def foreign(cell: Any, *, may_close: bool = False) -> bytes | None:
    """
    Return what a cell says of a place as well-known binary, in the file's own system.

    :raises NotAShape: if it says something that is none
    """
    if isinstance(cell, bytes):
        return faults.closed(cell) if may_close else cell
    if isinstance(cell, Pair):
        return _of_pair(cell)
    text = plain(cell)
    if not text:
        return None
    if _HEX.fullmatch(text):
        return foreign(bytes.fromhex(text), may_close=may_close)
    if text.startswith("{"):
        return _wkb(shapely.from_geojson, text)
    text = text if text[0].isalpha() else of_points(text)
    return _wkb(shapely.from_wkt, text, on_invalid="fix" if may_close else "raise")


def _wkb(reader: Any, text: str, **options: str) -> bytes:
    try:
        geometry = reader(text, **options)
    except shapely.errors.GEOSException as reason:
        code = Reason.NOT_CLOSED if "closed linestring" in str(reason) else Reason.UNREADABLE
        raise NotAShape(code, what=str(reason)[:200]) from None
    return bytes(shapely.to_wkb(geometry))


def _of_pair(pair: Pair) -> bytes | None:
    if not plain(pair.x) and not plain(pair.y):
        return None
    x, y = mapping.number(pair.x), mapping.number(pair.y)
    if x is None or y is None:
        raise NotAShape(Reason.NOT_FINITE)
    return bytes(shapely.to_wkb(shapely.Point(x, y)))
