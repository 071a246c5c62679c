"""Which text is which tree: the grammar of FEEL, names that only the scope can tell, keyboards."""

import html
import pathlib
import re
from decimal import Decimal

import pytest

from jingkai.core.rules.feel.nodes import (
    And,
    Arithmetic,
    AtLiteral,
    Between,
    Call,
    Comparison,
    Constant,
    ContextLiteral,
    ContextType,
    Filter,
    For,
    FunctionDefinition,
    FunctionType,
    If,
    In,
    InstanceOf,
    Iterator,
    ListLiteral,
    ListType,
    Name,
    NamedType,
    Negation,
    Or,
    Parameter,
    Path,
    Quantified,
    RangeLiteral,
    RangeType,
    Sign,
    Span,
    UnaryComparison,
    UnaryTests,
)
from jingkai.core.rules.feel.parsing import Known, parse_expression, parse_type, parse_unary_tests
from tests.environment import rounds

KIT = pathlib.Path(__file__).parents[4] / "shared" / "data" / "dmn-tck"
A, B, C, X, Y = map(Name, "abcxy")


def n(number):
    return Constant(Decimal(number))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("null", None),
        ("true", True),
        ("false", False),
        ("12", Decimal(12)),
        ("-12", Decimal(-12)),
        (".5", Decimal("0.5")),
        ("1.0E+3", Decimal(1000)),
        ("3e-2", Decimal("0.03")),
        ("１２．５", Decimal("12.5")),
        ('"A"', "A"),
        ('""', ""),
        ("“A级”", "A级"),
        ("「A级」", "A级"),
        ('"他说“好”，＞"', "他说“好”，＞"),
        ('"第一行\n第二行"', "第一行\n第二行"),
        (r'"\"\\\n\t\'"', "\"\\\n\t'"),
        (r'"\u4e2d\U01F40E"', "中🐎"),
        (r'"\ud83d\udc0e"', "🐎"),
        (r'"\d+\s"', r"\d+\s"),
    ],
)
def test_a_literal_is_its_value(text, value):
    assert parse_expression(text) == Constant(value)


def test_a_number_keeps_thirty_four_digits():
    read = parse_expression("0.12345678901234567890123456789012345")

    assert read == n("0.1234567890123456789012345678901234")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a+b*c", Arithmetic(Sign.ADD, A, Arithmetic(Sign.MULTIPLY, B, C))),
        ("a-b-c", Arithmetic(Sign.SUBTRACT, Arithmetic(Sign.SUBTRACT, A, B), C)),
        ("a**b**c", Arithmetic(Sign.POWER, Arithmetic(Sign.POWER, A, B), C)),
        ("-5**2", Arithmetic(Sign.POWER, n(-5), n(2))),
        ("-a**2", Arithmetic(Sign.POWER, Negation(A), n(2))),
        ("2**-a", Arithmetic(Sign.POWER, n(2), Negation(A))),
        ("--5", Negation(n(-5))),
        ("-a.b", Negation(Path(A, "b"))),
        ("(a+b)*c", Arithmetic(Sign.MULTIPLY, Arithmetic(Sign.ADD, A, B), C)),
        ("a or b and c", Or((A, And((B, C))))),
        ("a or b or c", Or((A, B, C))),
        ("(a or b) or c", Or((Or((A, B)), C))),
        ("a = b + c", Comparison(Sign.EQUAL, A, Arithmetic(Sign.ADD, B, C))),
        ("a < b and b >= c", And((Comparison(Sign.LESS, A, B), Comparison(Sign.AT_LEAST, B, C)))),
        ("a between 1 and 2 and b", And((Between(A, n(1), n(2)), B))),
        ("a.b between c and -1", Between(Path(A, "b"), C, n(-1))),
        ('@"2026-03-01"', AtLiteral("2026-03-01")),
        ('date("2026-03-01")', Call(Name("date"), (Constant("2026-03-01"),))),
        ("f()", Call(Name("f"))),
        ("f(a)(b)", Call(Call(Name("f"), (A,)), (B,))),
        ("f(a: 1, the b: x)", Call(Name("f"), (), (("a", n(1)), ("the b", X)))),
        ("a[b > 1].c[1]", Filter(Path(Filter(A, Comparison(Sign.GREATER, B, n(1))), "c"), n(1))),
        ("[[a], []]", ListLiteral((ListLiteral((A,)), ListLiteral(())))),
        ("not(a)", Call(Name("not"), (A,))),
        ("1 + // 到行尾\n 2", Arithmetic(Sign.ADD, n(1), n(2))),
        ("1 /* 中间 ** / */ + 2", Arithmetic(Sign.ADD, n(1), n(2))),
    ],
)
def test_operators_bind_as_the_standard_says(text, tree):
    assert parse_expression(text) == tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("if a then b else c", If(A, B, C)),
        ("if a then b else if c then x else y", If(A, B, If(C, X, Y))),
        ("1 + if a then b else c", Arithmetic(Sign.ADD, n(1), If(A, B, C))),
        ("for x in a return x", For((Iterator("x", A),), X)),
        (
            "for x in 1..n, y in x return y",
            For((Iterator("x", n(1), Name("n")), Iterator("y", X)), Y),
        ),
        (
            "for x in [1..2] return x",
            For((Iterator("x", RangeLiteral(n(1), n(2), True, True)),), X),
        ),
        (
            "some x in a, y in b satisfies x",
            Quantified("some", (Iterator("x", A), Iterator("y", B)), X),
        ),
        (
            "every the x in a satisfies the x",
            Quantified("every", (Iterator("the x", A),), Name("the x")),
        ),
        (
            "function(a: number, b) a",
            FunctionDefinition((Parameter("a", NamedType("number")), Parameter("b")), A),
        ),
        (
            "function(a) external {java: 1}",
            FunctionDefinition((Parameter("a"),), ContextLiteral((("java", n(1)),)), True),
        ),
        ("(function() a)()", Call(FunctionDefinition((), A))),
        ('{a: 1, "b c": a}.b c', Path(ContextLiteral((("a", n(1)), ("b c", A))), "b c")),
        ("{a+b: 1}", ContextLiteral((("a+b", n(1)),))),
        ("{}", ContextLiteral(())),
    ],
)
def test_forms_with_a_word_of_their_own(text, tree):
    assert parse_expression(text) == tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("[1..5]", RangeLiteral(n(1), n(5), True, True)),
        ("(1..5]", RangeLiteral(n(1), n(5), False, True)),
        ("[1..5[", RangeLiteral(n(1), n(5), True, False)),
        ("]a..b)", RangeLiteral(A, B, False, False)),
        ("[1.5.. .5]", RangeLiteral(n("1.5"), n("0.5"), True, True)),
        ("[1..a[1]]", RangeLiteral(n(1), Filter(A, n(1)), True, True)),
        (
            "[[1..2[, ]a..b[]",
            ListLiteral((RangeLiteral(n(1), n(2), True, False), RangeLiteral(A, B, False, False))),
        ),
        ("(<5)", RangeLiteral(None, n(5), False, False)),
        ("(<= 5)", RangeLiteral(None, n(5), False, True)),
        ("(>5)", RangeLiteral(n(5), None, False, False)),
        ("(>=5)", RangeLiteral(n(5), None, True, False)),
        ("(=5)", RangeLiteral(n(5), n(5), True, True)),
        ("(!=5)", UnaryComparison(Sign.UNEQUAL, n(5))),
        ("(1..5].start included", Path(RangeLiteral(n(1), n(5), False, True), "start included")),
        ("x in ]1..2[ and y", And((In(X, (RangeLiteral(n(1), n(2), False, False),)), Y))),
        ("x in (1..2]", In(X, (RangeLiteral(n(1), n(2), False, True),))),
        ("x in [1, 2]", In(X, (ListLiteral((n(1), n(2))),))),
        ("x in (1, [2..3])", In(X, (n(1), RangeLiteral(n(2), n(3), True, True)))),
        (
            "x in (<5, >10)",
            In(X, (UnaryComparison(Sign.LESS, n(5)), UnaryComparison(Sign.GREATER, n(10)))),
        ),
        ("x in <5", In(X, (UnaryComparison(Sign.LESS, n(5)),))),
        ("x in (a)", In(X, (A,))),
        ("x in (a)[1] or y", Or((In(X, (Filter(A, n(1)),)), Y))),
        ("x in (a + b) * c", In(X, (Arithmetic(Sign.MULTIPLY, Arithmetic(Sign.ADD, A, B), C),))),
        ("x in (a in (b))", In(X, (In(A, (B,)),))),
    ],
)
def test_ranges_and_what_follows_in(text, tree):
    assert parse_expression(text) == tree


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("number", NamedType("number")),
        ("days and time duration", NamedType("days and time duration")),
        ("years   and months duration", NamedType("years and months duration")),
        ("tLoan", NamedType("tLoan")),
        ("企业 规模", NamedType("企业 规模")),
        ("lib.tLoan", NamedType("lib.tLoan")),
        ("list", NamedType("list")),
        ("list<list<Any>>", ListType(ListType(NamedType("Any")))),
        ("range<date>", RangeType(NamedType("date"))),
        ("context<>", ContextType(())),
        ("context<a b: number>", ContextType((("a b", NamedType("number")),))),
        ("function<>->Any", FunctionType((), NamedType("Any"))),
        (
            "function<string, list<number>> -> date and time",
            FunctionType(
                (NamedType("string"), ListType(NamedType("number"))), NamedType("date and time")
            ),
        ),
    ],
)
def test_types_as_they_are_written(text, of):
    assert parse_type(text) == of
    assert parse_expression(f"x instance of {text} and y") == And((InstanceOf(X, of), Y))


@pytest.mark.parametrize(
    ("cell", "tests"),
    [
        ("-", UnaryTests(())),
        ("－", UnaryTests(())),
        ("", UnaryTests(())),
        ("-5", UnaryTests((n(-5),))),
        (
            "<5, >= 10",
            UnaryTests((UnaryComparison(Sign.LESS, n(5)), UnaryComparison(Sign.AT_LEAST, n(10)))),
        ),
        ("= 5", UnaryTests((UnaryComparison(Sign.EQUAL, n(5)),))),
        ("≠ 5", UnaryTests((UnaryComparison(Sign.UNEQUAL, n(5)),))),
        ("(<5)", UnaryTests((RangeLiteral(None, n(5), False, False),))),
        ("“A”，“B”", UnaryTests((Constant("A"), Constant("B")))),
        (
            'not("A", <5)',
            UnaryTests((Constant("A"), UnaryComparison(Sign.LESS, n(5))), negated=True),
        ),
        ("not(a) or b", UnaryTests((Or((Call(Name("not"), (A,)), B)),))),
        ("not(negand: a)", UnaryTests((Call(Name("not"), (), (("negand", A),)),))),
        ("? > 5 and x", UnaryTests((And((Comparison(Sign.GREATER, Name("?"), n(5)), X)),))),
        ("[1..2], null", UnaryTests((RangeLiteral(n(1), n(2), True, True), Constant(None)))),
    ],
)
def test_cells_of_a_decision_table(cell, tests):
    assert parse_unary_tests(cell) == tests


def test_a_node_knows_its_place_in_the_text():
    text = "上年＞1 and 等级 in（“A”, “B”）"

    read = parse_expression(text)

    comparison, membership = read.operands
    assert read.at == Span(0, len(text))
    assert text[comparison.at.start : comparison.at.end] == "上年＞1"
    assert text[membership.at.start : membership.at.end] == "等级 in（“A”, “B”）"


def test_two_trees_are_equal_wherever_they_stand():
    assert parse_expression("  a +  b") == parse_expression("a+b")


@pytest.mark.parametrize("word", ["or", "and", "+"])
def test_a_chain_of_many_thousand_parts_is_read(word):
    text = f" {word} ".join(["a"] * rounds(20_000, 100_000))

    read = parse_expression(text)

    assert read.at == Span(0, len(text))


def test_a_ladder_of_thousands_of_else_ifs_is_read():
    read = parse_expression("if a then b else " * 5_000 + "c")

    rungs = 0
    while isinstance(read, If):
        read, rungs = read.no, rungs + 1
    assert (rungs, read) == (5_000, C)


CELLS = {"inputEntry", "allowedValues", "outputValues", "inputValues", "typeConstraint"}
BOXES = "|".join([*CELLS, "literalExpression", "inputExpression", "outputEntry"])
TEXT = re.compile(
    rf"<(?:\w+:)?({BOXES})\b[^>]*>\s*<(?:\w+:)?text>(.*?)</(?:\w+:)?text>", re.DOTALL
)
CELLS = {"inputEntry", "allowedValues", "outputValues", "inputValues", "typeConstraint"}


@pytest.mark.skipif(not KIT.exists(), reason="the DMN conformance kit is not here")
def test_every_text_of_the_conformance_kit_is_read():
    count = 0

    for path in sorted(KIT.rglob("*.dmn")):
        model = re.sub("<!--.*?-->", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        names = frozenset(map(html.unescape, re.findall(r'\bname="([^"]*)"', model)))
        known = Known(names, names)
        for box, content in TEXT.findall(model):
            text = html.unescape(content.strip().removeprefix("<![CDATA[").removesuffix("]]>"))
            read = parse_unary_tests if box in CELLS else parse_expression
            if text:
                read(text, known=known)
                count += 1

    assert count > 3_500
