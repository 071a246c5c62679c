"""
A vector tile (Mapbox Vector Tile 2.1) of prepared layers.

What is smaller than four pixels is not drawn but counted: each cell of a grid of eight pixels gets
one point with ``count`` and, of each column, the text that most of its members have. So a tile's
work is bounded whatever lies in it, and a whole county is seen at a glance.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from .. import ragged
from ..ragged import AREA, POINT, Ragged
from .features import Features, message
from .prepared import Column, Group, Prepared
from .protobuf import field

Array = Any

EXTENT = 4096  # units of a tile's edge
PIXELS = 512  # as MapLibre draws a tile of vectors
BUFFER = 64 * EXTENT // PIXELS // 8  # units beyond the edge, so that outlines don't show there
CELLS = 64  # of the grid along an edge, each of eight pixels
LEAST = 4 * EXTENT // PIXELS  # units: smaller things are counted
DETAILED_ZOOM = 14  # from here on every unit is drawn; below it, every fourth
COARSE = 4
COUNT = "count"
_LAYER = 3  # the field of a tile that holds a layer


@dataclass(frozen=True, slots=True)
class Place:
    """A tile: its corner and its scale in the world."""

    left: float
    top: float
    scale: float  # units of this tile in the whole world
    step: int  # units between places that are told apart

    @classmethod
    def of(cls, z: int, x: int, y: int) -> "Place":
        """Return the place of a tile by zoom, column and row."""
        tiles = float(2**z)
        step = 1 if z >= DETAILED_ZOOM else COARSE
        return cls(x / tiles, y / tiles, EXTENT * tiles, step)

    def reached(self, bounds: Array) -> Array:
        """Return which bounds reach into the tile or its margin."""
        margin, size = BUFFER / self.scale, (EXTENT + BUFFER) / self.scale
        return (
            (bounds[:, 2] >= self.left - margin)
            & (bounds[:, 0] <= self.left + size)
            & (bounds[:, 3] >= self.top - margin)
            & (bounds[:, 1] <= self.top + size)
        )

    def holds(self, bounds: Array) -> Array:
        """Return which bounds lie inside the tile and its margin."""
        margin, size = BUFFER / self.scale, (EXTENT + BUFFER) / self.scale
        return (
            (bounds[:, 0] >= self.left - margin)
            & (bounds[:, 2] <= self.left + size)
            & (bounds[:, 1] >= self.top - margin)
            & (bounds[:, 3] <= self.top + size)
        )

    def units(self, coordinates: Array) -> Array:
        """Return places of the world in whole units of the tile."""
        along = (coordinates - (self.left, self.top)) * (self.scale / self.step)
        return np.rint(along).astype(np.int64) * self.step


def touches(bounds: Array, z: int, x: int, y: int) -> bool:
    """Return whether any of the bounds, in the world, reaches into the tile or its margin."""
    return bool(Place.of(z, x, y).reached(bounds).any())


def encode(layers: Sequence[tuple[Prepared, Array | None]], z: int, x: int, y: int) -> bytes:
    """
    Return the tile at zoom, column and row; empty where nothing lies there.

    :param layers: each with which of its features are drawn, as an array of truth, None for all
    """
    place = Place.of(z, x, y)
    drawn = (_layer(prepared, shown, place) for prepared, shown in layers)
    return b"".join(field(_LAYER, content) for content in drawn if content)


def _layer(prepared: Prepared, shown: Array | None, place: Place) -> bytes:
    found = []
    for group in prepared.groups:
        reached = place.reached(group.bounds)
        if shown is not None:
            reached &= shown[group.features]
        within = np.flatnonzero(reached)
        if len(within):
            found += _drawn(prepared, group, within, place)
    return message(prepared.name, [features for features in found if len(features.ids)], EXTENT)


def _drawn(prepared: Prepared, group: Group, within: Array, place: Place) -> list[Features]:
    bounds = group.bounds[within]
    sizes = np.maximum(bounds[:, 2] - bounds[:, 0], bounds[:, 3] - bounds[:, 1]) * place.scale
    large = sizes >= LEAST
    if group.shapes.kind == POINT:
        large = np.ones(len(within), dtype=bool) if len(within) <= CELLS * CELLS else ~large
    parts = []
    if not large.all():
        parts.append(_counted(prepared, group, within[~large], place))
    if large.any():
        parts.append(_outlined(prepared, group, within[large], place))
    return parts


def _outlined(prepared: Prepared, group: Group, within: Array, place: Place) -> Features:
    whole = place.holds(group.bounds[within])
    shapes = group.shapes.taken(within[whole])
    order = within[whole]
    if not whole.all():
        cut, kept = _cut(group.shapes.taken(within[~whole]), place)
        shapes, order = ragged.joined(shapes, cut), np.concatenate((order, within[~whole][kept]))
    features = group.features[order]
    units = Ragged(
        shapes.kind, place.units(shapes.coordinates), shapes.paths, shapes.outer, shapes.features
    )
    columns = tuple(
        Column(each.name, each.texts, each.codes[features]) for each in prepared.columns
    )
    return Features(units, prepared.ids[features], columns)


def _cut(shapes: Ragged, place: Place) -> tuple[Ragged, Array]:
    """Return what of the features lies in the tile and its margin, and of which that is any."""
    margin, size = BUFFER / place.scale, (EXTENT + BUFFER) / place.scale
    left, top = place.left, place.top
    pieces = shapely.clip_by_rect(
        shapes.geometries(), left - margin, top - margin, left + size, top + size
    )
    parts, owner = shapely.get_parts(pieces, return_index=True)
    dimension = {AREA: 2, POINT: 0}.get(shapes.kind, 1)
    fit = (shapely.get_dimensions(parts) == dimension) & ~shapely.is_empty(parts)
    kept, owner = np.unique(owner[fit], return_inverse=True)
    gathered = shapely.geometrycollections(parts[fit], indices=owner)
    if not len(kept):
        gathered = np.empty(0, dtype=object)
    return ragged.of_geometries(gathered, shapes.kind), kept


def _counted(prepared: Prepared, group: Group, within: Array, place: Place) -> Features:
    bounds = group.bounds[within]
    middles = place.units((bounds[:, :2] + bounds[:, 2:]) / 2)
    inside = ((middles >= 0) & (middles < EXTENT)).all(axis=1)
    middles, features = middles[inside], group.features[within[inside]]
    cells = middles * CELLS // EXTENT
    numbers, first, cell, counts = np.unique(
        cells[:, 1] * CELLS + cells[:, 0],
        return_index=True,
        return_inverse=True,
        return_counts=True,
    )
    sums = [np.bincount(cell, weights=middles[:, axis]) for axis in (0, 1)]
    centres = np.rint(np.column_stack(sums) / counts[:, None]).astype(np.int64)
    columns = [
        _of_most(each, each.codes[features], cell, len(numbers)) for each in prepared.columns
    ]
    columns.append(_numbers(counts))
    ids = np.where(counts == 1, prepared.ids[features[first]], -1)
    spots = Ragged(
        POINT,
        centres,
        np.arange(len(numbers) + 1),
        np.ones(len(numbers), dtype=bool),
        np.arange(len(numbers) + 1),
    )
    return Features(spots, ids, tuple(columns), counted=COUNT)


def _of_most(column: Column, codes: Array, cell: Array, cells: int) -> Column:
    """Return of each cell the text that most of its members have; none where none has one."""
    known = codes >= 0
    used, short = np.unique(codes[known], return_inverse=True)
    if not len(used):
        return Column(column.name, (), np.full(cells, -1))
    if column.is_name:
        return _of_single(column, codes, cell, cells)
    # Of two that as many have, the first by its text: however the texts came to be numbered.
    by_text = np.argsort(np.array([column.texts[code] for code in used.tolist()]))
    used, short = used[by_text], np.argsort(by_text)[short]
    table = np.bincount(cell[known] * len(used) + short, minlength=cells * len(used))
    table = table.reshape(cells, len(used))
    most = used[table.argmax(axis=1)]
    return Column(column.name, column.texts, np.where(table.any(axis=1), most, -1))


def _of_single(column: Column, codes: Array, cell: Array, cells: int) -> Column:
    """Return the text of each cell with one member: several have no name in common."""
    counts = np.bincount(cell, minlength=cells)
    single = np.full(cells, -1)
    single[cell] = codes
    return Column(column.name, column.texts, np.where(counts == 1, single, -1))


def _numbers(counts: Array) -> Column:
    distinct, codes = np.unique(counts, return_inverse=True)
    return Column(COUNT, tuple(str(number) for number in distinct.tolist()), codes)
