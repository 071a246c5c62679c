"""GeoPackage and Shapefile, written by GDAL; what a Shapefile can't hold is cut and told."""

import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import shapely

from ..shapes import Kind, Shape
from ..systems.codes import CGCS2000, crs
from ..systems.converting import convert
from . import drivers

MOST_NAME = 10  # bytes of a Shapefile's column
MOST_TEXT = 254  # bytes of its text
EXPLANATION = "fields.csv"  # beside a Shapefile: its columns by their full names
_GEOMETRIES = {Kind.AREA: "MultiPolygon", Kind.LINE: "MultiLineString", Kind.POINT: "MultiPoint"}
_GATHERED: dict[Kind | None, Callable[..., Any]] = {
    Kind.LINE: shapely.multilinestrings,
    Kind.POINT: shapely.multipoints,
}
_OWN = frozenset({"fid", "geom", "ogc_fid"})  # columns of a GeoPackage's own


class Type(StrEnum):
    """What the values of a column are; each may be None."""

    TEXT = "text"
    WHOLE = "whole"
    DECIMAL = "decimal"
    DAY = "day"
    TRUTH = "truth"


@dataclass(frozen=True, slots=True)
class Field:
    """A column to be written."""

    name: str
    type: Type = Type.TEXT


Record = tuple[Sequence[Any], Shape | None]


@dataclass(frozen=True, slots=True)
class Losses:
    """What a format could not keep."""

    names: dict[str, str] = field(default_factory=dict, hash=False)  # and how they are written
    texts: int = 0  # cut
    shapeless: int = 0  # records without a shape, left out


@dataclass(frozen=True, slots=True)
class Table:
    """What is to be written."""

    layer: str
    fields: tuple[Field, ...]
    records: list[Record]
    system: str


def write_geopackage(path: Path, table: Table) -> Losses:
    """Write one layer; return which columns had to be called otherwise."""
    kinds = {shape.kind for _values, shape in table.records if shape}
    geometry = _GEOMETRIES[kinds.pop()] if len(kinds) == 1 else "Unknown"
    names = distinct_names([each.name for each in table.fields], taken=_OWN)
    columns, masks = _columns(table.fields, [values for values, _shape in table.records])
    drivers.raw.write(
        path,
        _shapes(table.records, table.system),
        columns,
        names,
        field_mask=masks,
        layer=table.layer,
        driver="GPKG",
        geometry_type=geometry,
        crs=_declaration(table.system),
        encoding="UTF-8",
    )
    return Losses(_changed(table.fields, names))


def write_shapefiles(path: Path, table: Table) -> Losses:
    """Write a zip with a Shapefile for each kind of shape, which is all that one can hold."""
    names = distinct_names([each.name for each in table.fields], most=MOST_NAME)
    shaped = [(values, shape) for values, shape in table.records if shape]
    kinds = sorted({shape.kind for _values, shape in shaped}) or [Kind.AREA]
    cut = 0
    with (
        TemporaryDirectory(dir=path.parent) as folder,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for kind in kinds:
            part: list[Record] = [each for each in shaped if each[1].kind is kind]
            fitting: list[Record] = [
                ([_fitting(value) for value in values], shape) for values, shape in part
            ]
            cut += _different(part, fitting)
            one = Table(table.layer, table.fields, fitting, table.system)
            _write_shapefile(Path(folder) / f"{kind}.shp", one, names, kind)
            name = table.layer if len(kinds) == 1 else f"{table.layer}-{kind}"
            for file in sorted(Path(folder).glob(f"{kind}.*")):
                archive.write(file, f"{name}{file.suffix}")
        archive.writestr(EXPLANATION, _explanation(table.fields, names))
    losses = len(table.records) - len(shaped)
    return Losses(_changed(table.fields, names), cut, losses)


def distinct_names(
    names: Sequence[str], *, most: int | None = None, taken: frozenset[str] = frozenset()
) -> list[str]:
    """Return names of at most so many bytes, whole characters, that differ in any case."""
    used = set(taken)
    found = []
    for name in names:
        proposal, number = _cut(name, most), 1
        while proposal.lower() in used:
            number += 1
            proposal = _cut(name, most and most - len(str(number))) + str(number)
        used.add(proposal.lower())
        found.append(proposal)
    return found


def _cut(text: str, most: int | None) -> str:
    return text if most is None else text.encode()[:most].decode("utf-8", "ignore")


def _fitting(value: Any) -> Any:
    if isinstance(value, str) and len(value) * 3 > MOST_TEXT:
        return _cut(value, MOST_TEXT)
    return value


def _different(before: list[Record], after: list[Record]) -> int:
    return sum(
        one != other
        for (values, _shape), (others, _same) in zip(before, after, strict=True)
        for one, other in zip(values, others, strict=True)
    )


def _changed(fields: Sequence[Field], names: list[str]) -> dict[str, str]:
    both = zip((each.name for each in fields), names, strict=True)
    return {name: written for name, written in both if name != written}


def _explanation(fields: Sequence[Field], names: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(
        zip(names, (each.name for each in fields), strict=True),
    )
    return "\ufeff" + out.getvalue()


def _write_shapefile(path: Path, table: Table, names: list[str], kind: Kind) -> None:
    columns, masks = _columns(table.fields, [values for values, _shape in table.records])
    drivers.raw.write(
        path,
        _shapes(table.records, table.system, gathered=kind),
        columns,
        names,
        field_mask=masks,
        driver="ESRI Shapefile",
        geometry_type=_GEOMETRIES[kind],
        crs=_declaration(table.system),
        encoding="UTF-8",
    )


def _declaration(system: str) -> str:
    return system if system.startswith("EPSG:") else crs(system).to_wkt("WKT1_GDAL")


def _shapes(records: list[Record], system: str, *, gathered: Kind | None = None) -> Any:
    shapes = shapely.from_wkb([shape.wkb if shape else None for _values, shape in records])
    if system != CGCS2000:
        shapes = shapely.transform(shapes, lambda places: convert(places, CGCS2000, system))
    if gathered in _GATHERED:
        parts, owner = shapely.get_parts(shapes, return_index=True)
        shapes = _GATHERED[gathered](parts, indices=owner)
    return shapely.to_wkb(shapes, byte_order=1)


def _columns(fields: Sequence[Field], rows: list[Sequence[Any]]) -> tuple[list[Any], list[Any]]:
    columns, masks = [], []
    for place, each in enumerate(fields):
        values = [row[place] for row in rows]
        columns.append(_column(values, each.type))
        masks.append(np.array([value is None for value in values], dtype=bool))
    return columns, masks


def _column(values: list[Any], kind: Type) -> Any:
    if kind is Type.WHOLE:
        return np.array([value or 0 for value in values], dtype=np.int64)
    if kind is Type.DECIMAL:
        return np.array([0 if value is None else value for value in values], dtype=float)
    if kind is Type.TRUTH:
        return np.array([bool(value) for value in values], dtype=bool)
    if kind is Type.DAY:
        return np.array([value or date(1970, 1, 1) for value in values], dtype="datetime64[D]")
    return np.array([None if value is None else str(value) for value in values], dtype=object)
