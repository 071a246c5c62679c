"""Laws of the built-in functions, and slow obvious references beside them."""

import statistics
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingkai.core.rules.feel import interpreting, operators
from jingkai.core.rules.feel.parsing import Known, parse_expression
from jingkai.core.rules.feel.scopes import Scope
from tests.environment import rounds

KNOWN = Known(names=frozenset("abcn"))
NUMBERS = st.decimals(-1000, 1000, places=2)
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), NUMBERS, st.sampled_from(["", "甲", "a"])),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from("xy"), inner, max_size=2)
    ),
    max_leaves=5,
)
LISTS = st.lists(VALUES, max_size=8)
FEW = settings(max_examples=rounds(60, 2000))


def compute(text, **facts):
    return interpreting.evaluate(parse_expression(text, known=KNOWN), Scope(facts))


@FEW
@given(a=st.lists(NUMBERS, min_size=2, max_size=20))
def test_statistics_are_those_of_the_text_book(a):
    exact = list(map(Fraction, a))

    assert Fraction(compute("sum(a)", a=a)) == sum(exact)
    assert abs(Fraction(compute("mean(a)", a=a)) - statistics.mean(exact)) < Fraction(1, 10**25)
    assert Fraction(compute("median(a)", a=a)) == statistics.median(exact)
    assert compute("mode(a)", a=a) == sorted(statistics.multimode(a))
    assert float(compute("stddev(a)", a=a)) == pytest.approx(statistics.stdev(map(float, a)))
    assert [compute("min(a)", a=a), compute("max(a)", a=a)] == [min(a), max(a)]


@FEW
@given(a=NUMBERS, b=NUMBERS.filter(bool))
def test_the_rest_of_a_division_has_the_sign_of_the_divisor(a, b):
    rest = compute("modulo(a, b)", a=a, b=b)

    assert Fraction(rest) == Fraction(a) % Fraction(b)
    assert rest == 0 or (rest < 0) == (b < 0)


@FEW
@given(
    n=st.decimals(-(10**9), 10**9, places=5),
    places=st.integers(-3, 6),
    mode=st.sampled_from(
        [
            ("floor", ROUND_FLOOR),
            ("ceiling", ROUND_CEILING),
            ("round half up", ROUND_HALF_UP),
            ("round half down", ROUND_HALF_DOWN),
        ]
    ),
)
def test_rounding_goes_to_the_right_neighbour(n, places, mode):
    name, rounding = mode

    found = compute(f"{name}(n, {places})", n=n)

    assert found == (n.scaleb(places).to_integral_value(rounding)).scaleb(-places)


@FEW
@given(a=LISTS)
def test_distinct_values_are_those_that_one_by_one_comparison_keeps(a):
    kept = []
    for value in a:
        if not any(operators.equal(value, other) for other in kept):
            kept.append(value)

    assert compute("distinct values(a)", a=a) == kept
    assert compute("union(a, a)", a=a) == kept
    assert compute("duplicate values(concatenate(a, a))", a=kept) == kept
    assert compute("duplicate values(a)", a=kept) == []


@FEW
@given(a=LISTS, b=VALUES)
def test_a_list_contains_what_has_a_position_in_it(a, b):
    positions = compute("index of(a, b)", a=a, b=b)

    assert compute("list contains(a, b)", a=a, b=b) is bool(positions)
    assert all(operators.equal(a[int(position) - 1], b) for position in positions)


@FEW
@given(a=LISTS, start=st.integers(-9, 9), length=st.integers(0, 9))
def test_a_sublist_is_a_slice_or_null(a, start, length):
    found = compute(f"sublist(a, {start}, {length})", a=a)

    begin = start - 1 if start > 0 else len(a) + start
    fits = start != 0 and 0 <= begin < len(a) and begin + length <= len(a)
    assert found == (a[begin : begin + length] if fits else None)


@FEW
@given(a=st.lists(st.tuples(st.integers(0, 3), st.integers()), max_size=30))
def test_sorting_keeps_every_item_and_the_order_of_equal_ones(a):
    items = [{"x": Decimal(x), "n": Decimal(n)} for x, n in a]

    found = compute("sort(a, function(b, c) b.x < c.x)", a=items)

    assert found == sorted(items, key=lambda item: item["x"])


@FEW
@given(a=LISTS)
def test_a_list_reversed_twice_is_the_list(a):
    assert compute("reverse(reverse(a))", a=a) == a


@FEW
@given(n=st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**30), max_value=10**30))
def test_a_number_survives_being_text(n):
    n = operators.add(n, Decimal(0))  # to 34 digits, as every number of FEEL

    text = compute("string(n)", n=n)

    assert "E" not in text
    assert compute('number(a, ",", ".")', a=text) == n


@FEW
@given(a=st.text(max_size=8), n=st.integers(-10, 10))
def test_a_substring_is_a_slice_of_characters(a, n):
    found = compute(f"substring(a, {n})", a=a)

    begin = n - 1 if n > 0 else len(a) + n
    assert found == (a[begin:] if n != 0 and 0 <= begin < max(len(a), 1) else None) or not a


@FEW
@given(a=st.lists(st.text("ab甲", max_size=3), min_size=1, max_size=5))
def test_what_is_joined_is_split_again(a):
    assert compute('split(string join(a, ";"), ";")', a=a) == a


@FEW
@given(a=st.dictionaries(st.text(max_size=3), VALUES, max_size=4))
def test_a_context_is_made_of_its_entries(a):
    assert compute("context(get entries(a))", a=a) == a
    assert compute("context merge([a, a])", a=a) == a
