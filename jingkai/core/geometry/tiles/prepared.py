"""The shapes of a map layer with what the map knows of each, as arrays, made once a version."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from .. import ragged
from ..ragged import AREA, LINE, POINT, Ragged

Array = Any

_KINDS = {0: POINT, 1: LINE, 3: AREA, 4: POINT, 5: LINE, 6: AREA}  # by shapely's numbers
_MOST_CLASSES = 64
_MOST_LATITUDE = 85.051128779806604  # where the world of web maps ends


@dataclass(frozen=True, slots=True)
class Column:
    """What the map knows of each feature by one name: which of the texts, -1 where none."""

    name: str
    texts: tuple[str, ...]
    codes: Array
    is_name: bool = False  # not a class: there are many texts, or each belongs to one feature


@dataclass(frozen=True, slots=True)
class Group:
    """The features of one kind: where they stand among all, and their places in the world."""

    features: Array
    shapes: Ragged
    bounds: Array  # n × 4: left, top, right, bottom


@dataclass(frozen=True, slots=True)
class Prepared:
    """A layer ready to be drawn; positions are shares of the world of web maps, from its top."""

    name: str
    ids: Array
    columns: tuple[Column, ...]
    groups: tuple[Group, ...]

    @classmethod
    def of(
        cls,
        name: str,
        wkbs: Sequence[bytes],
        ids: Sequence[int],
        columns: Sequence[str],
        values: Sequence[Sequence[str | None]],
    ) -> "Prepared":
        """
        Return the layer of that name.

        :param wkbs: of each feature, in longitude and latitude, as ``Shape`` keeps it
        :param values: of each feature, its text in each of the columns
        """
        geometries = shapely.from_wkb(list(wkbs))
        kinds = np.array([_KINDS[number] for number in shapely.get_type_id(geometries).tolist()])
        groups = tuple(
            _group(np.flatnonzero(kinds == kind), geometries, kind)
            for kind in (AREA, LINE, POINT)
            if (kinds == kind).any()
        )
        named = tuple(
            _column(column, [row[place] for row in values]) for place, column in enumerate(columns)
        )
        return cls(name, np.array(ids, dtype=np.int64), named, groups)

    @property
    def nbytes(self) -> int:
        """Return about how much memory it takes."""
        shapes = sum(group.shapes.nbytes + group.bounds.nbytes for group in self.groups)
        texts = sum(
            column.codes.nbytes + sum(60 + 2 * len(text) for text in column.texts)
            for column in self.columns
        )
        return int(shapes + texts + 2 * self.ids.nbytes)


def world(places: Array) -> Array:
    """Return longitudes and latitudes as shares of the world of web maps, from its top left."""
    latitude = np.radians(np.clip(places[:, 1], -_MOST_LATITUDE, _MOST_LATITUDE))
    down = 0.5 - np.arcsinh(np.tan(latitude)) / (2 * np.pi)
    return np.column_stack((places[:, 0] / 360 + 0.5, down))


def _group(features: Array, geometries: Array, kind: int) -> Group:
    flat = ragged.of_geometries(geometries[features], kind)
    moved = Ragged(kind, world(flat.coordinates), flat.paths, flat.outer, flat.features)
    return Group(features, moved, moved.bounds())


def _column(name: str, values: list[str | None]) -> Column:
    texts: dict[str, int] = {}
    codes = [-1 if value is None else texts.setdefault(value, len(texts)) for value in values]
    numbers = np.array(codes, dtype=np.int32)
    is_name = len(texts) > _MOST_CLASSES or 1 < len(texts) == int((numbers >= 0).sum())
    return Column(name, tuple(texts), numbers, is_name)
