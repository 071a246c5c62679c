"""What is wrong with a shape, where, and what a repair would make of it."""

import struct
from decimal import Decimal

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from jingkai.core.geometry import NotAShape, Reason, Shape, faults
from jingkai.core.geometry.faults import Code, NotRepairable
from tests.core.geometry.places import polygon, rectangle, rectangles

PLOT = "((117.7 36.05, 117.701 36.05, 117.701 36.051, 117.7 36.051, 117.7 36.05)"
AREA = rectangle(117.7, 36.05).area_m2

BOW_TIE = "POLYGON ((117.7 36.05, 117.701 36.051, 117.701 36.05, 117.7 36.051, 117.7 36.05))"
REPEATED = PLOT.replace("117.701 36.05,", "117.701 36.05, 117.701 36.05,", 1)
SPIKE = PLOT.replace(
    "117.701 36.051,", "117.701 36.0505, 117.71 36.0505, 117.701 36.0505, 117.701 36.051,"
)
HOLE = "(117.8 36.05, 117.801 36.05, 117.801 36.051, 117.8 36.05)"
SECOND = "((117.7005 36.0505, 117.702 36.0505, 117.702 36.052, 117.7005 36.052, 117.7005 36.0505))"
CRUMB = "((117.8 36.05, 117.800001 36.05, 117.8 36.050001, 117.8 36.05))"
INNER = (
    "(117.7002 36.0502, 117.7008 36.0502, 117.7008 36.0508, 117.7002 36.0508, 117.7002 36.0502)"
)
INMOST = (
    "(117.7004 36.0504, 117.7006 36.0504, 117.7006 36.0506, 117.7004 36.0506, 117.7004 36.0504)"
)

FAULTY = {
    Code.SELF_CROSSING: BOW_TIE,
    Code.REPEATED_POINTS: f"POLYGON {REPEATED})",
    Code.SPIKE: f"POLYGON {SPIKE})",
    Code.HOLE_OUTSIDE: f"POLYGON {PLOT}, {HOLE})",
    Code.HOLES_OVERLAP: f"POLYGON {PLOT}, {INNER}, {INMOST})",
    Code.PARTS_OVERLAP: f"MULTIPOLYGON ({PLOT}), {SECOND})",
    Code.SLIVER: f"MULTIPOLYGON ({PLOT}), {CRUMB})",
}

corners_anywhere = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=3, max_size=9
)


def scribble(points):
    """Return the shape of points on a coarse grid, whatever it crosses."""
    return polygon(*((117.7 + x * 1e-4, 36.05 + y * 1e-4) for x, y in points))


def codes(shape):
    return [fault.code for fault in faults.find(shape)]


@pytest.mark.parametrize("code", FAULTY)
def test_a_fault_is_found_by_name_with_its_place_and_what_a_repair_does(code):
    shape = Shape.of_wkt(FAULTY[code])
    points = shapely.get_coordinates(shape.geometry)

    (fault, *_others) = faults.find(shape)

    assert fault.code is code
    assert (points.min(axis=0) <= fault.place).all()
    assert (points.max(axis=0) >= fault.place).all()
    assert fault.area_before == shape.area_m2
    assert fault.area_after == faults.repair(shape, fault).area_m2


@pytest.mark.parametrize(
    ("code", "area"),
    [
        (Code.REPEATED_POINTS, AREA),
        (Code.SPIKE, AREA),
        (Code.HOLE_OUTSIDE, AREA),
        (Code.SLIVER, AREA),
        (Code.SELF_CROSSING, AREA / 2),
    ],
)
def test_a_repair_leaves_the_area_that_one_would_expect(code, area):
    repaired, done = faults.repaired(Shape.of_wkt(FAULTY[code]))

    assert abs(repaired.area_m2 - area) < Decimal("0.02")
    assert done[0].code is code
    assert faults.find(repaired) == ()


def test_overlapping_parts_become_one():
    repaired, _done = faults.repaired(Shape.of_wkt(FAULTY[Code.PARTS_OVERLAP]))

    assert shapely.get_num_geometries(repaired.geometry) == 1


def test_a_hole_within_a_hole_is_no_hole():
    repaired, _done = faults.repaired(Shape.of_wkt(FAULTY[Code.HOLES_OVERLAP]))

    assert shapely.get_num_interior_rings(shapely.get_parts(repaired.geometry)[0]) == 1


def test_a_sound_shape_has_no_fault():
    assert faults.find(rectangle(117.7, 36.05)) == ()
    assert faults.find(Shape.of_wkt("POINT (117 36)")) == ()
    assert faults.find(Shape.of_wkt("LINESTRING (117 36, 117.1 36)")) == ()


def test_a_line_may_repeat_points_and_nothing_else():
    line = Shape.of_wkt("LINESTRING (117 36, 117 36, 117.1 36, 117 36)")

    (fault,) = faults.find(line)

    assert fault.code is Code.REPEATED_POINTS
    assert fault.area_before is None
    assert faults.repair(line, Code.SPIKE) == line
    assert shapely.get_num_coordinates(faults.repair(line, fault).geometry) == 3


@pytest.mark.parametrize(
    "text",
    [
        "POLYGON ((117.7 36.05, 117.701 36.05, 117.702 36.05, 117.7 36.05))",
        "POLYGON ((117.7 36.05, 117.700001 36.05, 117.7 36.050001, 117.7 36.05))",
        "POLYGON ((117.7 36.05, 117.7 36.05, 117.7 36.05, 117.7 36.05))",
    ],
)
def test_what_encloses_nothing_is_found_and_cannot_be_repaired(text):
    shape = Shape.of_wkt(text)

    (fault,) = faults.find(shape)

    assert fault.code is Code.COLLAPSED
    assert not fault.is_repairable
    assert fault.area_after is None
    with pytest.raises(NotRepairable):
        faults.repair(shape, fault)
    assert faults.repaired(shape) == (shape, ())


def test_only_the_allowed_faults_are_repaired():
    shape = Shape.of_wkt(FAULTY[Code.SLIVER])

    assert faults.repaired(shape, {Code.SPIKE}) == (shape, ())


@given(corners_anywhere)
def test_a_repaired_scribble_is_sound_and_a_second_repair_changes_nothing(points):
    shape = scribble(points)

    repaired, done = faults.repaired(shape)

    if codes(repaired) != [Code.COLLAPSED]:
        assert faults.find(repaired) == ()
        assert shapely.is_valid(repaired.geometry)
    assert faults.repaired(repaired) == (repaired, ())
    assert bool(done) or repaired == shape


@given(corners_anywhere, st.sampled_from([each for each in Code if each is not Code.COLLAPSED]))
def test_each_repair_is_done_once_and_for_all(points, code):
    try:
        once = faults.repair(scribble(points), code)
    except NotRepairable:
        return

    assert faults.repair(once, code) == once


@given(rectangles(), st.sampled_from(list(Code)))
def test_a_sound_shape_is_left_as_it_is(shape, code):
    assert faults.repair(shape, code) == shape


@given(st.lists(corners_anywhere, max_size=6))
def test_many_at_once_have_the_faults_of_each(several):
    shapes = [scribble(points) for points in several]

    assert faults.find_all(shapes) == [faults.find(shape) for shape in shapes]


def test_an_open_ring_is_refused_and_closed_when_asked():
    corners = [(117.7, 36.05), (117.701, 36.05), (117.701, 36.051), (117.7, 36.051)]
    flat = [number for corner in corners for number in corner]
    open_ring = struct.pack(f"<BIII{len(flat)}d", 1, 3, 1, len(corners), *flat)

    with pytest.raises(NotAShape) as refused:
        Shape.of_wkb(open_ring)

    assert refused.value.reason is Reason.NOT_CLOSED
    assert Shape.of_wkb(faults.closed(open_ring)) == rectangle(117.7, 36.05)


def test_what_is_unreadable_is_not_closed_either():
    with pytest.raises(NotAShape):
        faults.closed(b"nothing")
