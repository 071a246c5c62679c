"""DXF: lines without a system, closed to areas, with the texts that stand in them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import shapely

from . import drivers
from .layers import Format, Layer, Note, Reason, Remark, Row, Unreadable

_FIELDS = ("Layer", "Text", "EntityHandle")  # as GDAL calls them

_HEADER = b"0\nSECTION\n2\nHEADER\n9\n$DWGCODEPAGE\n3\nANSI_936\n0\nENDSEC\n"
_KNOWN_AS = {"utf-8": "UTF-8", "gb18030": "CP936", "big5": "CP950", "cp1252": "CP1252"}
_CODECS = {known_as: codec for codec, known_as in _KNOWN_AS.items()}
_Entity = tuple[str, Any, Any, Any]  # its layer, text, handle and shape


class Dxf:
    """An opened drawing: a layer each of its own that holds closed or connected lines."""

    format = Format.DXF

    def __init__(self, path: Path, encoding: str = "") -> None:
        """
        Read it and close what its lines enclose.

        :param encoding: of its texts, as somebody says who knows
        :raises Unreadable: if it is damaged or holds no lines
        """
        content = path.read_bytes()
        encoding, found = _encoding(content, encoding)
        if encoding and b"HEADER" not in content:
            path = _headed(path, content)
        try:
            drawn = list(_entities(path, encoding))
        except (*drivers.NotRead, shapely.errors.GEOSException) as reason:
            raise Unreadable(Reason.DAMAGED, what=str(reason)[:200]) from None
        self._rows: dict[str, list[Row]] = {}
        layers = []
        texts = _texts(drawn)
        for name in sorted({layer for layer, *_others in drawn}):
            rows, notes = _enclosed(name, drawn, texts)
            if rows:
                self._rows[name] = rows
                notes = (Note(Remark.NO_SYSTEM), *found, *notes)
                layer = Layer(
                    name=name,
                    fields=_FIELDS,
                    count=len(rows),
                    encoding=_CODECS.get(encoding, encoding),
                    notes=notes,
                )
                layers.append(layer)
        if not layers:
            raise Unreadable(Reason.EMPTY)
        self.layers = tuple(layers)

    def rows(self, name: str) -> Iterator[Row]:
        """Return the areas of a layer with the texts that stand in them, then its other lines."""
        yield from self._rows[name]


def _headed(path: Path, content: bytes) -> Path:
    """Return a copy with a header, without which GDAL reads every text as Latin-1."""
    copy = path.with_name("headed.dxf")
    copy.write_bytes(_HEADER + content)
    return copy


def _encoding(content: bytes, chosen: str) -> tuple[str, tuple[Note, ...]]:
    """Return how its texts are written: what a drawing declares is often wrong."""
    if content.isascii():
        return "", ()
    if chosen:
        return _KNOWN_AS.get(chosen, chosen), ()
    for encoding in ("utf-8", "gb18030"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return _KNOWN_AS[encoding], (Note(Remark.ENCODING_FOUND, {"encoding": encoding}),)
    return "", (Note(Remark.ENCODING_UNKNOWN),)


def _entities(path: Path, encoding: str) -> Iterator[_Entity]:
    shapes, values = drivers.whole(path, "entities", list(_FIELDS), encoding=encoding)
    several = zip(*(values[name] for name in _FIELDS), shapes.tolist(), strict=True)
    for layer, text, handle, shape in several:
        if shape:
            yield str(layer or "0"), text, handle, shapely.force_2d(shapely.from_wkb(shape))


def _texts(drawn: list[_Entity]) -> list[tuple[str, Any]]:
    """Return the texts of the drawing with their places, from whatever layer."""
    return [(str(text), shape) for _layer, text, _handle, shape in drawn if _is_text(text, shape)]


def _is_text(text: Any, shape: Any) -> bool:
    return bool(text) and shape.geom_type == "Point"


def _enclosed(
    name: str, drawn: list[_Entity], texts: list[tuple[str, Any]]
) -> tuple[list[Row], tuple[Note, ...]]:
    """Return the areas that the lines of a layer enclose, and the lines that enclose nothing."""
    areas: list[tuple[Any, Any]] = []
    lines = []
    for layer, _text, handle, shape in drawn:
        if layer == name and (area := _area(shape)) is not None:
            areas.append((area, handle))
        elif layer == name and shape.geom_type in {"LineString", "MultiLineString"}:
            lines.append(shape)
    joined, left = _joined(lines)
    areas += [(each, None) for each in joined]
    inside = _inside([area for area, _handle in areas], texts)
    rows: list[Row] = [
        ([name, inside.get(place), handle], shapely.to_wkb(area))
        for place, (area, handle) in enumerate(areas)
    ]
    rows += [([name, None, None], shapely.to_wkb(each)) for each in left]
    return rows, (Note(Remark.OPEN_LINES, {"count": len(left)}),) if left else ()


def _area(shape: Any) -> Any:
    """Return what an entity encloses by itself, None if nothing."""
    if shape.geom_type in {"Polygon", "MultiPolygon"}:
        return shape
    is_ring = shape.geom_type == "LineString" and shape.is_closed and len(shape.coords) >= 4
    return shapely.Polygon(shape) if is_ring else None


def _joined(lines: list[Any]) -> tuple[list[Any], list[Any]]:
    """Return the areas that lines enclose together, and the lines that enclose nothing."""
    if not lines:
        return [], []
    areas, *others = shapely.polygonize_full(lines)
    left = [each for some in others for each in shapely.get_parts(some)]
    return list(shapely.get_parts(areas)), left


def _inside(areas: list[Any], texts: list[tuple[str, Any]]) -> dict[int, str]:
    """Return of each area the texts that stand in it."""
    tree = shapely.STRtree([place for _text, place in texts])
    found: dict[int, list[str]] = {}
    for area, text in tree.query(areas, predicate="intersects").T.tolist() if areas else []:
        found.setdefault(area, []).append(texts[text][0])
    return {area: " ".join(several) for area, several in found.items()}
