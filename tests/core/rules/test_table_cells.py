"""Cells as sets of pieces: the same answer as when computed, and written back as a cell."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingkai.core.rules.dmn.analysis import axes, conditions
from jingkai.core.rules.dmn.analysis.scales import DIGITS, SCALES, scale_of
from jingkai.core.rules.feel import interpreting, temporal
from jingkai.core.rules.feel.parsing import parse_unary_tests
from jingkai.core.rules.feel.scopes import Scope
from tests.core.rules.table_cells import VALUES, cells
from tests.environment import rounds

KINDS = {"number": Decimal, "string": str, "boolean": bool, "date": temporal.Date}
NUMBERS = st.builds(
    lambda digits, exponent: Decimal(digits).scaleb(exponent),
    st.integers(-(10**33), 10**33),
    st.one_of(st.just(0), st.integers(-3, 3), st.integers(-1000, 900)),
)


def condition_of(text):
    return conditions.of_cell(parse_unary_tests(text))


def passes(text, value):
    """Return whether the interpreter lets a value pass a cell."""
    return interpreting.evaluate_tests(parse_unary_tests(text), value, Scope()) is True


@settings(max_examples=rounds(100, 5000))
@given(kind=st.sampled_from(sorted(VALUES)), data=st.data(), is_declared=st.booleans())
def test_a_cell_is_the_pieces_whose_examples_pass_it(kind, data, is_declared):
    texts = [data.draw(cells(kind))[0] for _ in range(3)]
    asked = [condition_of(text) for text in texts]
    axis = axes.axis_over(asked, KINDS[kind] if is_declared else None)

    for text, condition in zip(texts, asked, strict=True):
        side = axis.passing(condition)
        found = [bool(side >> place & 1) for place in range(len(axis.pieces))]
        assert found == [passes(text, piece.example) for piece in axis.pieces]


@settings(max_examples=rounds(100, 5000))
@given(kind=st.sampled_from(sorted(VALUES)), data=st.data())
def test_any_set_of_pieces_can_be_written_as_a_cell(kind, data):
    texts = [data.draw(cells(kind))[0] for _ in range(3)]
    axis = axes.axis_over(map(condition_of, texts), KINDS[kind])
    side = data.draw(st.integers(1, axis.everything))

    text = axes.written(axis, side)

    found = [passes(text, piece.example) for piece in axis.pieces]
    assert found == [bool(side >> place & 1) for place in range(len(axis.pieces))]


@settings(max_examples=rounds(200, 5000))
@given(one=NUMBERS, other=NUMBERS)
def test_between_two_numbers_lies_one_that_feel_can_hold(one, other):
    low, high = sorted((one, other))
    between = SCALES[Decimal].between

    assert between(None, low) < low
    assert between(high, None) > high
    found = between(low, high) if low < high else None
    assert found is None or (low < found < high and len(found.as_tuple().digits) <= DIGITS)


@pytest.mark.parametrize(
    ("low", "high", "found"),
    [
        ("1", "2", "1.1"),
        ("0", "100", "10"),
        ("0.03", None, "0.04"),
        (None, "5000", "4999"),
        ("1", "1.000000000000000000000000000000001", None),
    ],
)
def test_a_number_between_is_as_round_as_can_be(low, high, found):
    ends = [None if end is None else Decimal(end) for end in (low, high)]

    assert SCALES[Decimal].between(*ends) == (None if found is None else Decimal(found))


@pytest.mark.parametrize(
    ("low", "high", "found"),
    [
        ('date("2024-02-28")', 'date("2024-02-29")', None),
        ('date("2024-02-28")', 'date("2024-03-01")', 'date("2024-02-29")'),
        ('duration("P1Y")', 'duration("P13M")', None),
        ('duration("P1Y")', 'duration("P14M")', 'duration("P13M")'),
        ('duration("P1D")', 'duration("P1DT0.000000001S")', None),
        ('duration("P1D")', 'duration("P3D")', 'duration("PT100000S")'),
        ('"甲"', '"甲甲"', '"甲一"'),
    ],
)
def test_days_durations_and_texts_have_values_between_or_not(low, high, found):
    first, second = (interpreting.compute(text, {}) for text in (low, high))

    between = scale_of(first).between(first, second)

    assert between == (None if found is None else interpreting.compute(found, {}))


@pytest.mark.parametrize(
    "text",
    ["? > y", "y", "today()", "{a: 1}", "[[1]]", 'starts with(?, "A")', "< 1E+2000", "[1, y]"],
)
def test_a_cell_that_is_no_comparison_with_fixed_values_is_not_judged(text):
    assert condition_of(text) is None


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("? > 5", "> 5"),
        ("5 < ?", "> 5"),
        ("? between 1 and 5", "[1..5]"),
        ("? in (<5, 7)", "< 5, 7"),
        ("? != 5", "not(5)"),
        ("[1, 2]", "1, 2"),
        ("-(-3)", "3"),
        ("2 + 3", "5"),
    ],
)
def test_cells_that_ask_the_same_are_the_same_pieces(text, same):
    asked = [condition_of(text), condition_of(same)]
    axis = axes.axis_over(asked, Decimal)

    assert axis.passing(asked[0]) == axis.passing(asked[1])
