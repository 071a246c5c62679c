"""Tiles of a layer: its outlines as arrays, once a version, and of them what a tile shows."""

import gzip
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from django.db.models import BinaryField, ExpressionWrapper, F, Max, Min

from jingkai.apps.registers.filters import Filters
from jingkai.core.geometry import tiles as encoding
from jingkai.core.geometry.tiles import Prepared

from ..tiles import Kept
from .catalogue import Seen

Extent = tuple[float, float, float, float]

MOST_ZOOM = 22
NAMES_FROM = 14  # the zoom from which names are written


@dataclass(frozen=True, slots=True)
class Drawn:
    """The outlines of a layer, and the places of their names: one each, whatever tiles cut."""

    outlines: Prepared
    names: Prepared

    @property
    def nbytes(self) -> int:
        """Return about how much memory they take."""
        return self.outlines.nbytes + self.names.nbytes


_MB = 1_024 * 1_024
_FILTERED = ("page", "length", "sort", "columns", "view")  # which decide nothing on a map
_PREPARED: Kept[Drawn] = Kept(512 * _MB, lambda drawn: drawn.nbytes)
_LEFT: Kept[Any] = Kept(32 * _MB, lambda left: left.nbytes)
_EXTENTS: Kept[Extent | None] = Kept(256)
TILES: Kept[bytes] = Kept(64 * _MB, lambda tile: len(tile) + 200)


def tile(seen: Seen, asked: Filters, place: tuple[int, int, int], now: str) -> bytes:
    """
    Return the vector tile at zoom, column and row of what the filters leave, packed by gzip.

    Empty where nothing lies there. ``now``: the version of the data.
    """
    key = (seen.layer.name, now, _asked(asked), place)
    if asked.words:  # the index of searches follows by itself, after the version
        return _tile(seen, asked, place, now)
    return TILES.get(key, lambda: _tile(seen, asked, place, now))


def prepared(seen: Seen, now: str) -> Drawn:
    """Return the outlines of the layer with what the map knows of each, made once a version."""
    return _PREPARED.get((seen.layer.name, now), lambda: _prepared(seen))


def extent(seen: Seen, now: str) -> Extent | None:
    """Return the west, south, east and north of what the layer shows; None where nothing is."""
    return _EXTENTS.get((seen.layer.name, now), lambda: _extent(seen))


def _extent(seen: Seen) -> Extent | None:
    edges = seen.rows().aggregate(
        west=Min("west"), south=Min("south"), east=Max("east"), north=Max("north")
    )
    west, south, east, north = edges.values()
    return None if west is None else (west, south, east, north)


def _tile(seen: Seen, asked: Filters, place: tuple[int, int, int], now: str) -> bytes:
    source = prepared(seen, now)
    left = _left(seen, asked, now, source.outlines)
    layers = (source.outlines, source.names) if place[0] >= NAMES_FROM else (source.outlines,)
    drawn = encoding.encode([(each, left) for each in layers], *place)
    return gzip.compress(drawn, compresslevel=1, mtime=0) if drawn else b""


def _asked(asked: Filters) -> tuple[Any, ...]:
    """Return what is asked, with the columns that took it: others may not filter by them all."""
    return asked.without(*_FILTERED), tuple(sorted(asked.by_column))


def _left(seen: Seen, asked: Filters, now: str, source: Prepared) -> Any:
    """Return which of the outlines the filters leave, as an array of truth; None for all."""
    if not asked.by_column and not asked.words:
        return None
    if asked.words:
        return _kept_by(seen, asked, source)
    key = (seen.layer.name, now, _asked(asked))
    return _LEFT.get(key, lambda: _kept_by(seen, asked, source))


def _kept_by(seen: Seen, asked: Filters, source: Prepared) -> Any:
    keys = asked.filtered(seen.rows()).values_list("pk", flat=True)
    return np.isin(source.ids, np.fromiter(keys.iterator(chunk_size=10_000), dtype=np.int64))


def _prepared(seen: Seen) -> Drawn:
    outline = ExpressionWrapper(F(seen.layer.outline), output_field=BinaryField())
    rows = seen.rows().filter(**{f"{seen.layer.outline}__isnull": False}).order_by("pk")
    found = rows.annotate(drawn=outline).values_list("pk", "drawn", *seen.columns)
    ids, shapes, values = [], [], []
    for pk, shape, *known in found.iterator(chunk_size=5_000):
        ids.append(pk)
        shapes.append(bytes(shape))
        values.append([str(value) if value not in {None, ""} else None for value in known])
    name, places = seen.layer.name, _places(shapes)
    return Drawn(
        Prepared.of(name, shapes, ids, seen.columns, values),
        Prepared.of(f"{name}-names", places, ids, seen.columns, values),
    )


def _places(shapes: list[bytes]) -> list[bytes]:
    """Return where the name of each shape stands: its centroid, or else a point inside it."""
    geometries = shapely.from_wkb(shapes)
    places = shapely.centroid(geometries)
    outside = ~shapely.intersects(geometries, places)
    places[outside] = shapely.point_on_surface(geometries[outside])
    return list(shapely.to_wkb(places, byte_order=1))
