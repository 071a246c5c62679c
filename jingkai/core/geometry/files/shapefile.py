"""Shapefiles: the shapes by GDAL, the table by ourselves."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from . import drivers
from .archives import Member
from .dbf import Table
from .layers import Format, Layer, Note, Reason, Remark, Row, Unreadable, distinct
from .tables import EXPLANATION

ENDINGS = frozenset({".shp", ".shx", ".dbf", ".prj", ".cpg", ".csv"})
_MOST_TEXT = 20_000


class Shapefiles:
    """The Shapefiles of one archive, each a layer."""

    format = Format.SHAPEFILE

    def __init__(self, members: Sequence[Member], scratch: Path, encoding: str = "") -> None:
        """
        Open them.

        :param encoding: of their tables, as somebody says who knows
        :raises Unreadable: if one is damaged
        """
        parts: dict[str, dict[str, Member]] = {}
        for member in members:
            parts.setdefault(member.stem.lower(), {})[member.ending] = member
        told = _explained(parts)
        opened = [
            _Shapefile(each, scratch, encoding, told) for each in parts.values() if ".shp" in each
        ]
        if not opened:
            raise Unreadable(Reason.EMPTY)
        short = [_short(each.stem) for each in opened]
        names = short if len(set(short)) == len(short) else [each.stem for each in opened]
        self._opened = dict(zip(names, opened, strict=True))
        self.layers = tuple(each.layer(name) for name, each in self._opened.items())

    def rows(self, name: str) -> Iterator[Row]:
        """
        Return the rows of a layer.

        :raises Unreadable: if a shape is damaged
        """
        try:
            yield from self._opened[name].rows()
        except drivers.NotRead as reason:
            raise Unreadable(Reason.DAMAGED, what=str(reason)[:200]) from None


class _Shapefile:
    def __init__(
        self, parts: dict[str, Member], scratch: Path, encoding: str, told: Mapping[str, str]
    ) -> None:
        self.stem = parts[".shp"].stem
        self._system = _text(parts.get(".prj"))
        self._notes: list[Note] = []
        if ".shx" not in parts:
            self._notes.append(Note(Remark.INDEX_REBUILT))
        if not self._system:
            self._notes.append(Note(Remark.NO_SYSTEM))
        table = parts.get(".dbf")
        self._table = Table(table.path, _text(parts.get(".cpg")), encoding) if table else None
        self._told = told
        self._shapes = _apart(parts, scratch)
        try:
            self._layer = drivers.layer_names(self._shapes)[0]
            self._count = int(drivers.info(self._shapes, self._layer)["features"])
        except (*drivers.NotRead, IndexError) as reason:
            raise Unreadable(Reason.DAMAGED, what=str(reason)[:200]) from None

    def layer(self, name: str) -> Layer:
        table = self._table
        if table is None:
            notes = (*self._notes, Note(Remark.NO_TABLE))
            return Layer(name=name, fields=(), count=self._count, system=self._system, notes=notes)
        notes = (*self._notes, *table.notes)
        if table.count != self._count:
            facts: dict[str, str | int] = {"shapes": self._count, "records": table.count}
            notes = (*notes, Note(Remark.UNEVEN, facts))
        return Layer(
            name=name,
            fields=distinct([self._told.get(name, name) for name in table.fields]),
            count=self._count,
            system=self._system,
            encoding=table.encoding,
            notes=notes,
        )

    def rows(self) -> Iterator[Row]:
        table = self._table
        records = table.rows() if table else None
        blank = [None] * len(table.fields) if table else []
        for shapes in drivers.batches(self._shapes, self._layer):
            for shape in shapes.tolist():
                values = next(records, list(blank)) if records is not None else []
                if values is not None:
                    yield values, shape


def _short(stem: str) -> str:
    return stem.rpartition("/")[2]


def _explained(parts: Mapping[str, Mapping[str, Member]]) -> dict[str, str]:
    """Return the whole names of fields that a Shapefile cuts, where a list beside it has them."""
    lists = (
        each.get(".csv") for stem, each in parts.items() if f"{_short(stem)}.csv" == EXPLANATION
    )
    member = next(lists, None)
    if member is None:
        return {}
    try:
        rows = list(csv.reader(_text(member).splitlines()))
    except csv.Error:
        return {}
    return {row[0]: row[1] for row in rows if len(row) == 2 and row[1]}


def _apart(parts: dict[str, Member], scratch: Path) -> Path:
    """Return the shapes without their table, which GDAL would read as it likes."""
    place = scratch / f"shapes-{parts['.shp'].path.stem}"
    place.mkdir()
    for ending in (".shp", ".shx"):
        if ending in parts:
            parts[ending].path.rename(place / f"shapes{ending}")
    return place / "shapes.shp"


def _text(member: Member | None) -> str:
    if member is None:
        return ""
    return member.path.read_bytes()[:_MOST_TEXT].decode("utf-8-sig", "replace").strip()
