"""Features of a layer as the bytes of a vector tile, all of them at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..ragged import AREA, LINE, POINT, Ragged, neighbours, offsets, owners
from .prepared import Column
from .protobuf import field, varint, varints, zigzag

Array = Any

_MOVE_TO, _LINE_TO, _CLOSE = 1, 2, 15  # commands; the last with its count of one
_LEAST_POINTS = {POINT: 1, LINE: 2, AREA: 3}
_ID, _TAGS, _TYPE, _GEOMETRY = b"\x08", b"\x12", b"\x18", b"\x22"


@dataclass(frozen=True, slots=True)
class Features:
    """Features of one kind in whole units; an id below zero is left out."""

    shapes: Ragged
    ids: Array
    columns: tuple[Column, ...]
    counted: str = ""  # the column whose texts are written as numbers


def message(name: str, several: Sequence[Features], extent: int) -> bytes:
    """Return the layer; empty if none of its features has a form left."""
    vocabulary = Vocabulary()
    written = b"".join(each for features in several for each in _features(features, vocabulary))
    if not written:
        return b""
    return b"".join(
        (
            field(1, name.encode()),
            written,
            vocabulary.written(),
            b"\x28",
            varint(extent),
            b"\x78\x02",
        )
    )


class Vocabulary:
    """The names and texts of a layer, each written once."""

    def __init__(self) -> None:
        """Begin with none."""
        self.keys: dict[str, int] = {}
        self.values: dict[str | int, int] = {}

    def key(self, name: str) -> int:
        """Return the number of a name."""
        return self.keys.setdefault(name, len(self.keys))

    def numbered(self, column: Column, *, as_number: bool) -> Array:
        """Return the number of each feature's text, -1 where it has none."""
        used, codes = np.unique(column.codes, return_inverse=True)
        texts = ["" if code < 0 else column.texts[code] for code in used.tolist()]
        numbers = [
            -1
            if code < 0
            else self.values.setdefault(int(text) if as_number else text, len(self.values))
            for code, text in zip(used.tolist(), texts, strict=True)
        ]
        return np.array(numbers, dtype=np.int64)[codes.reshape(-1)]

    def written(self) -> bytes:
        """Return all of them as fields of a layer."""
        keys = b"".join(field(3, name.encode()) for name in self.keys)
        values = b"".join(field(4, _value(value)) for value in self.values)
        return keys + values


def _value(value: str | int) -> bytes:
    return field(1, value.encode()) if isinstance(value, str) else b"\x28" + varint(value)


def _features(features: Features, vocabulary: Vocabulary) -> list[bytes]:
    shapes, kept = _cleaned(features.shapes)
    if not len(kept):
        return []
    geometry, geometry_at = _commands(shapes)
    tags, tags_at = _tags(features, kept, vocabulary)
    kind = _TYPE + bytes((shapes.kind,))
    written = []
    for row, number in enumerate(features.ids[kept].tolist()):
        tagged = tags[tags_at[row] : tags_at[row + 1]]
        drawn = geometry[geometry_at[row] : geometry_at[row + 1]]
        content = b"".join(
            (
                _ID + varint(number) if number >= 0 else b"",
                _TAGS + varint(len(tagged)) + tagged if tagged else b"",
                kind,
                _GEOMETRY,
                varint(len(drawn)),
                drawn,
            )
        )
        written.append(b"\x12" + varint(len(content)) + content)
    return written


def _tags(features: Features, kept: Array, vocabulary: Vocabulary) -> tuple[bytes, list[int]]:
    pairs = np.empty((len(kept), len(features.columns), 2), dtype=np.int64)
    for place, column in enumerate(features.columns):
        chosen = Column(column.name, column.texts, column.codes[kept])
        pairs[:, place, 0] = vocabulary.key(column.name)
        pairs[:, place, 1] = vocabulary.numbered(chosen, as_number=column.name == features.counted)
    known = pairs[:, :, 1] >= 0
    written, starts = varints(pairs[known].reshape(-1))
    return written, starts[offsets(known.sum(axis=1) * 2)].tolist()


def _cleaned(shapes: Ragged) -> tuple[Ragged, Array]:
    """Return them without repeated points, points on a straight and what vanished; and which."""
    units, owner = shapes.coordinates, owners(shapes.paths)
    if shapes.kind != POINT:
        for useless in (_repeated, _straight):
            stays = ~useless(units, owner, closed=shapes.kind == AREA)
            units, owner = units[stays], owner[stays]
    counts = np.bincount(owner, minlength=len(shapes.outer))
    good = counts >= _LEAST_POINTS[shapes.kind]
    if shapes.kind == AREA:
        areas = _twice_area(units, counts)
        good &= areas != 0
        shell = np.cumsum(shapes.outer) - 1
        good &= good[shapes.outer][shell]  # a hole vanishes with its shell
        units = _turned(units, counts, (areas > 0) != shapes.outer)
    of_feature = owners(shapes.features)[good]
    stays = np.repeat(good, counts)
    per_feature = np.bincount(of_feature, minlength=len(shapes.features) - 1)
    kept = np.flatnonzero(per_feature)
    cleaned = Ragged(
        shapes.kind,
        units[stays],
        offsets(counts[good]),
        shapes.outer[good],
        offsets(per_feature[kept]),
    )
    return cleaned, kept


def _repeated(units: Array, owner: Array, *, closed: bool) -> Array:
    before, _after = neighbours(owner, closed=closed)
    same = (units == units[before]).all(axis=1)
    return same & (before != np.arange(len(owner)))


def _straight(units: Array, owner: Array, *, closed: bool) -> Array:
    before, after = neighbours(owner, closed=closed)
    come, go = units - units[before], units[after] - units
    bend = come[:, 0] * go[:, 1] - come[:, 1] * go[:, 0]
    onward = (come * go).sum(axis=1)
    return (bend == 0) & (onward > 0)


def _twice_area(units: Array, counts: Array) -> Array:
    """Return twice the area of each ring, positive where it turns clockwise on the screen."""
    owner = np.repeat(np.arange(len(counts)), counts)
    _before, after = neighbours(owner, closed=True)
    if not len(units):
        return np.zeros(len(counts), dtype=np.int64)
    cross = units[:, 0] * units[after, 1] - units[after, 0] * units[:, 1]
    return np.bincount(owner, weights=cross.astype(float), minlength=len(counts))


def _turned(units: Array, counts: Array, wrong: Array) -> Array:
    """Return the rings with the wrong ones run the other way."""
    starts = offsets(counts)[:-1]
    owner = np.repeat(np.arange(len(counts)), counts)
    place = np.arange(len(units)) - starts[owner]
    turned = starts[owner] + counts[owner] - 1 - place
    return units[np.where(wrong[owner], turned, np.arange(len(units)))]


def _commands(shapes: Ragged) -> tuple[bytes, list[int]]:
    """Return the drawing commands of all features, and where those of each begin."""
    counts = np.diff(shapes.paths)
    steps = np.diff(shapes.coordinates, axis=0, prepend=np.zeros((1, 2), dtype=np.int64))
    begins = shapes.paths[shapes.features[:-1]]  # the cursor returns to the corner
    steps[begins] = shapes.coordinates[begins]
    if shapes.kind == POINT:
        return _packed(zigzag(steps), counts, shapes, heads=1, tail=0)
    return _packed(zigzag(steps), counts, shapes, heads=2, tail=int(shapes.kind == AREA))


def _packed(
    steps: Array, counts: Array, shapes: Ragged, *, heads: int, tail: int
) -> tuple[bytes, list[int]]:
    starts = offsets(2 * counts + heads + tail)
    numbers = np.empty(starts[-1], dtype=np.int64)
    owner = np.repeat(np.arange(len(counts)), counts)
    place = np.arange(len(steps)) - shapes.paths[:-1][owner]
    at = starts[owner] + 1 + 2 * place + np.where((place > 0) & (heads > 1), 1, 0)
    numbers[at], numbers[at + 1] = steps[:, 0], steps[:, 1]
    moved = counts if heads == 1 else np.ones_like(counts)
    numbers[starts[:-1]] = moved << 3 | _MOVE_TO
    if heads > 1:
        numbers[starts[:-1] + 3] = (counts - 1) << 3 | _LINE_TO
    if tail:
        numbers[starts[1:] - 1] = _CLOSE
    written, at_bytes = varints(numbers)
    return written, at_bytes[starts[shapes.features]].tolist()
