"""Spatial files out: the rows with their outlines as GeoPackage, Shapefile, GeoJSON or KML."""

import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from jingkai.core.geometry import files
from jingkai.core.geometry.files import Field, Format, Type

from ..declaration import BoundColumn, Register
from ..kinds import Choice, Day, Exact, Kind, Refused, Whole, Yes

FORMATS = {
    "gpkg": Format.GEOPACKAGE,
    "zip": Format.SHAPEFILE,
    "geojson": Format.GEOJSON,
    "kml": Format.KML,
}
_TYPES: tuple[tuple[type[Kind], Type], ...] = (
    (Exact, Type.DECIMAL),
    (Whole, Type.WHOLE),
    (Day, Type.DAY),
    (Yes, Type.TRUTH),
)


def outline_of(register: Register) -> BoundColumn:
    """
    Return the column whose shapes go out.

    :raises Refused: when the register has none, or whoever asks may not see it
    """
    column = register.by_name.get(register.outline)
    if column is None or column.is_masked:
        raise Refused(_("这份台账没有可以导出的图形，请选择表格形式"))
    return column


def write_map(
    register: Register, columns: Sequence[BoundColumn], rows: Iterable[dict[str, Any]], suffix: str
) -> bytes:
    """
    Return the rows as a spatial file in CGCS2000, each with its outline and the other columns.

    A Shapefile cuts headings at ten bytes and texts at 254, tells the whole headings in a table
    beside it, and leaves out the rows without an outline.

    :raises Refused: when there is no outline to be seen
    """
    outline = outline_of(register)
    told = [column for column in columns if column.name != outline.name]
    fields = [Field(str(column.label), _type(column.kind)) for column in told]
    records = (
        ([_value(column.kind, row[column.name]) for column in told], row[outline.name])
        for row in rows
    )
    with tempfile.TemporaryDirectory(prefix="jingkai-") as folder:
        path = Path(folder) / f"map.{suffix}"
        files.write(path, FORMATS[suffix], fields, records, layer=str(register.name))
        return path.read_bytes()


def _type(kind: Kind) -> Type:
    return next((type_ for of, type_ in _TYPES if isinstance(kind, of)), Type.TEXT)


def _value(kind: Kind, value: Any) -> Any:
    if value is None or value == "":
        return None
    if _type(kind) is not Type.TEXT:
        return value
    return kind.shown(value) if isinstance(kind, Choice) else kind.text(value)
