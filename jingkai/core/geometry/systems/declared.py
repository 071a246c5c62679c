"""What a file says of its coordinate system, in whatever notation people use."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import pyproj
from pyproj.exceptions import CRSError

from .codes import (
    BD09,
    CGCS2000,
    FIRST_WIDE_ZONE,
    FIRST_ZONE,
    GCJ02,
    LAST_WIDE_ZONE,
    LAST_ZONE,
    MOST_CODE,
    WGS84,
    is_known,
    six_degree,
    three_degree,
)

MOST_TEXT = 10_000
_CONFIDENCE = 70  # of 100: PROJ's own measure for the same system under another name

_ZONES = range(FIRST_ZONE, LAST_ZONE + 1)
_WIDE_ZONES = range(FIRST_WIDE_ZONE, LAST_WIDE_ZONE + 1)


class Family(StrEnum):
    """A datum or an obfuscation, whose systems differ by how they are drawn on the plane."""

    CGCS2000 = "cgcs2000"
    WGS84 = "wgs84"
    GCJ02 = "gcj02"
    BD09 = "bd09"
    XIAN1980 = "xian1980"
    BEIJING1954 = "beijing1954"
    ETRS89 = "etrs89"
    OSGB36 = "osgb36"


def _epsg(*numbers: int) -> tuple[str, ...]:
    return tuple(f"EPSG:{number}" for number in numbers)


SYSTEMS: dict[Family, tuple[str, ...]] = {
    Family.CGCS2000: (
        CGCS2000,
        *(three_degree(zone, prefixed=True) for zone in _ZONES),
        *(three_degree(zone, prefixed=False) for zone in _ZONES),
        *(six_degree(zone) for zone in _WIDE_ZONES),
    ),
    Family.WGS84: (WGS84, *_epsg(3857, *range(32643, 32654))),
    Family.GCJ02: (GCJ02,),
    Family.BD09: (BD09,),
    Family.XIAN1980: _epsg(4610, *range(2349, 2391), *range(2327, 2338)),
    Family.BEIJING1954: _epsg(4214, *range(2401, 2443), *range(21413, 21424)),
    Family.ETRS89: _epsg(4258, 3035, *range(25828, 25839)),
    Family.OSGB36: _epsg(4277, 27700),
}

# The families whose systems are: degrees, 3-degree zones with and without number, 6-degree zones.
ZONED = (Family.CGCS2000, Family.XIAN1980, Family.BEIJING1954)

_NAMES: tuple[tuple[str, Family], ...] = (
    (r"GCJ|火星|高德|腾讯|AMAP|MARS", Family.GCJ02),
    (r"BD0?9|百度|BAIDU", Family.BD09),
    (r"CGCS|国家2000|2000国家|大地2000|CHINA2000|CHINAGEODETIC", Family.CGCS2000),
    (r"XIAN|XI'AN|西安", Family.XIAN1980),
    (r"BEIJING|北京54|北京1954", Family.BEIJING1954),
    (r"OSGB|BRITISH|ORDNANCESURVEY", Family.OSGB36),
    (r"^ETRS\d*", Family.ETRS89),
    (r"WGS|GPS|CRS84", Family.WGS84),
)
_EXACT = {  # names that leave no doubt, as they stand without blanks and dashes
    "CRS84": WGS84,
    "BRITISHNATIONALGRID": "EPSG:27700",
    "OSGB36/BRITISHNATIONALGRID": "EPSG:27700",
    "GCJ02": GCJ02,
    "BD09": BD09,
}
_SPELT = frozenset(  # as they should be written
    {"CGCS2000", "国家2000", "2000国家大地坐标系", "WGS84", "ETRS89", "OSGB36"}
    | {"XIAN1980", "XIAN80", "西安80", "BEIJING1954", "BEIJING54", "北京54"}
)
_NUMBER = re.compile(r"EPSG[:/\s_-]*(?:[\d.]{1,6}[:/])?(\d{4,6})\b", re.IGNORECASE)
_CRS84 = re.compile(r"\bCRS:?84\b", re.IGNORECASE)
_BLANKS = re.compile(r"[\s_\-–—()（）]+")
_WELL_KNOWN = ("PROJCS", "GEOGCS", "PROJCRS", "GEOGCRS", "COMPD_CS", "COMPOUNDCRS", "BOUNDCRS")


@dataclass(frozen=True, slots=True)
class Declared:
    """What was understood: one system, or any of those of a family; neither if nothing was."""

    text: str
    system: str | None = None
    family: Family | None = None
    is_plain: bool = False  # whether it is written as it should be

    @property
    def systems(self) -> tuple[str, ...]:
        """Return which systems it may mean."""
        if self.system:
            return (self.system,)
        return SYSTEMS[self.family] if self.family else ()


@lru_cache(maxsize=256)
def declared(text: str) -> Declared:
    """Return what a declaration means: a code, the text of a .prj file, a name in a cell."""
    text = text.strip()[:MOST_TEXT]
    if found := _numbered(text):
        return Declared(text, system=found, is_plain=True)
    if text.upper().startswith(_WELL_KNOWN):
        return Declared(text, system=_well_known(text), is_plain=True)
    if text.startswith("+proj="):
        return Declared(text, system=text if is_known(text) else None, is_plain=True)
    bare = _BLANKS.sub("", text.upper())
    if exact := _EXACT.get(bare):
        return Declared(text, system=exact, is_plain=True)
    for pattern, family in _NAMES:
        if re.search(pattern, bare):
            return Declared(text, family=family, is_plain=bare in _SPELT)
    return Declared(text)


def around(family: Family, longitude: float) -> list[str]:
    """Return which systems of a zoned family are used around a longitude."""
    zone = round(longitude / 3) - FIRST_ZONE
    wide = int(longitude // 6) + 1 - FIRST_WIDE_ZONE
    rows = ((1, zone, len(_ZONES)), (1 + len(_ZONES), zone, len(_ZONES)))
    last = (1 + 2 * len(_ZONES), wide, len(_WIDE_ZONES))
    places = [
        begin + each
        for begin, middle, count in (*rows, last)
        for each in (middle - 1, middle, middle + 1)
        if 0 <= each < count
    ]
    return [SYSTEMS[family][place] for place in (0, *places)]


def _numbered(text: str) -> str | None:
    if text.upper().startswith(_WELL_KNOWN):
        return None  # EPSG stands there for every unit as well
    if _CRS84.search(text):
        return WGS84
    match = _NUMBER.search(text)
    system = f"EPSG:{match[1]}" if match else None
    return system if system and is_known(system) else None


def _well_known(text: str) -> str | None:
    """Return the code of a system in well-known text, or its projection where it has none."""
    try:
        found = pyproj.CRS.from_wkt(text)
    except CRSError:
        return None
    number = found.to_epsg(min_confidence=_CONFIDENCE)
    if number is not None and is_known(f"EPSG:{number}"):
        return f"EPSG:{number}"
    return _projection(found)


def _projection(found: pyproj.CRS) -> str | None:
    """Return a projection of metres as PROJ writes it, with the ellipsoid in place of a datum."""
    operation = found.coordinate_operation
    if operation is None or any(axis.unit_conversion_factor != 1 for axis in found.axis_info):
        return None
    code = operation.to_proj4().rpartition("+step ")[2].strip()
    return code if len(code) <= MOST_CODE and is_known(code) else None
