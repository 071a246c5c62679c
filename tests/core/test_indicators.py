from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingkai.core import indicators
from jingkai.core.indicators import (
    Better,
    Change,
    Completeness,
    Definition,
    Discrepancy,
    NoShare,
    Partition,
    PeriodRule,
    Reading,
)

NUMBERS = st.none() | st.integers(-(10**6), 10**6) | st.decimals(-1000, 1000, places=6)
CONTRIBUTIONS = st.dictionaries(st.integers(0, 9), st.none() | st.integers(-100, 100))


@pytest.mark.parametrize(
    ("value", "base", "absolute", "share", "no_share"),
    [
        (180, 160, 20, Fraction(1, 8), None),
        (Decimal("1.2"), Decimal("1.5"), Decimal("-0.3"), Fraction(-1, 5), None),
        (0, 5, -5, -1, None),
        (5, 0, 5, None, NoShare.BASE_ZERO),
        (0, 0, 0, None, NoShare.BASE_ZERO),
        (5, -5, 10, None, NoShare.BASE_NEGATIVE),
        (5, None, None, None, NoShare.BASE_UNKNOWN),
        (None, 5, None, None, NoShare.VALUE_UNKNOWN),
        (None, None, None, None, NoShare.VALUE_UNKNOWN),
    ],
)
def test_a_figure_compares_with_its_base_or_says_why_not(value, base, absolute, share, no_share):
    comparison = indicators.compare(value, base)

    assert (comparison.absolute, comparison.share) == (absolute, share)
    assert comparison.no_share is no_share


@given(NUMBERS, NUMBERS)
def test_there_is_a_share_exactly_when_there_is_no_reason_against_it(value, base):
    comparison = indicators.compare(value, base)

    assert (comparison.share is None) == (comparison.no_share is not None)
    if comparison.share is not None:
        assert Fraction(base) * (1 + comparison.share) == Fraction(value)


@pytest.mark.parametrize(
    ("value", "target", "better", "share", "met"),
    [
        (149, 150, Better.HIGHER, Fraction(149, 150), False),
        (150, 150, Better.HIGHER, 1, True),
        (151, 150, Better.HIGHER, Fraction(151, 150), True),
        (2, 3, Better.LOWER, Fraction(2, 3), True),
        (3, 3, Better.LOWER, 1, True),
        (4, 3, Better.LOWER, Fraction(4, 3), False),
        (4, 3, Better.NEITHER, Fraction(4, 3), None),
        (0, 0, Better.LOWER, None, True),
        (None, 150, Better.HIGHER, None, None),
        (150, None, Better.HIGHER, None, None),
    ],
)
def test_a_target_is_attained_from_its_better_side(value, target, better, share, met):
    attained = indicators.attainment(value, target, better=better)

    assert (attained.share, attained.met) == (share, met)
    assert (attained.no_share is None) == (share is not None)


SIGNED = Partition("signed", ("signed_and_started", "signed_to_start"))


@pytest.mark.parametrize(
    ("signed", "started", "to_start", "discrepancy"),
    [
        (14, 6, 8, None),
        (14, 6, 7, Discrepancy(whole="signed", parts=SIGNED.parts, difference=1)),
        (14, 7, 8, Discrepancy(whole="signed", parts=SIGNED.parts, difference=-1)),
        (
            14,
            6,
            None,
            Discrepancy(
                whole="signed", parts=SIGNED.parts, difference=None, missing=("signed_to_start",)
            ),
        ),
    ],
)
def test_parts_make_the_whole_or_the_difference_is_told(signed, started, to_start, discrepancy):
    values = {"signed": signed, "signed_and_started": started, "signed_to_start": to_start}

    assert SIGNED.check(values) == discrepancy


def test_a_figure_that_was_not_read_is_missing_too():
    found = SIGNED.check({"signed": 14})

    assert found is not None
    assert found.missing == SIGNED.parts


@pytest.mark.parametrize(
    ("known", "total", "share", "is_full"),
    [(3, 4, Fraction(3, 4), False), (4, 4, 1, True), (0, 0, None, True)],
)
def test_completeness_is_told_of_the_records(known, total, share, is_full):
    completeness = Completeness(known, total)

    assert (completeness.share, completeness.is_full) == (share, is_full)


def test_a_reading_keeps_unknown_apart_from_zero():
    nothing = Reading(value=None, records=0, freshness=None, completeness=Completeness(0, 0))
    zero = Reading(
        value=0,
        records=0,
        freshness=datetime(2024, 12, 31, tzinfo=UTC),
        completeness=Completeness(0, 0),
    )

    assert nothing != zero


def test_a_definition_says_which_way_is_better_unless_it_says_otherwise():
    definition = Definition(
        code="investment.visits",
        name="来访批次",
        unit="批次",
        period_rule=PeriodRule.FLOW,
        date_used="来访日期",
        counts="一行为一批次",
    )

    assert definition.better is Better.HIGHER
    assert definition.needs == ()


def test_the_difference_from_a_frozen_figure_names_its_records():
    frozen = {"a": 1, "b": 2, "c": 3, "d": None}
    now = {"b": 2, "c": 5, "d": 4, "e": 7}

    found = indicators.difference(frozen, now)

    assert (found.added, found.removed) == ({"e": 7}, {"a": 1})
    assert found.changed == {"c": Change(3, 5), "d": Change(None, 4)}
    assert found.delta == 12
    assert found


@given(CONTRIBUTIONS, CONTRIBUTIONS)
def test_the_frozen_value_and_the_difference_make_the_value_now(frozen, now):
    found = indicators.difference(frozen, now)

    assert indicators.total(frozen) + found.delta == indicators.total(now)


@given(CONTRIBUTIONS)
def test_a_figure_that_did_not_change_has_no_difference(frozen):
    found = indicators.difference(frozen, dict(frozen))

    assert not found
    assert found.delta == 0
