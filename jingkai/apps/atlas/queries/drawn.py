"""Tiles of a layer: of its outlines what a tile shows, kept while nothing in it changes."""

import gzip
from typing import Any

import numpy as np
from django.db.models import Max, Min

from jingkai.apps.registers.filters import Filters
from jingkai.core.geometry import tiles as encoding
from jingkai.core.geometry.tiles import Prepared

from ..tiles import Kept
from .catalogue import Seen
from .outlined import Drawn, drawn

Extent = tuple[float, float, float, float]

MOST_ZOOM = 22
NAMES_FROM = 14  # the zoom from which names are written

_MB = 1_024 * 1_024
OF_LIST = ("page", "length", "sort", "columns", "view")  # which decide nothing on a map
_ALL: tuple[str, tuple[()]] = ("", ())  # what is asked where nothing is filtered
_LEFT: Kept[Any] = Kept(32 * _MB, lambda left: left.nbytes)
_EXTENTS: Kept[Extent | None] = Kept(256)
_FOLLOWED: Kept[bool] = Kept(512)  # those to which tiles of the one before have come
TILES: Kept[bytes] = Kept(64 * _MB, lambda tile: len(tile) + 200)


def tile(seen: Seen, asked: Filters, place: tuple[int, int, int], now: str) -> bytes:
    """
    Return the vector tile at zoom, column and row of what the filters leave, packed by gzip.

    Empty where nothing lies there. ``now``: the version of the data.
    """
    if asked.words:  # the index of searches follows by itself, after the version
        return _tile(seen, asked, place, drawn(seen, now))
    source = drawn(seen, now)
    if source.before:
        _FOLLOWED.get(source.serial, lambda: _follow(source))
    return TILES.get(
        (source.serial, _asked(asked), place), lambda: _tile(seen, asked, place, source)
    )


def extent(seen: Seen, now: str) -> Extent | None:
    """Return the west, south, east and north of what the layer shows; None where nothing is."""
    return _EXTENTS.get((seen.layer.name, now), lambda: _extent(seen))


def _extent(seen: Seen) -> Extent | None:
    edges = seen.rows().aggregate(
        west=Min("west"), south=Min("south"), east=Max("east"), north=Max("north")
    )
    west, south, east, north = edges.values()
    return None if west is None else (west, south, east, north)


def _tile(seen: Seen, asked: Filters, place: tuple[int, int, int], source: Drawn) -> bytes:
    left = _left(seen, asked, source)
    layers = (source.outlines, source.names) if place[0] >= NAMES_FROM else (source.outlines,)
    made = encoding.encode([(each, left) for each in layers], *place)
    return gzip.compress(made, compresslevel=1, mtime=0) if made else b""


def _follow(source: Drawn) -> bool:
    """Keep the tiles of what it was renewed from where nothing has changed; none filtered."""

    def onward(key: tuple[Any, ...]) -> tuple[Any, ...] | None:
        serial, asked, place = key
        if serial != source.before:
            return key
        is_same = asked == _ALL and not encoding.touches(source.moved, *place)
        return (source.serial, asked, place) if is_same else None

    TILES.rekey(onward)
    return True


def _asked(asked: Filters) -> tuple[Any, ...]:
    """Return what is asked, with the columns that took it: others may not filter by them all."""
    return asked.without(*OF_LIST), tuple(sorted(asked.by_column))


def _left(seen: Seen, asked: Filters, source: Drawn) -> Any:
    """Return which of the outlines the filters leave, as an array of truth; None for all."""
    if not asked.by_column and not asked.words:
        return None
    if asked.words:
        return _kept_by(seen, asked, source.outlines)
    key = (source.serial, _asked(asked))
    return _LEFT.get(key, lambda: _kept_by(seen, asked, source.outlines))


def _kept_by(seen: Seen, asked: Filters, source: Prepared) -> Any:
    keys = asked.filtered(seen.rows()).values_list("pk", flat=True)
    return np.isin(source.ids, np.fromiter(keys.iterator(chunk_size=10_000), dtype=np.int64))
