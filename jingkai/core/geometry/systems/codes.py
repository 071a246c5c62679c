"""
The systems by their codes: ``EPSG:n``, ``GCJ-02``, ``BD-09``, or a projection as PROJ writes it.

The last is for a local system that has no number, such as a city's own central meridian.
"""

from functools import lru_cache

import pyproj
from pyproj.exceptions import CRSError

CGCS2000 = "EPSG:4490"
WGS84 = "EPSG:4326"
GCJ02 = "GCJ-02"
BD09 = "BD-09"
INTERNET = frozenset({GCJ02, BD09})
MOST_CODE = 200  # characters of a code

FIRST_ZONE, LAST_ZONE = 25, 45  # 3-degree zones of China, with meridians 75° to 135°
FIRST_WIDE_ZONE, LAST_WIDE_ZONE = 13, 23  # 6-degree zones
_PREFIXED, _PLAIN, _WIDE = 4513, 4534, 4491  # the numbers of the first zone of each row


class UnknownSystem(ValueError):
    """No coordinate system has that code."""


def three_degree(zone: int, *, prefixed: bool) -> str:
    """Return the code of a 3-degree zone of CGCS2000, its number before the easting or not."""
    return f"EPSG:{(_PREFIXED if prefixed else _PLAIN) + zone - FIRST_ZONE}"


def six_degree(zone: int) -> str:
    """Return the code of a 6-degree zone of CGCS2000, its number before the easting."""
    return f"EPSG:{_WIDE + zone - FIRST_WIDE_ZONE}"


@lru_cache(maxsize=512)
def crs(system: str) -> pyproj.CRS:
    """
    Return what PROJ knows of a system; those of internet maps stand on WGS 84.

    :raises UnknownSystem: if it knows nothing
    """
    if system in INTERNET:
        return crs(WGS84)
    if not system.startswith(("EPSG:", "+proj=")) or len(system) > MOST_CODE:
        raise UnknownSystem(system)
    try:
        found = pyproj.CRS.from_user_input(system)
    except CRSError:
        raise UnknownSystem(system) from None
    if not (found.is_projected or (found.is_geographic and len(found.axis_info) == 2)):
        raise UnknownSystem(system)
    return found


def is_known(system: str) -> bool:
    """Return whether coordinates of that system can be converted."""
    try:
        crs(system)
    except UnknownSystem:
        return False
    return True


def name(system: str) -> str:
    """
    Return the system's name as its registry has it, in English.

    :raises UnknownSystem: if there is none
    """
    return system if system in INTERNET or system.startswith("+") else crs(system).name
