"""Expressions of somebody with bad intentions, or bad luck: each ends, and says why."""

import pytest

from jingkai.core.rules.feel import bounds, interpreting, scopes
from jingkai.core.rules.feel.bounds import TooMuchWork
from jingkai.core.rules.feel.parsing import parse_expression
from jingkai.core.rules.feel.scopes import Scope, Work

DOUBLING = "(for i in 1..60 return [partial, partial])"


def compute(text, steps=100_000):
    return interpreting.evaluate(parse_expression(text), Scope(work=Work(steps=steps)))


@pytest.mark.parametrize(
    "text",
    [
        "for i in 1..1000000000 return i",
        "some i in 1..1000000000 satisfies i < 0",
        'every d in @"-999999999-01-01"..@"999999999-12-31" satisfies true',
        "for i in 1..1000, j in 1..1000 return i * j",
        "{f: function(n) if n < 2 then n else f(n - 1) + f(n - 2), r: f(40)}.r",
        f"string({DOUBLING})",
        f"flatten({DOUBLING})",
        f"{DOUBLING} = {DOUBLING}",
        f"{DOUBLING}.a",
        f"distinct values({DOUBLING})",
        f"list contains({DOUBLING}, {DOUBLING})",
        f"index of({DOUBLING}, 1)",
        f"{DOUBLING} instance of list<list<number>>",
        f"(function(a: list<number>) a)({DOUBLING})",
        "sort(for i in 1..20000 return -i, function(x, y) x < y)",
    ],
)
def test_work_without_end_is_stopped_by_its_steps(text):
    with pytest.raises(TooMuchWork, match="步数"):
        compute(text)


def test_a_list_has_an_end(monkeypatch):
    monkeypatch.setattr(bounds, "MOST_ITEMS", 1000)

    assert len(compute("for i in 1..1000 return i")) == 1000
    with pytest.raises(TooMuchWork, match="1,000 项"):
        compute("for i in 1..1001 return i")


@pytest.mark.parametrize(
    "text",
    [
        'for i in 1..60 return if i = 1 then "ab" else partial[-1] + partial[-1]',
        'replace(string(10 ** 6000), "0", string(10 ** 500))',
        'for i in 1..60 return if i = 1 then "ab" else string join([partial[-1], partial[-1]])',
        'for i in 1..60 return if i = 1 then "ab" else string([partial[-1], partial[-1]])',
    ],
)
def test_a_string_has_an_end(text):
    with pytest.raises(TooMuchWork, match="1,000,000 字"):
        compute(text)


@pytest.mark.parametrize(
    "text", ["{f: function(n) f(n + 1), r: f(1)}.r", "{f: function(n) n(n), r: f(f)}.r"]
)
def test_recursion_without_end_is_stopped(text):
    with pytest.raises(TooMuchWork):
        compute(text)


@pytest.mark.parametrize(
    "text",
    [
        "for i in 1..500 return [partial[-1]]",
        "for i in 1..500 return {a: partial[-1]}",
        "{f: function(n, v) if n = 0 then v else f(n - 1, [[[[[[v]]]]]]), r: f(50, 1)}.r",
    ],
)
def test_a_result_is_never_too_deep_to_be_looked_at(text):
    with pytest.raises(TooMuchWork, match="嵌套超过 200 层"):
        compute(text, steps=1_000_000)


def test_recursion_of_fifty_levels_is_none_too_deep():
    assert compute("{f: function(n) if n = 0 then 0 else 1 + f(n - 1), r: f(50)}.r") == 50


def test_a_tree_of_the_height_that_the_parser_allows_is_computed():
    assert compute("(" * 140 + "1" + ")" * 140) == 1
    assert compute("not(" * 140 + "true" + ")" * 140) is True
    assert compute("[" * 140 + "1" + "]" * 140) is not None


@pytest.mark.parametrize(
    "text",
    [
        "9 ** 999999999",
        "exp(10 ** 30)",
        "exp(0 - 10 ** 30)",
        "10 ** 6144 * 10",
        "modulo(10 ** 6144, 3)",
        'substring("a", 10 ** 6000)',
        "[1][10 ** 6000]",
        "sublist([1], 10 ** 6000)",
        "decimal(1, 10 ** 6000)",
        "stddev([10 ** 6144, 0 - 10 ** 6144])",
        "product([10 ** 6144, 10])",
        "sum(9 * 10 ** 6144, 9 * 10 ** 6144)",
        "for i in 1..10 ** 6000 return i",
        'number("1e999999999999999999", ",", ".")',
    ],
)
def test_a_number_out_of_bounds_is_null(text):
    assert compute(text) is None


def test_the_longest_numbers_are_written_out():
    assert len(compute("string(10 ** 6144)")) == 6145
    assert compute("round up(5.5, -6111) = 10 ** 6111") is True


def test_a_scope_shares_one_budget_with_its_children():
    work = Work(steps=10)
    inner = Scope({"a": 1}, work=work).child({"b": 2}).child({})

    inner.work.spend(10)

    assert (inner.lookup("a"), inner.lookup("b"), inner.lookup("c", "无")) == (1, 2, "无")
    with pytest.raises(TooMuchWork):
        work.spend(1)


def test_what_takes_long_to_walk_is_weighed_no_further_than_the_budget():
    shared = [1]
    for _ in range(200):
        shared = [shared, shared]

    assert bounds.weight(shared, most=1000) == 1001
    assert bounds.weight({"a": [1, 2]}, most=1000) == 4
    assert scopes.Work(steps=10).weigh(1, None) is None
