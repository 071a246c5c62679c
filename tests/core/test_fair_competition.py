from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingkai.core.fair_competition import findings

IN_FORCE = date(2024, 8, 1)


@pytest.mark.parametrize(
    ("clause", "quote", "article"),
    [
        ("自投产起返还乙方企业所得税", "返还乙方企业所得税", "第十条第一项"),
        ("所得税地方留成的50%返还乙方", "所得税地方留成的50%返还", "第十条第一项"),
        ("返还税收奖励", "返还税收", "第十条第一项"),  # one promise, one warning
        ("免征房产税三年", "免征房产税", "第十条第一项"),
        ("按乙方纳税额给予扶持资金", "纳税额给予扶持", "第十条第二项"),
        ("甲方给予乙方一次性奖励", "给予乙方一次性奖励", "第十条第二项"),
        ("采取一事一议方式给予补贴", "一事一议方式给予补贴", "第十条第二项"),
        ("以零地价供应工业用地", "零地价", "第十条第三项"),
        ("土地出让金的30%奖励给乙方", "土地出让金的30%奖励", "第十条第三项"),
        ("奖补相当于土地出让金的资金", "奖补相当于土地出让金", "第十条第三项"),
        ("以低于基准地价的价格供地", "低于基准地价的价格供地", "第十条第三项"),
        ("免收基础设施配套费", "免收基础设施配套费", "第十条第三项"),
        # The denial is of something else: the promise stands.
        ("甲方不得拖延返还税收", "返还税收", "第十条第一项"),
        ("奖励不封顶，返还税收", "返还税收", "第十条第一项"),
        ("乙方不得转让股权并由甲方返还税收", "返还税收", "第十条第一项"),
    ],
)
def test_a_promise_is_found_with_its_article(clause, quote, article):
    (finding,) = findings(clause, on=IN_FORCE)

    assert (finding.quote, finding.article) == (quote, article)
    assert clause[finding.start : finding.end] == quote
    assert "不得含有" in finding.reason


@pytest.mark.parametrize(
    "clause",
    [
        "甲方不得返还税收",
        "税收不予返还",
        "甲方不返还税款",
        "严禁以任何形式返还税收、减免土地出让金",
        "甲方不承诺任何形式的税收返还、财政奖励",
        "此前的税收返还条款一律无效",
        "乙方依法缴纳税款",
        "项目验收后退还履约保证金",
        "乙方依法享受国家统一规定的增值税即征即退政策",
        "符合条件的企业均可按公开发布的政策申报补贴",
        "",
    ],
)
def test_a_clause_that_promises_nothing_forbidden_is_no_finding(clause):
    assert findings(clause, on=IN_FORCE) == ()


def test_before_the_regulation_nothing_is_found():
    assert findings("返还税收", on=date(2024, 7, 31)) == ()


def test_each_promise_of_an_agreement_is_found_once_and_in_order():
    text = "一、返还乙方增值税。\n二、甲方不得返还契税。\n三、以零地价供地。"

    found = findings(text, on=IN_FORCE)

    assert [finding.quote for finding in found] == ["返还乙方增值税", "零地价"]


@given(st.text("返还税收不得奖励乙方，。零地价并给予", max_size=80))
def test_findings_quote_the_text_and_do_not_overlap(text):
    found = findings(text, on=IN_FORCE)

    assert all(text[one.start : one.end] == one.quote for one in found)
    assert all(one.end <= two.start for one, two in pairwise(found))
