"""From one system to another; always longitude or easting first, unless said to be swapped."""

import warnings
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import pyproj
import pyproj.network
import shapely
from pyproj.transformer import AreaOfInterest, TransformerGroup

from ..shapes import NotAShape, Shape, geometry_of_wkb
from . import internet
from .codes import BD09, CGCS2000, GCJ02, WGS84, crs

Coordinates = Any  # an array of pairs of floats

_TO_CGCS = {GCJ02: internet.cgcs_from_gcj, BD09: internet.cgcs_from_bd}
_OF_CGCS = {GCJ02: internet.gcj_from_cgcs, BD09: internet.bd_from_cgcs}
_ELLIPSOID = (6378137.0, 298.257222101)  # of CGCS2000 and of GRS 1980
_NEAR = 1e-6


def convert(
    coordinates: Coordinates, from_system: str, to: str = CGCS2000, *, swapped: bool = False
) -> Coordinates:
    """
    Return pairs of numbers of one system in another; infinite where there is no such place.

    :param swapped: whether the northing or latitude stands first in what is given
    :raises UnknownSystem: if one of the codes is none
    """
    given = np.asarray(coordinates, dtype=float).reshape(-1, 2)
    if swapped:
        given = given[:, ::-1]
    if from_system == to:
        return np.array(given)
    return _from_cgcs(_to_cgcs(given, from_system), to)


def shape(wkb: bytes, system: str, *, swapped: bool = False) -> Shape:
    """
    Return the shape that well-known binary of that system means.

    :raises NotAShape: if it is none there
    :raises UnknownSystem: if the code is none
    """
    foreign = geometry_of_wkb(wkb)
    return Shape.of_geometry(
        shapely.transform(foreign, lambda given: convert(given, system, swapped=swapped))
    )


def shapes(
    wkbs: Sequence[bytes | None], system: str, *, swapped: bool = False
) -> list[Shape | NotAShape | None]:
    """
    Return what ``shape`` would of each, or why it is none; None where there is nothing.

    :raises UnknownSystem: if the code is none
    """
    crs(system)
    return [None if wkb is None else _tried(wkb, system, swapped=swapped) for wkb in wkbs]


def wkb(kept: Shape, system: str) -> bytes:
    """
    Return a shape as well-known binary of another system.

    :raises UnknownSystem: if the code is none
    """
    moved = shapely.transform(kept.geometry, lambda given: convert(given, CGCS2000, system))
    return bytes(shapely.to_wkb(moved, byte_order=1))


def accuracy_m(system: str, bounds: tuple[float, float, float, float]) -> float | None:
    """
    Return how far from its true place a conversion to CGCS2000 may lie; None if nobody knows.

    Xi'an 1980 and most of Beijing 1954 need parameters that only the surveyors have: without them
    everything may stand 100 m away.

    :param bounds: west, south, east and north of what is converted
    :raises UnknownSystem: if the code is none
    """
    if system in _TO_CGCS or _is_measured_as_cgcs(system):
        return 0.0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that a better way would need a file from elsewhere
        group = TransformerGroup(
            crs(system), crs(WGS84), always_xy=True, area_of_interest=AreaOfInterest(*bounds)
        )
    best = group.transformers[0].accuracy if group.transformers else -1
    return None if best < 0 else float(best)


def _tried(wkb: bytes, system: str, *, swapped: bool) -> Shape | NotAShape:
    try:
        return shape(wkb, system, swapped=swapped)
    except NotAShape as reason:
        return reason


def _to_cgcs(given: Coordinates, system: str) -> Coordinates:
    if system in _TO_CGCS:
        return _TO_CGCS[system](given)
    x, y = _transformer(system).transform(given[:, 0], given[:, 1])
    return np.column_stack((x, y))


def _from_cgcs(places: Coordinates, system: str) -> Coordinates:
    if system in _OF_CGCS:
        return _OF_CGCS[system](places)
    x, y = _transformer(system).transform(places[:, 0], places[:, 1], direction="INVERSE")
    return np.column_stack((x, y))


@lru_cache(maxsize=128)
def _transformer(system: str) -> pyproj.Transformer:
    """Return what leads from a system to CGCS2000, which WGS 84 equals to some centimetres."""
    pyproj.network.set_network_enabled(active=False)  # type: ignore[attr-defined]
    source = crs(system)
    target = source.geodetic_crs if _is_measured_as_cgcs(system) else crs(WGS84)
    return pyproj.Transformer.from_crs(source, target, always_xy=True)


@lru_cache(maxsize=128)
def _is_measured_as_cgcs(system: str) -> bool:
    """Return whether the system stands on CGCS2000, or names no datum but its ellipsoid."""
    found = crs(system)
    if found.geodetic_crs == crs(CGCS2000):
        return True
    ellipsoid = found.ellipsoid
    return (
        system.startswith("+")
        and ellipsoid is not None
        and abs(ellipsoid.semi_major_metre - _ELLIPSOID[0]) < _NEAR
        and abs(ellipsoid.inverse_flattening - _ELLIPSOID[1]) < _NEAR
    )
