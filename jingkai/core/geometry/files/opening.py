"""Open a spatial file by what it is, not by what it is called."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path, PurePath

from . import archives
from .drawings import Dxf
from .geojson import GeoJson
from .geopackage import GeoPackage
from .kml import Kml
from .layers import Format, Note, Reason, Remark, Source, Unreadable
from .shapefile import ENDINGS, Shapefiles

START = 4_096  # bytes that tell what a file is
_PACKED = b"PK\x03\x04"
_MOST_NAMES = 200  # letters
_DATABASE = b"SQLite format 3\x00"
_SHAPES = b"\x00\x00\x27\x0a"
_DWG = b"AC10"
_BINARY_DXF = b"AutoCAD Binary DXF"
_SINGLE = frozenset({".geojson", ".json", ".gpkg", ".kml", ".dxf"})


def format_of(start: bytes) -> Format | None:
    """
    Return what a file that begins so is, None if it is nothing spatial.

    A zip is said to be a Shapefile: what is in it is seen on opening.

    :raises Unreadable: if it is spatial and yet can't be read
    """
    if start.startswith(_DWG):
        raise Unreadable(Reason.DWG)
    if start.startswith(_BINARY_DXF):
        raise Unreadable(Reason.BINARY_DXF)
    if start.startswith(_SHAPES):
        raise Unreadable(Reason.ALONE)
    if start.startswith(_PACKED):
        return Format.SHAPEFILE
    if start.startswith(_DATABASE):
        return Format.GEOPACKAGE
    return _text_format(start)


def open_source(path: Path, scratch: Path, name: str = "", encoding: str = "") -> Source:
    """
    Return the file, opened.

    :param scratch: an empty folder for what is unpacked
    :param name: what the file is called, for a layer that has no name of its own
    :param encoding: of its texts, as somebody says who knows; else it is found out
    :raises Unreadable: if it is nothing spatial, damaged or beyond a limit
    """
    with path.open("rb") as file:
        found = format_of(file.read(START))
    if found is None:
        raise Unreadable(Reason.NOT_SPATIAL)
    if found is Format.SHAPEFILE:
        return _of_archive(path, scratch, name, encoding)
    return _of_file(found, path, scratch, (name, encoding))


def _text_format(start: bytes) -> Format | None:
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith(b"{"):
        return Format.GEOJSON
    if text.startswith(b"<") and b"<kml" in text:
        return Format.KML
    lines = text.split(b"\n", 4)
    head = [line.strip() for line in lines[:2]]
    if head == [b"0", b"SECTION"] or head[:1] == [b"999"]:
        return Format.DXF
    return None


def _of_file(found: Format, path: Path, scratch: Path, said: tuple[str, str]) -> Source:
    name, encoding = said
    stem = PurePath(name).stem or found.value
    if found is Format.GEOJSON:
        return GeoJson(path, stem, encoding)
    if found is Format.GEOPACKAGE:
        return GeoPackage(path)
    if found is Format.KML:
        return Kml(path)
    link = scratch / "source.dxf"  # GDAL looks at the ending as well
    link.symlink_to(path.resolve())
    return Dxf(link, encoding)


def _of_archive(path: Path, scratch: Path, name: str, encoding: str) -> Source:
    members = archives.unpack(path, scratch, ENDINGS | _SINGLE)
    single = [each for each in members if each.ending in _SINGLE]
    if any(member.ending == ".shp" for member in members):
        parts = [each for each in members if each.ending in ENDINGS]
        return _without(single, Shapefiles(parts, scratch, encoding))
    if not single:
        raise Unreadable(Reason.NOT_SPATIAL)
    member = single[0]
    with member.path.open("rb") as file:
        found = format_of(file.read(START))
    if found is None or found is Format.SHAPEFILE:
        raise Unreadable(Reason.NOT_SPATIAL)
    source = _of_file(found, member.path, scratch, (name or member.stem, encoding))
    return _without(single[1:], source)


def _without(left: Sequence[archives.Member], source: Source) -> Source:
    """Return the source with a note about the files beside it that are not read."""
    if left:
        names = ", ".join(f"{member.stem}{member.ending}" for member in left)[:_MOST_NAMES]
        note = Note(Remark.OTHERS, {"names": names})
        told = (replace(layer, notes=(*layer.notes, note)) for layer in source.layers)
        source.layers = tuple(told)
    return source
