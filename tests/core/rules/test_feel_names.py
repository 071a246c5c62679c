"""Where a FEEL name ends: names hold spaces, signs and keywords, so only the scope can tell."""

from decimal import Decimal

import pytest

from jingkai.core.rules.feel.known import BUILT_IN
from jingkai.core.rules.feel.nodes import (
    Arithmetic,
    Call,
    Comparison,
    Constant,
    Filter,
    Name,
    Path,
    Sign,
    children,
)
from jingkai.core.rules.feel.parsing import Known, parse_expression

A, B, X = map(Name, "abx")


def n(number):
    return Constant(Decimal(number))


def knowing(*names, fields=()):
    return Known(frozenset(names), frozenset(fields))


def test_a_name_may_hold_spaces_signs_and_keywords_when_it_is_known():
    known = knowing(
        "Pre-bureau risk", "profit and loss", "if only", "土地面积(亩)", "R&D 强度", "O'Brien"
    )

    for name in known.names:
        assert parse_expression(f"{name} > 1", known=known) == Comparison(
            Sign.GREATER, Name(name), n(1)
        )


def test_the_longest_known_name_wins():
    known = knowing("a", "b", "a-b", "a-b c")

    assert parse_expression("a-b c", known=known) == Name("a-b c")
    assert parse_expression("a-b*2", known=known) == Arithmetic(Sign.MULTIPLY, Name("a-b"), n(2))


def test_white_space_tells_a_difference_from_a_name_with_a_minus():
    known = knowing("a", "b", "a-b")

    assert parse_expression("a - b", known=known) == Arithmetic(Sign.SUBTRACT, A, B)
    assert parse_expression("(a)-b", known=known) == Arithmetic(Sign.SUBTRACT, A, B)


def test_a_known_name_is_found_whatever_its_spaces_and_width():
    known = knowing("研发费用 占比（%）", "loan amount")

    assert parse_expression("研发费用\n  占比(%)", known=known) == Name("研发费用 占比（%）")
    assert parse_expression("loan\tamount", known=known) == Name("loan amount")


def test_a_name_inside_a_longer_word_is_no_name():
    assert parse_expression("上年营业收入", known=knowing("上年")) == Name("上年营业收入")


def test_an_unknown_name_is_read_up_to_the_next_sign_or_keyword():
    assert parse_expression("date of birth 2 > x") == Comparison(
        Sign.GREATER, Name("date of birth 2"), X
    )
    assert parse_expression("营业收入 增长率 * 2", known=knowing("营业收入")) == Arithmetic(
        Sign.MULTIPLY, Name("营业收入 增长率"), n(2)
    )


def test_what_follows_a_dot_is_a_known_field_or_a_run_of_words():
    known = knowing("a", fields=["net-profit rate"])

    assert parse_expression("a.net-profit rate - 1", known=known) == Arithmetic(
        Sign.SUBTRACT, Path(A, "net-profit rate"), n(1)
    )
    assert parse_expression("a.time offset.hours") == Path(Path(A, "time offset"), "hours")
    assert parse_expression("a.no such - 1") == Arithmetic(Sign.SUBTRACT, Path(A, "no such"), n(1))


def test_a_filter_knows_the_fields_of_its_items():
    known = knowing("a", fields=["net-profit"])

    assert parse_expression("a[net-profit > 1]", known=known) == Filter(
        A, Comparison(Sign.GREATER, Name("net-profit"), n(1))
    )


def test_names_that_a_text_brings_are_known_in_their_scope():
    for text, body in [
        ("function(a-b) a-b", Name("a-b")),
        ("for a-b in xs return a-b", Name("a-b")),
        ("some a-b in xs satisfies a-b", Name("a-b")),
        ("{a-b: 1, c: a-b}", Name("a-b")),
    ]:
        assert list(children(parse_expression(text)))[-1] == body


def test_a_variable_is_forgotten_after_its_loop():
    read = parse_expression("(for a-b in xs return 1) + (a-b)")

    assert read.right == Arithmetic(Sign.SUBTRACT, A, B)


@pytest.mark.parametrize("name", sorted(BUILT_IN - {"?"}))
def test_every_built_in_function_is_one_name(name):
    assert parse_expression(f"{name}(x)") == Call(Name(name), (X,))


def test_what_a_chinese_keyboard_types_is_read_as_meant():
    typed = "（营业收入－成本）×２≥３０００　and　等级 in（“A”、“B”）and 区间 ≠ ［１..２］"

    meant = '(营业收入-成本)*2>=3000 and 等级 in("A","B")and 区间 != [1..2]'

    assert parse_expression(typed) == parse_expression(meant)
