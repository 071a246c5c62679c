"""GeoJSON, read feature by feature out of the text, rings as they stand."""

import json
import struct
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

from .layers import MOST_FIELDS, Format, Layer, Note, Reason, Remark, Row, Unreadable

MOST_BYTES = 200 * 1024 * 1024
DEFAULT_SYSTEM = "EPSG:4326"  # by RFC 7946; an older file may name another in "crs"
ID = "id"
_NUMBERS = {
    "Point": 1,
    "LineString": 2,
    "Polygon": 3,
    "MultiPoint": 4,
    "MultiLineString": 5,
    "MultiPolygon": 6,
    "GeometryCollection": 7,
}
_PART = {4: 1, 5: 2, 6: 3}
_BLANKS = " \t\r\n"
_MOST_DEPTH = 3  # of collections of collections


class GeoJson:
    """An opened GeoJSON file: one layer."""

    format = Format.GEOJSON

    def __init__(self, path: Path, name: str, encoding: str = "") -> None:
        """
        Look at every feature for its columns.

        :param encoding: of its texts, as somebody says who knows
        :raises Unreadable: if it is damaged or no GeoJSON
        """
        if path.stat().st_size > MOST_BYTES:
            raise Unreadable(Reason.UNPACKED)
        self._text, encoding, notes = _decoded(path.read_bytes(), encoding)
        self._outside: dict[str, Any] = {}
        fields: dict[str, None] = {}
        count = 0
        for feature in self._features():
            count += 1
            if ID in feature:
                fields[ID] = None
            fields.update(dict.fromkeys(_properties(feature)))
            if len(fields) > MOST_FIELDS:
                raise Unreadable(Reason.FIELDS, most=MOST_FIELDS)
        layer = Layer(
            name=_name(self._outside, name),
            fields=tuple(fields),
            count=count,
            system=_system(self._outside),
            encoding=encoding,
            notes=notes,
        )
        self.layers: tuple[Layer, ...] = (layer,)

    def rows(self, name: str) -> Iterator[Row]:  # noqa: ARG002 -- there is one layer
        """Return the features."""
        fields = self.layers[0].fields
        for feature in self._features():
            values = _properties(feature)
            if ID in feature:
                values = {ID: feature[ID], **values}
            yield [_plain(values.get(field)) for field in fields], packed(feature.get("geometry"))

    def _features(self) -> Iterator[dict[str, Any]]:
        try:
            yield from self._read()
        except (ValueError, IndexError, RecursionError) as reason:
            raise Unreadable(Reason.DAMAGED, what=str(reason)[:200]) from None

    def _read(self) -> Iterator[dict[str, Any]]:
        """Walk the outermost object; what stands beside the features is kept."""
        text, decoder = self._text, json.JSONDecoder()
        at = _expect(text, 0, "{")
        while text[at] != "}":
            key, at = decoder.raw_decode(text, at)
            at = _expect(text, _blank(text, at), ":")
            if key == "features" and text[at] == "[":
                at = yield from _list(text, at + 1, decoder)
            else:
                self._outside[key], at = decoder.raw_decode(text, at)
            at = _next(text, at, "}")
        if text[at + 1 :].strip():
            raise ValueError(f"more than one object, at {at + 1}")  # a feature a line
        kind = self._outside.get("type")
        if kind == "Feature":
            yield self._outside
        elif kind in _NUMBERS:
            yield {"geometry": self._outside}
        elif kind != "FeatureCollection":
            raise Unreadable(Reason.NOT_SPATIAL)


def packed(geometry: Any) -> bytes | None:
    """Return a GeoJSON geometry as well-known binary, as it stands; empty if it can't be read."""
    if geometry is None:
        return None
    try:
        return _packed(geometry, 0)
    except (KeyError, TypeError, ValueError, struct.error, AttributeError):
        return b""


def _packed(geometry: dict[str, Any], depth: int) -> bytes:
    number = _NUMBERS[geometry["type"]]
    if number == _NUMBERS["GeometryCollection"]:
        if depth > _MOST_DEPTH:
            raise ValueError("too deep")
        parts = [_packed(each, depth + 1) for each in geometry["geometries"]]
        return struct.pack("<BII", 1, number, len(parts)) + b"".join(parts)
    return _of_numbers(number, geometry["coordinates"])


def _of_numbers(number: int, coordinates: Any) -> bytes:
    head = struct.pack("<BI", 1, number)
    if number == 1:
        return head + struct.pack("<2d", *coordinates[:2])
    if number == 2:
        return head + _path(coordinates)
    if number == 3:
        rings = [_path(ring) for ring in coordinates]
        return head + struct.pack("<I", len(rings)) + b"".join(rings)
    parts = [_of_numbers(_PART[number], each) for each in coordinates]
    return head + struct.pack("<I", len(parts)) + b"".join(parts)


def _path(points: Any) -> bytes:
    flat = [number for point in points for number in point[:2]]
    return struct.pack(f"<I{2 * len(points)}d", len(points), *flat)


def _decoded(content: bytes, chosen: str) -> tuple[str, str, tuple[Note, ...]]:
    if chosen:
        text = content.decode(chosen, "replace").removeprefix("\ufeff")
        unfit = (Note(Remark.ENCODING_UNFIT, {"encoding": chosen}),) if "\ufffd" in text else ()
        return text, chosen, unfit
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "gb18030":
            return text, encoding, (Note(Remark.ENCODING_FOUND, {"encoding": encoding}),)
        return text, "utf-8", ()
    raise Unreadable(Reason.DAMAGED, what="encoding")


def _list(text: str, at: int, decoder: json.JSONDecoder) -> Generator[dict[str, Any], None, int]:
    """Yield the objects of a list and return where it ends."""
    at = _blank(text, at)
    while text[at] != "]":
        feature, at = decoder.raw_decode(text, at)
        if not isinstance(feature, dict):
            raise ValueError(f"no feature before {at}")  # noqa: TRY004 - what a damaged file raises
        yield feature
        at = _next(text, at, "]")
    return at + 1


def _next(text: str, at: int, end: str) -> int:
    """Return where the next member begins, or the end stands."""
    at = _blank(text, at)
    if text[at] == end:
        return at
    return _expect(text, at, ",")


def _expect(text: str, at: int, wanted: str) -> int:
    at = _blank(text, at)
    if text[at] != wanted:
        raise ValueError(f"{wanted} at {at}")
    return _blank(text, at + 1)


def _blank(text: str, at: int) -> int:
    while text[at] in _BLANKS:
        at += 1
    return at


def _properties(feature: dict[str, Any]) -> dict[str, Any]:
    found = feature.get("properties")
    return found if isinstance(found, dict) else {}


def _plain(value: Any) -> Any:
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return value.strip() or None if isinstance(value, str) else value


def _name(outside: dict[str, Any], otherwise: str) -> str:
    found = outside.get("name")
    return found[:100] if isinstance(found, str) and found else otherwise


def _system(outside: dict[str, Any]) -> str:
    try:
        found = outside["crs"]["properties"]["name"]
    except (KeyError, TypeError):
        return DEFAULT_SYSTEM
    return found if isinstance(found, str) else DEFAULT_SYSTEM
