"""Inefficient land by a local standard."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingkai.core.land.inefficiency import (
    DRAFT,
    Combination,
    Criterion,
    Fact,
    Operator,
    Standard,
    judge,
)

TAX = Criterion(
    fact=Fact.TAX_PER_MU, operator=Operator.BELOW, value=Decimal(5), basis="示例文件第三条"
)
STOPPED = Criterion(
    fact=Fact.STOPPED_MONTHS, operator=Operator.AT_LEAST, value=Decimal(12), basis="示例文件第四条"
)
RATIO = Criterion(
    fact=Fact.FLOOR_AREA_RATIO,
    operator=Operator.AT_MOST,
    value=Decimal("0.7"),
    basis="示例文件第五条",
)
VALUES = st.none() | st.fractions(0, 100, max_denominator=300)


def _standard(combination, at_least=None):
    return Standard(criteria=(TAX, STOPPED, RATIO), combination=combination, at_least=at_least)


@pytest.mark.parametrize(
    ("criterion", "value", "holds"),
    [
        (TAX, Decimal("4.9999"), True),
        (TAX, Decimal(5), False),
        (STOPPED, 11, False),
        (STOPPED, 12, True),
        (RATIO, Decimal("0.7"), True),
        (RATIO, Fraction(7001, 10000), False),
        (RATIO, None, None),
    ],
)
def test_a_criterion_at_its_limit_and_beside_it(criterion, value, holds):
    standard = Standard(criteria=(criterion,), combination=Combination.ANY)

    found = judge(standard, {criterion.fact: value})

    assert found.is_inefficient is holds
    assert found.findings[0].holds is holds


def test_the_gap_is_the_distance_from_the_limit():
    found = judge(_standard(Combination.ANY), {Fact.TAX_PER_MU: 3, Fact.STOPPED_MONTHS: 7})

    assert [one.gap for one in found.findings] == [Fraction(2), Fraction(5), None]
    assert found.missing == (Fact.FLOOR_AREA_RATIO,)


@pytest.mark.parametrize(
    ("combination", "at_least", "values", "is_inefficient"),
    [
        (Combination.ANY, None, (3, None, None), True),
        (Combination.ANY, None, (6, 0, None), None),
        (Combination.ALL, None, (6, None, None), False),
        (Combination.ALL, None, (3, 12, None), None),
        (Combination.ALL, None, (3, 12, 0), True),
        (Combination.AT_LEAST, 2, (3, 12, None), True),
        (Combination.AT_LEAST, 2, (3, 0, None), None),
        (Combination.AT_LEAST, 2, (6, 0, None), False),
    ],
)
def test_what_is_unknown_counts_only_where_it_could_decide(
    combination, at_least, values, is_inefficient
):
    facts = dict(zip((TAX.fact, STOPPED.fact, RATIO.fact), values, strict=True))

    assert judge(_standard(combination, at_least), facts).is_inefficient is is_inefficient


@given(values=st.tuples(VALUES, VALUES, VALUES), needed=st.integers(1, 3))
def test_the_verdict_is_what_every_way_to_fill_the_unknown_agrees_on(values, needed):
    standard = _standard(Combination.AT_LEAST, needed)
    names = (TAX.fact, STOPPED.fact, RATIO.fact)
    fills = [[value] if value is not None else [0, 100] for value in values]

    answers = {
        judge(standard, dict(zip(names, (a, b, c), strict=True))).is_inefficient
        for a in fills[0]
        for b in fills[1]
        for c in fills[2]
    }
    found = judge(standard, dict(zip(names, values, strict=True))).is_inefficient

    assert found is (answers.pop() if len(answers) == 1 else None)


@pytest.mark.parametrize(
    ("criteria", "combination", "at_least"),
    [
        ((), Combination.ALL, None),
        ((TAX,), Combination.AT_LEAST, 2),
        ((TAX,), Combination.AT_LEAST, None),
        ((TAX,), Combination.AT_LEAST, 0),
    ],
)
def test_a_standard_that_can_say_nothing_is_refused(criteria, combination, at_least):
    with pytest.raises(ValueError, match="criteria"):
        Standard(criteria=criteria, combination=combination, at_least=at_least)


def test_the_draft_that_ships_says_that_nobody_has_confirmed_it():
    assert all("待确认" in criterion.basis for criterion in DRAFT.criteria)
