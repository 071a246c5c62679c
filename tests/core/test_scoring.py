from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingkai.core import scoring
from jingkai.core.scoring import (
    BadAnswer,
    BadCard,
    Criterion,
    NotInForce,
    Points,
    Reason,
    Scorecard,
    Tier,
    Tiers,
    Veto,
    YesNo,
)
from jingkai.core.versions import NoneInForce

DAY = date(2024, 6, 1)
INVESTMENT = Tiers((Tier(Decimal(10000), Fraction(1)), Tier(Decimal(5000), Fraction(1, 2))))
ENERGY = Tiers((Tier(Decimal("0.3"), Fraction(1)),), lower_is_better=True)
CARD = Scorecard(
    effective_from=date(2024, 1, 1),
    effective_to=date(2025, 1, 1),
    basis="成熟线索评分办法（示范）",
    criteria=(
        Criterion("investor_verified", "投资主体已核验", Decimal(30), YesNo()),
        Criterion("investment", "计划总投资", Decimal(40), INVESTMENT),
        Criterion("energy", "单位能耗", Decimal(10), ENERGY),
        Criterion("expert", "专家评分", Decimal(20), Points(Decimal(10))),
    ),
    vetoes=(Veto("polluting", "列入负面清单"),),
    mature_at=Decimal(70),
)
FULL = {
    "investor_verified": True,
    "investment": 20000,
    "energy": Decimal("0.1"),
    "expert": 10,
    "polluting": False,
}
ANSWERS = st.fixed_dictionaries(
    {
        "investor_verified": st.none() | st.booleans(),
        "investment": st.none() | st.integers(0, 20000),
        "energy": st.none() | st.decimals(0, 1, places=2),
        "expert": st.none() | st.decimals(0, 10, places=1),
        "polluting": st.none() | st.booleans(),
    }
)


def points(**answers: object) -> dict[str, Fraction | None]:
    result = scoring.score(CARD, {**FULL, **answers}, on=DAY)
    return {line.criterion.code: line.points for line in result.contributions}


def test_full_answers_earn_full_marks():
    result = scoring.score(CARD, FULL, on=DAY)

    assert result.score == result.possible == CARD.full_marks == 100
    assert result.mature is True
    assert (result.missing, result.vetoes) == ((), ())


@pytest.mark.parametrize(
    ("code", "answer", "earned"),
    [
        ("investor_verified", False, 0),
        ("investment", 4999, 0),
        ("investment", Decimal("4999.99"), 0),
        ("investment", 5000, 20),
        ("investment", 9999, 20),
        ("investment", 10000, 40),
        ("energy", Decimal("0.3"), 10),
        ("energy", Decimal("0.31"), 0),
        ("expert", 0, 0),
        ("expert", Decimal("3.3"), Fraction(66, 10)),
        ("expert", 10, 20),
        ("expert", None, None),
    ],
)
def test_an_answer_earns_its_share_of_the_weight(code, answer, earned):
    assert points(**{code: answer})[code] == earned


def test_every_contribution_carries_its_reason():
    answers = {"investor_verified": False, "investment": 5000, "energy": 1, "expert": 5}

    result = scoring.score(CARD, answers, on=DAY)

    assert [line.reason for line in result.contributions] == [
        Reason.NO,
        Reason.TIER_REACHED,
        Reason.NO_TIER_REACHED,
        Reason.POINTS_GIVEN,
    ]
    assert result.contributions[1].tier == INVESTMENT.tiers[1]


@pytest.mark.parametrize(
    ("answers", "score", "possible", "mature"),
    [
        ({}, 100, 100, True),
        ({"investor_verified": False}, 70, 70, True),  # exactly the mark
        ({"investor_verified": False, "expert": Decimal("9.9")}, Fraction(698, 10), None, False),
        ({"investor_verified": None}, 70, 100, True),  # whatever the answer will be
        ({"investment": None}, 60, 100, None),
        ({"investment": None, "investor_verified": False}, 30, 70, None),  # may just reach it
        ({"investment": None, "investor_verified": False, "expert": 9}, 28, 68, False),
        ({"polluting": True}, 100, 100, False),
        ({"polluting": None}, 100, 100, None),
        ({"polluting": None, "investment": 0, "energy": 1}, 50, 50, False),
    ],
)
def test_the_verdict_is_mature_not_mature_or_not_yet_known(answers, score, possible, mature):
    result = scoring.score(CARD, {**FULL, **answers}, on=DAY)

    assert result.score == score
    assert result.possible == (score if possible is None else possible)
    assert result.mature is mature


def test_missing_answers_and_vetoes_are_named_in_the_order_of_the_card():
    result = scoring.score(CARD, {"energy": 0}, on=DAY)

    assert result.missing == ("investor_verified", "investment", "expert", "polluting")
    assert result.contributions[0].reason is Reason.MISSING


def test_a_veto_that_is_hit_is_named():
    assert scoring.score(CARD, {"polluting": True}, on=DAY).vetoes == CARD.vetoes


@pytest.mark.parametrize(
    ("code", "answer"),
    [
        ("investor_verified", 1),
        ("investment", True),
        ("investment", Decimal("NaN")),
        ("expert", Decimal("10.1")),
        ("expert", -1),
        ("polluting", 1),
        ("colour", True),
    ],
)
def test_an_answer_that_does_not_fit_is_refused(code, answer):
    with pytest.raises(BadAnswer, match=code) as refused:
        scoring.score(CARD, {**FULL, code: answer}, on=DAY)

    assert refused.value.code == code


@pytest.mark.parametrize("day", [date(2023, 12, 31), date(2025, 1, 1)])
def test_a_card_scores_only_while_it_is_in_force(day):
    with pytest.raises(NotInForce, match=str(day)):
        scoring.score(CARD, FULL, on=day)
    with pytest.raises(NoneInForce):
        scoring.card_on([CARD], day)


def test_the_card_of_the_day_is_chosen():
    successor = replace(CARD, effective_from=date(2025, 1, 1), effective_to=None)

    assert scoring.card_on([CARD, successor], date(2024, 12, 31)) is CARD
    assert scoring.card_on([CARD, successor], date(2025, 1, 1)) is successor


@pytest.mark.parametrize(
    "change",
    [
        {"criteria": (*CARD.criteria, CARD.criteria[0])},
        {"vetoes": (Veto("expert", "同名"),)},
        {"criteria": (Criterion("a", "零分", Decimal(0), YesNo()),), "mature_at": Decimal(1)},
        {"criteria": (Criterion("a", "点数", Decimal(90), Points(Decimal(0))),)},
        {
            "criteria": (
                Criterion("a", "分档", Decimal(90), Tiers((Tier(Decimal(1), Fraction(2)),))),
            )
        },
        {"mature_at": Decimal(101)},
        {"mature_at": Decimal(0)},
    ],
)
def test_a_card_by_which_nobody_can_score_is_refused(change):
    with pytest.raises(BadCard):
        replace(CARD, **change)


@given(ANSWERS, ANSWERS)
def test_answering_what_is_missing_never_flips_a_verdict(answers, more):
    completed = {k: more[k] if answer is None else answer for k, answer in answers.items()}

    before = scoring.score(CARD, answers, on=DAY)
    after = scoring.score(CARD, completed, on=DAY)

    assert before.mature is None or after.mature is before.mature
    assert before.score <= after.score <= after.possible <= before.possible


@given(ANSWERS)
def test_a_verdict_is_open_only_while_something_is_missing(answers):
    result = scoring.score(CARD, answers, on=DAY)

    assert result.mature is not None or result.missing
    assert sum(line.points or 0 for line in result.contributions) == result.score
