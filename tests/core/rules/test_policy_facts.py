"""Facts with their sources, and what a rule sees of them."""

from datetime import date
from decimal import Decimal

from jingkai.core.rules.policies.facts import Fact, Facts
from jingkai.core.rules.policies.references import Reference
from jingkai.core.rules.policies.situations import Situation
from tests.core.rules.policy_examples import CATALOGUE, ON, feel, situation

KEY = ("营业收入", 2023)
LAST_YEAR = Reference("营业收入", 1)


def reading(*known, precedence=()):
    at_hand = Situation(Facts({KEY: known}, precedence=precedence), on=ON, catalogue=CATALOGUE)
    return at_hand.reading(LAST_YEAR)


def test_the_more_trusted_source_counts_and_the_other_stays_visible():
    of_firm = Fact(value=Decimal(120), source="企业", observed_on=date(2024, 6, 1))
    of_tax = Fact(value=Decimal(100), source="税务", observed_on=date(2024, 3, 1))

    found = reading(of_firm, of_tax, precedence=["税务", "企业"])

    assert found.value == 100
    assert found.conflicts == (of_firm,)


def test_within_a_source_the_latest_observation_counts():
    earlier = Fact(value=1, source="税务", observed_on=date(2024, 3, 1))
    later = Fact(value=2, source="税务", observed_on=date(2024, 5, 1))

    assert reading(earlier, later, precedence=["税务"]).value == 2


def test_a_source_that_is_not_ranked_comes_last():
    found = reading(
        Fact(value=1, source="网络", observed_on=date(2024, 9, 1)),
        Fact(value=2, source="企业"),
        precedence=["企业"],
    )

    assert found.value == 2


def test_what_is_not_on_record_hides_no_other_source():
    found = reading(Fact(value=None, source="税务"), Fact(value=7, source="企业"))

    assert found.value == 7


def test_sources_that_agree_are_no_conflict():
    assert reading(Fact(value=7, source="税务"), Fact(value=7, source="企业")).conflicts == ()


def test_money_is_read_in_the_unit_of_the_catalogue():
    assert reading(Fact(value=20_000_000, unit="元")).value == 2000
    assert reading(Fact(value=Decimal("0.2"), unit="亿元")).value == 2000


def test_a_value_in_a_foreign_unit_or_of_another_kind_is_not_used():
    in_dollars = reading(Fact(value=5, unit="美元"))
    a_word = reading(Fact(value="很多"))
    a_truth = reading(Fact(value=True))

    assert [found.value for found in (in_dollars, a_word, a_truth)] == [None, None, None]
    assert "单位应为万元" in in_dollars.refused
    assert "应为数字" in a_word.refused
    assert "应为数字" in a_truth.refused


def test_periods_are_relative_to_the_day_of_evaluation():
    facts = Facts({("营业收入", year): Fact(value=year) for year in range(2019, 2025)})
    at_hand = Situation(facts, on=ON, catalogue=CATALOGUE)

    assert at_hand.compute(feel("本年.营业收入")).value == 2024
    assert at_hand.compute(feel("上年.营业收入")).value == 2023
    assert at_hand.compute(feel("前年.营业收入")).value == 2022
    assert at_hand.compute(feel("近两年.营业收入")).value == [2023, 2022]
    assert at_hand.compute(feel("近三年.营业收入")).value == [2023, 2022, 2021]
    assert at_hand.compute(feel("近三年.营业收入[3]")).value == 2021


def test_an_absent_year_is_null_in_its_place():
    assert situation(营业收入=[None, 5]).compute(feel("近三年.营业收入")).value == [None, 5, None]


def test_the_day_of_evaluation_is_always_given():
    assert situation().compute(feel('评估日 = date("2024-12-31")')).value is True


def test_an_endless_computation_ends_without_an_answer():
    found = situation().compute(feel("count(for i in 1..100000, j in 1..100000 return i)"))

    assert found.value is None
    assert "上限" in found.problems[0].message
