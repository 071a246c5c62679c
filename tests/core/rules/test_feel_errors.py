"""A text that is no FEEL: the place, what was found, what to do; never anything else."""

import time
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingkai.core.rules.feel.parsing import (
    FeelSyntaxError,
    Known,
    parse_expression,
    parse_type,
    parse_unary_tests,
)
from tests.environment import rounds

PIECES = [
    *"()[]{}<>=+-*/.,:@?!&'\"\\％；“”「」　\n0",
    *["..", "**", "->", "//", "/*", "*/", "\\u12", "1e9", "1.5", "a", "营业收入", "a-b", '"x"'],
    *["and ", "or ", "not", "if ", "then ", "else ", "for ", "in ", "return ", "some ", "every "],
    *["satisfies ", "between ", "instance of ", "function", "external", "list<", "context<a:"],
    *["null", "true", "date and time", "\\ud800", "1e99999"],
]
KNOWN = Known(frozenset({"a-b", "if only", "."}), frozenset({"a b"}))


def refusal(text, read=parse_expression):
    with pytest.raises(FeelSyntaxError) as caught:
        read(text)
    return caught.value


def attempt(text, read):
    try:
        read(text)
    except FeelSyntaxError as reason:
        return reason
    return None


def test_two_comparisons_in_a_cell_are_shown_how_to_be_written():
    assert "? > 1 and ? < 5" in refusal("> 1 and < 5", parse_unary_tests).message


@settings(max_examples=rounds(200, 20_000))
@given(text=st.text(max_size=40) | st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_any_text_is_read_or_refused_with_its_place(text):
    refusals = [
        attempt(text, partial(parse_expression, known=KNOWN)),
        attempt(text, partial(parse_unary_tests, known=KNOWN)),
        attempt(text, parse_type),
    ]

    for reason in filter(None, refusals):
        assert 0 <= reason.span.start <= reason.span.end <= len(text)
        assert reason.line >= 1
        assert reason.column >= 1
        assert reason.message in reason.rendering()


@pytest.mark.parametrize(
    ("text", "column", "said"),
    [
        ("", 1, "应为一个值。请补全"),
        ("a >", 4, "表达式在此结束，应为一个值"),
        ("a > = b", 5, "缺少一个值"),
        ("a == b", 4, "等于只写一个 ="),
        ("a b) + 1", 4, "此处是“)”"),
        ("2024年产值 > 3", 5, "名称不能以数字开头"),
        ("研发费用占比 >= 3%", 12, "3% 请写成 0.03"),
        ("a && b", 3, "并且请写 and"),
        ("a; b", 2, "分隔请用逗号"),
        ("'A'", 1, "字符串请用双引号"),
        ('a = "A', 5, "字符串没有结束"),
        ("a = “A", 5, "字符串没有结束"),
        ("a /* b", 3, "注释没有结束"),
        ("if a then b", 12, "三部分都要写"),
        ("for x in a", 11, "for 变量 in 列表 return 值"),
        ("some x in a", 12, "应为“satisfies”"),
        ("a between 1", 12, "含两端"),
        ("not a", 5, "否定请写 not(…)"),
        ("a.", 3, "应为属性名"),
        ("[1..2", 6, "应为“]”或“)”"),
        ("f(a: 1, 2)", 9, "应为一个名称"),
        ("{a 1}", 5, "应为一个名称，其后为“:”"),
        ("x instance of", 14, "应为类型"),
        ("@2026-03-01", 2, '例如 @"2026-03-01"'),
        (r'"\ud83d"', 1, "不是一个字符"),
        (r'"\U999999"', 1, "不是一个字符"),
        ("1e99999", 1, "数字超出范围"),
        ('"a" "b"', 5, "两个值之间缺少运算符或逗号"),
        ("\n\n  a >", 6, "表达式在此结束"),
    ],
)
def test_a_refusal_says_where_and_what_to_do(text, column, said):
    reason = refusal(text)

    assert reason.column == column
    assert said in reason.message


def test_a_cell_that_is_partly_negated_is_refused():
    assert "须是整个单元格" in refusal("not(< 5) or x", parse_unary_tests).message


def test_the_carets_stand_below_the_place_though_chinese_is_twice_as_wide():
    reason = refusal("营业收入 > 成本本 本 % 3")

    assert reason.rendering().splitlines()[1:] == [
        "    营业收入 > 成本本 本 % 3",
        "    　　　　   　　　 　 ^",
    ]


def test_the_line_of_a_long_text_is_shown_around_the_place():
    reason = refusal("a + " * 100 + "% + b\n+ c")

    shown = reason.rendering().splitlines()
    assert len(shown) == 3
    assert len(shown[1]) < 140
    assert shown[2].strip() == "^"
    assert shown[1][shown[2].index("^")] == "%"


NESTED = {
    "parentheses": "(",
    "lists": "[",
    "contexts": "{a: ",
    "signs": "-",
    "conditions": "if a then ",
    "tests": "if ",
    "loops": "for x in y return ",
    "sources": "for x in ",
    "quantifiers": "some x in y satisfies ",
    "functions": "function(a) ",
    "calls": "f(",
    "named arguments": "f(a: ",
    "filters": "x[",
    "memberships": "x in (",
    "ranges": "[1..",
    "half ranges": "(< ",
    "open ranges": "]",
    "negations": "not(",
    "conjunctions": "a and (",
    "types": "x instance of list<",
}


@pytest.mark.parametrize("opening", NESTED.values(), ids=NESTED)
def test_ten_thousand_levels_are_refused_at_their_place_and_at_once(opening):
    text = opening * 10_000
    begin = time.process_time()

    for read in (parse_expression, parse_unary_tests):
        reason = refusal(text, read)
        assert "嵌套" in reason.message or "应为" in reason.message
        assert reason.span.start < len(opening) * 250

    assert time.process_time() - begin < 2  # 0.1 s each on an idle machine


@pytest.mark.parametrize("step", [".b", "[1]", "()", " = b", " in b", " instance of b", "+c(b)=c"])
def test_a_chain_that_would_make_a_tree_too_high_is_refused(step):
    assert "嵌套超过" in refusal("a" + step * 10_000).message


def test_mixed_chains_that_are_too_high_together_are_refused():
    text = "a"
    for _ in range(30):
        text = f"({text}){'.b' * 20}"

    assert "嵌套超过" in refusal(text).message


def test_a_text_that_is_too_long_is_refused_before_it_is_read():
    assert "过长" in refusal("a" * 2_000_001).message
