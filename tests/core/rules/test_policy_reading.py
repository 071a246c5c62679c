"""A policy written as a DMN model."""

from datetime import date
from decimal import Decimal

import pytest

from jingkai.core.rules.dmn import reading as dmn
from jingkai.core.rules.dmn.evaluating import evaluate_decision
from jingkai.core.rules.policies.model import (
    All,
    Anchor,
    AnyOf,
    AtLeast,
    BadPolicy,
    HitPolicy,
    Leaf,
    Mark,
    MoneyUnit,
    Not,
    Rounding,
    StackingCap,
    Table,
)
from jingkai.core.rules.policies.reading import policy_from
from jingkai.core.rules.policies.statuses import Verdict
from jingkai.core.rules.policies.verdicts import tree_from
from tests.core.rules.policy_examples import explained, feel

MODEL = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/"
    xmlns:jk="https://jingkai.example/policy"
    namespace="https://jingkai.example/p/rd" name="研发补助">
  <extensionElements>
    <jk:policy code="P1" documentNo="济财〔2024〕1号" issuer="市财政局" level="市" region="370100"
        publishedOn="2024-01-05" effectiveFrom="2024-02-01" effectiveTo="2027-01-01"
        benefitKind="补助" exclusiveGroup="研发" stackingGroup="年度" stackingCapYuan="5000000"
        withoutApplication="true" fairCompetitionReview="公审2024-3" mark="verified" source="官网">
      <jk:material>审计报告</jk:material><jk:material>承诺书</jk:material>
      <jk:replaces>P0</jk:replaces>
    </jk:policy>
  </extensionElements>
  <inputData id="i1" name="上年"><variable name="上年"/></inputData>
  <inputData id="i2" name="信用等级"><variable name="信用等级" typeRef="string"/></inputData>
  <inputData id="i3" name="高新技术企业"><variable name="高新技术企业"/></inputData>
  <knowledgeSource id="k1" name="《研发补助办法》">
    <extensionElements>
      <jk:anchor document="《研发补助办法》" article="第八条">研发投入占比不低于3%</jk:anchor>
    </extensionElements>
  </knowledgeSource>
  <decision id="h1" name="研发占比"><variable name="研发占比"/>
    <informationRequirement><requiredInput href="#i1"/></informationRequirement>
    <literalExpression><text>上年.研发费用 / 上年.营业收入</text></literalExpression>
  </decision>
  <decision id="c1" name="研发投入达标"><variable name="研发投入达标"/>
    <informationRequirement><requiredDecision href="#h1"/></informationRequirement>
    <authorityRequirement><requiredAuthority href="#k1"/></authorityRequirement>
    <literalExpression><text>研发占比 &gt;= 0.03</text></literalExpression>
  </decision>
  <decision id="c2" name="信用良好">
    <extensionElements><jk:applies>上年.从业人员 &gt;= 20</jk:applies></extensionElements>
    <variable name="信用良好"/>
    <informationRequirement><requiredInput href="#i2"/></informationRequirement>
    <decisionTable hitPolicy="FIRST">
      <input><inputExpression><text>信用等级</text></inputExpression></input>
      <output><defaultOutputEntry><text>true</text></defaultOutputEntry></output>
      <rule><inputEntry><text>"C","D"</text></inputEntry>
        <outputEntry><text>false</text></outputEntry></rule>
    </decisionTable>
  </decision>
  <decision id="c3" name="现场核查"><question>生产现场符合要求吗</question>
    <variable name="现场核查"/>
  </decision>
  <decision id="v" name="预审结论">
    <extensionElements><jk:verdict/></extensionElements>
    <variable name="预审结论"/>
    <informationRequirement><requiredDecision href="#c1"/></informationRequirement>
    <informationRequirement><requiredDecision href="#c2"/></informationRequirement>
    <informationRequirement><requiredDecision href="#c3"/></informationRequirement>
    <literalExpression><text>研发投入达标 and 信用良好 and not(现场核查)</text></literalExpression>
  </decision>
  <decision id="a" name="补助金额">
    <extensionElements>
      <jk:amount unit="万元" cap="200" rounding="down" step="元"/>
    </extensionElements>
    <variable name="补助金额"/>
    <informationRequirement><requiredInput href="#i1"/></informationRequirement>
    <literalExpression><text>上年.研发费用 * 0.1</text></literalExpression>
  </decision>
</definitions>"""

FIRST = 'Input href="#i1"'
HELPER_NEEDS = """<variable name="研发占比"/>
    <informationRequirement><requiredInput href="#i1"/>"""

DOUBLE = """<decision id="d{number}" name="{name}"><variable name="{name}"/>
    <informationRequirement><requiredDecision href="#{need}"/></informationRequirement>
    <literalExpression><text>{of} + {of}</text></literalExpression>
  </decision>"""


def read(*changes):
    xml = MODEL
    for old, new in changes:
        assert old in xml
        xml = xml.replace(old, new)
    return policy_from(dmn.read(xml.encode()))


def test_the_header_is_read():
    header = read().header

    assert (header.code, header.title, header.document_no) == ("P1", "研发补助", "济财〔2024〕1号")
    assert (header.published_on, header.effective_from) == (date(2024, 1, 5), date(2024, 2, 1))
    assert (header.window_from, header.channel) == (None, "")
    assert header.materials == ("审计报告", "承诺书")
    assert header.replaces == ("P0",)
    assert header.stacking == StackingCap(group="年度", cap_fen=500_000_000)
    assert header.without_application
    assert header.mark is Mark.VERIFIED


def test_a_policy_is_unverified_unless_it_says_otherwise():
    assert read((' mark="verified"', "")).header.mark is Mark.UNVERIFIED


def test_conditions_are_what_the_verdict_names():
    given = read()

    assert [one.name for one in given.conditions] == ["研发投入达标", "信用良好", "现场核查"]
    assert given.tree == All((Leaf("研发投入达标"), Leaf("信用良好"), Not(Leaf("现场核查"))))


def test_a_condition_has_its_place_in_the_text_and_its_helpers_put_in():
    condition = read().by_name["研发投入达标"]

    assert condition.test == feel("上年.研发费用 / 上年.营业收入 >= 0.03")
    assert condition.anchor == Anchor(
        document="《研发补助办法》", article="第八条", quotation="研发投入占比不低于3%"
    )


def test_a_table_is_a_condition_and_may_apply_to_some_only():
    condition = read().by_name["信用良好"]

    assert isinstance(condition.test, Table)
    assert condition.test.hit_policy is HitPolicy.FIRST
    assert condition.applies == feel("上年.从业人员 >= 20")


def test_a_decision_without_logic_is_for_a_person():
    condition = read().by_name["现场核查"]

    assert condition.test is None
    assert condition.text == "生产现场符合要求吗"


def test_the_amount_is_read_with_unit_cap_and_rounding():
    amount = read().amount

    assert (amount.unit, amount.cap) == (MoneyUnit.WAN, Decimal(200))
    assert (amount.rounding, amount.step_fen) == (Rounding.DOWN, 100)


@pytest.mark.parametrize("spent", [29, 30])
@pytest.mark.parametrize("grade", ["A", "D"])
def test_where_everything_is_known_any_dmn_engine_gives_the_same_verdict(spent, grade):
    xml = MODEL.replace(" and not(现场核查)", "").encode()
    numbers = {"研发费用": Decimal(spent), "营业收入": Decimal(1000), "从业人员": Decimal(30)}

    by_dmn = evaluate_decision(dmn.read(xml), "预审结论", {"上年": numbers, "信用等级": grade})
    ours = explained(
        policy_from(dmn.read(xml)), 信用等级=grade, **{name: [n] for name, n in numbers.items()}
    )

    assert by_dmn.value is (ours.verdict is Verdict.ELIGIBLE)


def test_a_policy_from_a_file_is_decided_like_any_other():
    given = read((" and not(现场核查)", ""))

    found = explained(given, 研发费用=[30], 营业收入=[1000], 从业人员=[30], 信用等级="A")

    assert found.verdict is Verdict.ELIGIBLE
    assert found.grant.amount_fen == 3_000_000


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("<jk:verdict/>", "", "没有标明结论"),
        ("<jk:amount unit", "<jk:verdict/><jk:amount unit", "2 个决策标为 jk:verdict"),
        ("and not(现场核查)", "and 环保达标", "不存在的条件“环保达标”"),
        ("and not(现场核查)", "and 现场核查 = true", "只能用条件名称"),
        ('code="P1"', "", "没有编码"),
        ('publishedOn="2024-01-05"', 'publishedOn="去年"', "不是日期"),
        ('unit="万元"', 'unit="美元"', "应为 元、万元 之一"),
        ('cap="200"', 'cap="很多"', "不是不小于 0 的数字"),
        ('cap="200"', 'cap="-1"', "不是不小于 0 的数字"),
        ('step="元"', 'step="角"', "取整单位“角”不存在"),
        ('hitPolicy="FIRST"', 'hitPolicy="RULE ORDER"', "不能用于政策"),
        ("上年.从业人员 &gt;= 20", "上年.从业人员 &gt;=", "适用范围"),
        ("研发占比 &gt;= 0.03", "研发占比 &gt;=", "模型有错误"),
        (HELPER_NEEDS, HELPER_NEEDS.replace(FIRST, 'Decision href="#c2"'), "须为 FEEL"),
        (HELPER_NEEDS, HELPER_NEEDS.replace(FIRST, 'Decision href="#h1"'), "形成循环"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_model_is_said(old, new, message):
    with pytest.raises(BadPolicy, match=message):
        read((old, new))


def test_an_expression_that_is_too_deep_or_grows_too_large_is_refused():
    deep = " + ".join(["上年.研发费用"] * 200)
    with pytest.raises(BadPolicy, match="“补助金额”的表达式过长"):
        read(("上年.研发费用 * 0.1", deep))
    with pytest.raises(BadPolicy, match="表达式过长"):
        read(*_doubling(20))


def _doubling(times):
    """Change the helper into a chain, each of which names the one before twice."""
    names = ["研发占比", *(f"倍{number}" for number in range(times))]
    needs = ["h1", *(f"d{number}" for number in range(times))]
    decisions = "".join(
        DOUBLE.format(number=number, name=names[number + 1], of=names[number], need=needs[number])
        for number in range(times)
    )
    old = '<requiredDecision href="#h1"/></informationRequirement>\n    <authority'
    return (
        (old, old.replace("h1", needs[-1])),
        ("研发占比 &gt;= 0.03", f"{names[-1]} &gt;= 0.03"),
        ('<decision id="c1"', f'{decisions}<decision id="c1"'),
    )


def test_at_least_so_many_is_written_as_a_count():
    tree = tree_from(feel("count([甲, 乙 or 丙, 丁][item = true]) >= 2"), "结论")

    assert tree == AtLeast(2, (Leaf("甲"), AnyOf((Leaf("乙"), Leaf("丙"))), Leaf("丁")))
