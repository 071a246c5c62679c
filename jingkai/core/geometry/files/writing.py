"""Records with their shapes as GeoPackage, zipped Shapefile, GeoJSON or KML."""

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import shapely

from ..systems.codes import CGCS2000, INTERNET
from .layers import Format
from .tables import Field, Losses, Record, Table, write_geopackage, write_shapefiles

ENDINGS = {
    Format.GEOPACKAGE: "gpkg",
    Format.SHAPEFILE: "zip",
    Format.GEOJSON: "geojson",
    Format.KML: "kml",
}
_KML = '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">\n'


def write(
    path: Path,
    kind: Format,
    fields: Sequence[Field],
    records: Iterable[Record],
    *,
    layer: str,
    system: str = CGCS2000,
) -> Losses:
    """
    Write the records and return what the format could not keep.

    :param path: with the ending of the format, see ``ENDINGS``
    :param layer: the name of the layer
    :param system: of the coordinates; GeoJSON and KML know longitude and latitude alone
    :raises ValueError: if the format is not written, or not in that system
    :raises UnknownSystem: if the code is none
    """
    degrees_only = kind in {Format.GEOJSON, Format.KML}
    if kind is Format.DXF or system in INTERNET or (degrees_only and system != CGCS2000):
        raise ValueError(f"{kind} in {system} is not written")
    names = [each.name for each in fields]
    if kind is Format.GEOJSON:
        _write_geojson(path, names, records, layer)
        return Losses()
    if kind is Format.KML:
        _write_kml(path, names, records, layer)
        return Losses()
    table = Table(layer, tuple(fields), list(records), system)
    if kind is Format.GEOPACKAGE:
        return write_geopackage(path, table)
    return write_shapefiles(path, table)


def _write_geojson(path: Path, names: list[str], records: Iterable[Record], layer: str) -> None:
    with path.open("w", encoding="utf-8") as out:
        out.write(f'{{"type": "FeatureCollection", "name": {_json(layer)}, "features": [')
        for number, (values, shape) in enumerate(records):
            feature = {
                "type": "Feature",
                "properties": dict(zip(names, values, strict=True)),
                "geometry": shape.geojson if shape else None,
            }
            out.write(f"{',' if number else ''}\n{_json(feature)}")
        out.write("\n]}\n")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=_plain)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def _write_kml(path: Path, names: list[str], records: Iterable[Record], layer: str) -> None:
    """Write each record as a placemark, named by its first column."""
    with path.open("w", encoding="utf-8") as out:
        out.write(f"{_KML}<Document><Folder><name>{_escaped(layer)}</name>\n")
        for values, shape in records:
            texts = ["" if value is None else str(value) for value in values]
            out.write(f"<Placemark><name>{_escaped(texts[0] if texts else '')}</name>")
            out.write("<ExtendedData>")
            for name, text in zip(names, texts, strict=True):
                out.write(f"<Data name={quoteattr(_writable(name))}>")
                out.write(f"<value>{_escaped(text)}</value></Data>")
            out.write(
                f"</ExtendedData>{_kml_shape(shape.geometry) if shape else ''}</Placemark>\n"
            )
        out.write("</Folder></Document>\n</kml>\n")


def _kml_shape(geometry: Any) -> str:
    parts = shapely.get_parts(shapely.orient_polygons(geometry, exterior_cw=False))
    drawn = [_kml_part(part) for part in parts]
    if len(drawn) == 1:
        return drawn[0]
    return f"<MultiGeometry>{''.join(drawn)}</MultiGeometry>"


def _kml_part(part: Any) -> str:
    if part.geom_type == "Point":
        return f"<Point>{_kml_places(part)}</Point>"
    if part.geom_type == "LineString":
        return f"<LineString>{_kml_places(part)}</LineString>"
    shell, *holes = shapely.get_rings(part)
    inner = "".join(f"<innerBoundaryIs>{_kml_ring(hole)}</innerBoundaryIs>" for hole in holes)
    return f"<Polygon><outerBoundaryIs>{_kml_ring(shell)}</outerBoundaryIs>{inner}</Polygon>"


def _kml_ring(ring: Any) -> str:
    return f"<LinearRing>{_kml_places(ring)}</LinearRing>"


def _kml_places(geometry: Any) -> str:
    places = " ".join(f"{x!r},{y!r}" for x, y in shapely.get_coordinates(geometry).tolist())
    return f"<coordinates>{places}</coordinates>"


def _escaped(text: str) -> str:
    return escape(_writable(text))


def _writable(text: str) -> str:
    """Return the text without the characters that XML can't hold."""
    return "".join(each for each in text if each >= " " or each in "\t\n\r")
