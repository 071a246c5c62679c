"""Vector tiles, read back by another's decoder."""

import math

import mapbox_vector_tile
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from jingkai.core.geometry import Shape, tiles
from jingkai.core.geometry.tiles import EXTENT, Prepared, prepared, protobuf
from tests.core.geometry.places import rectangle

WEST, SOUTH = 117.7, 36.05


def tile_of(longitude, latitude, z):
    """Return column and row of the tile in which a place lies."""
    down = 0.5 - math.asinh(math.tan(math.radians(latitude))) / (2 * math.pi)
    return int((longitude / 360 + 0.5) * 2**z), int(down * 2**z)


def layer(*shapes, columns=(), values=None):
    rows = values or [()] * len(shapes)
    ids = range(1, len(shapes) + 1)
    return Prepared.of("parcels", [shape.geometry for shape in shapes], ids, columns, rows)


def read(tile):
    """Return the features of the one layer as another's decoder finds them, y downwards."""
    found = mapbox_vector_tile.decode(tile, default_options={"y_coord_down": True})
    return found["parcels"]["features"] if found else []


def in_units(shape, z, x, y):
    """Return a shape in the units of a tile, slowly and obviously."""
    scale = 2**z * EXTENT

    def moved(places):
        world = prepared.world(places)
        return np.rint((world - (x / 2**z, y / 2**z)) * scale)

    return shapely.transform(shape.geometry, moved)


def drawn(shapes, z, at=(WEST, SOUTH)):
    place = (z, *tile_of(*at, z))
    return read(tiles.encode([(layer(*shapes), None)], *place)), place


def test_a_polygon_inside_a_tile_is_read_back_with_all_it_has():
    shape = rectangle(WEST, SOUTH)
    source = layer(shape, columns=("code", "supply"), values=[("G1", None)])
    place = (16, *tile_of(WEST, SOUTH, 16))

    (feature,) = read(tiles.encode([(source, None)], *place))

    assert feature["id"] == 1
    assert feature["properties"] == {"code": "G1"}
    expected = shapely.clip_by_rect(in_units(shape, *place), -64, -64, EXTENT + 64, EXTENT + 64)
    found = shapely.geometry.shape(feature["geometry"])
    assert shapely.symmetric_difference(found, expected).area < 2 * EXTENT


@given(
    st.lists(
        st.tuples(st.integers(0, 80), st.integers(0, 60), st.integers(4, 20), st.integers(4, 20)),
        min_size=1,
        max_size=6,
    )
)
def test_what_lies_inside_a_tile_is_drawn_as_another_encoder_would(boxes):
    z = 15
    x, y = tile_of(WEST, SOUTH, z)
    west, north = x / 2**z * 360 - 180, 36.05
    shapes = [
        rectangle(west + 1e-4 * left, north - 1e-4 * down, 1e-4 * width, 1e-4 * height)
        for left, down, width, height in boxes
    ]
    inside = [
        shape
        for shape in shapes
        if shapely.box(0, 0, EXTENT, EXTENT).contains(in_units(shape, z, x, y))
    ]
    geometries = [in_units(shape, z, x, y) for shape in inside]
    theirs = mapbox_vector_tile.encode(
        [
            {
                "name": "parcels",
                "features": [{"geometry": each, "properties": {}} for each in geometries],
            }
        ],
        default_options={"y_coord_down": True},
    )

    ours = tiles.encode([(layer(*inside), None)], z, x, y) if inside else b""

    assert [shapely.geometry.shape(each["geometry"]).normalize() for each in read(ours)] == [
        shapely.geometry.shape(each["geometry"]).normalize() for each in read(theirs)
    ]


def test_shells_turn_one_way_and_holes_the_other():
    shape = Shape.of_wkt(
        "POLYGON ((117.7 36.05, 117.71 36.05, 117.71 36.06, 117.7 36.06, 117.7 36.05), "
        "(117.702 36.052, 117.702 36.058, 117.708 36.058, 117.708 36.052, 117.702 36.052))"
    )

    ((feature,), _place) = drawn([shape], 12)

    (shell, hole) = feature["geometry"]["coordinates"]
    assert not shapely.is_ccw(shapely.linearrings(np.multiply(shell, (1, -1))))
    assert shapely.is_ccw(shapely.linearrings(np.multiply(hole, (1, -1))))


def test_a_polygon_across_tiles_is_cut_with_a_margin():
    shape = rectangle(WEST - 0.5, SOUTH - 0.5, 1, 1)

    ((feature,), _place) = drawn([shape], 14)

    west, south, east, north = shapely.geometry.shape(feature["geometry"]).bounds
    assert (west, south) == (-tiles.BUFFER, -tiles.BUFFER)
    assert (east, north) == (EXTENT + tiles.BUFFER, EXTENT + tiles.BUFFER)


def test_a_tile_beside_everything_is_empty():
    assert tiles.encode([(layer(rectangle(WEST, SOUTH)), None)], 14, 0, 0) == b""
    assert tiles.encode([(layer(), None)], 0, 0, 0) == b""
    assert tiles.encode([], 0, 0, 0) == b""


def test_only_what_is_asked_for_is_drawn():
    source = layer(rectangle(WEST, SOUTH), rectangle(WEST + 0.002, SOUTH))
    place = (14, *tile_of(WEST, SOUTH, 14))

    found = read(tiles.encode([(source, np.array([False, True]))], *place))

    assert [feature["id"] for feature in found] == [2]


def test_what_is_too_small_to_be_seen_is_counted_with_what_most_have():
    shapes = [rectangle(WEST + 1e-5 * each, SOUTH, 1e-5, 1e-5) for each in range(5)]
    values = [("G1", "a"), ("G2", "a"), ("G3", "b"), ("G4", None), ("G5", None)]
    source = layer(*shapes, columns=("code", "supply"), values=values)

    (feature,) = read(tiles.encode([(source, None)], 9, *tile_of(WEST, SOUTH, 9)))

    assert feature["geometry"]["type"] == "Point"
    assert feature["properties"] == {"supply": "a", "count": 5}


def test_one_alone_keeps_its_id_and_its_name():
    source = layer(rectangle(WEST, SOUTH, 1e-5, 1e-5), columns=("code",), values=[("G1",)])

    (feature,) = read(tiles.encode([(source, None)], 9, *tile_of(WEST, SOUTH, 9)))

    assert feature["id"] == 1
    assert feature["properties"] == {"code": "G1", "count": 1}


@given(
    st.lists(st.tuples(st.floats(117.5, 118), st.floats(35.9, 36.3)), min_size=1, max_size=40),
    st.integers(3, 12),
)
def test_everything_small_is_counted_exactly_once_over_all_tiles(places, z):
    shapes = [rectangle(west, south, 1e-6, 1e-6) for west, south in places]
    source = layer(*shapes)
    left, bottom = tile_of(117.5, 35.9, z)
    right, top = tile_of(118.01, 36.31, z)

    counts = [
        feature["properties"]["count"]
        for x in range(left, right + 1)
        for y in range(top, bottom + 1)
        for feature in read(tiles.encode([(source, None)], z, x, y))
    ]

    assert sum(counts) == len(places)


def test_lines_and_points_are_drawn_as_such():
    line = Shape.of_wkt("LINESTRING (117.7 36.05, 117.705 36.055, 117.71 36.05)")
    point = Shape.of_wkt("POINT (117.705 36.052)")

    (features, _place) = drawn([line, point, rectangle(117.701, 36.0505)], 13)

    kinds = sorted(each["geometry"]["type"] for each in features)
    assert kinds == ["LineString", "Point", "Polygon"]
    assert all("count" not in each["properties"] for each in features)


def test_several_layers_stand_side_by_side():
    shape = rectangle(WEST, SOUTH)
    other = Prepared.of("plants", [shape.geometry], [7], (), [()])
    place = (14, *tile_of(WEST, SOUTH, 14))

    found = mapbox_vector_tile.decode(tiles.encode([(layer(shape), None), (other, None)], *place))

    assert set(found) == {"parcels", "plants"}
    assert found["plants"]["features"][0]["id"] == 7


def test_a_layer_says_how_much_memory_it_takes():
    assert layer(rectangle(WEST, SOUTH)).nbytes > 100


@given(st.lists(st.integers(0, 2**34), max_size=50))
def test_many_numbers_are_written_as_each_alone(numbers):
    written, starts = protobuf.varints(np.array(numbers, dtype=np.int64))

    assert written == b"".join(protobuf.varint(number) for number in numbers)
    assert starts[-1] == len(written)


@pytest.mark.parametrize(("number", "written"), [(0, 0), (-1, 1), (1, 2), (-2, 3), (2000, 4000)])
def test_signed_numbers_are_folded(number, written):
    assert protobuf.zigzag(np.array([number])).tolist() == [written]
