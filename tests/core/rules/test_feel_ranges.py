"""Ranges: what they hold, and how they lie to points and to each other."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingkai.core.rules.feel import ranges, temporal
from jingkai.core.rules.feel.interpreting import compute
from jingkai.core.rules.feel.ranges import Range, range_of
from tests.environment import rounds

ENDS = st.integers(0, 6).map(Decimal)
LINE = [Decimal(step) / 2 for step in range(-2, 15)]  # a value between any two ends, and beyond


@st.composite
def bounded(draw):
    low, high = sorted([draw(ENDS), draw(ENDS)])
    return Range(low, high, draw(st.booleans()), draw(st.booleans()))


@st.composite
def unbounded(draw):
    low, high = draw(st.one_of(st.tuples(ENDS, st.none()), st.tuples(st.none(), ENDS)))
    return range_of(low, high, low_included=draw(st.booleans()), high_included=draw(st.booleans()))


def inside(range_):
    return {value for value in LINE if ranges.holds(range_, value)}


def is_empty(range_):
    return not inside(range_)


# Table 78, word for word: the slow reference of the comparisons of cuts.
def starts_earlier(one, two):
    return one.low < two.low or (one.low == two.low and one.low_included and not two.low_included)


def starts_no_later(one, two):
    return one.low < two.low or (one.low == two.low and (one.low_included or not two.low_included))


def ends_no_later(one, two):
    return one.high < two.high or (
        one.high == two.high and (not one.high_included or two.high_included)
    )


def reaches(one, two):
    touches = one.high == two.low and one.high_included and two.low_included
    return one.high > two.low or touches


TABLE_78 = {
    ranges.before: lambda one, two: (
        one.high < two.low
        or ((not one.high_included or not two.low_included) and one.high == two.low)
    ),
    ranges.after: lambda one, two: (
        one.low > two.high
        or ((not one.low_included or not two.high_included) and one.low == two.high)
    ),
    ranges.meets: lambda one, two: one.high_included and two.low_included and one.high == two.low,
    ranges.met_by: lambda one, two: one.low_included and two.high_included and one.low == two.high,
    ranges.overlaps: lambda one, two: reaches(one, two) and reaches(two, one),
    ranges.overlaps_before: lambda one, two: (
        starts_earlier(one, two) and reaches(one, two) and ends_no_later(one, two)
    ),
    ranges.overlaps_after: lambda one, two: (
        starts_earlier(two, one) and reaches(two, one) and ends_no_later(two, one)
    ),
    ranges.finishes: lambda one, two: (
        one.high_included == two.high_included
        and one.high == two.high
        and starts_no_later(two, one)
    ),
    ranges.finished_by: lambda one, two: (
        one.high_included == two.high_included
        and one.high == two.high
        and starts_no_later(one, two)
    ),
    ranges.includes: lambda one, two: starts_no_later(one, two) and ends_no_later(two, one),
    ranges.during: lambda one, two: starts_no_later(two, one) and ends_no_later(one, two),
    ranges.starts: lambda one, two: (
        one.low == two.low and one.low_included == two.low_included and ends_no_later(one, two)
    ),
    ranges.started_by: lambda one, two: (
        one.low == two.low and one.low_included == two.low_included and ends_no_later(two, one)
    ),
    ranges.coincides: lambda one, two: one == two,
}


@pytest.mark.parametrize("relation", TABLE_78, ids=lambda relation: relation.__name__)
@given(one=bounded(), two=bounded())
@settings(max_examples=rounds(100, 1_000))
def test_two_ranges_lie_to_each_other_as_table_78_says(relation, one, two):
    verdict = relation(one, two)

    assert verdict is TABLE_78[relation](one, two)


@given(one=st.one_of(bounded(), unbounded()), two=st.one_of(bounded(), unbounded()))
@settings(max_examples=rounds(100, 3_000))
def test_ranges_lie_as_the_sets_of_their_values_do(one, two):
    here, there = inside(one), inside(two)

    if here and there:
        assert ranges.overlaps(one, two) is bool(here & there)
        assert ranges.before(one, two) is (max(here) < min(there))
        assert ranges.after(one, two) is (min(here) > max(there))
        assert ranges.includes(one, two) is (there <= here)
        assert ranges.during(one, two) is (here <= there)
        assert ranges.coincides(one, two) is (here == there)


@given(point=st.sampled_from(LINE), range_=st.one_of(bounded(), unbounded()))
@settings(max_examples=rounds(100, 3_000))
def test_a_point_lies_to_a_range_as_to_its_values(point, range_):
    values = inside(range_)

    is_inside = ranges.holds(range_, point)
    assert ranges.during(point, range_) is is_inside
    assert ranges.includes(range_, point) is is_inside
    assert ranges.starts(point, range_) is (range_.low == point and range_.low_included)
    assert ranges.finishes(point, range_) is (range_.high == point and range_.high_included)
    if values:
        assert ranges.before(point, range_) is (point < min(values))
        assert ranges.after(point, range_) is (point > max(values))
        assert ranges.before(range_, point) is (max(values) < point)
        assert ranges.after(range_, point) is (min(values) > point)


@given(point=st.sampled_from(LINE), range_=bounded())
def test_a_range_holds_what_lies_between_its_ends(point, range_):
    above = range_.low < point or (range_.low_included and range_.low == point)
    below = point < range_.high or (range_.high_included and point == range_.high)

    assert ranges.holds(range_, point) is (above and below)


@pytest.mark.parametrize(
    ("range_", "value"),
    [
        ("[1..10]", None),
        ("[1..10]", "5"),
        ("[1..10]", True),
        ("[1..10]", temporal.parse_at("P5D")),
        ('[@"2024-01-01"..@"2024-12-31"]', temporal.parse_at("2024-06-01T00:00:00")),
    ],
)
def test_a_value_of_another_kind_is_neither_in_nor_out(range_, value):
    assert ranges.holds(compute("range(text)", {"text": range_}), value) is None


@pytest.mark.parametrize(
    ("low", "high"),
    [
        (None, None),
        (Decimal(2), Decimal(1)),
        (Decimal(1), "2"),
        (True, True),
        (temporal.parse_at("P1D"), temporal.parse_at("P1Y")),
        ([Decimal(1)], None),
    ],
)
def test_ends_without_an_order_make_no_range(low, high):
    assert range_of(low, high, low_included=True, high_included=True) is None


def test_an_end_that_is_absent_is_not_included():
    range_ = range_of(None, Decimal(10), low_included=True, high_included=True)

    assert ranges.part(range_, "start included") is False
    assert ranges.part(range_, "start") is None
    assert ranges.part(range_, "end included") is True
    assert ranges.part(range_, "end") == 10
    assert ranges.part(range_, "length") is None


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        ("[18..21)", "[18..21)"),
        ("]18..21[", "(18..21)"),
        ("[-1.5..0.5]", "[-1.5..0.5]"),
        ("[2..)", "(>=2)"),
        ("(..2)", "(<2)"),
        ("(..2]", "(<=2)"),
        (" [ 1 .. 2 ] ", "[1..2]"),
        ('["a".."c"]', '["a".."c"]'),
        ('[@"2024-01-01"..@"2024-12-31"]', '[@"2024-01-01"..@"2024-12-31"]'),
        ('(date("2024-01-01")..)', '(>@"2024-01-01")'),
        ('[date and time("2024-01-01T00:00:00")..)', '(>=@"2024-01-01T00:00:00")'),
        ('[duration("P1D")..duration("P2D")]', '[@"P1D"..@"P2D"]'),
    ],
)
def test_a_range_is_read_from_a_text(text, literal):
    assert compute("range(text)", {"text": text}) == compute(literal, {})


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[..]",
        "[..2)",
        "(2..]",
        "1..2",
        "[1..2",
        "[2..1]",
        '[1.."2"]',
        "[1+1..3]",
        "[a..b]",
        '[@"foo"..@"2024-01-01"]',
        '[date("foo")..)',
        "[1.2.3..4]",
    ],
)
def test_a_text_that_is_no_range_is_null(text):
    assert compute("range(text)", {"text": text}) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("before(1, 10)", True),
        ("before([1..10), 10)", True),
        ("before(point: 1, range: (1..10])", True),
        ("finished by(range: [1..10], point: 10)", True),
        ("before(range1: [1..5], range2: [6..9])", True),
        ("before(point1: 2, point2: 1)", False),
        ("meets([1..5], [5..10])", True),
        ("met by([5..10], [1..5])", True),
        ("overlaps([1..5], [5..8])", True),
        ("overlaps before([1..5], [3..8])", True),
        ("overlaps after([3..8], [1..5])", True),
        ("finishes(10, [1..10])", True),
        ("finished by([1..10], [5..10])", True),
        ("includes([1..10], 10)", True),
        ("during(10, [1..10))", False),
        ("starts([1..5], [1..10])", True),
        ("started by([1..10], 1)", True),
        ("coincides([1..5], [1..5])", True),
        ("coincides(5, 5)", True),
        ('before(@"2024-01-01", [@"2024-02-01"..@"2024-03-01"])', True),
        ('during("b", ["a".."c"])', True),
        ("meets(1, [1..2])", None),
        ("includes(1, [1..2])", None),
        ("before(1, null)", None),
        ('before(1, "a")', None),
        ('during(@"2024-01-01", [1..2])', None),
        ("before(1)", None),
        ("before(1, 2, 3)", None),
        ("before(point: 1, range1: [1..2])", None),
    ],
)
def test_the_functions_on_ranges_take_points_and_ranges(text, expected):
    assert compute(text, {}) is expected
