"""A shape: one form of bytes for the same place, and what is refused as none."""

import json
import pickle
import struct
from decimal import Decimal

import pyproj
import pytest
import shapely
from hypothesis import assume, given
from hypothesis import strategies as st

from jingkai.core.geometry import Kind, NotAShape, Reason, Shape, measures, shapes
from tests.core.geometry.places import corners, polygon, rectangles

PLOT = "POLYGON ((117.7 36.05, 117.701 36.05, 117.701 36.051, 117.7 36.051, 117.7 36.05))"


def polygon_wkb(*points):
    return struct.pack("<BIII", 1, 3, 1, len(points)) + b"".join(
        struct.pack("<2d", *point) for point in points
    )


def test_a_polygon_is_kept_as_a_multipolygon():
    shape = Shape.of_wkt(PLOT)

    assert shape.kind is Kind.AREA
    assert shape.wkt.startswith("MULTIPOLYGON")
    assert shape.bounds == (117.7, 36.05, 117.701, 36.051)


def test_the_same_ring_begun_elsewhere_and_run_the_other_way_is_the_same_shape():
    ring = corners(117.7, 36.05, 0.001, 0.001)

    one = Shape.of_wkb(polygon_wkb(*ring, ring[0]))
    turned = [*ring[2:], *ring[:2]]
    other = Shape.of_wkb(polygon_wkb(*turned[::-1], turned[-1]))

    assert one == other
    assert hash(one) == hash(other)


@given(
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=3, max_size=7),
    st.integers(0, 6),
    st.booleans(),
)
def test_so_it_is_for_a_ring_that_crosses_itself(points, turn, backwards):
    ring = [
        point
        for point, before in zip(points, points[-1:] + points, strict=False)
        if point != before
    ]
    assume(len(ring) >= 3)
    turned = ring[turn % len(ring) :] + ring[: turn % len(ring)]

    one, other = polygon(*ring), polygon(*(turned[::-1] if backwards else turned))

    assert one == other
    assert Shape.of_wkb(one.wkb) == one


@given(rectangles())
def test_what_is_kept_is_read_back_as_itself_in_every_notation(shape):
    assert Shape.of_wkb(shape.wkb) == shape
    assert Shape.of_wkt(shape.wkt) == shape
    assert Shape.of_geojson(shape.geojson) == shape
    assert Shape.of_geojson(json.dumps(shape.geojson)) == shape
    assert pickle.loads(pickle.dumps(shape)) == shape


def test_the_area_is_that_on_the_ground_to_the_scale_of_the_zone():
    shape = Shape.of_wkt(PLOT)
    on_the_ground = abs(pyproj.Geod(ellps="GRS80").geometry_area_perimeter(shape.geometry)[0])

    assert float(shape.area_m2) == pytest.approx(on_the_ground, rel=2e-4)
    assert shape.area_m2 == shape.area_m2.quantize(Decimal("0.01"))


def test_areas_of_many_are_those_of_each():
    many = [Shape.of_wkt(PLOT), Shape.of_wkt("POINT (1 2)"), Shape.of_wkt("LINESTRING (1 2, 3 4)")]

    areas = shapes.areas_m2([*many, Shape.of_wkt(PLOT.replace("117.7", "121.7"))])

    assert areas[:3] == [shape.area_m2 for shape in many]
    assert areas[1:3] == [None, None]
    assert areas[3] is not None
    assert shapes.areas_m2([]) == []


def test_heights_are_dropped_and_digits_beyond_a_tenth_of_a_millimetre_too():
    shape = Shape.of_wkt("POINT Z (117.123456789012 36.1 55)")

    assert shape == Shape.of_wkt("POINT (117.123456789 36.1)")


def test_the_centre_of_a_horseshoe_lies_inside_it():
    shape = Shape.of_wkt("POLYGON ((0 0, 9 0, 9 1, 1 1, 1 8, 9 8, 9 9, 0 9, 0 0))")

    assert shape.geometry.intersects(shapely.Point(shape.centre))


def test_polygons_of_a_collection_are_gathered():
    gathered = Shape.of_wkt(
        "GEOMETRYCOLLECTION (POLYGON ((0 0, 1 0, 1 1, 0 0)), "
        "GEOMETRYCOLLECTION (MULTIPOLYGON (((2 2, 3 2, 3 3, 2 2)))), POINT EMPTY)"
    )

    assert gathered.kind is Kind.AREA
    assert shapely.get_num_geometries(gathered.geometry) == 2


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("POLYGON ((0 0, 1 0, 1 1, 0 1))", Reason.NOT_CLOSED),
        ("POLYGON ((0 0, 1 0))", Reason.NOT_CLOSED),
        ("LINESTRING (0 0)", Reason.TOO_FEW_POINTS),
        ("POLYGON ((0 0, 1 0, 0 0))", Reason.TOO_FEW_POINTS),
        ("POLYGON ((0 0, 1 nan, 1 1, 0 0))", Reason.NOT_FINITE),
        ("POINT (39500000 4000000)", Reason.OUT_OF_RANGE),
        ("POINT (36 117)", Reason.OUT_OF_RANGE),
        ("POINT EMPTY", Reason.EMPTY),
        ("GEOMETRYCOLLECTION EMPTY", Reason.EMPTY),
        ("GEOMETRYCOLLECTION (POINT (1 1), LINESTRING (0 0, 1 1))", Reason.MIXED),
        ("CIRCULARSTRING (0 0, 1 1, 2 0)", Reason.CURVED),
        ("POINT (1", Reason.UNREADABLE),
        ("", Reason.UNREADABLE),
    ],
)
def test_what_is_no_shape_is_refused_with_its_reason(text, reason):
    with pytest.raises(NotAShape) as refused:
        Shape.of_wkt(text)

    assert refused.value.reason is reason


def test_an_empty_hole_is_no_hole():
    whole = Shape.of_wkt("POLYGON ((0 0, 1 0, 1 1, 0 0))")

    assert Shape.of_wkt("POLYGON ((0 0, 1 0, 1 1, 0 0), EMPTY)") == whole


@pytest.mark.parametrize("number", [8, 9, 10, 11, 12, 1008, 0x80000008])
def test_a_curve_is_refused_whatever_its_dialect(number):
    with pytest.raises(NotAShape) as refused:
        Shape.of_wkb(struct.pack("<BII", 1, number, 0))

    assert refused.value.reason is Reason.CURVED


@pytest.mark.parametrize("given_", [b"", b"\x01", b"not a shape at all", b"\x01\x03\x00\x00\x00"])
def test_bytes_that_say_nothing_are_unreadable(given_):
    with pytest.raises(NotAShape) as refused:
        Shape.of_wkb(given_)

    assert refused.value.reason is Reason.UNREADABLE


@pytest.mark.parametrize(
    "given_",
    [
        {"type": "Point", "coordinates": ["a", 1]},
        {"type": "Ball"},
        '{"type": "Point"',
        {},
    ],
)
def test_geojson_that_is_none_is_unreadable(given_):
    with pytest.raises(NotAShape) as refused:
        Shape.of_geojson(given_)

    assert refused.value.reason is Reason.UNREADABLE


def test_a_shape_of_too_many_points_is_refused_before_it_is_read():
    line = shapely.linestrings([(i / 10_000, 1) for i in range(shapes.MOST_POINTS + 1)])

    with pytest.raises(NotAShape) as refused:
        Shape.of_wkb(shapely.to_wkb(line))

    assert refused.value.reason is Reason.TOO_MANY_POINTS


def test_of_many_bytes_each_is_a_shape_or_says_why_not():
    good = Shape.of_wkt(PLOT)

    found = shapes.of_wkbs([good.wkb, None, b"x"])

    assert found[:2] == [good, None]
    assert isinstance(found[2], NotAShape)


def test_rings_of_geojson_turn_as_the_standard_says():
    (ring,) = Shape.of_wkt(PLOT).geojson["coordinates"][0]

    assert shapely.is_ccw(shapely.linearrings(ring))


@given(st.floats(-180, 180))
def test_a_place_is_at_most_a_degree_and_a_half_from_its_meridian(longitude):
    central = measures.meridian(longitude)

    assert central % 3 == 0
    assert abs(central - longitude) <= 1.5


def test_metres_of_a_zone_are_those_of_the_national_standard():
    place = shapely.Point(117.7, 36.05)
    standard = pyproj.Transformer.from_crs("EPSG:4490", "EPSG:4548", always_xy=True)

    x, y = shapely.get_coordinates(measures.projected(place, 117))[0]
    back = measures.unprojected(shapely.Point(x, y), 117)

    assert (x, y) == pytest.approx(standard.transform(117.7, 36.05), abs=1e-6)
    assert back.distance(place) < 1e-10


def test_distances_are_metres_on_the_ground():
    assert round(measures.distance_m((117, 36), (117, 36.001))) == 111
