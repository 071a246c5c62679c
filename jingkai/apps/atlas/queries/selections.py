"""What lies in a figure that somebody has drawn on the map."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import shapely
from django.db.models import BinaryField, ExpressionWrapper, F, QuerySet

from jingkai.apps.registers import spatial
from jingkai.apps.registers.filters import Filters
from jingkai.core.geometry import Kind, Shape, measures

from .catalogue import Seen

MOST_POINTS = 500
MOST_LISTED = 20_000
_CIRCLE_SEGMENTS = 32  # a quarter of the circle
MOST_RADIUS_M = 200_000


class NotDrawn(ValueError):
    """The text is no figure: the reason is a code that the page words."""


@dataclass(frozen=True, slots=True)
class Found:
    """The records that a figure touches, and the area on record of those that have one."""

    keys: list[int]
    area: Decimal | None
    with_area: int


def figure(text: str) -> Any:
    """
    Return the figure of a text: ``lon,lat;lon,lat;…`` or ``circle:lon,lat,metres``.

    ``view:west,south,east,north`` is what somebody has in sight, and not drawn.

    :raises NotDrawn: if it is neither, or too large
    """
    try:
        if text.startswith("circle:"):
            return _circle(*_numbers(text.removeprefix("circle:")))
        if text.startswith("view:"):
            return _view(*_numbers(text.removeprefix("view:")))
        return _polygon([_numbers(place) for place in text.split(";") if place])
    except (TypeError, ValueError, shapely.errors.GEOSException):
        raise NotDrawn from None


def touched(seen: Seen, asked: Filters, drawn: Any) -> QuerySet[Any]:
    """Return the rows that the filters leave whose window meets the figure's."""
    west, south, east, north = shapely.bounds(drawn).tolist()
    return spatial.within(asked.filtered(seen.rows()), west, south, east, north)


def found(seen: Seen, rows: QuerySet[Any], drawn: Any) -> Found:
    """Return those of the rows whose outline meets the figure, and what they add up to."""
    column = seen.register.by_name.get(seen.layer.area)
    measured = seen.layer.area if column and column.may_read else "pk"
    keys: list[int] = []
    area, with_area = Decimal(0), 0
    shapely.prepare(drawn)
    for pk, shape, value in _outlines(seen, rows, measured):
        if not shapely.intersects(drawn, shape):
            continue
        keys.append(pk)
        if measured != "pk" and value is not None:
            area, with_area = area + value, with_area + 1
    return Found(keys, area if measured != "pk" else None, with_area)


def _outlines(seen: Seen, rows: QuerySet[Any], *columns: str) -> Iterator[tuple[Any, ...]]:
    outline = ExpressionWrapper(F(seen.layer.outline), output_field=BinaryField())
    drawn = rows.annotate(drawn=outline).order_by("pk")
    for pk, wkb, *values in drawn.values_list("pk", "drawn", *columns).iterator(chunk_size=2_000):
        yield (pk, shapely.from_wkb(bytes(wkb)), *values)


def _polygon(places: list[list[float]]) -> Any:
    if not 3 <= len(places) <= MOST_POINTS:
        raise NotDrawn
    ring = shapely.Polygon([(lon, lat) for lon, lat in places])
    shape = Shape.of_geometry(shapely.make_valid(ring, method="structure"))
    if shape.kind is not Kind.AREA:
        raise NotDrawn
    return shape.geometry


def _view(west: float, south: float, east: float, north: float) -> Any:
    return _polygon([[west, south], [east, south], [east, north], [west, north]])


def _circle(lon: float, lat: float, metres: float) -> Any:
    if not 0 < metres <= MOST_RADIUS_M:
        raise NotDrawn
    central = measures.meridian(lon)
    middle = measures.projected(Shape.of_wkt(f"POINT({lon} {lat})").geometry, central)
    round_it = shapely.buffer(middle, metres, quad_segs=_CIRCLE_SEGMENTS)
    return measures.unprojected(round_it, central)


def _numbers(text: str) -> list[float]:
    return [float(part) for part in text.split(",")]
