"""Regular expressions of XPath: what they match, what is none, and that none holds us up."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingkai.core.rules.feel import interpreting
from jingkai.core.rules.feel.bounds import TooMuchWork
from jingkai.core.rules.feel.parsing import Known, parse_expression
from jingkai.core.rules.feel.scopes import Scope, Work
from tests.environment import rounds

KNOWN = Known(names=frozenset({"a", "p"}))


def matches(text, pattern, flags=""):
    facts = {"a": text, "p": pattern, "f": flags}
    return interpreting.compute("matches(a, p, f)", facts)


def problem(text):
    trace = []
    assert interpreting.compute(text, {}, trace=trace) is None
    return trace[0].message


@pytest.mark.parametrize(
    ("text", "pattern", "flags"),
    [
        ("91310000MA1FL5E26X", r"^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$", ""),
        ("高新技术企业", "高新.*企业", ""),
        ("高新技术企业", r"^\p{Lo}+$", ""),
        ("高新技术企业", r"^\p{IsCJKUnifiedIdeographs}{6}$", ""),
        ("abc", r"^\P{IsCJKUnifiedIdeographs}+$", ""),
        ("ABC", "b", "i"),
        ("a\nb", "a.b", "s"),
        ("a\nb", "^b$", "m"),
        ("a b", "a b", ""),
        ("ab", "a b", "x"),
        ("a b", "a[ ]b", "x"),
        ("a b", r"a\ sb", "x"),
        ("a]b", r"a\]b", ""),
        ("x.y*", "x.y*", "q"),
        ("bcd", "^[a-z-[aeiou]]+$", ""),
        ("q", "[a-z-[aeiou-[o]]]", ""),
        ("o", "^[a-z-[aeiou-[o]]]$", ""),
        ("b", "[^a-c-[x]]|b", ""),
        ("-", "[a-]", ""),
        ("-", "[-a]", ""),
        ("-", "[a-c-e]", ""),
        ("e", "[a-c-e]", ""),
        ("^", r"[\^]", ""),
        ("a^", "[b^]", ""),
        ("[", r"[\[]", ""),
        ("&&", "[&&]{2}", ""),
        ("~", "[~~|]", ""),
        ("3", r"[\d]", ""),
        ("x", r"[^\d\s]", ""),
        ("x1", r"\i\c", ""),
        ("_", r"\i", ""),
        ("+", r"\w", ""),
        (" ", r"\W", ""),
        ("中", r"\w", ""),
        ("aa", r"(a)\1", ""),
        ("aA", r"(a)\1", "i"),
        ("b", r"^(a)?\1b$", ""),
        ("a0", r"(a)0\1?", ""),
        ("abcdefghijj", r"(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)\10", ""),
        ("aa0", r"(a)\10", ""),
        ("aab", "a{2}b", ""),
        ("ab", "a{1,2}?b", ""),
        ("aaa", "^a{2,}$", ""),
        ("", "^$", ""),
        ("\r\t\n", r"\r\t\n", ""),
    ],
)
def test_a_text_matches(text, pattern, flags):
    assert matches(text, pattern, flags) is True


@pytest.mark.parametrize(
    ("text", "pattern", "flags"),
    [
        ("a\n", "^a$", ""),
        ("a\r", "^a.$", ""),
        ("a\nb", "^b$", ""),
        ("a\n", "^$", "m"),
        ("abc", "B", ""),
        ("e", "^[a-z-[aeiou]]$", ""),
        ("E", "^[a-z-[aeiou]]$", "i"),
        ("Q", "[^q]", "i"),
        ("b", "[^a-c]", ""),
        ("a", "[^a-z-[b]]", ""),
        ("$", r"\w\w", ""),
        ("-", r"\w", ""),
        ("1", r"^\i", ""),
        ("abc", ".*", "q"),
    ],
)
def test_a_text_does_not_match(text, pattern, flags):
    assert matches(text, pattern, flags) is False


@pytest.mark.parametrize(
    "pattern",
    [
        *("(", ")", "(?=a)", "(?i)a", "(?P<x>a)", "(?<!a)b", "(*a)", "(" * 5_000 + ")" * 5_000),
        *("[", "[]", "[^]", "[a", "[z-a]", "[a[b]]", "[a-[b]c]", "[--a-[b]", "]"),
        *("*a", "a**", "a++", "a{2}{3}", "a{3,2}", "a{,3}", "a{", "}", "+", "a{99999999999}"),
        *("\\", r"\q", r"\Z", r"\b", r"\0", r"\1", r"(a)\2", r"(a\1)", r"[\1]", r"\x41"),
        *(r"\p", r"\p{}", r"\p{Xx}", r"\p{ L}", r"\p{IsNothing}", r"\p{Script=Han}", r"\pL"),
        *("a" * 10_001, "(a{1000}){1000}", "((a{100}){100}){100}"),
    ],
)
def test_what_is_no_pattern_is_null_with_a_reason(pattern):
    trace = []

    value = interpreting.compute("matches(a, p)", {"a": "a", "p": pattern}, trace=trace)

    assert value is None
    assert "正则表达式" in trace[0].message


@pytest.mark.parametrize("flags", ["p", "X", " ", "ig"])
def test_an_unknown_flag_is_null(flags):
    assert matches("a", "a", flags) is None


@pytest.mark.parametrize(
    ("call", "value"),
    [
        ('replace("2024年产值", "(\\d+)年", "[$1]")', "[2024]产值"),
        ('replace("abc", "b", "$0$0")', "abbc"),
        ('replace("abc", "(b)", "$12")', "ab2c"),
        ('replace("abc", "b", "$1")', "ac"),
        ('replace("abc", "(b)|(x)", "<$2>")', "a<>c"),
        ('replace("abc", "b", "\\\\$")', "a$c"),
        ('replace("a.c", ".", "$1", "q")', "a$1c"),
        ('replace("aBc", "b", "-", "i")', "a-c"),
        ('replace("aaa", "a{2}", "b")', "ba"),
    ],
)
def test_matches_are_replaced(call, value):
    assert interpreting.compute(call, {}) == value


@pytest.mark.parametrize("replacement", ["$", "a$b", "\\\\", "\\\\a"])
def test_a_wrong_replacement_is_null_with_a_reason(replacement):
    assert "替换文本" in problem(f'replace("a", "a", "{replacement}")')


@pytest.mark.parametrize("call", ['replace("a", "b*", "c")', 'split("a", "x?")'])
def test_a_pattern_that_matches_nothing_at_all_neither_replaces_nor_splits(call):
    assert "能匹配空文本" in problem(call)


@pytest.mark.parametrize(
    ("text", "delimiter", "parts"),
    [
        ("a;b;;", ";", ["a", "b", "", ""]),
        ("a1b22c", "[0-9]+", ["a", "b", "c"]),
        ("a1b", "([0-9])", ["a", "b"]),
        ("ab", ",", ["ab"]),
        ("", ",", [""]),
    ],
)
def test_a_text_is_split(text, delimiter, parts):
    assert interpreting.compute("split(a, b)", {"a": text, "b": delimiter}) == parts


@pytest.mark.parametrize(
    "pattern", ["(a?){1000}a{1000}b", "(a|aa)+$", "((a+)(a+))+[bd]", r"(a*)*\1b"]
)
def test_a_pattern_that_explodes_is_stopped(pattern):
    node = parse_expression("every x in 1..1000000 satisfies not(matches(a, p))", known=KNOWN)
    scope = Scope({"a": "a" * 2000 + "c", "p": pattern}, work=Work(pattern_seconds=0.05))

    with pytest.raises(TooMuchWork, match="正则表达式"):
        interpreting.evaluate(node, scope)


PIECES = st.sampled_from(["a", "b", ".", "[ab]", "[^a]", "(a|b)", "(?:ab)", "a*", "b+?", "a{1,2}"])


@settings(max_examples=rounds(100, 5000))
@given(pattern=st.lists(PIECES, max_size=6).map("".join), text=st.text("abc", max_size=8))
def test_what_both_dialects_know_means_the_same(pattern, text):
    assert matches(text, pattern) is bool(re.search(pattern, text))


@settings(max_examples=rounds(200, 20_000))
@given(
    pattern=st.text("ab01()[]{}?*+^$|\\.,-:ipPsdwcIs &~", max_size=12),
    flags=st.text("smixq", max_size=2),
)
def test_whatever_the_pattern_there_is_an_answer(pattern, flags):
    assert matches("ab1", pattern, flags) in {True, False, None}


@settings(max_examples=rounds(60, 2000))
@given(text=st.text("ab.*", max_size=8), part=st.text("ab.*", min_size=1, max_size=2))
def test_a_quoted_pattern_is_plain_text(text, part):
    facts = {"a": text, "p": part}

    assert matches(text, part, "q") is (part in text)
    assert interpreting.compute('replace(a, p, "-", "q")', facts) == text.replace(part, "-")
