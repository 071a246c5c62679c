"""Built-in functions: examples of each, with the boundary and both sides of it."""

from decimal import Decimal
from random import Random

import pytest

from jingkai.core.rules.feel import interpreting, known, temporal
from jingkai.core.rules.feel.builtins import FUNCTIONS
from jingkai.core.rules.feel.parsing import parse_expression
from jingkai.core.rules.feel.scopes import Scope, Work


def compute(text):
    return interpreting.compute(text, {})


NUMBERS = [
    ("abs(-1.5)", "1.5"),
    ('abs(@"-P1D") = @"P1D"', "true"),
    ("abs(true)", "null"),
    ("modulo(12, 5)", "2"),
    ("modulo(-12, 5)", "3"),
    ("modulo(12, -5)", "-3"),
    ("modulo(-10.1, 4.5)", "3.4"),
    ("modulo(1, 0)", "null"),
    ("floor(-1.5)", "-2"),
    ("floor(1.56, 1)", "1.5"),
    ("ceiling(-1.56, 1)", "-1.5"),
    ("round up(1.121, 2)", "1.13"),
    ("round up(-5.5, 0)", "-6"),
    ("round down(-5.5, 0)", "-5"),
    ("round half up(1.005, 2)", "1.01"),
    ("round half up(-2.5, 0)", "-3"),
    ("round half down(2.5, 0)", "2"),
    ("round half down(2.51, 0)", "3"),
    ("round half up(1250, -2)", "1300"),
    ("round half up(5.5, 0.5)", "null"),
    ("round up(5.5, 6176)", "5.5"),
    ("round up(5.5, 6177)", "null"),
    ("round up(5.5, -6111) = 10 ** 6111", "true"),
    ("round up(5.5, -6112)", "null"),
    ("decimal(2.5, 0)", "2"),
    ("decimal(1/3, 2.5)", "0.33"),
    ("sqrt(2)", "1.414213562373095048801688724209698"),
    ("sqrt(-0.01)", "null"),
    ("log(1)", "0"),
    ("log(0)", "null"),
    ("exp(0)", "1"),
    ("exp(100000)", "null"),
    ("odd(-3)", "true"),
    ("even(0)", "true"),
    ("even(2.5)", "null"),
    ("random number()", "null"),
]
STATISTICS = [
    ("sum([1, 2, 3])", "6"),
    ("sum(1, 2, 3)", "6"),
    ("sum(0.1, 0.2) = 0.3", "true"),
    ('sum([@"P1D", @"PT12H"]) = @"P1DT12H"', "true"),
    ('sum(["a", "b"])', "null"),
    ("sum([1, null])", "null"),
    ("sum([])", "null"),
    ("count([null, 1])", "2"),
    ("count(null)", "null"),
    ("min(3, 1, 2)", "1"),
    ('max(["甲", "乙"])', '"甲"'),
    ('max(@"2024-01-01", @"2024-01-02") = @"2024-01-02"', "true"),
    ("min([1, null])", "null"),
    ('max([1, "a"])', "null"),
    ("mean([1, 2])", "1.5"),
    ("median([8, 2, 5, 7])", "6"),
    ("median([3])", "3"),
    ("median([])", "null"),
    ("stddev([2, 4, 7, 5]) * stddev(2, 4, 7, 5) - 13/3 < 0.0000000001", "true"),
    ("stddev([47])", "null"),
    ("mode([6, 1, 9, 6, 1])", "[1, 6]"),
    ("mode([])", "[]"),
    ("product(2, 3, 4)", "24"),
    ("product([])", "null"),
    ("all([true, null, false])", "false"),
    ("all([true, null])", "null"),
    ("all([])", "true"),
    ("any([false, null, true])", "true"),
    ("any([false, 1])", "null"),
    ("any([])", "false"),
    ("not(null)", "null"),
]
STRINGS = [
    ('substring("高新技术", 3)', '"技术"'),
    ('substring("高新技术", -2, 1)', '"技"'),
    ('substring("高新技术", 1, 99)', '"高新技术"'),
    ('substring("高新技术", 0)', "null"),
    ('substring("高新技术", 5)', "null"),
    ('substring("高新技术", -5)', "null"),
    ('substring("高新技术", 1, -1)', "null"),
    ('substring("", 1)', '""'),
    ('string length("🐎马")', "2"),
    ('upper case("aß")', '"ASS"'),
    ('lower case("ÀB")', '"àb"'),
    ('substring before("a-b-c", "-")', '"a"'),
    ('substring before("abc", "x")', '""'),
    ('substring before("abc", "")', '""'),
    ('substring after("a-b-c", "-")', '"b-c"'),
    ('substring after("abc", "")', '"abc"'),
    ('substring after("abc", "x")', '""'),
    ('contains("高新技术企业", "新技")', "true"),
    ('starts with("高新", "高")', "true"),
    ('ends with("高新", "高")', "false"),
    ('contains(["abc"], "b")', "true"),
    ('contains(["abc", "d"], "b")', "null"),
    ('string join(["a", null, "c"], "、")', '"a、c"'),
    ('string join("a")', '"a"'),
    ("string join([1])", "null"),
    ("string join([])", '""'),
    ('string("a")', '"a"'),
    ("string(null)", "null"),
    ("string(0 * -1)", '"0"'),
    ("string(1.50)", '"1.50"'),
    ("string(10 ** 20)", '"100000000000000000000"'),
    ('string([1, "a", {b c: null, "1x": true}])', '"[1, \\"a\\", {b c: null, \\"1x\\": true}]"'),
    ('string([(1..5], (< @"2024-01-01")])', '"[(1..5], (..2024-01-01)]"'),
    ("string([])", '"[]"'),
    ("string({})", '"{}"'),
    ('number("1 000,5", " ", ",")', "1000.5"),
    ('number("1,000.5", ",", ".")', "1000.5"),
    ('number("1.000,5", ".", ",")', "1000.5"),
    ('number("-12.5")', "-12.5"),
    ('number("12.5", null, ",")', "null"),
    ('number("1,5", ",", ",")', "null"),
    ('number("1.5", ".", null)', "null"),
    ('number("一", ",", ".")', "null"),
    ('number("1e99999", ",", ".")', "null"),
]
LISTS = [
    ("list contains([1, null], null)", "true"),
    ("list contains([1], 1.0)", "true"),
    ('list contains([@"2024-01-01"], @"2024-01-01")', "true"),
    ("list contains(1, 1)", "true"),
    ("sublist([1, 2, 3], 2)", "[2, 3]"),
    ("sublist([1, 2, 3], -2, 1)", "[2]"),
    ("sublist([1, 2, 3], 3, 1)", "[3]"),
    ("sublist([1, 2, 3], 3, 2)", "null"),
    ("sublist([1, 2, 3], 4)", "null"),
    ("append([1], 2, [3])", "[1, 2, [3]]"),
    ("append([1])", "[1]"),
    ("append(null, 1)", "null"),
    ("concatenate([1], 2, [3, 4])", "[1, 2, 3, 4]"),
    ("insert before([1, 3], 2, 2)", "[1, 2, 3]"),
    ("insert before([1, 3], -1, 2)", "[1, 2, 3]"),
    ("insert before([1], 2, 2)", "null"),
    ("remove([1, 2, 3], -1)", "[1, 2]"),
    ("remove([1], 0)", "null"),
    ("list replace([1, 2, 3], 2, null)", "[1, null, 3]"),
    ("list replace([2, 4, 7], function(item, newItem) item < newItem, 5)", "[5, 5, 7]"),
    ("list replace([2], function(item) true, 5)", "null"),
    ("reverse([1, 2])", "[2, 1]"),
    ("index of([1, 2, 1, null], 1)", "[1, 3]"),
    ("index of([1, null], null)", "[2]"),
    ("union([1, 2], [2, 3], 3)", "[1, 2, 3]"),
    ("distinct values([1, 1.0, null, null, {a: 1}, {a: 1.0}])", "[1, null, {a: 1}]"),
    ('count(distinct values([@"PT24H", @"P1D", @"P2D"]))', "2"),
    ('distinct values([1, "1", true])', '[1, "1", true]'),
    ("duplicate values([1, 2, 1, 2, 2, 3])", "[1, 2]"),
    ("flatten([[1, [2]], [[[3]]], []])", "[1, 2, 3]"),
    ("sort([3, 1, 2], function(x, y) x < y)", "[1, 2, 3]"),
    ("sort([3, 1, 2], function(x, y) x > y)", "[3, 2, 1]"),
    ("sort([1, 2], before)", "[1, 2]"),
    ("sort([1, 2], function(x, y) x)", "null"),
    ("sort([1, 2], function(x) true)", "null"),
    ("sort([], function(x, y) x)", "[]"),
    ("sort(list: [2, 1], precedes: function(x, y) x < y)", "[1, 2]"),
]
CONTEXTS = [
    ('get value({a: 1}, "a")', "1"),
    ('get value({a: 1}, "b")', "null"),
    ('get entries({a: 1}) = [{key: "a", value: 1}]', "true"),
    ("context(get entries({a: 1, b: null})) = {a: 1, b: null}", "true"),
    ('context([{key: "a", value: 1}, {key: "a", value: 2}])', "null"),
    ('context({key: "a"})', "null"),
    ("context({key: 1, value: 1})", "null"),
    ("context([1])", "null"),
    ('context put({a: 1}, "a", 2)', "{a: 2}"),
    ('context put({a: 1}, ["b", "c"], 2)', "null"),
    ('context put({a: 1, b: {}}, ["b", "c"], 2)', "{a: 1, b: {c: 2}}"),
    ("context put({a: 1}, [], 2)", "null"),
    ("context put({a: 1}, [null], 2)", "null"),
    ("context merge([{a: 1, b: 1}, {a: 2}])", "{a: 2, b: 1}"),
    ("context merge([])", "{}"),
    ("context merge([1])", "null"),
]


@pytest.mark.parametrize(("text", "value"), [*NUMBERS, *STATISTICS, *STRINGS, *LISTS, *CONTEXTS])
def test_a_function_gives_what_the_specification_says(text, value):
    assert compute(text) == compute(value)


@pytest.mark.parametrize("name", sorted(FUNCTIONS.keys() - {"not"}))
def test_a_function_is_a_value(name):
    assert compute(name) is FUNCTIONS[name]


@pytest.mark.parametrize(
    "name", sorted(FUNCTIONS.keys() - {"append", "concatenate", "not", "union"})
)
def test_a_function_is_null_with_arguments_it_is_not_made_for(name):
    assert compute(f"{name}(1, 2, 3, 4, 5, {{}})") is None


def test_every_function_the_parser_knows_exists_and_the_other_way_round():
    assert set(FUNCTIONS) == set(known.BUILT_IN) - {"from", "item", "partial", "partition", "?"}


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_a_function_refuses_an_argument_name_it_does_not_have(name):
    trace = []

    value = interpreting.compute(f"{name}(无此参数: 1)", {}, trace=trace)

    assert value is None
    assert name in trace[0].message


def test_now_and_today_are_those_of_the_evaluation():
    now = temporal.parse_date_time("2026-03-01T23:59:59+08:00")

    assert interpreting.compute("now()", {}, now=now) == now
    assert interpreting.compute("today()", {}, now=now) == temporal.parse_date("2026-03-01")


def test_random_numbers_come_from_the_dice_of_the_evaluation():
    node = parse_expression("for i in 1..100 return random number()")

    first = interpreting.evaluate(node, Scope(work=Work(random=Random(1))))
    second = interpreting.evaluate(node, Scope(work=Work(random=Random(1))))

    assert first == second
    assert all(Decimal(0) <= number < 1 for number in first)
    assert len(set(first)) == 100
