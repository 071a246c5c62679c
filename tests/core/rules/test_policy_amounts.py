"""Amounts exact in 分, and the choice between policies that can't all be had."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingkai.core.rules.policies.amounts import grant, rounded_fen
from jingkai.core.rules.policies.model import (
    Amount,
    Header,
    HitPolicy,
    MoneyUnit,
    Rounding,
    StackingCap,
)
from jingkai.core.rules.policies.references import Reference
from jingkai.core.rules.policies.selecting import GivenUp, Offer, select
from tests.core.rules.policy_examples import feel, situation, table

FEN_PER_WAN = 1_000_000


def amount(value, **how):
    return Amount(value=feel(value) if isinstance(value, str) else value, **how)


@pytest.mark.parametrize(
    ("how", "expected_fen"),
    [
        ({}, 1_234_568),
        ({"rounding": Rounding.DOWN}, 1_234_567),
        ({"rounding": Rounding.UP}, 1_234_568),
        ({"step_fen": 100}, 1_234_600),
        ({"step_fen": 100, "rounding": Rounding.DOWN}, 1_234_500),
        ({"step_fen": FEN_PER_WAN, "rounding": Rounding.UP}, 2_000_000),
        ({"cap": Decimal("1.2")}, 1_200_000),
    ],
)
def test_an_amount_is_rounded_as_its_policy_says(how, expected_fen):
    found = grant(
        amount("上年.研发费用 * 0.1", unit=MoneyUnit.WAN, **how),
        situation(研发费用=[Decimal("12.345675")]),
    )

    assert found.amount_fen == expected_fen


def test_a_third_of_three_times_the_sum_is_the_sum():
    given_amount = amount("上年.研发费用 / 3 * 3", unit=MoneyUnit.YUAN, rounding=Rounding.DOWN)

    assert grant(given_amount, situation(研发费用=[100])).amount_fen == 10_000


def test_an_amount_says_that_it_was_capped_or_would_be_negative():
    capped = grant(
        amount("上年.研发费用", unit=MoneyUnit.WAN, cap=Decimal(50)), situation(研发费用=[51])
    )
    negative = grant(amount("上年.净利润", unit=MoneyUnit.WAN), situation(净利润=[-1]))

    assert (capped.amount_fen, capped.notes) == (50 * FEN_PER_WAN, ("超过上限，按上限计",))
    assert (negative.amount_fen, negative.notes) == (0, ("计算结果为负，按 0 计",))


def test_an_amount_that_lacks_a_fact_is_not_zero():
    found = grant(amount("上年.研发费用 * 0.1", unit=MoneyUnit.WAN), situation())

    assert found.amount_fen is None
    assert found.missing == (Reference("研发费用", 1),)


def test_an_amount_that_divides_by_zero_says_so():
    found = grant(amount("100 / 上年.研发费用", unit=MoneyUnit.WAN), situation(研发费用=[0]))

    assert found.amount_fen is None
    assert found.problems


TIERS = [("< 100", "-", "10"), (">= 100", "false", "20"), (">= 100", "true", "30")]
INPUTS = ["上年.研发费用", "高新技术企业"]


@pytest.mark.parametrize(
    ("values", "expected_wan"),
    [
        ({"研发费用": [99]}, 10),
        ({"研发费用": [100], "高新技术企业": False}, 20),
        ({"研发费用": [100], "高新技术企业": True}, 30),
        ({"研发费用": [100]}, None),
        ({"高新技术企业": True}, None),
    ],
)
def test_tiers_are_a_table(values, expected_wan):
    found = grant(amount(table(INPUTS, TIERS), unit=MoneyUnit.WAN), situation(**values))

    expected_fen = None if expected_wan is None else expected_wan * FEN_PER_WAN
    assert found.amount_fen == expected_fen


@pytest.mark.parametrize(
    ("hit_policy", "expected_wan"),
    [(HitPolicy.SUM, 30), (HitPolicy.LARGEST, 20), (HitPolicy.SMALLEST, 10)],
)
def test_rows_that_apply_may_be_collected(hit_policy, expected_wan):
    rows = [("true", "-", "10"), ("-", "> 5", "20"), ("-", "> 50", "40")]
    given_table = table(["高新技术企业", "上年.研发费用"], rows, hit_policy)

    found = grant(
        amount(given_table, unit=MoneyUnit.WAN), situation(高新技术企业=True, 研发费用=[6])
    )
    unknown = grant(amount(given_table, unit=MoneyUnit.WAN), situation(高新技术企业=True))

    assert found.amount_fen == expected_wan * FEN_PER_WAN
    assert unknown.amount_fen is None


@given(exact=st.fractions(0, 10**9), step=st.sampled_from([1, 100, FEN_PER_WAN]))
def test_rounding_stays_within_a_step(exact, step):
    down, up, half = (
        rounded_fen(exact, step_fen=step, rounding=rounding)
        for rounding in (Rounding.DOWN, Rounding.UP, Rounding.HALF_UP)
    )

    assert down <= exact <= up
    assert up - down in {0, step}
    assert half in {down, up}
    assert abs(half - exact) <= Fraction(step, 2)


def offer(code, amount_fen, *, group="", stacking=None):
    header = Header(code=code, title=code, exclusive_group=group, stacking=stacking)
    return Offer(header=header, amount_fen=amount_fen)


def outcome(*offers):
    return [
        (one.offer.header.code, one.granted_fen, one.given_up) for one in select(offers).awards
    ]


def test_of_an_exclusive_group_the_highest_amount_is_granted():
    found = outcome(offer("P1", 5, group="研发"), offer("P2", 9, group="研发"), offer("P3", 1))

    assert found == [("P1", 0, GivenUp.EXCLUDED), ("P2", 9, None), ("P3", 1, None)]


def test_of_equal_amounts_the_first_code_is_granted():
    found = outcome(offer("P2", 5, group="研发"), offer("P1", 5, group="研发"))

    assert found == [("P2", 0, GivenUp.EXCLUDED), ("P1", 5, None)]


def test_an_amount_that_is_not_known_displaces_nothing():
    found = outcome(offer("P1", None, group="研发"), offer("P2", 5, group="研发"))

    assert found == [("P1", None, GivenUp.UNDECIDED), ("P2", 5, None)]


def test_a_stacking_group_ends_at_its_lowest_cap():
    wide, narrow = (StackingCap(group="年度", cap_fen=cap) for cap in (20, 10))

    found = outcome(offer("P1", 4, stacking=wide), offer("P2", 7, stacking=narrow), offer("P3", 1))

    assert found == [("P1", 3, GivenUp.CAPPED), ("P2", 7, None), ("P3", 1, None)]


def test_what_is_given_up_names_the_policy_that_was_preferred():
    found = select([offer("P1", 5, group="研发"), offer("P2", 9, group="研发")])

    assert [one.reason for one in found.given_up] == [
        "与政策 P2 不得重复享受（研发），择高享受后者"
    ]
    assert found.total_fen == 9


caps = st.none() | st.builds(
    StackingCap, group=st.sampled_from("甲乙"), cap_fen=st.integers(0, 30)
)
offers = st.lists(
    st.tuples(st.none() | st.integers(0, 20), st.sampled_from(["", "一", "二"]), caps), max_size=8
)


@given(several=offers)
def test_no_more_is_granted_than_offered_and_no_group_is_exceeded(several):
    given_offers = [
        offer(f"P{n}", fen, group=group, stacking=cap)
        for n, (fen, group, cap) in enumerate(several)
    ]

    found = select(given_offers)

    assert [one.offer for one in found.awards] == given_offers
    for one in found.awards:
        assert (one.granted_fen or 0) <= (one.offer.amount_fen or 0)
        less = (one.granted_fen or 0) < (one.offer.amount_fen or 0)
        assert bool(one.reason) == (less or one.given_up is not None)
    for name in ("一", "二"):
        of_group = [one for one in found.awards if one.offer.header.exclusive_group == name]
        assert sum(bool(one.granted_fen) for one in of_group) <= 1
    for name in "甲乙":
        of_cap = [
            one for one in found.awards if (s := one.offer.header.stacking) and s.group == name
        ]
        limit = min((one.offer.header.stacking.cap_fen for one in of_cap), default=0)
        assert sum(one.granted_fen or 0 for one in of_cap) <= limit
