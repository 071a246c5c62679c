"""Which shapes share ground, and how much: duplicates, enclosures, overlaps."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

import numpy as np
import shapely

from . import measures
from .shapes import PLACES, Shape, geometries

TOLERANCE_M2 = 1.0
SAME_SHARE = 0.999  # of either area must be shared
_M2_PER_SQUARE_DEGREE = 111_320.0**2
_SURE = 0.5  # of the tolerance, by the rough measure in degrees
_BATCH = 50_000

Array = Any


class Relation(StrEnum):
    """How the first stands to the second."""

    SAME = "same"
    CONTAINS = "contains"
    WITHIN = "within"
    OVERLAPS = "overlaps"


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two shapes by their places in what was given, and the ground that they share."""

    first: int
    second: int
    shared_m2: Decimal
    relation: Relation
    share_of_first: float
    share_of_second: float


def find(
    shapes: Sequence[Shape],
    among: Sequence[Shape] | None = None,
    *,
    tolerance_m2: float = TOLERANCE_M2,
) -> list[Overlap]:
    """
    Return the pairs that share more ground than the tolerance, by their places.

    Each pair once: among the shapes themselves, or of a shape with one of ``among``. Lines and
    points share none. What is not sound is measured as its repair would be.
    """
    first = _sound(geometries(shapes)) if shapes else np.empty(0, dtype=object)
    second = first if among is None else _sound(geometries(among)) if among else first[:0]
    if not len(first) or not len(second):
        return []
    one, other = shapely.STRtree(second).query(first, predicate="intersects")
    if among is None:
        one, other = one[one < other], other[one < other]
    found = []
    for begin in range(0, len(one), _BATCH):
        part = slice(begin, begin + _BATCH)
        found += _measured(first, second, one[part], other[part], tolerance_m2)
    return sorted(found, key=lambda pair: (pair.first, pair.second))


def same(one: Shape, other: Shape, *, tolerance_m2: float = TOLERANCE_M2) -> bool:
    """Return whether two areas cover the same ground, whatever points draw them."""
    if one == other:
        return True
    pairs = find([one], [other], tolerance_m2=tolerance_m2)
    return bool(pairs) and pairs[0].relation is Relation.SAME


def merged(shapes: Sequence[Shape]) -> Shape:
    """
    Return the ground that areas cover together; lines and points cover none.

    :raises NotAShape: if they cover none, or it can't be kept
    """
    drawn = _sound(geometries(shapes))
    return Shape.of_geometry(shapely.union_all(drawn, grid_size=10.0**-PLACES))


def _sound(drawn: Array) -> Array:
    wrong = ~shapely.is_valid(drawn)
    if wrong.any():
        drawn[wrong] = shapely.make_valid(drawn[wrong], method="structure", keep_collapsed=False)
    drawn[shapely.get_dimensions(drawn) < 2] = None
    return drawn


def _measured(
    first: Array, second: Array, one: Array, other: Array, tolerance_m2: float
) -> list[Overlap]:
    shared = shapely.intersection(first[one], second[other])
    south = shapely.bounds(shared)[:, 1]
    rough = shapely.area(shared) * np.cos(np.radians(np.nan_to_num(south))) * _M2_PER_SQUARE_DEGREE
    large = rough > _SURE * tolerance_m2
    one, other, shared = one[large], other[large], shared[large]
    several = zip(
        one.tolist(),
        other.tolist(),
        _areas(shared),
        _areas(first[one]),
        _areas(second[other]),
        strict=True,
    )
    return [_pair(*each) for each in several if each[2] > Decimal(str(tolerance_m2))]


def _areas(drawn: Array) -> list[Decimal]:
    return [area or Decimal(0) for area in measures.areas_m2(drawn)]


def _pair(first: int, second: int, shared: Decimal, one: Decimal, other: Decimal) -> Overlap:
    of_first, of_second = float(shared / one), float(shared / other)
    match of_first >= SAME_SHARE, of_second >= SAME_SHARE:
        case True, True:
            relation = Relation.SAME
        case False, True:
            relation = Relation.CONTAINS
        case True, False:
            relation = Relation.WITHIN
        case _:
            relation = Relation.OVERLAPS
    return Overlap(first, second, shared, relation, of_first, of_second)
