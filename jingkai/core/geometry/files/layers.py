"""What a spatial file is once it is opened, and why one is not."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

MOST_FIELDS = 400

Row = tuple[list[Any], bytes | None]  # plain values, and well-known binary in the file's system


class Format(StrEnum):
    """What kind of file it is."""

    GEOJSON = "geojson"
    GEOPACKAGE = "geopackage"
    SHAPEFILE = "shapefile"
    KML = "kml"
    DXF = "dxf"


class Reason(StrEnum):
    """Why a file is not read."""

    NOT_SPATIAL = "not_spatial"
    DAMAGED = "damaged"
    PASSWORD = "password"  # noqa: S105 -- a reason, no secret
    UNPACKED = "unpacked"  # too many members, or too large when unpacked
    MEMBER = "member"  # a name or a packing that no program writes
    ALONE = "alone"  # a .shp without the files that belong to it: they come in one zip
    DWG = "dwg"  # AutoCAD's own file: to be saved as DXF
    BINARY_DXF = "binary_dxf"
    DOCTYPE = "doctype"  # XML that defines entities
    FIELDS = "fields"  # more columns than any register has
    EMPTY = "empty"  # no layer with shapes in it


class Unreadable(Exception):
    """The file can't be read; the reason is a code, the facts fill a sentence."""

    def __init__(self, reason: Reason, **facts: str | int) -> None:
        """Keep the reason and what a sentence about it needs."""
        super().__init__(reason, facts)
        self.reason = reason
        self.facts = facts


class Remark(StrEnum):
    """What was found on opening a layer that its reader should know."""

    NO_SYSTEM = "no_system"  # nothing says in which coordinate system it is
    NO_TABLE = "no_table"  # a Shapefile without .dbf: shapes without attributes
    INDEX_REBUILT = "index_rebuilt"  # a Shapefile without .shx
    ENCODING_FOUND = "encoding_found"  # nothing said it; fact: encoding
    ENCODING_WRONG = "encoding_wrong"  # what is said can't be; facts: said, encoding
    ENCODING_UNKNOWN = "encoding_unknown"  # texts are likely to be wrong
    ENCODING_UNFIT = "encoding_unfit"  # the one that was chosen does not fit; fact: encoding
    DELETED = "deleted"  # records marked as deleted are left out; fact: count
    UNEVEN = "uneven"  # more shapes than records or the reverse; facts: shapes, records
    VIEW = "view"  # a layer that is a query and not a table was left out; fact: name
    OTHERS = "others"  # files of an archive that were left out; fact: names
    OPEN_LINES = "open_lines"  # lines of a drawing that enclose nothing; fact: count


@dataclass(frozen=True, slots=True)
class Note:
    """A remark with its facts."""

    remark: Remark
    facts: dict[str, str | int] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """A table of the file: its columns, and what it says of its coordinate system."""

    name: str
    fields: tuple[str, ...]
    count: int
    system: str = ""  # as declared: a code, well-known text; see ``systems.declared``
    encoding: str = ""
    notes: tuple[Note, ...] = ()


class Source(Protocol):
    """An opened file."""

    format: Format
    layers: tuple[Layer, ...]

    def rows(self, name: str) -> Iterator[Row]:
        """
        Return the rows of a layer, a batch of them in memory at a time.

        Bytes that hold no readable shape stand for one that is broken; None for one that lacks.
        """
        ...


def distinct(names: list[str]) -> tuple[str, ...]:
    """Return the names with a number behind each that was there before; a blank gets one too."""
    found: dict[str, None] = {}
    for index, name in enumerate(names, 1):
        proposal = wanted = name.strip() or f"#{index}"
        number = 2
        while proposal in found:
            proposal = f"{wanted}_{number}"
            number += 1
        found[proposal] = None
    return tuple(found)
