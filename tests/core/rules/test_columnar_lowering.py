"""What an expression becomes over columns, and what is refused, with its place."""

from decimal import Decimal

import pytest

from jingkai.core.rules.columnar.plans import amounts, ir, lowering, plan
from jingkai.core.rules.columnar.plans.ir import (
    Absent,
    Every,
    Known,
    NotColumnar,
    OneOf,
    Opposite,
    Reaches,
    Share,
    ShareReaches,
    StartsWith,
    Total,
)
from jingkai.core.rules.policies.logic import logic
from jingkai.core.rules.policies.model import (
    All,
    Amount,
    AnyOf,
    Condition,
    Header,
    Leaf,
    MoneyUnit,
    Policy,
)
from tests.core.rules.columnar_material import SCHEMA, feel

REVENUE, BEFORE, SPENT = "operating_revenue@1", "operating_revenue@2", "rd_expense@1"
SHARE = Share(((SPENT, 1),), 0, ((REVENUE, 1),), 0)
GROWTH = Share(((REVENUE, 1),), 0, ((BEFORE, 1),), 0)
FOUNDED = Total((("registered_on", 1),))


def lowered(text):
    return lowering.formula(logic(feel(text)), SCHEMA)


def of_one(text, name="条件"):
    return Condition(name=name, test=feel(text))


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        ("上年.营业收入 >= 2000", Reaches(Total(((REVENUE, 1),)), 2_000_000_000)),
        ("上年.营业收入 > 0.0000005", Reaches(Total(((REVENUE, 1),)), 1)),
        ("上年.营业收入 < 2000", Opposite(Reaches(Total(((REVENUE, 1),)), 2_000_000_000))),
        ("3 <= 上年.从业人员", Reaches(Total((("employees@1", 1),)), 3)),
        ("上年.研发费用 / 上年.营业收入 >= 0.03", ShareReaches(SHARE, 3, 100)),
        ("上年.研发费用 / 上年.营业收入 * 100 > 3", ShareReaches(SHARE, 3, 100, strict=True)),
        ("-上年.研发费用 / 上年.营业收入 <= -0.03", ShareReaches(SHARE, 3, 100)),
        ("(上年.营业收入 - 前年.营业收入) / 前年.营业收入 >= 0.1", ShareReaches(GROWTH, 11, 10)),
        ("上年.营业收入 / 前年.营业收入 - 1 >= 0.1", ShareReaches(GROWTH, 11, 10)),
        ('信用等级 in ("A", "B")', OneOf("credit_grade", ("A", "B"))),
        ('not(信用等级 = "D")', Opposite(OneOf("credit_grade", ("D",)))),
        ("信用等级 = null", Absent("credit_grade")),
        ('substring(行业代码, 1, 2) = "39"', StartsWith("industry_code", ("39",))),
        ('成立日期 >= date("1970-01-11")', Reaches(FOUNDED, 10)),
        ('成立日期 <= 评估日 - duration("P365D")', Opposite(Reaches(FOUNDED, 19_724))),
        ("(评估日 - 成立日期).days >= 365", Opposite(Reaches(FOUNDED, 19_724))),
        ('成立日期 + duration("P3Y") <= 评估日', Opposite(Reaches(FOUNDED, 18_993))),
        ("成立日期.year >= 2020", Reaches(FOUNDED, 18_262)),
        ("1 / 3 * 3 = 1", ir.MET),
        ("上年.从业人员 in [3..2]", Known(("employees@1",), ir.UNKNOWN)),
    ],
)
def test_an_expression_becomes_a_formula_of_whole_numbers(text, formula):
    assert lowered(text) == formula


def test_a_test_of_every_year_is_unknown_while_a_year_is_missing():
    years = ("rd_expense@1", "rd_expense@2")
    both = Every(tuple(Reaches(Total(((one, 1),)), 100_000_000) for one in years))

    assert lowered("every x in 近两年.研发费用 satisfies x >= 100") == Known(years, both)


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("上年.营业收入 * 上年.研发费用 > 3", "上年.营业收入 * 上年.研发费用", "两项事实相乘"),
        ("高新技术企业 and 上年.营业 > 3", "上年.营业", "没有“上年.营业”这一列"),
        ('matches(行业代码, "3.")', 'matches(行业代码, "3.")', "matches"),
        ("信用等级 > 3", "信用等级 > 3", "类型"),
        ('信用等级 >= "A"', '信用等级 >= "A"', "先后"),
        ("上年.研发费用 ** 2 > 3", "上年.研发费用 ** 2", "不能按列计算"),
        ("成立日期.month = 3", "成立日期.month", "month"),
        ("上年.研发费用 / 上年.营业收入 >= 0.03333333333", None, "64 位"),
        ("上年.研发费用 / 上年.营业收入 + 上年.净利润 / 上年.总收入 > 1", None, "分母不同"),
    ],
)
def test_what_cannot_run_over_columns_is_refused_with_its_place(text, place, said):
    with pytest.raises(NotColumnar, match=said) as refused:
        lowered(text)

    at = refused.value.at
    assert text[at.start : at.end] == (place or text[at.start : at.end])
    assert at.end > at.start


def test_a_refused_policy_is_named_and_the_others_are_planned():
    good = Policy(
        header=Header(code="P1", title="一"),
        conditions=(of_one("高新技术企业"),),
        tree=Leaf("条件"),
    )
    bad = Policy(
        header=Header(code="P2", title="二"),
        conditions=(of_one('matches(行业代码, "3.")', "行业"),),
        tree=Leaf("行业"),
    )

    planned = plan.plan([good, bad], SCHEMA, versions={"P1": "v1"})

    assert [(one.code, one.version) for one in planned.policies] == [("P1", "v1")]
    assert [(one.code, one.where) for one in planned.refused] == [("P2", "条件“行业”")]
    assert [column.name for column in planned.columns] == ["high_tech"]


def test_policies_that_no_single_attribute_answers_come_first():
    simple = Policy(
        header=Header(code="P1", title="一"),
        conditions=(of_one("高新技术企业"),),
        tree=All((Leaf("条件"),)),
    )
    either = Policy(
        header=Header(code="P2", title="二"),
        conditions=(of_one("高新技术企业", "甲"), of_one("上年.营业收入 > 1", "乙")),
        tree=AnyOf((Leaf("甲"), Leaf("乙"))),
    )

    planned = plan.plan([simple, either], SCHEMA)

    assert [one.code for one in planned.policies] == ["P2", "P1"]


def test_an_amount_is_whole_fen_over_one_divisor():
    amount = Amount(value=feel("上年.研发费用 * 0.05"), unit=MoneyUnit.WAN, cap=Decimal(200))

    planned = amounts.lowered(amount, SCHEMA)

    assert planned.over == 20
    assert planned.otherwise.number == amounts.Sum(((SPENT, 1),), 0)
    assert planned.cap_fen == 200_000_000


def test_an_amount_that_divides_facts_is_refused():
    amount = Amount(value=feel("上年.研发费用 / 上年.从业人员"), unit=MoneyUnit.WAN)

    with pytest.raises(NotColumnar, match="不能是事实相除"):
        amounts.lowered(amount, SCHEMA)


def test_what_is_nested_too_deeply_is_refused_and_not_a_crash():
    chain = Policy(
        header=Header(code="P1", title="一"),
        conditions=(of_one(" + ".join(["上年.营业收入"] * 5000) + " > 1"),),
        tree=Leaf("条件"),
    )

    planned = plan.plan([chain], SCHEMA)

    assert [str(one.reason)[:4] for one in planned.refused] in (["表达式嵌"], [])


def test_a_constant_without_end_is_refused():
    with pytest.raises(NotColumnar, match="已停止"):
        lowered("上年.营业收入 > count(for i in 1..1000000000 return i)")
