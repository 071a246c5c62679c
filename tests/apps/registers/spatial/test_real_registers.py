"""Real registers of brownfield land with their places: each row in, or refused and why."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from jingkai.apps.land.models import Parcel
from jingkai.apps.registers import spatial, workbooks
from jingkai.apps.registers.declaration import Register
from jingkai.apps.registers.imports import Reading, georeference, looking
from jingkai.apps.registers.imports.mapping import AXES, OWN_SYSTEM, guess_axes
from jingkai.apps.registers.models import ImportRun, Outcome
from tests.apps.registers.imports.test_proofs import (
    DATA,
    NUMBERS,
    PLACES,
    REAL,
    content_of,
    rows_of,
    without,
)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.skipif(not REAL, reason="no real registers beside the repository"),
]
CANDIDATES = DATA / "uk-stoke-brownfield/persistent_candidates.geojson"
BOUNDARY = DATA / "uk-stoke-brownfield/boundary.geojson"
GREAT_BRITAIN = (-6.0, 50.0, 1.8, 55.0)  # where the other records of such a zone would lie
MIXED = {"de3918b3": "EPSG:4258"}  # what an officer would choose for rows that name none
OWN_SYSTEMS = {"de3918b3": "CoordinateReferenceSystem"}  # where each row names its own
AREAS = ("Hectares", "hectares", "AREA (HA)", "Hectares (ha)", "Site area (ha)")


class Proof(NamedTuple):
    """What comes of a register: its system, whether its axes are swapped, rows in and refused."""

    system: str
    swapped: bool
    taken: int
    refused: int


PROOFS = {
    "083bcaab": Proof("EPSG:27700", False, 47, 0),
    "3b08e37c": Proof("EPSG:4326", True, 32, 5),  # latitude under GeoX; some cells empty
    "45e645b8": Proof("EPSG:4326", False, 55, 1),
    "5ed5da3e": Proof("EPSG:27700", False, 128, 0),
    "66012b17": Proof("EPSG:27700", False, 4, 0),
    "a6f17c3b": Proof("EPSG:4258", False, 2, 0),
    "c0f874ac": Proof("EPSG:4326", False, 17, 41),  # areas and owners in one cell
    "cd5ea36b": Proof("EPSG:4258", False, 37, 1),
    "de3918b3": Proof("EPSG:4258", False, 970, 109),  # grid references and geocentric metres too
    "f19782ae": Proof("EPSG:27700", False, 11, 2),  # says WGS84 of metres
    "register_sites": Proof("EPSG:4326", False, 350, 2),
    "brownfield_register_2024": Proof("EPSG:27700", False, 217, 1),
}


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_every_row_is_in_with_its_place_or_refused_with_its_reason(
    path: Path,
    parcels: Register,
    checked: Callable[..., ImportRun],
    imported: Callable[..., ImportRun],
) -> None:
    content = content_of(path)
    with workbooks.opened(content, path.name) as opened:
        look = looking.look(parcels, Reading(), opened)
    headings = [column.heading for column in look.columns]
    columns = meant(headings, OWN_SYSTEMS.get(path.stem, ""))
    system, swapped = system_of(path, look, columns)
    units = {"area_m2": "ha"} if "area_m2" in columns.values() else {}
    reading = Reading(columns=columns, units=units, system=system, swapped=swapped)

    run = checked(content, path.name, reading)

    refused = run.rows.filter(outcome=Outcome.REFUSED)
    wrong = set(refused.values_list("row", flat=True))
    taken = imported(without(content, path.name, wrong), name="mended.csv", reading=reading)

    assert PROOFS[path.stem] == (system, swapped, taken.report["created"], len(refused))
    assert taken.report["created"] + len(refused) == rows_of(path)
    assert all(row.errors for row in refused)
    placed = Parcel.objects.filter(outline__isnull=False)
    assert Parcel.objects.count() == placed.count() == taken.report["created"]
    west, south, east, north = GREAT_BRITAIN
    assert spatial.within(placed, west, south, east, north).count() == placed.count()


@pytest.mark.skipif(not BOUNDARY.exists(), reason="no real register beside the repository")
def test_the_boundary_of_a_real_city_is_in(imported: Callable[..., ImportRun]) -> None:
    reading = Reading(constants={"code": "B-1", "name": "边界"}, system="EPSG:4326")

    run = imported(BOUNDARY.read_bytes(), name=BOUNDARY.name, reading=reading)

    assert run.report["created"] == len(json.loads(BOUNDARY.read_bytes())["features"]) == 1
    assert 90_000_000 < Parcel.objects.get().computed_area_m2 < 95_000_000


@pytest.mark.skipif(not CANDIDATES.exists(), reason="no real register beside the repository")
def test_every_outline_of_a_real_map_is_in(imported: Callable[..., ImportRun]) -> None:
    content = CANDIDATES.read_bytes()
    columns = {"candidate_id": "code", "label": "name", "hectares": "area_m2"}
    reading = Reading(columns=columns, units={"area_m2": "ha"}, system="EPSG:4326")

    run = imported(content, name=CANDIDATES.name, reading=reading)

    assert run.report["created"] == len(json.loads(content)["features"])
    assert not Parcel.objects.filter(computed_area_m2__isnull=True).exists()


def system_of(path: Path, look: looking.Look, columns: dict[str, str]) -> tuple[str, bool]:
    """Return the first way to read the coordinates that the page offers."""
    if path.stem in MIXED:
        return MIXED[path.stem], False
    (best, *_others) = georeference.candidates(look, columns, GREAT_BRITAIN)
    return best.system, best.swapped


def meant(headings: list[str], *own: str) -> dict[str, str]:
    """Return what an officer would say of the headings."""
    columns = {next(name for name in NUMBERS if name in headings): "code"}
    columns[next(name for name in PLACES if name in headings)] = "name"
    columns |= guess_axes(headings)
    columns |= {name: "area_m2" for name in AREAS if name in headings}
    columns |= {name: OWN_SYSTEM for name in headings if name in own}
    assert set(AXES) <= set(columns.values()), headings
    return {heading: columns.get(heading, "") for heading in headings}
