"""The operators on all types: exact numbers, and null wherever the standard defines nothing."""

import time
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingkai.core.rules.feel import operators, temporal
from jingkai.core.rules.feel.bounds import MOST_CHARACTERS, TooMuchWork
from jingkai.core.rules.feel.interpreting import compute
from jingkai.core.rules.feel.ranges import Range
from tests.core.rules import feel_values
from tests.environment import rounds

D = Decimal
at = temporal.parse_at
NUMBERS = st.builds(
    lambda digits, exponent: D(digits).scaleb(exponent, Context(prec=40)),
    st.integers(-(10**34) + 1, 10**34 - 1),
    st.integers(-40, 10),
)
SAMPLES = {
    "number": D(10),
    "string": "10",
    "boolean": True,
    "date": at("2021-01-01"),
    "date and time": at("2021-01-01T10:10:10"),
    "time": at("10:10:10"),
    "days and time duration": at("P1D"),
    "years and months duration": at("P1Y"),
    "list": [D(10)],
    "context": {"a": D(10)},
    "range": Range(D(1), D(10), True, True),
    "function": compute("function(a) a", {}),
    "null": None,
}
DAYS, MONTHS = "days and time duration", "years and months duration"
DATED, TIMED = ("date", "date and time"), ("date", "date and time", "time")
DEFINED = {
    operators.add: {("number", "number"), ("string", "string"), (DAYS, DAYS), (MONTHS, MONTHS)}
    | {pair for kind in TIMED for pair in ((kind, DAYS), (DAYS, kind))}
    | {pair for kind in DATED for pair in ((kind, MONTHS), (MONTHS, kind))},
    # A date has no zone and stands for midnight in UTC: without one on the other side it is null.
    operators.subtract: {("number", "number"), (DAYS, DAYS), (MONTHS, MONTHS), ("time", "time")}
    | {("date", "date"), ("date and time", "date and time")}
    | {(kind, DAYS) for kind in TIMED}
    | {(kind, MONTHS) for kind in DATED},
    operators.multiply: {("number", "number")}
    | {pair for kind in (DAYS, MONTHS) for pair in ((kind, "number"), ("number", kind))},
    operators.divide: {("number", "number"), (DAYS, DAYS), (MONTHS, MONTHS)}
    | {(kind, "number") for kind in (DAYS, MONTHS)},
    operators.power: {("number", "number")},
    operators.compare: {(kind, kind) for kind in ("number", "string", DAYS, MONTHS, *TIMED)},
}


@pytest.mark.parametrize("operator", DEFINED, ids=lambda operator: operator.__name__)
@pytest.mark.parametrize(("left", "right"), list(product(SAMPLES, SAMPLES)))
def test_an_operator_is_null_on_types_it_is_not_defined_on(operator, left, right):
    result = operator(SAMPLES[left], SAMPLES[right])

    assert (result is not None) is ((left, right) in DEFINED[operator])


@pytest.mark.parametrize(("left", "right"), list(product(SAMPLES, SAMPLES)))
def test_values_of_two_types_are_not_comparable_and_only_null_equals_null(left, right):
    verdict = operators.equal(SAMPLES[left], SAMPLES[right])

    if "null" in {left, right}:
        assert verdict is (left == right)
    elif left == right:
        assert verdict is True
    else:
        assert verdict is None
    assert operators.same(SAMPLES[left], SAMPLES[right]) is (left == right)


@pytest.mark.parametrize(
    ("operator", "exact"),
    [
        (operators.add, Fraction.__add__),
        (operators.subtract, Fraction.__sub__),
        (operators.multiply, Fraction.__mul__),
        (operators.divide, Fraction.__truediv__),
    ],
    ids=["add", "subtract", "multiply", "divide"],
)
@given(left=NUMBERS, right=NUMBERS)
@settings(max_examples=rounds(150, 1_000))
def test_a_number_is_the_exact_one_rounded_once_to_34_digits(operator, exact, left, right):
    if operator is operators.divide and right == 0:
        assert operators.divide(left, right) is None
        return

    result = operator(left, right)

    truth = exact(Fraction(left), Fraction(right))
    with localcontext(Context(prec=34, rounding=ROUND_HALF_EVEN)):
        assert result == D(truth.numerator) / D(truth.denominator) or Fraction(result) == truth
    assert len(result.as_tuple().digits) <= 34


def test_a_share_of_exactly_three_per_cent_is_three_per_cent():
    assert operators.compare(operators.divide(D("36.9"), D(1230)), D("0.03")) == 0


@pytest.mark.parametrize(
    ("base", "exponent", "result"),
    [
        ("5", "2", "25"),
        ("5", "-2", "0.04"),
        ("-5", "3", "-125"),
        ("5.5", "2", "30.25"),
        ("1.1", "10", "2.5937424601"),
        ("4", "0.5", "2"),
        ("10", "0", "1"),
        ("0", "0", "1"),
        ("0", "5", "0"),
        ("0", "-1", None),
        ("-8", "0.5", None),
        ("2", "999999999", None),
        ("0.5", "999999999", None),  # a number too small to hold is not zero
        ("1", "999999999", "1"),
        ("1", "1000000000", None),
        ("1", "1e999999999", None),
    ],
)
def test_powers(base, exponent, result):
    got = operators.power(D(base), D(exponent))

    assert got == (None if result is None else D(result))


@pytest.mark.parametrize(
    "operator",
    [operators.add, operators.subtract, operators.multiply, operators.divide, operators.power],
)
@pytest.mark.parametrize("left", ["1e999999999", "-1e6144", "1e-999999999", "9e999999999999999"])
@pytest.mark.parametrize("right", ["1e999999999", "-1e-999999999", "1e6144", "7", "-0.3"])
def test_gigantic_numbers_give_a_number_or_null_at_once(operator, left, right):
    started = time.perf_counter()

    result = operator(D(left), D(right))

    assert result is None or (result.is_finite() and abs(result.adjusted()) <= 6176)
    assert operators.compare(D(left), D(right)) in {-1, 0, 1}
    assert time.perf_counter() - started < 0.5


@pytest.mark.parametrize(
    ("operator", "left", "right", "result"),
    [
        (operators.multiply, "P4DT1H", "1.5", "P6DT1H30M"),
        (operators.multiply, "P1Y11M", "-2.5", "-P4Y9M"),  # 57.5 months: what is over is dropped
        (operators.multiply, "P1D", "0", "PT0S"),
        (operators.multiply, "P1D", "1e999999999", None),
        (operators.multiply, "P1Y", "1e30", None),
        (operators.divide, "P10Y11M", "-2.5", "-P4Y4M"),
        (operators.divide, "P1D", "7", "PT3H25M42.857142857S"),
        (operators.divide, "P1D", "0", None),
        (operators.divide, "P1Y", "0", None),
    ],
)
def test_a_duration_and_a_number(operator, left, right, result):
    got = operator(at(left), D(right))

    assert (got and temporal.string(got)) == result


@pytest.mark.parametrize(
    ("left", "right", "result"),
    [
        ("P10D", "P4D", D("2.5")),
        ("P10Y", "P5Y", D(2)),
        ("P1M", "P3M", D("0.3333333333333333333333333333333333")),
        ("P1D", "PT0S", None),
        ("P1M", "P0M", None),
    ],
)
def test_a_duration_by_a_duration_is_a_number(left, right, result):
    assert operators.divide(at(left), at(right)) == result


@pytest.mark.parametrize(
    ("operand", "negated"),
    [
        (D("-1.5"), D("1.5")),
        (D(0), D(0)),
        (at("P1DT2H"), at("-P1DT2H")),
        (at("-P1Y"), at("P1Y")),
        (at("2024-01-01"), None),
        ("10", None),
        (True, None),
        (None, None),
    ],
)
def test_the_opposite_of_numbers_and_durations(operand, negated):
    assert operators.negate(operand) == negated


@pytest.mark.parametrize(
    ("left", "right", "verdict"),
    [
        ([], [], True),
        ([D(1), D("2.0")], [D("1.0"), D(2)], True),
        ([D(1)], [D(1), None], False),
        ([D(1), "a"], [D(1), D(2)], None),
        ([D(1), "a"], [D(2), D(2)], False),  # whatever the second pair is, they differ
        ([None], [None], True),
        ([None], [D(1)], False),
        ({"a": D(1), "b": D(2)}, {"b": D(2), "a": D(1)}, True),
        ({"a": D(1)}, {"a": D(1), "b": None}, False),
        ({"a": [D(1)]}, {"a": [D(2)]}, False),
        (Range(D(1), D(2), True, True), Range(D(1), D(2), True, False), False),
        (Range(None, D(2), False, True), Range(None, D("2.0"), False, True), True),
        (Range(D(1), D(2), True, True), Range("a", "b", True, True), None),
        (SAMPLES["function"], SAMPLES["function"], True),
        (SAMPLES["function"], compute("function(a) a", {}), False),
    ],
)
def test_lists_contexts_and_ranges_are_equal_by_what_is_in_them(left, right, verdict):
    assert operators.equal(left, right) is verdict
    assert operators.equal(right, left) is verdict


def test_same_looks_into_lists_and_never_mixes_true_with_one():
    moment, elsewhere = at("10:00:00Z"), at("11:00:00+01:00")

    assert operators.same([D(1), moment], [D("1.0"), moment])
    assert not operators.same([moment], [elsewhere])
    assert not operators.same([True], [D(1)])


def _nested(depth):
    value = []
    for _ in range(depth):
        value = [value]
    return value


def _doubled(times):
    value = [D(1)]
    for _ in range(times):
        value = [value, value]
    return value


@pytest.mark.parametrize("value", [_nested(100_000), _doubled(1_000)], ids=["deep", "doubled"])
def test_a_monstrous_list_is_compared_without_falling_over(value):
    assert operators.equal([value], [value]) is True
    assert operators.equal(_nested(3), _nested(4)) is False


@given(st.lists(feel_values.values()), st.lists(feel_values.values()))
@settings(max_examples=rounds(100, 1_000))
def test_equality_is_symmetric_and_what_is_the_same_is_equal(left, right):
    assert operators.equal(left, right) is operators.equal(right, left)
    assert operators.equal(left, list(left)) is True
    if operators.same(left, right):
        assert operators.equal(left, right) is True


def test_strings_are_joined_and_ordered_by_code_points():
    assert operators.add("经", "开") == "经开"
    assert operators.compare("a", "\U0001f40e") == -1
    assert operators.compare("\uffff", "\U0001f40e") == -1  # not by halves of UTF-16
    assert operators.compare("A", "a") == -1


def test_a_string_beyond_the_bound_is_too_much_work():
    half = "长" * (MOST_CHARACTERS // 2 + 1)

    with pytest.raises(TooMuchWork, match="文本"):
        operators.add(half, half)
