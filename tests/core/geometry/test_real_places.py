"""Registers as councils filed them: three systems, swapped columns, wrong declarations."""

import csv
import json
import os
from collections import Counter
from pathlib import Path

import pytest
import shapely

from jingkai.core.geometry import Shape, faults, files, overlaps, systems

DATA = Path(os.environ.get("JINGKAI_REAL_REGISTERS", Path(__file__).parents[4] / "shared/data"))
COUNCILS = DATA / "uk-brownfield-registers"
STOKE = DATA / "uk-stoke-brownfield"
ENGLAND = (-6.5, 49.8, 1.9, 55.9)

pytestmark = pytest.mark.skipif(not COUNCILS.is_dir(), reason=f"{COUNCILS} is absent")


def places_by_declaration(name):
    """Return the pairs of numbers of a register by what each row declares of them."""
    content = (COUNCILS / name).read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252")
    head, *rows = csv.reader(text.splitlines())
    names = [each.strip().lower().replace(" ", "") for each in head]
    x, y = names.index("geox"), names.index("geoy")
    said = next(i for i, each in enumerate(names) if "coordinate" in each or "systemref" in each)
    found = {}
    for row in rows:
        try:
            pair = (float(row[x]), float(row[y]))
        except (ValueError, IndexError):
            continue
        found.setdefault(row[said], []).append(pair)
    return found


@pytest.mark.parametrize(
    ("name", "said", "system", "swapped", "is_certain"),
    [
        ("083bcaab.csv", "OSGB36", "EPSG:27700", False, True),
        ("45e645b8.csv", "WGS84", "EPSG:4326", False, True),
        ("5ed5da3e.csv", "British Coordinate Systems", "EPSG:27700", False, False),
        ("a6f17c3b.csv", "ETRS89", "EPSG:4258", False, True),
        ("c0f874ac.csv", "WGS84", "EPSG:4326", False, True),
        ("cd5ea36b.csv", "ETRS89", "EPSG:4258", False, True),
        ("de3918b3.csv", "OSGB36", "EPSG:27700", False, False),
        ("f19782ae.csv", "WGS84", "EPSG:27700", False, False),
    ],
)
def test_the_system_of_a_register_is_found_or_asked_for(name, said, system, swapped, is_certain):
    sample = places_by_declaration(name)[said]

    found = systems.candidates(sample, prj=said, near=ENGLAND)

    assert (found[0].system, found[0].swapped) == (system, swapped)
    assert [each.is_certain for each in found] == [is_certain] * len(found)


def test_a_declaration_that_the_numbers_contradict_is_said():
    sample = places_by_declaration("f19782ae.csv")["WGS84"]

    found = systems.candidates(sample, prj="WGS84", near=ENGLAND)

    assert systems.Reason.AGAINST_DECLARED in found[0].reasons


def test_latitudes_in_the_column_of_longitudes_are_found():
    sample = [pair for pairs in places_by_declaration("3b08e37c.csv").values() for pair in pairs]

    (found, *_others) = systems.candidates(sample, prj="ETRS89", near=ENGLAND)

    assert (found.system, found.swapped, found.is_certain) == ("EPSG:4258", True, False)


def test_every_place_of_every_register_lies_in_england_but_those_of_no_plane():
    outcomes = Counter()
    for path in sorted(COUNCILS.glob("*.csv")):
        for said, pairs in places_by_declaration(path.name).items():
            for pair in pairs:
                found = systems.candidates([pair], prj=said, near=ENGLAND)
                near = [each for each in found if systems.Reason.NEAR in each.reasons]
                outcomes[path.name, len(found) > 0, len(near) > 0] += 1

    lost = {key: count for key, count in outcomes.items() if not key[2]}
    assert sum(outcomes.values()) == 1_441
    # 101 rows have X and Y of a system that counts from the middle of the earth: no Z, no place.
    assert lost == {("de3918b3.csv", False, False): 101}


def test_suspected_idle_land_from_satellites_is_read_and_checked(tmp_path):
    source = files.open_source(STOKE / "persistent_candidates.geojson", tmp_path)
    (layer,) = source.layers

    shapes = [Shape.of_wkb(wkb) for _values, wkb in source.rows(layer.name)]
    repaired = [faults.repaired(shape)[0] for shape in shapes]

    assert systems.declared(layer.system).system == "EPSG:4326"
    assert len(shapes) == layer.count
    assert all(shape.area_m2 > 0 for shape in shapes)
    assert not any(faults.find_all(repaired))
    assert overlaps.find(repaired) == []


def test_the_boundary_of_the_city_is_one_sound_shape(tmp_path):
    content = json.loads((STOKE / "boundary.geojson").read_text())

    shape = Shape.of_geojson(content["features"][0])

    assert 90e6 < shape.area_m2 < 96e6
    assert faults.find(shape) == ()
    assert shapely.intersects(shape.geometry, shapely.Point(shape.centre))
