"""Which shapes share ground: the tree finds what comparing each with each would."""

from decimal import Decimal

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from jingkai.core.geometry import NotAShape, Shape, measures, overlaps
from jingkai.core.geometry.overlaps import Relation
from tests.core.geometry.places import rectangle, rectangles

STEP = 0.001  # about 90 m by 111 m


def by_each_with_each(shapes, tolerance_m2=1.0):
    """Return the pairs and what they share, slowly and obviously."""
    found = []
    for first, one in enumerate(shapes):
        for second, other in enumerate(shapes):
            shared = shapely.intersection(one.geometry, other.geometry)
            area = measures.areas_m2([shared])[0] if first < second else None
            if area is not None and area > Decimal(str(tolerance_m2)):
                found.append((first, second, area))
    return found


@given(st.lists(rectangles(), max_size=8))
def test_the_tree_finds_what_comparing_each_with_each_does(shapes):
    found = [(pair.first, pair.second, pair.shared_m2) for pair in overlaps.find(shapes)]

    assert found == by_each_with_each(shapes)


def test_neighbours_that_touch_share_nothing():
    assert overlaps.find([rectangle(117.7, 36.05), rectangle(117.701, 36.05)]) == []


@pytest.mark.parametrize(
    ("other", "relation"),
    [
        (rectangle(117.7, 36.05), Relation.SAME),
        (rectangle(117.7002, 36.0502, STEP / 2, STEP / 2), Relation.CONTAINS),
        (rectangle(117.6, 36, 0.2, 0.2), Relation.WITHIN),
        (rectangle(117.7005, 36.05), Relation.OVERLAPS),
    ],
)
def test_how_two_shapes_stand_to_each_other_is_said(other, relation):
    (pair,) = overlaps.find([rectangle(117.7, 36.05), other])

    assert pair.relation is relation
    assert 0 < pair.share_of_first <= 1
    assert 0 < pair.share_of_second <= 1


def test_what_is_shared_is_told_in_square_metres():
    one, other = rectangle(117.7, 36.05), rectangle(117.7005, 36.05)

    (pair,) = overlaps.find([one, other])

    assert abs(pair.shared_m2 - one.area_m2 / 2) < Decimal("0.2")
    assert pair.share_of_first == pytest.approx(0.5, abs=1e-3)


def test_new_shapes_are_compared_with_those_on_record_only():
    new = [rectangle(117.7, 36.05), rectangle(117.7, 36.05)]
    on_record = [rectangle(117.9, 36.05), rectangle(117.7005, 36.05)]

    found = overlaps.find(new, on_record)

    assert [(pair.first, pair.second) for pair in found] == [(0, 1), (1, 1)]
    assert overlaps.find(new, []) == []
    assert overlaps.find([], on_record) == []


def test_the_tolerance_is_a_limit_that_must_be_passed():
    one = rectangle(117.7, 36.05)
    shared = overlaps.find([one, rectangle(117.70099, 36.05)])[0].shared_m2

    assert overlaps.find([one, rectangle(117.70099, 36.05)], tolerance_m2=float(shared)) == []


def test_a_shape_that_crosses_itself_is_measured_as_its_repair():
    bow_tie = Shape.of_wkt(
        "POLYGON ((117.7 36.05, 117.701 36.051, 117.701 36.05, 117.7 36.051, 117.7 36.05))"
    )

    (pair,) = overlaps.find([bow_tie, rectangle(117.7, 36.05)])

    assert pair.relation is Relation.WITHIN


def test_points_and_lines_share_no_ground():
    line = Shape.of_wkt("LINESTRING (117.7 36.05, 117.8 36.1)")
    point = Shape.of_wkt("POINT (117.7005 36.0505)")

    assert overlaps.find([line, point, rectangle(117.7, 36.05)]) == []


def test_the_same_ground_is_known_whatever_points_draw_it():
    one = rectangle(117.7, 36.05)
    more_points = Shape.of_geometry(shapely.segmentize(one.geometry, 0.0002))

    assert overlaps.same(one, one)
    assert overlaps.same(one, more_points)
    assert not overlaps.same(one, rectangle(117.7001, 36.05))
    assert not overlaps.same(one, rectangle(117.8, 36.05))


def test_neighbours_merge_into_one_ground_without_their_common_edge():
    neighbours = [rectangle(117.7, 36.05), rectangle(117.701, 36.05)]

    together = overlaps.merged(neighbours)

    assert len(shapely.get_parts(together.geometry)) == 1
    assert shapely.equals(together.geometry, rectangle(117.7, 36.05, width=0.002).geometry)


@given(st.lists(rectangles(), min_size=1, max_size=6))
def test_what_is_merged_covers_each_of_its_parts(shapes):
    together = overlaps.merged(shapes)

    assert all(shapely.covers(together.geometry.buffer(1e-8), one.geometry) for one in shapes)


def test_lines_merge_into_no_ground():
    with pytest.raises(NotAShape):
        overlaps.merged([Shape.of_wkt("LINESTRING (117.7 36.05, 117.8 36.05)")])
