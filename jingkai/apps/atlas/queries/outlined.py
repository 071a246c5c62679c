"""The outlines of a layer as arrays: made once, and renewed by the records that have changed."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain, count
from typing import Any

import numpy as np
import shapely
from django.db.models import BinaryField, ExpressionWrapper, F, QuerySet

from jingkai.apps.audit.models import Change
from jingkai.core.geometry.tiles import Prepared

from ..tiles import Kept
from .catalogue import Seen
from .versions import identity

Array = Any
MOST_RENEWED = 2_000  # changed records; beyond, all are read anew
_MB = 1_024 * 1_024


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """
    The outlines of a layer, and the places of their names: one each, whatever tiles cut.

    :ivar version: of the data, when it was read
    :ivar records: the version of each record that has an outline
    :ivar last: the last change of such a record that is known here, and its event's hash
    :ivar serial: no two have the same
    :ivar before: that of the one whose tiles are still true beside ``moved``, where records lay
        and lie that have changed since; 0 where there is none
    """

    version: str
    outlines: Prepared
    names: Prepared
    records: Array
    last: tuple[int, str]
    serial: int = field(default_factory=count(1).__next__)
    before: int = 0
    moved: Array = None

    @property
    def nbytes(self) -> int:
        """Return about how much memory they take."""
        return self.outlines.nbytes + self.names.nbytes + int(self.records.nbytes)


_DRAWN: Kept[Drawn] = Kept(512 * _MB, lambda drawn: drawn.nbytes)


def drawn(seen: Seen, now: str) -> Drawn:
    """Return the outlines of the layer with what the map knows of each; ``now``: the version."""
    return _DRAWN.renew(
        identity(seen),
        lambda found: found.version == now,
        lambda before: (_renewed(seen, before, now) if before else None) or anew(seen, now),
    )


def anew(seen: Seen, now: str) -> Drawn:
    """Return the same, every record read: what a renewal is held against."""
    last = _last_change(seen)
    with _uncollected():
        outlines, names, records = _read(seen, _drawn_rows(seen))
    return Drawn(version=now, outlines=outlines, names=names, records=records, last=last)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Let the block make its objects, none of them garbage, without their being gone through."""
    was_enabled = gc.isenabled()
    gc.disable()  # 100,000 parcels: 0.7 s instead of 1.4
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _renewed(seen: Seen, before: Drawn, now: str) -> Drawn | None:
    """Return what has become of it, the changed records read; None where they are too many."""
    if not _is_known(before.last):
        return None  # a database that was put back is another
    last = _last_change(seen)
    ids, records = _versions(_drawn_rows(seen))
    touched = np.union1d(_differing(before, ids, records), _in_trail(seen, before.last[0]))
    if len(touched) > MOST_RENEWED:
        return None
    fresh, fresh_names, _records = _read(seen, _drawn_rows(seen).filter(pk__in=touched.tolist()))
    outlines = before.outlines.renewed(touched, fresh)
    is_alike = [c.is_name for c in outlines.columns] == [
        c.is_name for c in before.outlines.columns
    ]
    return Drawn(
        version=now,
        outlines=outlines,
        names=before.names.renewed(touched, fresh_names, outlines.columns),
        records=records,
        last=last,
        before=before.serial if is_alike else 0,
        moved=np.concatenate((before.outlines.bounds_of(touched), fresh.bounds_of(touched))),
    )


def _differing(before: Drawn, ids: Array, records: Array) -> Array:
    """Return the ids of records that came, went, or are of another version."""
    both, old, new = np.intersect1d(
        before.outlines.ids, ids, assume_unique=True, return_indices=True
    )
    changed = both[before.records[old] != records[new]]
    return np.union1d(changed, np.setxor1d(before.outlines.ids, ids, assume_unique=True))


def _in_trail(seen: Seen, last: int) -> Array:
    """Return the ids of records that the trail names since: a version may have been kept."""
    changes = Change.objects.filter(kind=seen.layer.kind, pk__gt=last)
    named = changes.values_list("object_id", flat=True)[: MOST_RENEWED + 1]
    return np.array([int(text) for text in named if text.isdecimal()], dtype=np.int64)


def _last_change(seen: Seen) -> tuple[int, str]:
    changes = Change.objects.filter(kind=seen.layer.kind).order_by("-pk")
    return changes.values_list("pk", "event__hash").first() or (0, "")


def _is_known(last: tuple[int, str]) -> bool:
    pk, told = last
    return not pk or Change.objects.filter(pk=pk, event__hash=told).exists()


def _drawn_rows(seen: Seen) -> QuerySet[Any]:
    return seen.rows().filter(**{f"{seen.layer.outline}__isnull": False}).order_by("pk")


def _versions(rows: QuerySet[Any]) -> tuple[Array, Array]:
    found = rows.values_list("pk", "version").iterator(chunk_size=10_000)
    pairs = np.fromiter(chain.from_iterable(found), dtype=np.int64).reshape(-1, 2)
    return pairs[:, 0], pairs[:, 1]


def _read(seen: Seen, rows: QuerySet[Any]) -> tuple[Prepared, Prepared, Array]:
    """Return outlines, places of names and versions of the rows."""
    outline = ExpressionWrapper(F(seen.layer.outline), output_field=BinaryField())
    found = rows.annotate(drawn=outline).values_list("pk", "version", "drawn", *seen.columns)
    ids, records, shapes, values = [], [], [], []
    for pk, version, shape, *known in found.iterator(chunk_size=5_000):
        ids.append(pk)
        records.append(version)
        shapes.append(bytes(shape))
        values.append([str(value) if value not in {None, ""} else None for value in known])
    geometries = shapely.from_wkb(shapes)
    outlines = Prepared.of(seen.layer.name, geometries, ids, seen.columns, values)
    names = outlines.beside(f"{seen.layer.name}-names", _places(geometries))
    return outlines, names, np.array(records, dtype=np.int64)


def _places(geometries: Array) -> Array:
    """Return where the name of each shape stands: its centroid, or else a point inside it."""
    places = shapely.centroid(geometries)
    outside = ~shapely.intersects(geometries, places)
    places[outside] = shapely.point_on_surface(geometries[outside])
    return places
