"""
Which coordinate system may these numbers be in? Ranked, with reasons, and certain only by proof.

A system fits when nearly all of the numbers, taken so, lie where that system is used, and near
what the zone already has where that is known. What is declared is believed only when it fits.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache
from typing import Any

import numpy as np

from ..measures import distance_m
from .codes import INTERNET, crs
from .converting import convert
from .declared import SYSTEMS, ZONED, Declared, Family, around, declared

Coordinates = Any
Bounds = tuple[float, float, float, float]

MOST_SAMPLE = 200
LEAST_SHARE = 0.8  # of the sample must fit: registers hold typing errors
NEAR_DEGREES = 0.25  # some 25 km around what the zone has
MARGIN_DEGREES = 0.5  # around the area in which a system is used
_CHINA = (73.0, 15.7, 135.2, 53.7)
_GREAT_BRITAIN = (-9.1, 49.7, 2.1, 61.1)
_EUROPE = (-16.2, 32.8, 40.2, 84.8)
_WORLD = (-180.0, -90.0, 180.0, 90.0)
_AREAS: dict[Family, Bounds] = {
    Family.WGS84: _WORLD,
    Family.ETRS89: _EUROPE,
    Family.OSGB36: _GREAT_BRITAIN,
}
_SURVEYED = (Family.XIAN1980, Family.BEIJING1954)  # offered undeclared only near the zone
_MIDDLE_EASTING = 500_000  # of a zone's meridian, so that no easting is negative
_WIDE_EASTING = 1_000_000  # beyond it a number of millions before the easting is a zone
_WORLD_EASTING = 20_037_509  # half the equator, as web maps measure it


class Reason(StrEnum):
    """Why a system is offered, or what speaks against it."""

    DECLARED = "declared"
    DECLARED_DATUM = "declared_datum"  # the file names a datum of which this is one system
    DECLARED_LOOSELY = "declared_loosely"  # by a name that is misspelt or means several
    AGAINST_DECLARED = "against_declared"  # what is declared does not fit the numbers
    SWAPPED = "swapped"  # northing or latitude stands first
    NEAR = "near"  # what the zone already has; fact: km
    FAR = "far"
    DEGREES = "degrees"  # the numbers are those of longitude and latitude
    ZONE_NUMBER = "zone_number"  # stands before the easting; fact: zone
    METRES = "metres"
    INTERNET = "internet"  # a map of the internet, moved by some hundred metres: not to be seen
    OLD_DATUM = "old_datum"  # needs parameters of the surveyors; may stand 100 m away
    SOME_OUTSIDE = "some_outside"  # fact: share of the sample that fits


@dataclass(frozen=True, slots=True)
class Candidate:
    """A way to read the numbers."""

    system: str
    swapped: bool
    reasons: tuple[Reason, ...]
    facts: dict[str, float] = field(hash=False)
    place: tuple[float, float]  # where the middle of the sample would lie
    is_certain: bool = False


@dataclass(frozen=True, slots=True)
class _Question:
    sample: Coordinates
    said: Declared
    near: Bounds | None


def candidates(
    sample: Coordinates, *, prj: str = "", near: Bounds | None = None
) -> list[Candidate]:
    """
    Return the ways to read these pairs of numbers, the likeliest first; none if nothing fits.

    :param prj: what the file declares: its .prj, a code, a name
    :param near: west, south, east, north of what the zone has on record
    """
    question = _Question(_sampled(sample), declared(prj), near)
    if not len(question.sample):
        return []
    ranked = sorted(_found(question), key=_rank)
    if len(ranked) == 1 and _is_proof(ranked[0]):
        return [replace(ranked[0], is_certain=True)]
    return ranked


def own_systems(pairs: Coordinates, *, said: str) -> list[str]:
    """
    Return for each pair of numbers the system that a declaration of it alone may mean.

    Empty where it is not spelt as it should be, or several of its systems, or none, fit the pair.
    """
    told, numbers = declared(said), np.asarray(pairs, dtype=float).reshape(-1, 2)
    found: list[list[str]] = [[] for _pair in numbers]
    for system in told.systems if told.is_plain else ():
        for places in _of_one_size(numbers):
            if _may_be(system, numbers[places]):
                area = _area(system, is_said=told.system == system)
                fits = _inside(convert(numbers[places], system), area)
                for place in places[fits].tolist():
                    found[place].append(system)
    return [each[0] if len(each) == 1 else "" for each in found]


def _of_one_size(numbers: Coordinates) -> list[Any]:
    """Return the places of the pairs whose numbers have as many digits."""
    with np.errstate(divide="ignore", invalid="ignore"):
        digits = np.nan_to_num(np.floor(np.log10(np.abs(numbers))), neginf=0.0)
    sizes, group = np.unique(np.maximum(digits, 2), axis=0, return_inverse=True)
    return [np.flatnonzero(group.ravel() == number) for number in range(len(sizes))]


def _found(question: _Question) -> list[Candidate]:
    """Return what is declared where it fits, else whatever does; far away only if nothing else."""
    said = _fitting(question, question.said.systems)
    close = _not_far(said)
    if straight := [each for each in close if Reason.NEAR in each.reasons and not each.swapped]:
        return straight
    if close:
        return close
    if others := _not_far(_fitting(question, _systems_near(question))):
        return others
    far = [each for each in _all_systems() if each not in SYSTEMS[Family.WGS84][1:]]
    return said or _fitting(question, far)


def _not_far(those: list[Candidate]) -> list[Candidate]:
    return [each for each in those if Reason.FAR not in each.reasons]


def _sampled(sample: Coordinates) -> Coordinates:
    pairs = np.asarray(sample, dtype=float).reshape(-1, 2)
    pairs = pairs[np.isfinite(pairs).all(axis=1) & (pairs != 0).any(axis=1)]
    step = max(1, len(pairs) // MOST_SAMPLE)
    return pairs[::step][:MOST_SAMPLE]


def _is_proof(only: Candidate) -> bool:
    """Return whether the one way that fits needs nobody's confirmation."""
    doubts = {Reason.SWAPPED, Reason.AGAINST_DECLARED, Reason.DECLARED_LOOSELY, Reason.FAR}
    return not doubts & set(only.reasons)


def _all_systems() -> list[str]:
    return [
        system
        for family, systems in SYSTEMS.items()
        if family not in _SURVEYED
        for system in systems
    ]


def _systems_near(question: _Question) -> list[str]:
    if question.near is None:
        return _all_systems()
    longitude = (question.near[0] + question.near[2]) / 2
    zoned = [system for family in ZONED for system in around(family, longitude)]
    return [*zoned, *(each for each in _all_systems() if _family(each) not in ZONED)]


def _fitting(question: _Question, systems: Iterable[str]) -> list[Candidate]:
    found = []
    for system in systems:
        for swapped in (False, True):
            numbers = question.sample[:, ::-1] if swapped else question.sample
            if _may_be(system, numbers):
                found.append(_tried(question, system, numbers, swapped=swapped))
    return [each for each in found if each]


def _may_be(system: str, numbers: Coordinates) -> bool:
    """Return whether the numbers have the size of that system's: cheap, before any conversion."""
    easting, northing = np.median(np.abs(numbers), axis=0).tolist()
    if system in INTERNET or crs(system).is_geographic:
        return bool(easting <= 180 and northing <= 90)
    if max(easting, northing) <= 180:
        return False
    zone = _zone_number(system)
    if zone is not None:
        return bool(easting // _WIDE_EASTING == zone)
    most = _WIDE_EASTING if _false_easting(system) == _MIDDLE_EASTING else _WORLD_EASTING
    return bool(easting < most)


@lru_cache(maxsize=512)
def _false_easting(system: str) -> float | None:
    operation = crs(system).coordinate_operation
    values = {each.name: each.value for each in operation.params} if operation else {}
    found = values.get("False easting")
    return None if found is None else float(found)


def _zone_number(system: str) -> int | None:
    easting = _false_easting(system)
    return int(easting // _WIDE_EASTING) if easting and easting >= 10 * _WIDE_EASTING else None


def _tried(
    question: _Question, system: str, numbers: Coordinates, *, swapped: bool
) -> Candidate | None:
    places = convert(numbers, system)
    share = float(_inside(places, _area(system, is_said=system == question.said.system)).mean())
    if share < LEAST_SHARE:
        return None
    middle = np.median(places[np.isfinite(places).all(axis=1)], axis=0)
    facts = {"share": share}
    reasons = [*_declared_reasons(question.said, system), *_number_reasons(system)]
    if swapped:
        reasons.append(Reason.SWAPPED)
    if question.near:
        close = _inside(places, _grown(question.near, NEAR_DEGREES)).mean() >= LEAST_SHARE
        reasons.append(Reason.NEAR if close else Reason.FAR)
        facts["km"] = _km(middle, question.near)
    if share < 1:
        reasons.append(Reason.SOME_OUTSIDE)
    if (zone := _zone_number(system)) is not None:
        facts["zone"] = zone
    place = (round(float(middle[0]), 6), round(float(middle[1]), 6))
    return Candidate(system, swapped, tuple(reasons), facts, place)


def _declared_reasons(said: Declared, system: str) -> list[Reason]:
    if said.system == system:
        return [Reason.DECLARED]
    if system in said.systems:
        return [Reason.DECLARED_DATUM] if said.is_plain else [Reason.DECLARED_LOOSELY]
    return [Reason.AGAINST_DECLARED] if said.systems else []


def _number_reasons(system: str) -> list[Reason]:
    family = _family(system)
    reasons = []
    if family in {Family.GCJ02, Family.BD09}:
        reasons.append(Reason.INTERNET)
    if family in _SURVEYED:
        reasons.append(Reason.OLD_DATUM)
    if crs(system).is_geographic:
        return [Reason.DEGREES, *reasons]
    return [Reason.METRES if _zone_number(system) is None else Reason.ZONE_NUMBER, *reasons]


@lru_cache(maxsize=512)
def _family(system: str) -> Family | None:
    return next((family for family, systems in SYSTEMS.items() if system in systems), None)


def _area(system: str, *, is_said: bool) -> Bounds:
    """Return where a system is used, with a margin; what nobody declared only in China."""
    family = _family(system)
    used = crs(system).area_of_use
    if family is not None and (crs(system).is_geographic or used is None):
        return _AREAS.get(family, _CHINA)
    if family is Family.WGS84 and not is_said:
        return _CHINA
    if used is None:
        return _WORLD
    return _grown((used.west, used.south, used.east, used.north), MARGIN_DEGREES)


def _grown(bounds: Bounds, degrees: float) -> Bounds:
    west, south, east, north = bounds
    return west - degrees, south - degrees, east + degrees, north + degrees


def _inside(places: Coordinates, bounds: Bounds) -> Any:
    west, south, east, north = bounds
    x, y = places[:, 0], places[:, 1]
    return (x >= west) & (x <= east) & (y >= south) & (y <= north)


def _km(middle: Any, near: Bounds) -> float:
    west, south, east, north = near
    centre = ((west + east) / 2, (south + north) / 2)
    return round(distance_m((float(middle[0]), float(middle[1])), centre) / 1000, 1)


_ORDER: Sequence[Family] = tuple(Family)


def _rank(candidate: Candidate) -> tuple[int, bool, int, float, str]:
    """Return what stands first: declared, axes as they should be, our own datum, nearer."""
    said = {Reason.DECLARED: 0, Reason.DECLARED_DATUM: 1, Reason.DECLARED_LOOSELY: 2}
    family = _family(candidate.system)
    return (
        min((said[reason] for reason in candidate.reasons if reason in said), default=3),
        candidate.swapped,
        len(_ORDER) if family is None else _ORDER.index(family),
        candidate.facts.get("km", 0.0),
        candidate.system,
    )
