"""KML, read by ourselves: GDAL's reader loses columns whose names are Chinese."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from .geojson import MOST_BYTES, packed
from .layers import MOST_FIELDS, Format, Layer, Reason, Row, Unreadable, distinct

SYSTEM = "EPSG:4326"  # by its standard
NAME, DESCRIPTION = "name", "description"
_PLACEMARK = "Placemark"
_FOLDERS = frozenset({"Document", "Folder"})
_SHAPES = frozenset({"Point", "LineString", "LinearRing", "Polygon", "MultiGeometry"})
_CHINESE = re.compile(
    rb"^\s*<\?xml[^>]*encoding=[\"'](gbk|gb2312|gb18030)[\"'][^>]*\?>", re.IGNORECASE
)
_FORBIDDEN = (b"<!DOCTYPE", b"<!ENTITY")

_Placemark = tuple[int, dict[str, str], Any]  # the number of its folder, its values, its shape


class Kml:
    """An opened KML file: a layer a folder."""

    format = Format.KML

    def __init__(self, path: Path) -> None:
        """
        Look at every placemark.

        :raises Unreadable: if it is damaged, defines entities or has no placemarks
        """
        if path.stat().st_size > MOST_BYTES:
            raise Unreadable(Reason.UNPACKED)
        self._content = _utf8(path.read_bytes())
        self._names: list[str] = []
        fields: dict[int, dict[str, None]] = {}
        counts: dict[int, int] = {}
        for folder, values, _shape in self._placemarks():
            fields.setdefault(folder, {}).update(dict.fromkeys(values))
            counts[folder] = counts.get(folder, 0) + 1
            if len(fields[folder]) > MOST_FIELDS:
                raise Unreadable(Reason.FIELDS, most=MOST_FIELDS)
        if not counts:
            raise Unreadable(Reason.EMPTY)
        names = distinct([self._names[folder] for folder in counts])
        self._folders = dict(zip(names, counts, strict=True))
        self.layers = tuple(
            Layer(name=name, fields=tuple(fields[each]), count=counts[each], system=SYSTEM)
            for name, each in self._folders.items()
        )

    def rows(self, name: str) -> Iterator[Row]:
        """Return the placemarks of a folder."""
        layer = next(each for each in self.layers if each.name == name)
        for folder, values, shape in self._placemarks():
            if folder == self._folders[name]:
                yield [values.get(field) or None for field in layer.fields], packed(shape)

    def _placemarks(self) -> Iterator[_Placemark]:
        try:
            yield from self._walked()
        except (ET.ParseError, ValueError, LookupError) as reason:
            raise Unreadable(Reason.DAMAGED, what=str(reason)[:200]) from None

    def _walked(self) -> Iterator[_Placemark]:
        """Walk through the elements; those of a placemark are let go when it ends."""
        self._names = []
        open_folders: list[int] = []
        depth = 0  # of placemarks, whose own names are no folder's
        for event, element in ET.iterparse(io.BytesIO(self._content), ("start", "end")):  # noqa: S314 -- without entities
            tag = _tag(element)
            if tag == _PLACEMARK:
                depth += 1 if event == "start" else -1
            if event == "start" and tag in _FOLDERS:
                open_folders.append(len(self._names))
                self._names.append("")
            elif event == "end" and tag in _FOLDERS:
                open_folders.pop()
            elif event == "end" and tag == "name" and not depth and open_folders:
                self._names[open_folders[-1]] = (element.text or "").strip()
            elif event == "end" and tag == _PLACEMARK:
                yield open_folders[-1] if open_folders else 0, _values(element), _shape(element)
                element.clear()
                if not self._names:
                    self._names.append("")


def _utf8(content: bytes) -> bytes:
    """Return it in an encoding that the parser knows, without anything that defines entities."""
    if declared := _CHINESE.match(content):
        content = content[declared.end() :].decode("gb18030", "replace").encode()
    if any(each in content for each in _FORBIDDEN):
        raise Unreadable(Reason.DOCTYPE)
    return content


def _tag(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _values(placemark: ET.Element) -> dict[str, str]:
    found = {}
    for each in placemark:
        if _tag(each) in {NAME, DESCRIPTION} and (text := (each.text or "").strip()):
            found[_tag(each)] = text
        elif _tag(each) == "ExtendedData":
            found.update(_extended(each))
    return found


def _extended(data: ET.Element) -> Iterator[tuple[str, str]]:
    for each in data.iter():
        name = each.get("name", "")
        if _tag(each) == "SimpleData":
            yield name, (each.text or "").strip()
        elif _tag(each) == "Data":
            value = next((inner for inner in each if _tag(inner) == "value"), None)
            yield name, ("" if value is None else value.text or "").strip()


def _shape(placemark: ET.Element) -> dict[str, Any] | None:
    """Return the placemark's shape as GeoJSON has it."""
    shapes = [_geometry(each) for each in placemark if _tag(each) in _SHAPES]
    return shapes[0] if shapes else None


def _geometry(element: ET.Element) -> dict[str, Any]:
    kind = _tag(element)
    if kind == "MultiGeometry":
        parts = [_geometry(each) for each in element if _tag(each) in _SHAPES]
        return {"type": "GeometryCollection", "geometries": parts}
    if kind == "Polygon":
        rings = [_places(each) for each in element.iter() if _tag(each) == "coordinates"]
        return {"type": "Polygon", "coordinates": rings}
    places = next((_places(each) for each in element if _tag(each) == "coordinates"), [])
    if kind == "Point":
        return {"type": "Point", "coordinates": places[0] if places else []}
    return {"type": "LineString", "coordinates": places}


def _places(element: ET.Element) -> list[list[float]]:
    try:
        return [
            [float(part) for part in place.split(",")] for place in (element.text or "").split()
        ]
    except ValueError:
        return [[]]  # which packs into nothing readable
