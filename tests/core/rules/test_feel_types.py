"""The types of FEEL: which conforms to which, and what a value is an instance of."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from jingkai.core.rules.feel import types
from jingkai.core.rules.feel.functions import Form, Function, Parameter
from jingkai.core.rules.feel.parsing import parse_type
from jingkai.core.rules.feel.ranges import Range
from jingkai.core.rules.feel.temporal import parse_at
from jingkai.core.rules.feel.types import ContextOf, FunctionOf, ListOf, RangeOf
from tests.core.rules import feel_trees as trees

ADDRESS = ContextOf(frozenset({("城市", types.STRING)}))
NAMED = {"tFoo": types.NUMBER, "lib.tFoo": ADDRESS}
written = trees.types.map(lambda node: types.type_from(node, NAMED))


def of(text, named=None):
    return types.type_from(parse_type(text), named)


def doubling(takes=types.NUMBER, gives=types.NUMBER):
    form = Form(parameters=(Parameter(name="x", type=takes),), body=lambda x: x, result=gives)
    return Function(forms=(form,))


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers().map(Decimal)
    | st.text(max_size=2)
    | st.sampled_from(["2026-03-01", "10:00:00", "2026-03-01T10:00:00", "P1Y", "P1D"]).map(
        parse_at
    ),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=2)
    ),
    max_leaves=6,
)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("number", types.NUMBER),
        ("dateTime", types.DATE_AND_TIME),
        ("list", ListOf(types.ANY)),
        ("list<list<date>>", ListOf(ListOf(types.DATE))),
        ("range<number>", RangeOf(types.NUMBER)),
        ("context<城市: string>", ADDRESS),
        ("function<number> -> string", FunctionOf((types.NUMBER,), types.STRING)),
        ("tAddress", ADDRESS),
        ("list<tAddress>", ListOf(ADDRESS)),
    ],
)
def test_a_written_type_means_this(text, meant):
    assert of(text, {"tAddress": ADDRESS}) == meant


@pytest.mark.parametrize(
    "text",
    [
        *("tGone", "list<tGone>", "range<tGone>", "context<a: tGone>"),
        *("function<tGone> -> Any", "function<> -> tGone"),
    ],
)
def test_a_type_with_an_unknown_name_means_nothing(text):
    assert of(text) is None


@pytest.mark.parametrize(
    ("narrow", "wide", "does"),
    [
        ("number", "number", True),
        ("number", "Any", True),
        ("Any", "number", False),
        ("Null", "list<number>", True),
        ("date", "date and time", False),
        ("list<number>", "list<Any>", True),
        ("list<Any>", "list<number>", False),
        ("number", "list<number>", False),
        ("range<date>", "range<Any>", True),
        ("context<a: number, b: string>", "context<a: number>", True),
        ("context<a: number>", "context<a: number, b: string>", False),
        ("context<a: number>", "context<a: string>", False),
        ("context<a: number>", "context<>", True),
        ("function<Any> -> number", "function<string> -> Any", True),
        ("function<string> -> number", "function<Any> -> number", False),
        ("function<string> -> Any", "function<string> -> number", False),
        ("function<string, string> -> Any", "function<string> -> Any", False),
        ("function<string> -> Any", "function", True),
        ("function", "function<string> -> Any", False),
    ],
)
def test_which_type_conforms_to_which(narrow, wide, does):
    assert types.conforms(of(narrow), of(wide)) is does


@given(one=written)
def test_every_type_conforms_to_itself_and_to_any_and_null_to_it(one):
    assert types.conforms(one, one)
    assert types.conforms(one, types.ANY)
    assert types.conforms(types.NULL, one)


@given(one=written, other=written)
def test_what_two_types_have_in_common_is_wider_than_both(one, other):
    shared = types.common([one, other])

    assert types.conforms(one, shared)
    assert types.conforms(other, shared)


@settings(suppress_health_check=[HealthCheck.filter_too_much])
@given(one=written, other=written, third=written)
def test_conforming_goes_on_from_type_to_type(one, other, third):
    assume(types.conforms(one, other) and types.conforms(other, third))

    assert types.conforms(one, third)


@given(value=VALUES)
def test_a_value_is_an_instance_of_its_own_type(value):
    assert types.is_instance(value, types.type_of(value))


@given(value=VALUES, wide=written)
def test_an_instance_of_a_type_is_one_of_every_wider_type(value, wide):
    own = types.type_of(value)

    if value is not None and types.conforms(own, wide):
        assert types.is_instance(value, wide)


@pytest.mark.parametrize(
    ("value", "text", "is_one"),
    [
        (None, "Any", False),
        (None, "Null", True),
        (Decimal(1), "number", True),
        (True, "number", False),
        (True, "boolean", True),
        ("A", "string", True),
        (parse_at("2026-03-01"), "date", True),
        (parse_at("2026-03-01"), "date and time", False),
        (parse_at("P1Y"), "years and months duration", True),
        (parse_at("P1D"), "years and months duration", False),
        ([Decimal(1), None], "list<number>", True),
        ([Decimal(1), "A"], "list<number>", False),
        ([Decimal(1), "A"], "list<Any>", True),
        ([Decimal(1)], "number", False),
        ([], "list<number>", True),
        ({"a": None}, "context<a: string>", True),
        ({"a": "x", "b": "y"}, "context<a: string>", True),
        ({}, "context<a: string>", False),
        ({}, "context<>", True),
        (Range(Decimal(1), None, True, False), "range<number>", True),
        (Range("a", "b", True, True), "range<number>", False),
        (doubling(), "function<number> -> number", True),
        (doubling(), "function<string> -> number", False),
        (doubling(None, None), "function<string> -> Any", True),
        (doubling(None, None), "function<string> -> number", False),
        (doubling(), "Any", True),
    ],
)
def test_what_a_value_is_an_instance_of(value, text, is_one):
    assert types.is_instance(value, of(text)) is is_one


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ([Decimal(1), None], "list<number>"),
        ([Decimal(1), "A"], "list<Any>"),
        ([], "list<Null>"),
        ([{"a": "x", "b": True}, {"a": "y"}], "list<context<a: string>>"),
        ({"b": Decimal(1), "a": []}, "context<a: list<Null>, b: number>"),
        (Range(parse_at("2026-03-01"), None, True, False), "range<date>"),
        (doubling(), "function<number> -> number"),
        (object(), "Any"),
    ],
)
def test_the_type_of_a_value_as_feel_writes_it(value, text):
    assert str(types.type_of(value)) == text


def test_any_function_has_no_parameters_to_show():
    assert str(of("function")) == "function<…> -> Any"
