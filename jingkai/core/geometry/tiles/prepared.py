"""The shapes of a map layer with what the map knows of each, as arrays, made once a version."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress
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
        geometries: Array,
        ids: Sequence[int],
        columns: Sequence[str],
        values: Sequence[Sequence[str | None]],
    ) -> "Prepared":
        """
        Return the layer of that name.

        :param geometries: of each feature, in longitude and latitude
        :param values: of each feature, its text in each of the columns
        """
        named = tuple(
            _column(column, [row[place] for row in values]) for place, column in enumerate(columns)
        )
        return cls(name, np.array(ids, dtype=np.int64), named, _groups(geometries))

    def beside(self, name: str, geometries: Array) -> "Prepared":
        """Return the layer of that name that draws the same features by other geometries."""
        return Prepared(name, self.ids, self.columns, _groups(geometries))

    def renewed(
        self, gone: Array, fresh: "Prepared", columns: "tuple[Column, ...] | None" = None
    ) -> "Prepared":
        """
        Return the layer without the features of those ids, and with the fresh ones.

        Equal to the layer of all of them prepared anew, where features go by their ids: what
        costs is reading and placing shapes, and of most of them nothing has changed.

        :param columns: of the layer returned, where they are known
        """
        stays = ~np.isin(self.ids, gone)
        ids = np.concatenate((self.ids[stays], fresh.ids))
        order = np.argsort(ids, kind="stable")
        ranks = np.empty(len(ids), dtype=np.int64)
        ranks[order] = np.arange(len(ids))
        old = np.full(len(self.ids), -1)
        old[stays], new = ranks[: stays.sum()], ranks[stays.sum() :]
        merged = columns or tuple(
            _merged(mine, theirs, stays, order)
            for mine, theirs in zip(self.columns, fresh.columns, strict=True)
        )
        groups = (
            _spliced(_group_of(self, kind), _group_of(fresh, kind), old, new)
            for kind in (AREA, LINE, POINT)
        )
        return Prepared(self.name, ids[order], merged, tuple(g for g in groups if g is not None))

    def bounds_of(self, ids: Array) -> Array:
        """Return the bounds in the world of the features of those ids, n × 4."""
        found = [group.bounds[np.isin(self.ids[group.features], ids)] for group in self.groups]
        return np.concatenate([np.empty((0, 4)), *found])

    @property
    def nbytes(self) -> int:
        """Return about how much memory it takes."""
        shapes = sum(group.shapes.nbytes + group.bounds.nbytes for group in self.groups)
        texts = sum(
            column.codes.nbytes + 60 * len(column.texts) + 2 * sum(map(len, column.texts))
            for column in self.columns
        )
        return int(shapes + texts + 2 * self.ids.nbytes)


def world(places: Array) -> Array:
    """Return longitudes and latitudes as shares of the world of web maps, from its top left."""
    latitude = np.radians(np.clip(places[:, 1], -_MOST_LATITUDE, _MOST_LATITUDE))
    down = 0.5 - np.arcsinh(np.tan(latitude)) / (2 * np.pi)
    return np.column_stack((places[:, 0] / 360 + 0.5, down))


def _groups(geometries: Array) -> tuple[Group, ...]:
    drawn = np.asarray(geometries, dtype=object)
    kinds = np.array([_KINDS[number] for number in shapely.get_type_id(drawn).tolist()])
    return tuple(
        _group(np.flatnonzero(kinds == kind), drawn, kind)
        for kind in (AREA, LINE, POINT)
        if (kinds == kind).any()
    )


def _group(features: Array, geometries: Array, kind: int) -> Group:
    flat = ragged.of_geometries(geometries[features], kind)
    moved = Ragged(kind, world(flat.coordinates), flat.paths, flat.outer, flat.features)
    return Group(features, moved, moved.bounds())


def _group_of(layer: Prepared, kind: int) -> Group | None:
    return next((group for group in layer.groups if group.shapes.kind == kind), None)


def _spliced(one: Group | None, other: Group | None, old: Array, new: Array) -> Group | None:
    """
    Return the features of both groups in the order of their new places; None where there are none.

    :param old: the new place of each feature of the one's layer, -1 where it is gone
    :param new: of each feature of the other's
    """
    if one is None or other is None:
        group, ranks = (one, old) if other is None else (other, new)
        return _placed(group, ranks[group.features]) if group else None
    both = Group(
        np.concatenate((one.features, other.features)),
        ragged.joined(one.shapes, other.shapes),
        np.concatenate((one.bounds, other.bounds)),
    )
    return _placed(both, np.concatenate((old[one.features], new[other.features])))


def _placed(group: Group, places: Array) -> Group | None:
    """Return the features of a group that have a place, in the order of these."""
    order = np.argsort(places, kind="stable")
    order = order[np.searchsorted(places[order], 0) :]
    if not len(order):
        return None
    return Group(places[order], group.shapes.taken(order), group.bounds[order])


def _merged(one: Column, other: Column, stays: Array, order: Array) -> Column:
    """
    Return the column of both layers' features, without the texts that none has any more.

    Of names there are as many as features: a text that both have is not looked for, but stands
    twice, which the tile that is drawn of it does not show.
    """
    known = one.codes[stays]
    has_names = np.count_nonzero(np.bincount(known[known >= 0])) > _MOST_CLASSES
    numbers = {} if has_names else {text: number for number, text in enumerate(one.texts)}
    told = [numbers.setdefault(text, len(one.texts) + at) for at, text in enumerate(other.texts)]
    fresh = np.append(np.array(told, dtype=np.int32), -1)[other.codes]
    codes = np.concatenate((known, fresh))[order]
    texts = (*one.texts, *other.texts)
    used = np.bincount(codes[codes >= 0], minlength=len(texts)) > 0
    short = np.append(np.cumsum(used) - 1, -1).astype(np.int32)
    return _coded(one.name, tuple(compress(texts, used.tolist())), short[codes])


def _column(name: str, values: list[str | None]) -> Column:
    texts: dict[str, int] = {}
    codes = [-1 if value is None else texts.setdefault(value, len(texts)) for value in values]
    return _coded(name, tuple(texts), np.array(codes, dtype=np.int32))


def _coded(name: str, texts: tuple[str, ...], codes: Array) -> Column:
    is_name = len(texts) > _MOST_CLASSES or 1 < len(texts) == int((codes >= 0).sum())
    return Column(name, texts, codes, is_name)
