"""
Shapes as flat arrays: coordinates, paths over them, surfaces over paths, features over surfaces.

A path is a run of coordinates: the points of a feature, a line, or a ring without its closing
point. ``outer`` says whether a path begins a surface; holes follow their shell.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

Array = Any

POINT, LINE, AREA = 1, 2, 3  # as the vector tile specification numbers them


@dataclass(frozen=True, slots=True)
class Ragged:
    """Many features of one kind; path ``i`` is ``coordinates[paths[i] : paths[i + 1]]``."""

    kind: int
    coordinates: Array  # n × 2
    paths: Array  # offsets into the coordinates
    outer: Array  # of each path
    features: Array  # offsets into the paths

    @property
    def nbytes(self) -> int:
        """Return how much memory the arrays take."""
        return int(sum(each.nbytes for each in (self.coordinates, self.paths, self.features)))

    def taken(self, which: Array) -> "Ragged":
        """Return the features of those indexes, in that order."""
        path_indexes, features = _gather(self.features, which)
        point_indexes, paths = _gather(self.paths, path_indexes)
        return Ragged(
            self.kind,
            self.coordinates[point_indexes],
            paths,
            self.outer[path_indexes],
            features,
        )

    def bounds(self) -> Array:
        """Return the west, south, east and north of each feature, n × 4."""
        if not len(self.features) - 1:
            return np.empty((0, 4))
        starts = self.paths[self.features[:-1]]
        low = np.minimum.reduceat(self.coordinates, starts)
        high = np.maximum.reduceat(self.coordinates, starts)
        return np.column_stack((low, high))

    def geometries(self) -> Array:
        """Return the features for shapely, as an array."""
        counts = np.diff(self.paths)
        if self.kind == POINT:
            owner = np.repeat(np.arange(len(counts)), counts)
            return shapely.multipoints(shapely.points(self.coordinates), indices=owner)
        owner = np.repeat(np.arange(len(counts)), counts)
        of_feature = np.repeat(np.arange(len(self.features) - 1), np.diff(self.features))
        if self.kind == LINE:
            lines = shapely.linestrings(self.coordinates, indices=owner)
            return shapely.multilinestrings(lines, indices=of_feature)
        return self._surfaces(owner, of_feature)

    def _surfaces(self, owner: Array, of_feature: Array) -> Array:
        again = self.coordinates[self.paths[:-1]]  # each ring ends where it began
        closed = np.insert(self.coordinates, self.paths[1:], again, axis=0)
        of_ring = np.insert(owner, self.paths[1:], np.arange(len(again)))
        rings = shapely.linearrings(closed, indices=of_ring)
        of_surface = np.cumsum(self.outer) - 1
        surfaces = shapely.polygons(rings, indices=of_surface)
        return shapely.multipolygons(surfaces, indices=of_feature[self.outer])


def of_geometries(geometries: Array, kind: int) -> Ragged:
    """Return geometries of one kind, none of them empty, as arrays."""
    if kind == POINT:
        return _of_points(geometries)
    if kind == LINE:
        lines, owner = shapely.get_parts(geometries, return_index=True)
        outer = np.ones(len(lines), dtype=bool)
        return _of_paths(kind, lines, outer, np.bincount(owner, minlength=len(geometries)))
    surfaces, owner = shapely.get_parts(geometries, return_index=True)
    rings, of_surface = shapely.get_rings(surfaces, return_index=True)
    outer = np.ones(len(rings), dtype=bool)
    outer[1:] = of_surface[1:] != of_surface[:-1]
    return _of_paths(kind, rings, outer, np.bincount(owner[of_surface], minlength=len(geometries)))


def joined(one: Ragged, other: Ragged) -> Ragged:
    """Return the features of both, first the one's."""
    return Ragged(
        one.kind,
        np.concatenate((one.coordinates, other.coordinates)),
        np.concatenate((one.paths, other.paths[1:] + one.paths[-1])),
        np.concatenate((one.outer, other.outer)),
        np.concatenate((one.features, other.features[1:] + one.features[-1])),
    )


def offsets(counts: Array) -> Array:
    """Return where each run of so many begins, and where the last one ends."""
    return np.concatenate(([0], np.cumsum(counts)))


def owners(starts: Array) -> Array:
    """Return of each member the number of the run that it belongs to."""
    return np.repeat(np.arange(len(starts) - 1), np.diff(starts))


def neighbours(owner: Array, *, closed: bool) -> tuple[Array, Array]:
    """Return the index of the point before and after each on its path; its own at an end."""
    count = len(owner)
    before, after = np.arange(count) - 1, np.arange(count) + 1
    if not count:
        return before, after
    first = np.ones(count, dtype=bool)
    first[1:] = owner[1:] != owner[:-1]
    last = np.roll(first, -1)
    if closed:
        before[first], after[last] = np.flatnonzero(last), np.flatnonzero(first)
    else:
        before[first], after[last] = np.flatnonzero(first), np.flatnonzero(last)
    return before, after


def _of_points(geometries: Array) -> Ragged:
    coordinates, owner = shapely.get_coordinates(geometries, return_index=True)
    count = len(geometries)
    paths = offsets(np.bincount(owner, minlength=count))
    return Ragged(POINT, coordinates, paths, np.ones(count, dtype=bool), np.arange(count + 1))


def _of_paths(kind: int, paths: Array, outer: Array, counts: Array) -> Ragged:
    coordinates, owner = shapely.get_coordinates(paths, return_index=True)
    if kind == AREA:  # the closing point says nothing new
        last = np.ones(len(owner), dtype=bool)
        last[:-1] = owner[1:] != owner[:-1]
        coordinates, owner = coordinates[~last], owner[~last]
    starts = offsets(np.bincount(owner, minlength=len(paths)))
    return Ragged(kind, coordinates, starts, outer, offsets(counts))


def _gather(starts: Array, which: Array) -> tuple[Array, Array]:
    """Return the indexes of the members of these runs, and where each run begins among them."""
    counts = starts[which + 1] - starts[which]
    new = offsets(counts)
    shift = np.repeat(starts[which] - new[:-1], counts)
    return np.arange(new[-1]) + shift, new
