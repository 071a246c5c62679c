"""In which system a file's coordinates are: what it says, what the numbers allow, who must say."""

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import shapely

from jingkai.core.geometry import systems
from jingkai.core.geometry.shapes import NotAShape

from ..declaration import Register
from ..kinds import plain
from . import mapping
from .mapping import Reading
from .placing import OWN, foreign

if TYPE_CHECKING:
    from .looking import Look

Point = tuple[float, float]
Window = tuple[float, float, float, float]

_SYSTEM_COLUMN = re.compile(r"coord\w*\s*(reference)?\s*system|坐标系|\bcrs\b", re.IGNORECASE)
_WKT = re.compile(r"(SRID=\d+;)?\s*(MULTI)?(POINT|LINESTRING|POLYGON)\b", re.IGNORECASE)


def first_point(cell: Any) -> Point | None:
    """Return the first point of a shape that stands in a cell, in the file's own system."""
    if not isinstance(cell, bytes) and not _is_written(plain(cell)):
        return None
    with suppress(NotAShape, ValueError):
        wkb = foreign(cell, may_close=True)
        points = shapely.get_coordinates(shapely.from_wkb(wkb))
        return (float(points[0][0]), float(points[0][1])) if len(points) else None
    return None


def _is_written(text: str) -> bool:
    return bool(_WKT.match(text)) or (text.startswith("{") and '"coordinates"' in text)


def asks(
    register: Register, said: str, reading: Reading, look: "Look", near: Window | None
) -> bool:
    """
    Return whether somebody must say what the coordinates of a sheet mean before it is read.

    :param said: the system that somebody said, if one
    :param near: where the zone's records lie
    """
    if not register.outline:
        return False
    if said:
        return look.has_outline and _is_against(said, reading, look, near)
    if look.has_outline:
        return not certain(look, reading, near)
    known = set(reading.columns)
    return any(c.points and c.heading not in known for c in look.columns) or bool(
        mapping.guess_axes(c.heading for c in look.columns if c.heading not in known)
    )


def _is_against(said: str, reading: Reading, look: "Look", near: Window | None) -> bool:
    """Return whether the file declares another system, or its numbers don't fit this one."""
    found = certain(look, reading, near)
    if is_spatial(look) and found and found != said:
        return True
    if mapping.OWN_SYSTEM in reading.columns.values():
        return False
    fitting = {one.system for one in candidates(look, chosen(look, reading), near)}
    return bool(fitting) and said not in fitting | set(systems.INTERNET)


def is_spatial(look: "Look") -> bool:
    """Return whether the file says of itself what its coordinates mean, or that it does not."""
    return "system" in look.about


def differing(
    best: "Look", looks: Iterable["Look"], reading: Reading, near: Window | None
) -> list["Look"]:
    """Return those of the sheets whose coordinates mean something else than those of the best."""
    if not best.has_outline or not is_spatial(best):
        return []
    first = _meaning(best, reading, near)
    return [
        one for one in looks if one.has_outline and _meaning(one, reading, near) not in {first, ""}
    ]


def _meaning(look: "Look", reading: Reading, near: Window | None) -> str:
    """Return the likeliest way to take the coordinates; empty where there are none."""
    columns = chosen(look, reading)
    if not points(look, columns):
        return ""
    ranked = candidates(look, columns, near)
    return value(ranked[0].system, swapped=ranked[0].swapped) if ranked else said(look)


def value(system: str, *, swapped: bool) -> str:
    """Return a system and the order of its axes as one text."""
    return f"{system}{mapping.SWAPPED}" if swapped else system


def certain(look: "Look", reading: Reading, near: Window | None) -> str:
    """
    Return the system in which the coordinates certainly are; empty where somebody must say.

    A workbook whose column is called as ours is in ours: its template says so.
    """
    if not is_spatial(look) and not set(mapping.AXES) & set(reading.columns.values()):
        return OWN if all(c.is_known for c in look.columns if c.points) else ""
    ranked = candidates(look, chosen(look, reading), near)
    return ranked[0].system if ranked and ranked[0].is_certain else ""


def chosen(look: "Look", reading: Reading) -> dict[str, str]:
    """Return by heading what the reading says it is; else what it is by itself, or likely is."""
    headings = [c.heading for c in look.columns]
    told = {text: reading.columns[text] for text in headings if text in reading.columns}
    if set(mapping.AXES) <= set(told.values()) or any(c.points for c in look.columns):
        return told
    return told | mapping.guess_axes(text for text in headings if text not in told)


def candidates(
    look: "Look", columns: Mapping[str, str], near: Window | None
) -> list[systems.Candidate]:
    """Return the ways to read the coordinates in the columns, the likeliest first."""
    sample = points(look, columns)
    return systems.candidates(sample, prj=said(look), near=near) if sample else []


def points(look: "Look", columns: Mapping[str, str]) -> list[Point]:
    """Return the first points that the columns give, in the file's own system."""
    by_axis = {axis: c for c in look.columns if (axis := columns.get(c.heading)) in mapping.AXES}
    if len(by_axis) == len(mapping.AXES):
        pairs = zip(by_axis[mapping.X].numbers, by_axis[mapping.Y].numbers, strict=False)
        return [(x, y) for x, y in pairs if x is not None and y is not None]
    return [(x, y) for c in look.columns for x, y in c.points]


def said(look: "Look") -> str:
    """Return what the file says of its system: by itself, or in a column of its own."""
    if text := look.about.get("system", ""):
        return text
    texts = [c.samples for c in look.columns if _SYSTEM_COLUMN.search(c.heading)]
    return texts[0][0] if texts and len(texts[0]) == 1 else ""


def lies_at(sample: Sequence[Point], system: str, *, swapped: bool) -> Point | None:
    """Return where the first of the points lies, taken so; None where there is no such place."""
    try:
        (east, north), *_others = systems.convert(sample[:1], system, swapped=swapped).tolist()
    except (systems.UnknownSystem, ValueError):
        return None
    return (east, north) if abs(east) <= 180 and abs(north) <= 90 else None
