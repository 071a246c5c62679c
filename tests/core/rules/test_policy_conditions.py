"""Conditions over facts of which some are missing, and the verdict above them."""

from datetime import date
from decimal import Decimal

import pytest

from jingkai.core.rules.policies.findings import assess, find
from jingkai.core.rules.policies.model import (
    All,
    AnyOf,
    AtLeast,
    BadPolicy,
    Condition,
    Leaf,
    Not,
)
from jingkai.core.rules.policies.references import Reference
from jingkai.core.rules.policies.statuses import Status, Verdict
from jingkai.core.rules.policies.walking import DEEPEST
from tests.core.rules.policy_examples import condition, explained, policy, situation, table

MET, UNMET, UNKNOWN = Status.MET, Status.UNMET, Status.UNKNOWN


def status(text, on=date(2024, 12, 31), **values):
    return find(condition(text), situation(on=on, **values)).status


@pytest.mark.parametrize(
    ("spent", "expected"),
    [("299.999999", UNMET), ("300", MET), ("300.000001", MET), (None, UNKNOWN)],
)
def test_a_share_is_exact_at_its_threshold(spent, expected):
    given = {} if spent is None else {"研发费用": [Decimal(spent)]}

    found = status("上年.研发费用 / 上年.营业收入 >= 0.03", 营业收入=[10_000], **given)

    assert found is expected


@pytest.mark.parametrize(("last", "expected"), [("110", MET), ("109.999999", UNMET)])
def test_growth_is_exact_at_its_threshold(last, expected):
    found = status(
        "(上年.营业收入 - 前年.营业收入) / 前年.营业收入 >= 0.1", 营业收入=[Decimal(last), 100]
    )

    assert found is expected


def test_thirds_add_up_to_a_whole():
    found = status("上年.研发费用 / 3 + 上年.营业收入 / 3 >= 1", 研发费用=[1], 营业收入=[2])

    assert found is MET


@pytest.mark.parametrize("asked", [">= 1", "[1..2]", "(< 1)", "not(< 1)"])
def test_thirds_add_up_to_a_whole_in_a_table_too(asked):
    text = "上年.研发费用 / 3 + 上年.营业收入 / 3"
    at_hand = situation(研发费用=[1], 营业收入=[2])
    given_table = table([text], [(asked, "true")])

    found = find(Condition(name="表", test=given_table), at_hand).status

    assert found is (UNMET if asked == "(< 1)" else MET)
    assert status(f"{text} in [1..2]", 研发费用=[1], 营业收入=[2]) is MET


@pytest.mark.parametrize(
    "text",
    [
        '信用等级 != "D"',
        'not(信用等级 = "D")',
        'not(信用等级 in ("C", "D"))',
        '信用等级 = "A"',
        '信用等级 in ("A", "B")',
        "高新技术企业",
        "not(高新技术企业)",
        "高新技术企业 = false",
        "上年.营业收入 between 100 and 200",
        "sum(近三年.营业收入) > 0",
        "mean(近两年.营业收入) > 0",
        "近三年.营业收入[3] > 0",
        "some x in 近三年.营业收入 satisfies x > 0",
        '评估日 - 成立日期 > duration("P365D")',
    ],
)
def test_a_condition_is_unknown_while_its_fact_is_missing(text):
    assert status(text) is UNKNOWN


def test_zero_and_false_are_values():
    assert status("上年.营业收入 <= 100", 营业收入=[0]) is MET
    assert status("高新技术企业 = false", 高新技术企业=False) is MET


def test_a_condition_may_ask_on_purpose_whether_a_fact_is_on_record():
    assert status("信用等级 = null") is MET
    assert status("信用等级 != null") is UNMET
    assert status('信用等级 = null or 信用等级 = "A"', 信用等级="B") is UNMET
    assert status("count(近三年.营业收入[item != null]) >= 2", 营业收入=[1, 2]) is MET


def test_a_fact_that_can_no_longer_change_the_answer_is_not_asked_for():
    either = '信用等级 = "A" or 高新技术企业'
    both = '信用等级 = "A" and 高新技术企业'

    assert status(either, 信用等级="A") is MET
    assert status(both, 信用等级="B") is UNMET
    assert status(either, 信用等级="B") is UNKNOWN
    assert status(both, 信用等级="A") is UNKNOWN


def test_one_year_of_a_span_is_asked_for_alone():
    assert status("近三年.营业收入[1] > 5", 营业收入=[6]) is MET
    assert status("sum(近两年.营业收入) > 5", 营业收入=[6]) is UNKNOWN


def test_a_choice_is_known_when_both_branches_agree():
    text = "if 高新技术企业 then 上年.营业收入 > 10 else 上年.营业收入 > 5"

    assert status(text, 营业收入=[11]) is MET
    assert status(text, 营业收入=[7]) is UNKNOWN
    assert status(text, 营业收入=[7], 高新技术企业=False) is MET


def test_a_division_by_zero_is_unknown_and_says_so():
    found = find(
        condition("上年.研发费用 / 上年.营业收入 != 0.03"), situation(研发费用=[1], 营业收入=[0])
    )

    assert found.status is UNKNOWN
    assert found.answer.missing == ()
    assert found.answer.problems


def test_an_unknown_condition_names_each_missing_fact_once():
    found = find(
        condition("上年.研发费用 / 上年.营业收入 > 0.03 and 上年.研发费用 > 100"),
        situation(营业收入=[5]),
    )

    assert found.answer.missing == (Reference("研发费用", 1),)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"从业人员": [5], "高新技术企业": True}, MET),
        ({"从业人员": [5], "高新技术企业": False}, UNMET),
        ({"从业人员": [50], "高新技术企业": True}, Status.NOT_APPLICABLE),
        ({"高新技术企业": True}, UNKNOWN),
        ({"从业人员": [5]}, UNKNOWN),
        ({"从业人员": [50]}, Status.NOT_APPLICABLE),
    ],
)
def test_a_condition_drops_out_where_it_does_not_apply(values, expected):
    given = condition("高新技术企业", applies="上年.从业人员 < 20")

    assert find(given, situation(**values)).status is expected


def verdict(tree, **statuses):
    texts = {
        "met": "1 = 1",
        "unmet": "1 = 2",
        "unknown": "高新技术企业",
        "not_applicable": "1 = 1",
    }
    conditions = [
        Condition(name=name, test=None)
        if said == "manual"
        else condition(texts[said], name, applies="1 = 2" if said == "not_applicable" else None)
        for name, said in statuses.items()
    ]
    return assess(policy(*conditions, tree=tree), situation())


AB = (Leaf("甲"), Leaf("乙"))
ABC = (*AB, Leaf("丙"))


@pytest.mark.parametrize(
    ("tree", "statuses", "expected", "shortfall"),
    [
        (All(AB), ("met", "met"), Verdict.ELIGIBLE, 0),
        (All(AB), ("met", "unmet"), Verdict.NOT_ELIGIBLE, 1),
        (All(AB), ("unmet", "unmet"), Verdict.NOT_ELIGIBLE, 2),
        (All(AB), ("unmet", "unknown"), Verdict.NOT_ELIGIBLE, 2),
        (All(AB), ("met", "unknown"), Verdict.UNKNOWN, 2),
        (All(AB), ("met", "manual"), Verdict.MANUAL, 2),
        (All(AB), ("unknown", "manual"), Verdict.UNKNOWN, 2),
        (All(AB), ("unmet", "manual"), Verdict.NOT_ELIGIBLE, 2),
        (All(AB), ("met", "not_applicable"), Verdict.ELIGIBLE, 0),
        (All(AB), ("not_applicable", "not_applicable"), Verdict.NOT_ELIGIBLE, 2),
        (AnyOf(AB), ("met", "unknown"), Verdict.ELIGIBLE, 0),
        (AnyOf(AB), ("unmet", "unmet"), Verdict.NOT_ELIGIBLE, 1),
        (AnyOf(AB), ("unmet", "unknown"), Verdict.UNKNOWN, 1),
        (AnyOf(AB), ("unmet", "manual"), Verdict.MANUAL, 1),
        (AnyOf(AB), ("unmet", "not_applicable"), Verdict.NOT_ELIGIBLE, 1),
        (Not(AnyOf(AB)), ("unmet", "unmet"), Verdict.ELIGIBLE, 0),
        (Not(AnyOf(AB)), ("met", "unmet"), Verdict.NOT_ELIGIBLE, 1),
        (Not(AnyOf(AB)), ("met", "met"), Verdict.NOT_ELIGIBLE, 2),
        (Not(All(AB)), ("met", "met"), Verdict.NOT_ELIGIBLE, 1),
        (Not(Leaf("甲")), ("unknown",), Verdict.UNKNOWN, 2),
        (AtLeast(2, ABC), ("met", "met", "unknown"), Verdict.ELIGIBLE, 0),
        (AtLeast(2, ABC), ("met", "unmet", "unmet"), Verdict.NOT_ELIGIBLE, 1),
        (AtLeast(2, ABC), ("unmet", "unmet", "unknown"), Verdict.NOT_ELIGIBLE, 2),
        (AtLeast(2, ABC), ("met", "unmet", "unknown"), Verdict.UNKNOWN, 1),
        (AtLeast(2, ABC), ("met", "not_applicable", "not_applicable"), Verdict.ELIGIBLE, 0),
        (AtLeast(2, ABC), ("met", "unmet", "not_applicable"), Verdict.NOT_ELIGIBLE, 1),
    ],
)
def test_the_verdict_follows_from_the_statuses(tree, statuses, expected, shortfall):
    found = verdict(tree, **dict(zip("甲乙丙", statuses, strict=False)))

    assert found.verdict is expected
    assert found.shortfall == shortfall


def test_a_near_miss_is_a_refusal_that_lacks_exactly_one_condition():
    assert verdict(All(AB), 甲="met", 乙="unmet").is_near_miss
    assert not verdict(All(AB), 甲="unmet", 乙="unmet").is_near_miss
    assert not verdict(AnyOf(AB), 甲="unmet", 乙="unknown").is_near_miss


def test_a_policy_whose_parts_do_not_fit_is_refused():
    with pytest.raises(BadPolicy, match="不存在的条件“乙”"):
        policy(condition("高新技术企业", "甲"), tree=All(AB))
    with pytest.raises(BadPolicy, match="同名"):
        policy(condition("高新技术企业", "甲"), condition("高新技术企业", "甲"))
    with pytest.raises(BadPolicy, match="至少 3 项"):
        policy(condition("高新技术企业", "甲"), tree=AtLeast(3, (Leaf("甲"),)))
    with pytest.raises(BadPolicy, match="不能为空"):
        policy(condition("高新技术企业", "甲"), tree=All(()))


def test_the_deepest_expression_that_may_be_read_is_answered_and_explained():
    text = " + ".join(["上年.营业收入"] * (DEEPEST - 2)) + " > 5"

    found = explained(policy(condition(text)), 营业收入=[Decimal("0.01")])

    assert found.verdict is Verdict.NOT_ELIGIBLE
    assert "营业收入" in found.as_text()
