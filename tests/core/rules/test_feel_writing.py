"""Text and tree are two forms of one thing: what is written reads back as it was."""

from decimal import Decimal

import pytest
from hypothesis import given, settings

from jingkai.core.rules.feel.nodes import Arithmetic, Constant, Name, Sign
from jingkai.core.rules.feel.parsing import parse_expression, parse_type, parse_unary_tests
from jingkai.core.rules.feel.writing import number, write
from tests.core.rules import feel_trees as trees
from tests.environment import rounds


@settings(max_examples=rounds(150, 20_000))
@given(tree=trees.expressions)
def test_an_expression_that_is_written_reads_back_as_it_was(tree):
    text = write(tree)

    assert parse_expression(text, known=trees.KNOWN) == tree, text


@settings(max_examples=rounds(75, 5_000))
@given(tests=trees.unary_tests)
def test_a_cell_that_is_written_reads_back_as_it_was(tests):
    text = write(tests)

    assert parse_unary_tests(text, known=trees.KNOWN) == tests, text


@given(tree=trees.types)
def test_a_type_that_is_written_reads_back_as_it_was(tree):
    text = write(tree)

    assert parse_type(text) == tree, text


@pytest.mark.parametrize(
    ("written", "tidy"),
    [
        ("(a+b)*c", "(a + b) * c"),
        ("((a))*(b*c)", "a * (b * c)"),
        ("a*b-(c-d)", "a * b - (c - d)"),
        ("-(5)", "-(5)"),
        ("-5**2", "-5 ** 2"),
        ("(a or b) and c", "(a or b) and c"),
        ("x in(<5,>10)", "x in (< 5, > 10)"),
        ("x in [1..5)", "x in [1..5)"),
        ("x in ((<5))", "x in ((< 5))"),
        ("]1..5[", "(1..5)"),
        ("(=5)", "[5..5]"),
        ('{"a":1,"2024年":2}', '{a: 1, "2024年": 2}'),
        ("if a then b else if c then d else e", "if a then b else if c then d else e"),
        ("信用等级＝“A”", '信用等级 = "A"'),
        ("(x instance of list)<5", "(x instance of list) < 5"),
    ],
)
def test_a_text_is_written_in_one_style(written, tidy):
    assert write(parse_expression(written)) == tidy


def test_the_function_not_as_a_cell_is_kept_apart_from_a_negated_cell():
    call = parse_unary_tests("(not(a))")

    assert write(call) == "(not(a))"
    assert not call.negated
    assert write(parse_unary_tests("not(a)")) == "not(a)"


@pytest.mark.parametrize(
    ("value", "text"),
    [("0.03", "0.03"), ("1E+3", "1000"), ("1E-7", "0.0000001"), ("1E+6000", "1E+6000")],
)
def test_a_number_has_an_exponent_only_where_zeros_would_be_many(value, text):
    assert number(Decimal(value)) == text


@pytest.mark.parametrize(
    ("opening", "closing"),
    [("[", "]"), ("f(", ")"), ("x in (a in b, ", ")"), ("{a: ", "}"), ("if x then ", " else y")],
)
def test_a_hundred_and_forty_levels_are_read_and_written(opening, closing):
    text = opening * 140 + "x" + closing * 140
    tree = parse_expression(text)

    assert parse_expression(write(tree)) == tree


def test_a_chain_of_a_hundred_thousand_sums_is_written():
    chain = Name("a")
    for _ in range(100_000):
        chain = Arithmetic(Sign.ADD, chain, Constant(Decimal(1)))

    text = write(chain)

    assert text == "a" + " + 1" * 100_000
