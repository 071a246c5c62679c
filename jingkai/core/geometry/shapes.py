"""
A shape on the ground, as the product keeps it: CGCS2000 longitude and latitude, one form of bytes.

Rings that name the same points in another order give the same bytes, so that two shapes are equal
when their bytes are. What is kept need not be sound: `faults` finds what is wrong with it.
"""

import json
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any

import numpy as np
import shapely

from . import measures

PLACES = 9  # of a degree: a tenth of a millimetre
MOST_POINTS = 200_000
_MOST_TEXT = 80 * MOST_POINTS
_LINEAR = {1, 2, 3, 4, 5, 6, 7}  # the types of WKB that are made of straight lines
_LEAST_OF_RING = 4  # points, the first one again at the end
_POINT, _LINE, _POLYGON, _MULTIPOLYGON = 0, 1, 3, 6  # as shapely numbers them
_GATHERED = {
    _POINT: shapely.multipoints,
    _LINE: shapely.multilinestrings,
    _POLYGON: shapely.multipolygons,
}


class Kind(StrEnum):
    """What a shape is."""

    POINT = "point"
    LINE = "line"
    AREA = "area"


_KINDS = {1: Kind.POINT, 2: Kind.LINE, 4: Kind.POINT, 5: Kind.LINE, 6: Kind.AREA}


class Reason(StrEnum):
    """Why something is no shape."""

    UNREADABLE = "unreadable"
    EMPTY = "empty"
    NOT_CLOSED = "not_closed"  # a ring whose last point is not its first: `faults.closed`
    TOO_FEW_POINTS = "too_few_points"
    TOO_MANY_POINTS = "too_many_points"
    NOT_FINITE = "not_finite"
    OUT_OF_RANGE = "out_of_range"  # no longitude and latitude: another system, or swapped
    CURVED = "curved"
    MIXED = "mixed"  # areas beside lines or points


class NotAShape(ValueError):
    """What was given can't be kept as a shape; the reason is a code, the facts fill a sentence."""

    def __init__(self, reason: Reason, **facts: str | float) -> None:
        """Keep the reason and what a sentence about it needs."""
        super().__init__(reason, facts)
        self.reason = reason
        self.facts = facts


@dataclass(frozen=True)
class Shape:
    """
    A point, a line or an area in EPSG:4490, longitude first.

    ``Shape(wkb)`` trusts its bytes: they came out of another shape. What comes from outside goes
    through ``of_wkb``, ``of_wkt`` or ``of_geojson``.
    """

    wkb: bytes

    @classmethod
    def of_wkb(cls, data: bytes) -> "Shape":
        """
        Return the shape of well-known binary in longitude and latitude, of any dialect.

        :raises NotAShape: if it is none
        """
        return cls.of_geometry(geometry_of_wkb(data))

    @classmethod
    def of_wkt(cls, text: str) -> "Shape":
        """
        Return the shape of well-known text in longitude and latitude.

        :raises NotAShape: if it is none
        """
        if len(text) > _MOST_TEXT:
            raise NotAShape(Reason.TOO_MANY_POINTS, most=MOST_POINTS)
        return cls.of_geometry(_read(shapely.from_wkt, text))

    @classmethod
    def of_geojson(cls, given: dict[str, Any] | str) -> "Shape":
        """
        Return the shape of a GeoJSON geometry or feature, as text or as read from it.

        :raises NotAShape: if it is none
        """
        text = given if isinstance(given, str) else json.dumps(given)
        if len(text) > _MOST_TEXT:
            raise NotAShape(Reason.TOO_MANY_POINTS, most=MOST_POINTS)
        return cls.of_geometry(_read(shapely.from_geojson, text))

    @classmethod
    def of_geometry(cls, geometry: Any) -> "Shape":
        """
        Return the shape of a shapely geometry of longitude and latitude.

        :raises NotAShape: if it can't be kept
        """
        _refuse_excess(geometry)
        flat = shapely.transform(_flat(geometry), _rounded)
        _refuse_places(flat)
        return cls(shapely.to_wkb(_ordered(flat), byte_order=1, include_srid=False))

    def __reduce__(self) -> tuple[type["Shape"], tuple[bytes]]:
        """Pickle the bytes alone, without what was worked out of them."""
        return Shape, (self.wkb,)

    @property
    def kind(self) -> Kind:
        """Return whether it is a point, a line or an area."""
        return _KINDS[struct.unpack_from("<I", self.wkb, 1)[0]]

    @cached_property
    def geometry(self) -> Any:
        """Return it for shapely."""
        return shapely.from_wkb(self.wkb)

    @cached_property
    def bounds(self) -> tuple[float, float, float, float]:
        """Return its west, south, east and north."""
        west, south, east, north = shapely.bounds(self.geometry).tolist()
        return west, south, east, north

    @cached_property
    def area_m2(self) -> Decimal | None:
        """Return its area in the 3-degree zone of its middle; None for a point or a line."""
        return measures.areas_m2([self.geometry])[0]

    @cached_property
    def centre(self) -> tuple[float, float]:
        """Return a place of it for a label: its centroid, or a point inside if that is not."""
        centroid = shapely.centroid(self.geometry)
        if self.kind is not Kind.AREA or not shapely.intersects(self.geometry, centroid):
            centroid = shapely.point_on_surface(self.geometry)
        return round(centroid.x, PLACES), round(centroid.y, PLACES)

    @property
    def points(self) -> int:
        """Return how many points it is made of."""
        return int(shapely.get_num_coordinates(self.geometry))

    @property
    def wkt(self) -> str:
        """Return it as well-known text."""
        return str(shapely.to_wkt(self.geometry, rounding_precision=PLACES))

    @property
    def geojson(self) -> dict[str, Any]:
        """Return it as a GeoJSON geometry, rings as RFC 7946 turns them."""
        turned = shapely.orient_polygons(self.geometry, exterior_cw=False)
        geometry: dict[str, Any] = json.loads(shapely.to_geojson(turned))
        return geometry


def of_wkbs(data: Sequence[bytes | None]) -> list["Shape | NotAShape | None"]:
    """Return the shape of each, or why it is none; None where there is nothing."""
    return [None if each is None else _tried(each) for each in data]


def areas_m2(shapes: Sequence[Shape]) -> list[Decimal | None]:
    """Return the area of each, fast: see ``Shape.area_m2``."""
    return measures.areas_m2(geometries(shapes)) if shapes else []


def geometries(shapes: Sequence[Shape]) -> Any:
    """Return the shapes as an array for shapely."""
    return shapely.from_wkb([shape.wkb for shape in shapes])


def geometry_of_wkb(data: bytes) -> Any:
    """
    Return well-known binary in whatever system as a shapely geometry.

    :raises NotAShape: if it is unreadable, curved or not closed
    """
    if len(data) > 40 * MOST_POINTS:
        raise NotAShape(Reason.TOO_MANY_POINTS, most=MOST_POINTS)
    if len(data) >= 5 and data[0] in {0, 1}:
        (number,) = struct.unpack_from("<I" if data[0] else ">I", data, 1)
        if (number & 0x0FFFFFFF) % 1000 not in _LINEAR:
            raise NotAShape(Reason.CURVED)
    return _read(shapely.from_wkb, data)


def _tried(data: bytes) -> "Shape | NotAShape":
    try:
        return Shape.of_wkb(data)
    except NotAShape as reason:
        return reason


def _read(reader: Any, given: Any) -> Any:
    try:
        with np.errstate(invalid="ignore"):
            geometry = reader(given)
    except NotImplementedError:
        raise NotAShape(Reason.CURVED) from None
    except shapely.errors.GEOSException as reason:
        raise NotAShape(_why(str(reason)), what=str(reason)[:200]) from None
    except (TypeError, ValueError, UnicodeError) as reason:
        raise NotAShape(Reason.UNREADABLE, what=str(reason)[:200]) from None
    if geometry is None:
        raise NotAShape(Reason.UNREADABLE, what="")
    return geometry


def _why(message: str) -> Reason:
    if "closed linestring" in message:
        return Reason.NOT_CLOSED
    if "number of points" in message or "point array must contain" in message:
        return Reason.TOO_FEW_POINTS
    return Reason.UNREADABLE


def _refuse_excess(geometry: Any) -> None:
    count = int(shapely.get_num_coordinates(geometry))
    if count > MOST_POINTS:
        raise NotAShape(Reason.TOO_MANY_POINTS, points=count, most=MOST_POINTS)
    if not np.isfinite(shapely.get_coordinates(geometry)).all():
        raise NotAShape(Reason.NOT_FINITE)


def _refuse_places(geometry: Any) -> None:
    west, south, east, north = shapely.bounds(geometry).tolist()
    if west < -180 or east > 180 or south < -90 or north > 90:
        raise NotAShape(Reason.OUT_OF_RANGE, x=max(east, -west), y=max(north, -south))


def _flat(geometry: Any) -> Any:
    """Return it in two dimensions, areas as one multipolygon, without empty parts."""
    parts = _parts(shapely.force_2d(geometry))
    if not len(parts):
        raise NotAShape(Reason.EMPTY)
    types = set(shapely.get_type_id(parts).tolist())
    if len(types) > 1 or not types <= _GATHERED.keys():
        raise NotAShape(Reason.MIXED)
    (type_id,) = types
    if type_id == _POLYGON:
        return shapely.multipolygons(_with_whole_rings(parts))
    return parts[0] if len(parts) == 1 else _GATHERED[type_id](parts)


def _parts(geometry: Any) -> Any:
    parts = shapely.get_parts(geometry)
    while (shapely.get_type_id(parts) > _POLYGON).any():  # a collection of collections
        parts = shapely.get_parts(parts)
    return parts[~shapely.is_empty(parts)]


def _with_whole_rings(parts: Any) -> Any:
    """Return the polygons without empty holes."""
    counts = shapely.get_num_points(shapely.get_rings(parts))
    if ((counts > 0) & (counts < _LEAST_OF_RING)).any():
        raise NotAShape(Reason.TOO_FEW_POINTS)
    if counts.all():
        return parts
    return [
        shapely.Polygon(part.exterior, [hole for hole in part.interiors if not hole.is_empty])
        for part in parts
    ]


def _ordered(geometry: Any) -> Any:
    """Return it with its points, rings and parts in the one order that their places give."""
    if shapely.get_type_id(geometry) != _MULTIPOLYGON:
        return shapely.normalize(geometry)
    # GEOS turns a ring that crosses itself, or repeats a point, now this way and now the other.
    parts = []
    for part in shapely.get_parts(geometry):
        shell, *holes = (_turned(ring) for ring in shapely.get_rings(part))
        parts.append([shell, *sorted(holes)])
    return shapely.multipolygons(
        [shapely.Polygon(shell, holes) for shell, *holes in sorted(parts)]
    )


def _turned(ring: Any) -> list[tuple[float, float]]:
    """Return the smallest of all lists of points that draw the ring."""
    points = [(x, y) for x, y in shapely.get_coordinates(ring).tolist()][:-1]
    least = min(points)
    found = min(
        one[place:] + one[:place]
        for one in (points, points[::-1])
        for place in _begins(one, least)
    )
    return [*found, found[0]]


def _begins(points: list[tuple[float, float]], least: tuple[float, float]) -> list[int]:
    """Return where the least point stands; once for each run of it."""
    return [
        place
        for place, point in enumerate(points)
        if point == least and points[place - 1] != least
    ] or [0]


def _rounded(coordinates: Any) -> Any:
    return np.round(coordinates, PLACES) + 0.0  # no negative zero
