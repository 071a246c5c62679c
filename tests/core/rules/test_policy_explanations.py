"""What a policy officer reads: the whole explanation, word by word where it matters."""

from datetime import date
from decimal import Decimal

import pytest

from jingkai.core.rules.policies import explaining, wording
from jingkai.core.rules.policies.facts import Fact, Facts
from jingkai.core.rules.policies.model import (
    All,
    Amount,
    AnyOf,
    AtLeast,
    Condition,
    Leaf,
    MoneyUnit,
    Not,
)
from jingkai.core.rules.policies.statuses import Status, Verdict
from tests.core.rules.policy_examples import (
    CATALOGUE,
    ON,
    condition,
    explained,
    feel,
    policy,
    table,
)

SHARE = condition("上年.研发费用 / 上年.营业收入 >= 0.03", "研发投入占比")
CREDIT = condition('信用等级 in ("A", "B")', "信用等级")
AMOUNT = Amount(value=feel("上年.研发费用 * 0.1"), unit=MoneyUnit.WAN, cap=Decimal(20))


def test_a_refusal_can_be_read_and_agreed_with():
    given = policy(SHARE, CREDIT, amount=AMOUNT, document_no="济财〔2024〕1号")
    of_tax = Fact(value=Decimal(260), source="税务", observed_on=date(2024, 3, 1))
    of_firm = Fact(value=Decimal(271), source="企业")
    facts = Facts(
        {
            ("研发费用", 2023): [of_tax, of_firm],
            ("营业收入", 2023): Fact(value=10_000, source="税务"),
            ("信用等级", None): Fact(value="A", source="信用"),
        },
        precedence=["税务"],
    )

    text = explaining.explain(given, facts, on=ON).as_text()

    assert text.splitlines() == [
        "研发补助（济财〔2024〕1号）",
        "预审：不符合条件，仅差一项（评估日 2024-12-31）",
        "以下各项均须符合：不符合",
        "  【不符合】研发投入占比：上年研发费用 ÷ 上年营业收入不低于 3%",
        "      依据 《研发补助办法》第八条：“研发投入占比不低于3%”",
        "      2023年研发费用：260 万元，来源 税务，取得于 2024-03-01，企业为 271 万元，未采用",
        "      2023年营业收入：10,000 万元，来源 税务",
        "      上年研发费用 ÷ 上年营业收入：2.6%",
        "      其他不变时，2023年研发费用现为 260 万元，需为 300 万元，差 40 万元",
        "      其他不变时，2023年营业收入现为 10,000 万元，需为 8,666.666666 万元，"
        "超出 1,333.333334 万元",
        "  【符合】信用等级：信用等级为 “A”、“B” 之一",
        "      依据 《研发补助办法》第八条：“研发投入占比不低于3%”",
        "      信用等级：“A”，来源 信用",
    ]


def test_an_unknown_verdict_says_what_is_missing_and_who_has_it():
    found = explained(policy(SHARE), 营业收入=[10_000])

    assert found.verdict is Verdict.UNKNOWN
    assert "缺少2023年研发费用，请由税务提供" in found.as_text()


def test_an_eligible_enterprise_is_told_its_amount():
    found = explained(policy(SHARE, amount=AMOUNT), 研发费用=[Decimal("199.99")], 营业收入=[1000])
    capped = explained(policy(SHARE, amount=AMOUNT), 研发费用=[600], 营业收入=[1000])

    assert found.as_text().splitlines()[-1] == "金额：199,990 元"
    assert capped.as_text().splitlines()[-1] == "金额：200,000 元（超过上限，按上限计）"
    assert capped.offer.amount_fen == 20_000_000


def test_an_amount_that_lacks_a_fact_says_which():
    given = policy(condition("高新技术企业"), amount=AMOUNT)

    found = explained(given, 高新技术企业=True)

    assert found.as_text().splitlines()[-1] == "金额：尚不能计算，缺少 上年.研发费用"
    assert found.offer.amount_fen is None


def test_who_is_refused_is_offered_nothing():
    found = explained(policy(SHARE, amount=AMOUNT), 研发费用=[1], 营业收入=[1000])

    assert found.grant is None
    assert found.offer is None


def test_what_only_a_person_can_judge_is_told_apart_from_what_is_missing():
    by_hand = Condition(name="现场核查", test=None, text="生产现场符合要求")

    found = explained(policy(by_hand))

    assert found.verdict is Verdict.MANUAL
    assert "【人工审核】现场核查：生产现场符合要求" in found.as_text()


def test_a_gap_stands_only_where_a_change_would_help():
    old = condition("上年.从业人员 >= 100", "人数")
    tree = AnyOf((Leaf("信用等级"), Leaf("人数")))

    helpful = explained(policy(CREDIT, old, tree=tree), 信用等级="C", 从业人员=[90])
    needless = explained(policy(CREDIT, old, tree=tree), 信用等级="A", 从业人员=[90])

    assert "差 10 人" in helpful.as_text()
    assert "差 10 人" not in needless.as_text()


def test_what_must_not_be_is_told_the_other_way_round():
    large = condition("上年.从业人员 >= 1000", "大型企业")

    found = explained(policy(large, tree=Not(Leaf("大型企业"))), 从业人员=[1000])

    assert "以下情形不得存在：不符合" in found.as_text()
    assert "需为 999 人，超出 1 人" in found.as_text()


def test_the_branches_say_what_they_ask_for():
    tree = All((AtLeast(1, (Leaf("信用等级"), Leaf("研发投入占比"))), AnyOf((Leaf("信用等级"),))))

    text = explained(policy(CREDIT, SHARE, tree=tree)).as_text()

    assert "以下各项至少符合 1 项：待补充" in text
    assert "以下任一项符合即可：待补充" in text


def test_a_table_says_which_row_applies_or_is_nearest():
    sizes = table(
        ["划型行业", "上年.从业人员"],
        [('"工业"', "[20..300)", "true"), ('"建筑业"', "< 6", "true")],
    )
    given = policy(Condition(name="规模", test=sizes))

    small = explained(given, 划型行业="工业", 从业人员=[20])
    tiny = explained(given, 划型行业="工业", 从业人员=[12])

    assert "适用决策表第 1 行" in small.as_text()
    assert "最接近决策表第 1 行，尚未符合：上年从业人员不低于 20 人且低于 300 人" in tiny.as_text()
    assert "差 8 人" in tiny.as_text()


def test_a_condition_that_does_not_apply_stands_there_as_such():
    given = policy(CREDIT, condition("高新技术企业", "高企", applies="上年.从业人员 < 20"))

    found = explained(given, 信用等级="A", 从业人员=[30])

    assert found.verdict is Verdict.ELIGIBLE
    assert [line.status for line in found.lines] == [Status.MET, Status.NOT_APPLICABLE]


def test_many_policies_are_explained_like_one_by_one():
    policies = [policy(SHARE), policy(CREDIT), policy(SHARE, CREDIT, amount=AMOUNT)]
    facts = Facts({("研发费用", 2023): Fact(value=5), ("营业收入", 2023): Fact(value=100)})

    together = explaining.explain_all(policies, facts, on=ON)

    alone = [explaining.explain(each, facts, on=ON) for each in policies]
    assert [one.as_text() for one in together] == [one.as_text() for one in alone]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("上年.营业收入 >= 1500", "上年营业收入不低于 1,500 万元"),
        ("资产 = 1", "资产等于 1"),
        ("上年.资产负债率 <= 80", "上年资产负债率不高于 80%"),
        ("上年.从业人员 between 10 and 20", "上年从业人员在 10 人 至 20 人 之间（含）"),
        ("高新技术企业", "高新技术企业：是"),
        ("not(高新技术企业)", "高新技术企业：否"),
        ("高新技术企业 = false", "高新技术企业：否"),
        ('信用等级 != "D"', "信用等级不等于 “D”"),
        ("信用等级 = null", "信用等级无记录"),
        ('成立日期 <= date("2020-01-01")', "成立日期不晚于 2020-01-01"),
        ('成立日期 <= @"2020-01-01"', "成立日期不晚于 2020-01-01"),
        (
            'years and months duration(成立日期, 评估日) >= duration("P3Y")',
            "成立日期到评估日的时间满 3 年",
        ),
        ('评估日 - 成立日期 >= duration("P365D")', "成立日期到评估日的时间满 365 天"),
        ("(评估日 - 成立日期).days > 60", "成立日期到评估日的天数高于 60"),
        ("min(细分领域从业年限, 5) >= 3", "（细分领域从业年限 与 5 中较小者）不低于 3 年"),
        ("sum(近三年.研发费用) >= 1200", "近三年研发费用合计不低于 1,200 万元"),
        ("mean(近三年.营业收入) > 40000", "近三年营业收入平均高于 40,000 万元"),
        (
            "(上年.营业收入 - 前年.营业收入) / 前年.营业收入 >= 0.05",
            "（上年营业收入 － 前年营业收入） ÷ 前年营业收入不低于 5%",
        ),
        (
            "上年.营业收入 > 1 and (高新技术企业 or 省级绿色工厂)",
            "上年营业收入高于 1 万元，且（高新技术企业：是，或省级绿色工厂：是）",
        ),
        ('starts with(行业代码, "39")', "行业代码以“39”开头"),
        ('划型行业 in "工业"', "划型行业为 “工业”"),
        ("if 高新技术企业 then 规模以上 else 总部企业",
         "如高新技术企业：是，则规模以上：是；否则总部企业：是"),
        ("every x in 近三年.营业收入 satisfies x > 5", "近三年营业收入中每一项（x）：x高于 5"),
    ],
)  # fmt: skip
def test_an_expression_is_said_in_chinese(text, said):
    assert wording.say(feel(text), CATALOGUE) == said
