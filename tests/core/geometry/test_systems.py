"""Coordinate systems: conversion there and back, and what a file's numbers may be in."""

import numpy as np
import pyproj
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj.enums import WktVersion

from jingkai.core.geometry import NotAShape, measures, systems
from jingkai.core.geometry.systems import Family, Reason, UnknownSystem, internet
from jingkai.core.geometry.systems.codes import six_degree, three_degree
from tests.core.geometry.places import rectangle

NEAR = (117.6, 36.0, 117.9, 36.2)
PLACE = (117.7, 36.05)
ZONE_39 = 'PROJCS["CGCS2000_3_Degree_GK_Zone_39",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",39500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",117.0],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]'  # noqa: E501
OWN_MERIDIAN = ZONE_39.replace("CGCS2000_3_Degree_GK_Zone_39", "City").replace("117.0", "117.25")

in_china = st.tuples(st.floats(73, 135), st.floats(18, 53.5))


def numbers(system, *, swapped=False):
    """Return the place of the demo zone as a file in that system would have it."""
    pair = systems.convert([PLACE], systems.CGCS2000, system)
    return pair[:, ::-1] if swapped else pair


def first(*given_, **about):
    return systems.candidates(*given_, **about)[0]


@pytest.mark.parametrize(
    "system",
    ["EPSG:4326", "EPSG:4527", "EPSG:4548", "EPSG:4510", "EPSG:3857", "EPSG:32650", "EPSG:4509"],
)
def test_a_place_goes_there_and_comes_back(system):
    there = numbers(system)

    back = systems.convert(there, system)

    assert measures.distance_m(PLACE, back[0]) < 1e-4


@given(st.lists(in_china, min_size=1, max_size=20), st.sampled_from(sorted(systems.INTERNET)))
def test_maps_of_the_internet_are_undone_to_less_than_a_tenth_of_a_millimetre(places, system):
    there = systems.convert(places, systems.CGCS2000, system)

    back = systems.convert(there, system)

    for place, moved, found in zip(places, there, back, strict=True):
        assert measures.distance_m(place, found) < 1e-4
        assert 20 < measures.distance_m(place, moved) < 2_000


def test_the_obfuscation_is_the_one_that_is_published():
    gcj = internet.gcj_from_cgcs(np.array([[116.404, 39.915]]))
    bd = internet.bd_from_gcj(np.array([[116.404, 39.915]]))

    assert gcj[0] == pytest.approx((116.41024449916938, 39.91640428150164), abs=1e-12)
    assert bd[0] == pytest.approx((116.41036949371029, 39.92133699351021), abs=1e-12)


def test_outside_china_nothing_is_moved():
    assert internet.gcj_from_cgcs(np.array([[2.35, 48.85]])).tolist() == [[2.35, 48.85]]


def test_a_place_of_great_britain_is_converted_with_its_datum():
    converted = systems.convert([(389547, 412564)], "EPSG:27700")
    own = pyproj.Transformer.from_crs("EPSG:27700", "EPSG:4326", always_xy=True)

    assert measures.distance_m(converted[0], own.transform(389547, 412564)) < 0.01
    assert measures.distance_m(converted[0], (-2.1595, 53.6095)) < 100


def test_swapped_numbers_are_read_the_other_way_round():
    assert systems.convert(
        numbers("EPSG:4527", swapped=True), "EPSG:4527", swapped=True
    ) == pytest.approx(np.array([PLACE]))


def test_a_shape_comes_back_from_every_system_as_itself():
    shape = rectangle(117.7, 36.05)

    for system in ("EPSG:4527", "EPSG:4548", "EPSG:4326", "GCJ-02", "BD-09"):
        assert systems.shape(systems.wkb(shape, system), system) == shape


def test_of_many_shapes_each_is_one_or_says_why_not():
    shape = rectangle(117.7, 36.05)

    found = systems.shapes([systems.wkb(shape, "EPSG:4548"), None, b""], "EPSG:4548")

    assert found[:2] == [shape, None]
    assert isinstance(found[2], NotAShape)


@pytest.mark.parametrize("code", ["EPSG:1", "4527", "+proj=nothing", "", "EPSG:4978", "x" * 300])
def test_what_names_no_plane_is_no_system(code):
    assert not systems.is_known(code)
    with pytest.raises(UnknownSystem):
        systems.convert([PLACE], code)


def test_a_system_is_called_as_its_registry_has_it():
    assert systems.name("EPSG:4527") == "CGCS2000 / 3-degree Gauss-Kruger zone 39"
    assert systems.name("GCJ-02") == "GCJ-02"
    assert three_degree(39, prefixed=True) == "EPSG:4527"
    assert three_degree(39, prefixed=False) == "EPSG:4548"
    assert "zone 20" in systems.name(six_degree(20))


@pytest.mark.parametrize(
    ("system", "metres"),
    [
        ("EPSG:4490", 0),
        ("EPSG:4527", 0),
        ("EPSG:4326", 0),
        ("GCJ-02", 0),
        ("EPSG:2363", None),
        ("EPSG:4610", None),
    ],
)
def test_how_exact_a_conversion_is_is_told_or_said_to_be_unknown(system, metres):
    assert systems.accuracy_m(system, NEAR) == metres


def test_that_of_great_britain_is_good_to_two_metres():
    assert systems.accuracy_m("EPSG:27700", (-3, 50, 0, 54)) == 2


@pytest.mark.parametrize(
    ("text", "system"),
    [
        ("EPSG:4547", "EPSG:4547"),
        ("epsg 4547", "EPSG:4547"),
        ("urn:ogc:def:crs:EPSG::4527", "EPSG:4527"),
        ("http://www.opengis.net/def/crs/EPSG/0/4490", "EPSG:4490"),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326"),
        ("British National Grid", "EPSG:27700"),
        ("gcj-02", "GCJ-02"),
        ("BD09", "BD-09"),
        (ZONE_39, "EPSG:4527"),
        (pyproj.CRS("EPSG:4548").to_wkt(WktVersion.WKT1_ESRI), "EPSG:4548"),
        (pyproj.CRS("EPSG:4490").to_wkt(WktVersion.WKT1_ESRI), "EPSG:4490"),
        (
            OWN_MERIDIAN,
            "+proj=tmerc +lat_0=0 +lon_0=117.25 +k=1 +x_0=39500000 +y_0=0 +ellps=GRS80",
        ),
    ],
)
def test_a_declaration_that_names_one_system_is_understood(text, system):
    assert systems.declared(text).system == system


@pytest.mark.parametrize(
    ("text", "family", "is_plain"),
    [
        ("WGS 84", Family.WGS84, True),
        ("国家2000", Family.CGCS2000, True),
        ("CGCS2000 坐标", Family.CGCS2000, False),
        ("西安80", Family.XIAN1980, True),
        ("北京54坐标系", Family.BEIJING1954, False),
        ("火星坐标", Family.GCJ02, False),
        ("百度坐标系", Family.BD09, False),
        ("British Coordinate Systems", Family.OSGB36, False),
        ("ETRS131", Family.ETRS89, False),
        ("OSGB36", Family.OSGB36, True),
    ],
)
def test_a_declaration_that_names_a_datum_leaves_its_systems_open(text, family, is_plain):
    found = systems.declared(text)

    assert (found.system, found.family, found.is_plain) == (None, family, is_plain)


@pytest.mark.parametrize("text", ["", "EPSG:999999", "https://goo.gl/maps/x", 'PROJCS["broken'])
def test_a_declaration_that_says_nothing_is_not_understood(text):
    assert systems.declared(text).systems == ()


def test_a_city_with_its_own_meridian_is_converted_like_any_other():
    system = systems.declared(OWN_MERIDIAN).system

    assert systems.accuracy_m(system, NEAR) == 0
    assert systems.convert(numbers(system), system) == pytest.approx(np.array([PLACE]))
    assert first(numbers(system), prj=OWN_MERIDIAN).is_certain


@pytest.mark.parametrize("system", ["EPSG:4490", "EPSG:4527", "EPSG:4548"])
def test_what_is_declared_and_fits_is_certain(system):
    found = systems.candidates(numbers(system), prj=system, near=NEAR)

    assert [(each.system, each.swapped, each.is_certain) for each in found] == [
        (system, False, True)
    ]
    assert Reason.DECLARED in found[0].reasons


def test_what_is_declared_and_swapped_is_found_and_has_to_be_confirmed():
    found = first(numbers("EPSG:4548", swapped=True), prj="EPSG:4548", near=NEAR)

    assert found.swapped
    assert not found.is_certain
    assert Reason.SWAPPED in found.reasons


def test_what_is_declared_and_cannot_be_is_said():
    found = first(numbers("EPSG:4548"), prj="EPSG:4490", near=NEAR)

    assert found.system == "EPSG:4548"
    assert Reason.AGAINST_DECLARED in found.reasons
    assert not found.is_certain


def test_what_is_declared_far_away_has_to_be_confirmed():
    found = first([(87.6, 43.8)], prj="EPSG:4490", near=NEAR)

    assert Reason.FAR in found.reasons
    assert found.facts["km"] > 2_000
    assert not found.is_certain


def test_the_number_of_the_zone_before_the_easting_tells_the_zone():
    found = systems.candidates(numbers("EPSG:4527"))

    assert found[0].system == "EPSG:4527"
    assert found[0].facts["zone"] == 39


def test_without_that_number_only_the_neighbourhood_tells_the_zone():
    anywhere = systems.candidates(numbers("EPSG:4548"))
    here = systems.candidates(numbers("EPSG:4548"), near=NEAR)

    assert len({each.system for each in anywhere}) > 20
    assert here[0].system == "EPSG:4548"
    assert measures.distance_m(here[0].place, PLACE) < 1
    assert all(measures.distance_m(each.place, PLACE) < 5_000 for each in here)


def test_undeclared_degrees_may_be_of_the_internet_and_so_are_never_certain():
    found = systems.candidates([PLACE], near=NEAR)

    assert [each.system for each in found[:4]] == ["EPSG:4490", "EPSG:4326", "GCJ-02", "BD-09"]
    assert not any(each.is_certain for each in found)
    assert Reason.INTERNET in found[2].reasons


def test_undeclared_metres_may_be_of_an_older_datum_and_so_are_never_certain():
    found = systems.candidates(numbers("EPSG:4527"), near=NEAR)

    assert [each.system for each in found] == ["EPSG:4527", "EPSG:2363", "EPSG:2415"]
    assert Reason.OLD_DATUM in found[1].reasons
    assert not any(each.is_certain for each in found)


def test_latitude_before_longitude_is_found_by_the_numbers_alone():
    found = first([PLACE[::-1]])

    assert found.swapped
    assert found.place == PLACE


def test_a_few_typing_errors_do_not_hide_the_system():
    sample = [PLACE] * 9 + [(11.77, 3.605)]

    found = first(sample, prj="CGCS2000", near=NEAR)

    assert found.system == "EPSG:4490"
    assert found.facts["share"] == 0.9
    assert Reason.SOME_OUTSIDE in found.reasons


def test_a_datum_declared_and_one_fitting_system_of_it_are_certain():
    found = first(numbers("EPSG:4548"), prj="CGCS2000", near=NEAR)

    assert (found.system, found.is_certain) == ("EPSG:4548", True)
    assert Reason.DECLARED_DATUM in found.reasons


def test_a_name_that_is_misspelt_has_to_be_confirmed():
    found = first([(-0.24, 51.53)], prj="ETRS131")

    assert found.system == "EPSG:4258"
    assert not found.is_certain


@pytest.mark.parametrize("sample", [[], [(float("nan"), 1)], [(0, 0)]])
def test_nothing_says_nothing(sample):
    assert systems.candidates(sample) == []


def test_numbers_that_fit_nowhere_have_no_candidates():
    assert systems.candidates([(1e9, 1e9)], near=NEAR) == []


@given(in_china, st.sampled_from(["EPSG:4490", "EPSG:4326"]), st.booleans())
def test_the_declared_system_is_always_offered_first(place, system, swapped):
    pair = place[::-1] if swapped else place

    found = first([pair], prj=system)

    assert found.system == system
    assert (not found.is_certain) or not found.swapped


@pytest.mark.parametrize(
    ("said", "pair", "system"),
    [
        ("OSGB36", (330941, 431694), "EPSG:27700"),
        ("OSGB36", (-2.7, 53.78), "EPSG:4277"),
        ("ETRS89", (-2.7, 53.78), "EPSG:4258"),
        ("ETRS8", (-2.7, 53.78), ""),  # no name
        ("CGCS2000", (117.8, 36.05), "EPSG:4490"),
        ("CGCS2000", (39563075, 3991317), "EPSG:4527"),
        ("CGCS2000", (563075, 3991317), ""),  # of any zone
        ("EPSG:4548", (563075, 3991317), "EPSG:4548"),
        ("EPSG:4548", (117.8, 36.05), ""),  # what is declared can't be
        ("OSGB36", (float("nan"), 1), ""),
        ("", (117.8, 36.05), ""),
    ],
)
def test_a_row_that_names_its_system_is_believed_where_one_fits(said, pair, system):
    beside = [(0.0, 0.0), (39563075.0, 3991317.0), (-2.5, 53.5)]

    alone = systems.own_systems([pair], said=said)
    among = systems.own_systems([*beside, pair], said=said)

    assert alone == [system]
    assert among[-1] == system
