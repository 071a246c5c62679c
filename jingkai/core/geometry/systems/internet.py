"""
GCJ-02 and BD-09: the systems of Chinese internet maps, away from CGCS2000 by up to 700 m.

The obfuscation is no projection and has no closed inverse; it is undone by approaching the place
that is moved to the given one. Outside the rectangle below nothing is moved.
"""

from typing import Any

import numpy as np

WEST, SOUTH, EAST, NORTH = 72.004, 0.8293, 137.8347, 55.8271
_RADIUS_M = 6378245.0  # of Krasovsky's ellipsoid, as the obfuscation has it
_ECCENTRICITY = 0.00669342162296594323  # squared
_BAIDU = np.pi * 3000.0 / 180.0
_BAIDU_EAST, _BAIDU_NORTH = 0.0065, 0.006
_STEPS = 8  # each brings the place some 200 times nearer; six reach the limit of a double

Coordinates = Any  # an array of pairs: longitude, latitude


def gcj_from_cgcs(places: Coordinates) -> Coordinates:
    """Return places of CGCS2000 or WGS 84 as maps of Amap and Tencent show them."""
    return places + np.where(_inside(places)[:, None], _offset(places), 0.0)


def cgcs_from_gcj(places: Coordinates) -> Coordinates:
    """Return places of Amap or Tencent in CGCS2000, to less than a millimetre."""
    return _undone(places, gcj_from_cgcs)


def bd_from_gcj(places: Coordinates) -> Coordinates:
    """Return places of Amap or Tencent as Baidu shows them."""
    x, y = places[:, 0], places[:, 1]
    distance = np.hypot(x, y) + 0.00002 * np.sin(y * _BAIDU)
    angle = np.arctan2(y, x) + 0.000003 * np.cos(x * _BAIDU)
    return np.column_stack(
        (distance * np.cos(angle) + _BAIDU_EAST, distance * np.sin(angle) + _BAIDU_NORTH)
    )


def bd_from_cgcs(places: Coordinates) -> Coordinates:
    """Return places of CGCS2000 or WGS 84 as Baidu shows them."""
    return bd_from_gcj(gcj_from_cgcs(places))


def cgcs_from_bd(places: Coordinates) -> Coordinates:
    """Return places of Baidu in CGCS2000, to less than a millimetre."""
    return cgcs_from_gcj(_undone(places, bd_from_gcj))


def _undone(places: Coordinates, move: Any) -> Coordinates:
    found = np.array(places, dtype=float)
    for _step in range(_STEPS):
        found = found - (move(found) - places)
    return found


def _inside(places: Coordinates) -> Any:
    x, y = places[:, 0], places[:, 1]
    return (x >= WEST) & (x <= EAST) & (y >= SOUTH) & (y <= NORTH)


def _offset(places: Coordinates) -> Coordinates:
    x, y = places[:, 0] - 105.0, places[:, 1] - 35.0
    angle = np.radians(places[:, 1])
    curve = 1 - _ECCENTRICITY * np.sin(angle) ** 2
    north_m = (_RADIUS_M * (1 - _ECCENTRICITY)) / (curve * np.sqrt(curve))
    east_m = _RADIUS_M / np.sqrt(curve) * np.cos(angle)
    return np.column_stack(
        (np.degrees(_eastward(x, y) / east_m), np.degrees(_northward(x, y) / north_m))
    )


def _eastward(x: Any, y: Any) -> Any:
    moved = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * np.sqrt(np.abs(x))
    return (
        moved
        + _ripple(x)
        + _waves(x, ((20.0, 1.0), (40.0, 1 / 3), (150.0, 1 / 12), (300.0, 1 / 30)))
    )


def _northward(x: Any, y: Any) -> Any:
    moved = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * np.sqrt(np.abs(x))
    return (
        moved
        + _ripple(x)
        + _waves(y, ((20.0, 1.0), (40.0, 1 / 3), (160.0, 1 / 12), (320.0, 1 / 30)))
    )


def _ripple(x: Any) -> Any:
    return (20.0 * np.sin(6.0 * x * np.pi) + 20.0 * np.sin(2.0 * x * np.pi)) * 2.0 / 3.0


def _waves(along: Any, waves: tuple[tuple[float, float], ...]) -> Any:
    return sum(height * np.sin(along * pace * np.pi) for height, pace in waves) * 2.0 / 3.0
