"""What expressions compute to, and what is said where they have no value."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jingkai.core.rules.feel import describing, interpreting
from jingkai.core.rules.feel.bounds import TooMuchWork
from jingkai.core.rules.feel.builtins import FUNCTIONS
from jingkai.core.rules.feel.functions import Form, Function, Parameter
from jingkai.core.rules.feel.nodes import NOWHERE
from jingkai.core.rules.feel.parsing import parse_expression, parse_unary_tests
from jingkai.core.rules.feel.scopes import Scope, Work
from jingkai.core.rules.feel.types import NUMBER, ContextOf
from tests.core.rules import feel_trees
from tests.environment import rounds

ENTERPRISE = {
    "营业收入": Decimal(2000),
    "研发费用": Decimal(60),
    "信用等级": None,
    "资质": ["高新技术企业", "专精特新"],
    "年度": [
        {"年": Decimal(2024), "税收": Decimal(30)},
        {"年": Decimal(2023), "税收": None},
    ],
}


def compute(text, **facts):
    return interpreting.compute(text, {**ENTERPRISE, **facts})


def problems(text, **facts):
    trace = []
    interpreting.compute(text, {**ENTERPRISE, **facts}, trace=trace)
    return [(text[problem.at.start : problem.at.end], problem.message) for problem in trace]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("研发费用 / 营业收入", Decimal("0.03")),
        ("研发费用 / 营业收入 >= 0.03", True),
        ("研发费用 / 营业收入 > 0.03", False),
        ("0.1 + 0.2 = 0.3", True),
        ("-研发费用", Decimal(-60)),
        ("2 ** 10", Decimal(1024)),
        ('"经" + "开"', "经开"),
        ("信用等级 = null", True),
        ('信用等级 != "D"', True),
        ("信用等级 > 3", None),
        ("研发费用 between 50 and 60", True),
        ("研发费用 between 61 and null", False),
        ("研发费用 between 50 and null", None),
        ("营业收入 in (< 10, [1000..2000])", True),
        ("营业收入 in (1000..2000)", False),
        ('"专精特新" in 资质', True),
        ("[1, 2] in [[1, 2], [3]]", True),
        ("5 in [[1..3], [4..6]]", True),
        ("年度[1].税收", Decimal(30)),
        ("年度[-1].年", Decimal(2023)),
        ("年度.税收", [Decimal(30), None]),
        ("年度[税收 > 20].年", [Decimal(2024)]),
        ("count(年度[item.年 > 2000])", Decimal(2)),
        ("年度[税收 = null].年", [Decimal(2023)]),
        ("[][1]", None),
        ("[][item > 1]", []),
        ("[1, 2, 3][count([1, 2])]", Decimal(2)),
        ('@"2024-02-29".year', Decimal(2024)),
        ("[1..5].end", Decimal(5)),
        ("(function(a, b: number) a * b)(2, 3)", Decimal(6)),
        ("(function(a, b) a - b)(b: 2, a: 3)", Decimal(1)),
        ("(function(税率) 营业收入 * 税率)(0.1)", Decimal(200)),
        ("{a: 1, b: a + 1, c: {d: b + 1}}.c.d", Decimal(3)),
        ("{a: 1, a: 2}", None),
        ("营业收入 instance of number", True),
        ("资质 instance of list<string>", True),
        ("信用等级 instance of string", False),
    ],
)
def test_an_expression_has_its_value(text, value):
    assert compute(text) == value


@pytest.mark.parametrize("left", ["true", "false", "null"])
@pytest.mark.parametrize("right", ["true", "false", "null"])
def test_and_and_or_follow_kleene(left, right):
    values = {"true": True, "false": False, "null": None}
    pair = {values[left], values[right]}

    both = compute(f"{left} and {right}")
    either = compute(f"{left} or {right}")

    assert both is (False if False in pair else None if None in pair else True)
    assert either is (True if True in pair else None if None in pair else False)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("some x in [1, 2] satisfies x > 1", True),
        ("some x in [1, null] satisfies x > 1", None),
        ("some x in [2, null] satisfies x > 1", True),
        ("some x in [] satisfies x > 1", False),
        ("every x in [2, 3] satisfies x > 1", True),
        ("every x in [2, null] satisfies x > 1", None),
        ("every x in [1, null] satisfies x > 1", False),
        ("every x in [] satisfies x > 1", True),
        ("some x in [1, 2], y in [x + 1] satisfies y = 3", True),
        ("some x in null satisfies x", None),
    ],
)
def test_quantifiers_know_what_a_missing_fact_leaves_open(text, value):
    assert compute(text) is value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("for i in 1..3 return i * i", [1, 4, 9]),
        ("for i in 3..1 return i", [3, 2, 1]),
        ("for i in [1..3] return i", [1, 2, 3]),
        ("for i in 7 return i", [7]),
        ("for x in [[1, 2], [3]], y in x return y", [1, 2, 3]),
        ("for i in 1..5 return if i = 1 then 1 else i * partial[-1]", [1, 2, 6, 24, 120]),
        ("for i in 1..3 return count(partial)", [0, 1, 2]),
        ("for i in 1..2 return partial", [[], [[]]]),
        ("for i in (1..3) return i", None),
        ("for i in 1..2.5 return i", None),
        ('for i in "a".."c" return i', None),
    ],
)
def test_a_loop_runs_over_lists_and_counts(text, value):
    assert compute(text) == value


@pytest.mark.parametrize("test", ["null", "1", '"是"', "false"])
def test_a_condition_that_is_not_true_takes_the_other_branch(test):
    assert compute(f'if {test} then "是" else "否"') == "否"


def test_a_function_of_a_context_may_call_itself():
    text = "{阶乘: function(n) if n < 2 then 1 else n * 阶乘(n - 1), 值: 阶乘(20)}.值"

    assert compute(text) == Decimal(2432902008176640000)


def test_a_function_keeps_the_names_of_where_it_was_made():
    text = "{a: 1, f: function() a, g: {a: 2, 值: f()}}.g.值"

    assert compute(text) == 1


def test_an_item_called_item_is_the_one_the_filter_means():
    assert compute("[{item: 1}, {item: 2}][item >= 2]") == [{"item": 2}]


def test_an_entry_of_the_item_hides_a_name_outside():
    assert compute("年度[年 = 2024].税收", 年=Decimal(1)) == [30]


@pytest.mark.parametrize("text", ["+".join("1" * 5000), "if false then 0 else " * 3000 + "5000"])
def test_a_long_chain_needs_no_deep_stack(text):
    assert compute(text) == 5000


@pytest.mark.parametrize(
    ("tests", "value", "passes"),
    [
        ("-", None, True),
        ("< 5", 4, True),
        ("< 5", 5, False),
        ("< 5", None, None),
        ("[5..9], > 20", 9, True),
        ("[5..9], > 20", 10, False),
        ("not(5, 6)", 6, False),
        ("not(5, 6)", 7, True),
        ("not(< 5)", None, None),
        ('"A", "B"', "B", True),
        ('"A"', None, False),
        ("null", None, True),
        ("? * 2 > 5, 1", 3, True),
        ("? * 2 > 5, 1", 2, False),
        ("count([1, 2])", 2, True),
        ("[1, 2, 3]", 2, True),
        ("true", True, True),
        ("营业收入 > 1000", 5, None),
    ],
)
def test_a_cell_of_a_table_is_passed(tests, value, passes):
    given = Decimal(value) if type(value) is int else value
    node = parse_unary_tests(tests, known=interpreting.known_from(ENTERPRISE))

    verdict = interpreting.evaluate_tests(node, given, Scope(ENTERPRISE))

    assert verdict is passes


@pytest.mark.parametrize(
    ("text", "place", "saying"),
    [
        ("营业收人 > 3", "营业收人", "不认识名称“营业收人”"),
        ("营业收入 / 0 > 1", "营业收入 / 0", "除数是 0"),
        ("信用等级 + 1", "信用等级 + 1", "左边是 null"),
        ("1 + 资质", "1 + 资质", "不能用于数和列表"),
        ('营业收入 > "1"', '营业收入 > "1"', "不能比较数和文本"),
        ("年度[1].年份", "年度[1].年份", "已有：年、税收"),
        ("年度[3]", "年度[3]", "列表有 2 项"),
        ("营业收入 and true", "营业收入", "应当是真假值，得到数"),
        ("sqrt(-1)", "sqrt(-1)", "没有平方根"),
        ("sqrt()", "sqrt()", "请写成 sqrt(number)"),
        ("sqrt(n: 4)", "sqrt(n: 4)", "请写成 sqrt(number)"),
        ('sqrt("4")', 'sqrt("4")', "参数 number：应当是数，实际是文本"),
        ("upper case(信用等级)", "upper case(信用等级)", "null（没有记录）"),
        ("营业收入(1)", "营业收入(1)", "数不是函数"),
        ('@"2024-13-01"', '@"2024-13-01"', "不是日期"),
        ("营业收入 instance of 金额", "金额", "不认识这个类型"),
        ("-资质", "-资质", "负号不能用于列表"),
        ("(!= 5)", "!= 5", "前面缺少要比较的值"),
        ("[5..1]", "[5..1]", "起点不大于终点"),
        ("[信用等级..5]", "[信用等级..5]", "起点不大于终点"),
        ("信用等级[1]", "信用等级[1]", "要筛选的列表是 null"),
        ("abs(n: 1, n: 2)", "abs(n: 1, n: 2)", "参数 n 写了两次"),
        ("{a: 1, a: 2}", "2", "键“a”写了两次"),
        ("资质 ** 2", "资质 ** 2", "不能用于列表和数"),
        ("研发费用 between null and 300", "研发费用 between null and 300", "有 null"),
        ("(function(a: 金额) a)(1)", "a: 金额", "不认识参数 a 的类型"),
        (
            "(function(a: list<number>) a)(true)",
            "(function(a: list<number>) a)(true)",
            "应当是数的列表，实际是真假值",
        ),
        ("(function(a: number) a)(资质)", "(function(a: number) a)(资质)", "应当是数"),
    ],
)
def test_a_value_that_is_null_says_where_and_why(text, place, saying):
    found = problems(text)

    assert any(at == place and saying in message for at, message in found)


@settings(max_examples=rounds(200, 5000))
@given(tree=feel_trees.expressions, data=st.data())
def test_whatever_is_written_has_a_value_or_is_stopped(tree, data):
    values = st.sampled_from(
        [None, True, "a", Decimal(3), [Decimal(1), None], {"a": Decimal(2)}, FUNCTIONS["sum"]]
    )
    facts = {name: data.draw(values) for name in feel_trees.NAMES}
    scope = Scope(facts, work=Work(steps=10_000, trace=[]))

    with suppress(TooMuchWork):
        assert describing.of_value(interpreting.evaluate(tree, scope)) != "未知的值"


@settings(max_examples=rounds(100, 5000))
@given(tests=feel_trees.unary_tests, subject=st.sampled_from([None, "a", Decimal(3), True]))
def test_whatever_stands_in_a_cell_is_passed_or_not_or_unknown(tests, subject):
    scope = Scope({"a": Decimal(3)}, work=Work(steps=10_000))

    with suppress(TooMuchWork):
        assert interpreting.evaluate_tests(tests, subject, scope) in {True, False, None}


def test_foreign_code_is_not_run():
    text = (
        '(function() external {java: {class: "java.lang.System", "method signature": "exit()"}})()'
    )

    assert compute(text) is None
    assert "不执行" in problems(text)[0][1]


def test_notes_are_not_kept_without_end():
    assert len(problems("(for i in 1..1000 return i + null)")) == 100


def test_an_empty_filter_notes_nothing():
    assert problems("[][item > 1]") == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("(function(a: number) a)([5])", Decimal(5)),
        ("(function(a: list<number>) a)(5)", [Decimal(5)]),
        ("(function(a: number) a)(null)", None),
        ('string((function(a: date and time) a)(@"2024-05-01"))', "2024-05-01T00:00:00Z"),
    ],
)
def test_an_argument_is_converted_where_feel_says_so(text, value):
    assert compute(text) == value


def test_a_type_of_the_model_may_be_named():
    types = {"金额": ContextOf(frozenset({("元", NUMBER)}))}
    node = parse_expression("{元: 5} instance of 金额")

    assert interpreting.evaluate(node, Scope(work=Work(types=types))) is True


def test_a_function_given_from_outside_is_called_and_its_misuse_noted():
    double = Function(
        name="双倍",
        forms=(Form(parameters=(Parameter(name="n"),), body=lambda n: n * 2),),
    )
    trace = []
    scope = Scope(work=Work(trace=trace))

    assert interpreting.call(double, [Decimal(4)], scope, at=NOWHERE) == 8
    assert interpreting.call_named(double, {"n": Decimal(4)}, scope, at=NOWHERE) == 8
    assert interpreting.call(double, [], scope, at=NOWHERE) is None
    assert [problem.message for problem in trace] == [
        "函数 双倍 不能用 0 个参数调用，请写成 双倍(n)。"
    ]
    assert compute("双倍(双倍(1))", 双倍=double) == 4


def test_a_name_in_scope_hides_the_built_in_function():
    assert compute("count", count=Decimal(3)) == 3


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5 in [1..x]", None),
        ("not(5 in [1..x])", None),
        ("5 in (3, [1..x])", None),
        ("5 in (5, [1..x])", True),
        ("before(range: [1..10], point: 12)", True),
        ("before(point: 12, range: [1..10])", False),
        ("after(range: [1..10], point: 12)", False),
        ("after(point: 12, range: [1..10])", True),
    ],
)
def test_a_missing_end_grants_nothing_and_names_are_taken_as_written(text, value):
    assert compute(text, x=None) is value
