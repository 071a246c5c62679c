"""
What is wrong with a shape, where, and what a repair would do to its area.

Nothing is repaired unasked: a fault is found, shown with its place and the areas before and after,
and repaired by its name. A repair of a shape without that fault is the shape itself.
"""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

import numpy as np
import shapely

from . import ragged
from .ragged import AREA, LINE, Ragged, neighbours, offsets, owners
from .shapes import PLACES, Kind, NotAShape, Reason, Shape, geometries

TINY_M2 = 1.0  # a part smaller than a square metre is a slip of the pen
THIN_M = 0.05  # so is one that is no wider than this on average
SPIKE_DEGREES = 0.5  # a corner sharper than this goes out and comes back
_METRES_PER_DEGREE = 111_320.0
_ROUNDS = 8
_PLACE = re.compile(r"\[(-?[\d.e+-]+) (-?[\d.e+-]+)\]")

Array = Any


class Code(StrEnum):
    """A fault; in this order they are found and repaired."""

    REPEATED_POINTS = "repeated_points"
    SPIKE = "spike"
    SELF_CROSSING = "self_crossing"
    HOLE_OUTSIDE = "hole_outside"
    HOLES_OVERLAP = "holes_overlap"
    PARTS_OVERLAP = "parts_overlap"
    CUT_APART = "cut_apart"  # a hole touches the edge so that the inside falls in two
    SLIVER = "sliver"  # a part or a hole of nearly no area
    COLLAPSED = "collapsed"  # nearly no area at all: nothing to repair


_BY_GEOS = (
    ("Hole lies outside", Code.HOLE_OUTSIDE),
    ("Holes are nested", Code.HOLES_OVERLAP),
    ("Nested shells", Code.PARTS_OVERLAP),
    ("Duplicate Rings", Code.PARTS_OVERLAP),
    ("Interior is disconnected", Code.CUT_APART),
)
_UNSOUND = frozenset(
    {Code.SELF_CROSSING, Code.HOLE_OUTSIDE, Code.HOLES_OVERLAP, Code.PARTS_OVERLAP, Code.CUT_APART}
)


class NotRepairable(Exception):
    """Nothing would be left of the shape."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault of a shape; ``area_after`` is None where nothing would be left, and for a line."""

    code: Code
    place: tuple[float, float]  # longitude and latitude of its first occurrence
    count: int
    area_before: Decimal | None
    area_after: Decimal | None
    is_repairable: bool


def find(shape: Shape) -> tuple[Fault, ...]:
    """Return the faults of a shape, in the order in which they should be repaired."""
    return find_all([shape])[0]


def find_all(shapes: Sequence[Shape]) -> list[tuple[Fault, ...]]:
    """Return the faults of each shape; those without are passed over fast."""
    found: list[list[Fault]] = [[] for _shape in shapes]
    kinds = np.array([shape.kind for shape in shapes], dtype=object)
    drawn = geometries(shapes) if shapes else np.empty(0, dtype=object)
    for kind, number in ((Kind.AREA, AREA), (Kind.LINE, LINE)):
        which = np.flatnonzero(kinds == kind)
        if not len(which):
            continue
        suspects = _suspects(ragged.of_geometries(drawn[which], number), drawn[which])
        for index in which[suspects].tolist():
            found[index] = _faults(shapes[index])
    return [tuple(each) for each in found]


def repair(shape: Shape, fault: Fault | Code) -> Shape:
    """
    Return the shape without that fault.

    :raises NotRepairable: if nothing would be left
    """
    code = fault.code if isinstance(fault, Fault) else fault
    if shape.kind is Kind.POINT or (shape.kind is Kind.LINE and code is not Code.REPEATED_POINTS):
        return shape
    if code in _UNSOUND:
        return _made_valid(shape)
    if code is Code.COLLAPSED:
        if any(each.code is code for each in find(shape)):
            raise NotRepairable(code)
        return shape
    return _REPAIRS[code](shape)


def repaired(
    shape: Shape, allowed: Collection[Code] = frozenset(Code)
) -> tuple[Shape, tuple[Fault, ...]]:
    """Return the shape without the faults of the allowed kinds, and which ones were repaired."""
    done: list[Fault] = []
    for _round in range(_ROUNDS):
        left = [each for each in find(shape) if each.code in allowed and each.is_repairable]
        if not left:
            break
        shape = repair(shape, left[0])
        done.append(left[0])
    return shape, tuple(done)


def closed(wkb: bytes) -> bytes:
    """
    Return well-known binary with each ring led back to its first point.

    :raises NotAShape: if it can't be read even so
    """
    try:
        geometry = shapely.from_wkb(wkb, on_invalid="fix")
    except (shapely.errors.GEOSException, NotImplementedError, TypeError) as reason:
        raise NotAShape(Reason.UNREADABLE, what=str(reason)[:200]) from None
    if geometry is None:
        raise NotAShape(Reason.UNREADABLE, what="")
    return bytes(shapely.to_wkb(geometry, byte_order=1))


def _suspects(flat: Ragged, drawn: Array) -> Array:
    """Return which features have any fault at all, without saying which."""
    paths = owners(flat.paths)
    features = owners(flat.features)
    wrong = _repeated(flat)
    if flat.kind == AREA:
        wrong |= _spiky(flat)
    found = ~shapely.is_valid(drawn)
    found[features[paths[wrong]]] = True
    if flat.kind == AREA:
        found[features[_thin(flat)]] = True
    return found


def _faults(shape: Shape) -> list[Fault]:
    flat = _flat(shape)
    found = [(Code.REPEATED_POINTS, flat.coordinates[_repeated(flat)])]
    if shape.kind is Kind.AREA:
        found.append((Code.SPIKE, flat.coordinates[_spiky(flat)]))
        found.append(_unsound(shape) if not _is_sound(shape) else _slight(flat))
    faults = [_fault(shape, code, places) for code, places in found if len(places)]
    if any(not each.is_repairable for each in faults):
        return [_fault(shape, Code.COLLAPSED, flat.coordinates[:1])]
    return faults


def _is_sound(shape: Shape) -> bool:
    return bool(shapely.is_valid(shape.geometry))


def _fault(shape: Shape, code: Code, places: Array) -> Fault:
    x, y = (round(float(each), PLACES) for each in places[0])
    after = _after(shape, code)
    area = after.area_m2 if after else None
    return Fault(code, (x, y), len(places), shape.area_m2, area, is_repairable=after is not None)


def _after(shape: Shape, code: Code) -> Shape | None:
    if code is Code.COLLAPSED:
        return None
    try:
        return repair(shape, code)
    except NotRepairable:
        return None


def _unsound(shape: Shape) -> tuple[Code, Array]:
    reason = str(shapely.is_valid_reason(shape.geometry))
    code = next((code for text, code in _BY_GEOS if text in reason), Code.SELF_CROSSING)
    if code is Code.SELF_CROSSING and _parts_are_valid(shape):
        code = Code.PARTS_OVERLAP
    place = _PLACE.search(reason)
    return code, [(float(place[1]), float(place[2]))] if place else [shape.centre]


def _parts_are_valid(shape: Shape) -> bool:
    return bool(shapely.is_valid(shapely.get_parts(shape.geometry)).all())


def _slight(flat: Ragged) -> tuple[Code, Array]:
    thin = _thin(flat)
    code = Code.COLLAPSED if _is_collapsed(flat) else Code.SLIVER
    return code, flat.coordinates[flat.paths[:-1][thin]]


def _is_collapsed(flat: Ragged) -> bool:
    return bool(_thin(flat)[flat.outer].all())


def _flat(shape: Shape) -> Ragged:
    drawn = np.array([shape.geometry], dtype=object)
    return ragged.of_geometries(drawn, AREA if shape.kind is Kind.AREA else LINE)


def _steps(flat: Ragged) -> tuple[Array, Array]:
    """Return of each point the way from the one before and to the one after, about in metres."""
    before, after = neighbours(owners(flat.paths), closed=flat.kind == AREA)
    scale = _METRES_PER_DEGREE * np.cos(np.radians(flat.coordinates[:, 1:]))
    metres = np.column_stack((scale, np.full(len(scale), _METRES_PER_DEGREE)))
    come = (flat.coordinates - flat.coordinates[before]) * metres
    go = (flat.coordinates[after] - flat.coordinates) * metres
    return come, go


def _repeated(flat: Ragged) -> Array:
    """Return which points stand where the one before them does."""
    before, _after = neighbours(owners(flat.paths), closed=flat.kind == AREA)
    same = (flat.coordinates == flat.coordinates[before]).all(axis=1)
    return same & (before != np.arange(len(before)))


def _spiky(flat: Ragged) -> Array:
    """Return which points are the tips of spikes."""
    come, go = _steps(flat)
    lengths = np.hypot(*come.T) * np.hypot(*go.T)
    towards = (come * go).sum(axis=1)
    sharp = -np.cos(np.radians(SPIKE_DEGREES))
    return (lengths > 0) & (towards <= sharp * lengths)


def _thin(flat: Ragged) -> Array:
    """Return which rings enclose nearly nothing."""
    _come, go = _steps(flat)
    origin = np.repeat(flat.coordinates[flat.paths[:-1]], np.diff(flat.paths), axis=0)
    scale = np.column_stack(
        (np.cos(np.radians(origin[:, 1])), np.ones(len(origin))),
    )
    place = (flat.coordinates - origin) * scale * _METRES_PER_DEGREE
    cross = place[:, 0] * go[:, 1] - place[:, 1] * go[:, 0]
    areas = np.abs(np.add.reduceat(cross, flat.paths[:-1])) / 2
    lengths = np.add.reduceat(np.hypot(*go.T), flat.paths[:-1])
    return (areas < TINY_M2) | (2 * areas < THIN_M * lengths)


def _without_points(wrong: Callable[[Ragged], Array]) -> Callable[[Shape], Shape]:
    def without(shape: Shape) -> Shape:
        flat = _flat(shape)
        for _round in range(_ROUNDS * _ROUNDS):
            bad = _no_two_running(wrong(flat))
            if not bad.any():
                break
            flat = _left(flat, ~bad)
        if not len(flat.outer):
            raise NotRepairable
        return Shape.of_geometry(flat.geometries()[0])

    return without


def _no_two_running(bad: Array) -> Array:
    """Return the bad points without those that follow a bad one: they may be good when it goes."""
    alone = bad.copy()
    alone[1:] &= ~bad[:-1]
    return alone


def _left(flat: Ragged, stays: Array) -> Ragged:
    """Return what is left of one feature; a ring of less than three points goes with its holes."""
    least = 3 if flat.kind == AREA else 2
    counts = np.bincount(owners(flat.paths)[stays], minlength=len(flat.outer))
    good = _with_shell(flat, counts >= least)
    kept = stays & np.repeat(good, np.diff(flat.paths))
    paths = offsets(counts[good])
    return Ragged(
        flat.kind,
        flat.coordinates[kept],
        paths,
        flat.outer[good],
        np.array([0, int(good.sum())]),
    )


def _with_shell(flat: Ragged, good: Array) -> Array:
    """Return which rings stay when a hole goes with its shell."""
    shell = np.cumsum(flat.outer) - 1
    together: Array = good & good[flat.outer][shell]
    return together


def _without_slivers(shape: Shape) -> Shape:
    flat = _flat(shape)
    thin = _thin(flat)
    if not thin.any() or _is_collapsed(flat):
        return shape
    good = np.repeat(_with_shell(flat, ~thin), np.diff(flat.paths))
    left = _left(flat, good)
    return Shape.of_geometry(left.geometries()[0])


def _enclosed(shape: Shape) -> Any:
    """Return what the shells enclose without what their holes do; one outside takes nothing."""
    surfaces = shapely.get_parts(shape.geometry)
    rings, owner = shapely.get_rings(surfaces, return_index=True)
    sound = shapely.make_valid(shapely.polygons(rings), method="structure", keep_collapsed=False)
    shells = np.ones(len(owner), dtype=bool)
    shells[1:] = owner[1:] != owner[:-1]
    parts = [
        shapely.difference(shell, shapely.union_all(sound[(owner == index) & ~shells]))
        for index, shell in enumerate(sound[shells])
    ]
    return shapely.union_all(parts)


def _made_valid(shape: Shape) -> Shape:
    for _round in range(_ROUNDS):
        if _is_sound(shape):
            return shape
        on_grid = shapely.set_precision(_enclosed(shape), 10.0**-PLACES)
        try:
            shape = Shape.of_geometry(on_grid)
        except NotAShape:
            raise NotRepairable from None
    raise NotRepairable


_REPAIRS: dict[Code, Callable[[Shape], Shape]] = {
    Code.REPEATED_POINTS: _without_points(_repeated),
    Code.SPIKE: _without_points(_spiky),
    Code.SLIVER: _without_slivers,
}
