"""Coordinate systems: what is converted, and which one a foreign file may be in."""

from .candidates import Candidate, Reason, candidates, own_systems
from .codes import BD09, CGCS2000, GCJ02, INTERNET, WGS84, UnknownSystem, is_known, name
from .converting import accuracy_m, convert, shape, shapes, wkb
from .declared import Declared, Family, declared

__all__ = [
    "BD09",
    "CGCS2000",
    "GCJ02",
    "INTERNET",
    "WGS84",
    "Candidate",
    "Declared",
    "Family",
    "Reason",
    "UnknownSystem",
    "accuracy_m",
    "candidates",
    "convert",
    "declared",
    "is_known",
    "name",
    "own_systems",
    "shape",
    "shapes",
    "wkb",
]
