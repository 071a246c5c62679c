"""What keeps a policy from being published, with the place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingkai.core.rules.checking.checks import check
from jingkai.core.rules.checking.notices import Kind, blocks_publication
from jingkai.core.rules.policies.findings import find
from jingkai.core.rules.policies.model import (
    All,
    Amount,
    AnyOf,
    Condition,
    HitPolicy,
    Leaf,
    MoneyUnit,
    Not,
)
from jingkai.core.rules.policies.statuses import Status
from tests.core.rules.policy_examples import (
    CATALOGUE,
    condition,
    feel,
    policy,
    situation,
    table,
)


def notices(*conditions, tree=None, amount=None):
    return check(policy(*conditions, tree=tree, amount=amount), CATALOGUE)


def kinds(text):
    return [notice.kind for notice in notices(condition(text))]


@pytest.mark.parametrize(
    "text",
    [
        "上年.研发费用 / 上年.营业收入 >= 0.03",
        "sum(近三年.研发费用) / sum(近三年.营业收入) >= 0.04",
        "(上年.营业收入 - 前年.营业收入) / 前年.营业收入 >= 0.05",
        "上年.资产负债率 <= 80",
        "上年.负债总额 / 上年.资产总额 <= 0.8",
        '信用等级 in ("A", "B") or 高新技术企业',
        'years and months duration(成立日期, 评估日) >= duration("P3Y")',
        '评估日 - 成立日期 >= duration("P365D")',
        '成立日期 <= @"2020-01-01"',
        '成立日期 + duration("P1Y") <= 评估日',
        'starts with(行业代码, "39")',
        "count(近三年.营业收入[item != null]) >= 2",
        "every x in 近两年.研发费用 satisfies x >= 100",
        "近三年.营业收入[1] > 近三年.营业收入[2]",
        "信用等级 = null",
        "成立日期.year >= 2010",
        "if 高新技术企业 then 上年.营业收入 > 1 else 上年.营业收入 > 2",
        "上年.营业收入 > 10 and 上年.营业收入 < 20",
        "上年.从业人员 < 10 or 上年.从业人员 > 20",
        "max(近两年.营业收入) > 10",
    ],
)
def test_a_sound_condition_has_no_notice(text):
    assert notices(condition(text)) == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("上年.研发经费 > 1", Kind.UNKNOWN_NAME),
        ("研发强度 > 1", Kind.UNKNOWN_NAME),
        ("rd_expense > 1", Kind.UNKNOWN_NAME),
        ("average(近三年.营业收入) > 1", Kind.UNKNOWN_NAME),
        ("成立日期.century > 1", Kind.UNKNOWN_NAME),
        ("营业收入 > 1", Kind.WRONG_PERIOD),
        ('上年.信用等级 = "A"', Kind.WRONG_PERIOD),
        ('上年.营业收入 = "很多"', Kind.WRONG_TYPE),
        ("上年.营业收入", Kind.WRONG_TYPE),
        ("近三年.营业收入 > 1", Kind.WRONG_TYPE),
        ("高新技术企业 > 1", Kind.WRONG_TYPE),
        ("成立日期 > 2020", Kind.WRONG_TYPE),
        ("成立日期 + 1 > 评估日", Kind.WRONG_TYPE),
        ("信用等级 and 高新技术企业", Kind.WRONG_TYPE),
        ("not(上年.营业收入)", Kind.WRONG_TYPE),
        ('starts with(上年.营业收入, "3")', Kind.WRONG_TYPE),
        ("上年.营业收入 > 上年.从业人员", Kind.WRONG_UNIT),
        ("上年.营业收入 + 上年.从业人员 > 5", Kind.WRONG_UNIT),
        ("上年.研发费用 / 上年.营业收入 >= 上年.研发费用占比", Kind.WRONG_UNIT),
        ("上年.研发费用 / 上年.营业收入 >= 3", Kind.SCALE),
        ("上年.资产负债率 <= 0.8", Kind.SCALE),
        ('信用等级 = "E"', Kind.WRONG_CHOICE),
        ('信用等级 in ("A", "AAA")', Kind.WRONG_CHOICE),
        ("1 = 1", Kind.CONSTANT),
        ("true", Kind.CONSTANT),
        ("上年.从业人员 < 0", Kind.NEVER_MET),
        ("上年.从业人员 > 3 and 上年.从业人员 < 4", Kind.NEVER_MET),
        ("上年.营业收入 >= 20000000000", Kind.NEVER_MET),
        ("上年.营业收入 > 10 and 上年.营业收入 < 5", Kind.NEVER_MET),
        ("上年.营业收入 between 10 and 5", Kind.NEVER_MET),
        ('信用等级 = "A" and 信用等级 = "B"', Kind.NEVER_MET),
        ("高新技术企业 and not(高新技术企业)", Kind.NEVER_MET),
        ("sum(近三年.从业人员) < 0", Kind.NEVER_MET),
        ("上年.从业人员 >= 0", Kind.ALWAYS_MET),
        ("上年.从业人员 < 10 or 上年.从业人员 >= 10", Kind.ALWAYS_MET),
        ("高新技术企业 or not(高新技术企业)", Kind.ALWAYS_MET),
        ('信用等级 in ("A", "B", "M", "C", "D")', Kind.ALWAYS_MET),
    ],
)
def test_a_doubtful_condition_is_noticed(text, kind):
    assert kinds(text) == [kind]


def test_only_what_is_merely_doubtful_may_be_published():
    assert blocks_publication(notices(condition("上年.研发经费 > 1")))
    assert blocks_publication(notices(condition("上年.从业人员 < 0")))
    assert not blocks_publication(notices(condition("上年.从业人员 >= 0")))
    assert not blocks_publication(notices(condition("上年.资产负债率 <= 0.8")))


def test_a_notice_shows_the_place_and_what_to_write():
    (notice,) = notices(condition("高新技术企业 and 上年.研发经费 > 1", "投入"))

    assert (notice.part, notice.at.start, notice.at.end) == ("投入", 11, 18)
    assert str(notice) == "“投入”第 12 字：事实目录没有“研发经费”，是否指“研发费用”"


def test_the_amount_must_be_a_number_of_known_facts():
    amount = Amount(value=feel("上年.研发经费 * 0.1"), unit=MoneyUnit.WAN)
    truth = Amount(value=feel("高新技术企业"), unit=MoneyUnit.WAN)

    assert [(n.part, n.kind) for n in notices(condition("高新技术企业"), amount=amount)] == [
        ("金额", Kind.UNKNOWN_NAME)
    ]
    assert [n.kind for n in notices(condition("高新技术企业"), amount=truth)] == [Kind.WRONG_TYPE]


@pytest.mark.parametrize(
    ("text", "unit", "found"),
    [
        ("上年.研发费用 * 0.1", MoneyUnit.WAN, []),
        ("min(上年.研发费用 * 0.1, 200)", MoneyUnit.WAN, []),
        ("200", MoneyUnit.YUAN, []),
        ("上年.研发费用 * 0.1", MoneyUnit.YUAN, [Kind.WRONG_UNIT]),
        ("上年.研发费用 / 上年.营业收入", MoneyUnit.WAN, [Kind.WRONG_UNIT]),
    ],
)
def test_a_formula_must_come_out_in_the_unit_of_the_amount(text, unit, found):
    amount = Amount(value=feel(text), unit=unit)

    assert [n.kind for n in notices(condition("高新技术企业"), amount=amount)] == found


def test_where_a_condition_applies_is_checked_too():
    assert [n.kind for n in notices(condition("高新技术企业", applies="从业人员 > 5"))] == [
        Kind.WRONG_PERIOD
    ]


FIRM, LARGE, SMALL = (
    condition("高新技术企业", "甲"),
    condition("上年.从业人员 >= 300", "乙"),
    condition("上年.从业人员 < 20", "丙"),
)


def test_conditions_that_exclude_each_other_are_noticed_as_a_whole():
    leaves = (Leaf("乙"), Leaf("丙"))

    (notice,) = notices(LARGE, SMALL, tree=All(leaves))

    assert (notice.part, notice.kind) == ("结论", Kind.NEVER_MET)
    assert notices(LARGE, SMALL, tree=AnyOf(leaves)) == ()
    assert notices(LARGE, SMALL, tree=All((Leaf("乙"), Not(Leaf("丙"))))) == ()


def test_a_condition_for_a_person_contradicts_nothing():
    by_hand = Condition(name="丁", test=None)

    assert notices(FIRM, by_hand, tree=Not(All((Leaf("甲"), Leaf("丁"))))) == ()


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([("> 5", '"A"', "true")], []),
        ([("> 5", '"E"', "true")], [Kind.WRONG_CHOICE]),
        ([('"多"', '"A"', "true")], [Kind.WRONG_TYPE]),
        ([("> 5", '"A"', "12")], [Kind.WRONG_TYPE]),
        ([("< 0", '"A"', "true"), ("> 5", "-", "true")], [Kind.NEVER_MET]),
        ([("> 5", '"A"', "false")], [Kind.NEVER_MET]),
        ([("[5..3]", "-", "true"), ("> 5", "-", "true")], [Kind.NEVER_MET]),
    ],
)
def test_the_cells_of_a_table_are_checked(rows, found):
    given_table = table(["上年.从业人员", "信用等级"], rows, HitPolicy.FIRST)

    assert [n.kind for n in notices(Condition(name="表", test=given_table))] == found


def test_a_notice_on_a_table_names_the_row():
    given_table = table(["上年.从业人员"], [("> 5", "true"), ('"多"', "false")])

    assert [n.part for n in notices(Condition(name="规模", test=given_table))] == ["规模 第 2 行"]


whole = st.integers(-1, 4)
comparisons = st.builds(
    "上年.从业人员 {} {}".format, st.sampled_from(["<", "<=", ">", ">=", "=", "!="]), whole
)
texts = st.recursive(
    comparisons | st.sampled_from(["高新技术企业", "not(高新技术企业)"]),
    lambda inner: st.one_of(
        st.builds("({} and {})".format, inner, inner),
        st.builds("({} or {})".format, inner, inner),
        st.builds("not({})".format, inner),
        st.builds("(if {} then {} else {})".format, inner, inner, inner),
    ),
    max_leaves=5,
)


@given(texts)
def test_what_is_never_or_always_met_is_so_for_every_enterprise(text):
    found = set(kinds(text))

    statuses = {
        find(condition(text), situation(从业人员=[count], 高新技术企业=high_tech)).status
        for count in range(7)
        for high_tech in (True, False)
    }

    if Kind.NEVER_MET in found:
        assert statuses == {Status.UNMET}
    if Kind.ALWAYS_MET in found:
        assert statuses == {Status.MET}
