from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingkai.core.land.areas import compare, reconcile

AREAS = st.decimals("0.01", "1000000", places=2)


@pytest.mark.parametrize(
    ("after", "agrees", "difference"),
    [
        (("60000", "30000"), True, "0"),
        (("60000", "30001.00"), True, "1"),  # exactly what is tolerated
        (("60000", "30001.01"), False, "1.01"),
        (("60000", "29999.00"), True, "-1"),
        (("60000", "29998.99"), False, "-1.01"),
    ],
)
def test_the_parts_of_a_split_add_up_to_the_whole(after, agrees, difference):
    found = reconcile([Decimal(90_000)], [Decimal(area) for area in after])

    assert found.agrees is agrees
    assert found.needs_reason is not agrees
    assert found.difference_m2 == Decimal(difference)


def test_a_part_without_an_area_is_named_and_nothing_is_compared():
    found = reconcile([Decimal(90_000)], [Decimal(60_000), None])

    assert found.agrees is None
    assert found.needs_reason
    assert found.missing_after == (1,)
    assert found.difference_m2 is None


def test_no_parts_at_all_agree_with_nothing():
    assert reconcile([Decimal(90_000)], []).agrees is None


@pytest.mark.parametrize(
    ("computed", "agrees"),
    [("90900", True), ("90900.01", False), ("89100", True), ("89099.99", False)],
)
def test_an_outline_may_differ_from_the_certificate_by_a_hundredth(computed, agrees):
    found = compare(Decimal(90_000), Decimal(computed))

    assert found.agrees is agrees


def test_a_small_parcel_may_differ_by_a_square_metre():
    found = compare(Decimal(10), Decimal("10.5"))

    assert found.agrees is True
    assert found.share == Fraction(1, 20)


def test_without_a_registered_area_nothing_is_said():
    found = compare(None, Decimal(90_000))

    assert found.agrees is None
    assert found.missing_before == (0,)
    assert found.difference_mu is None


def test_the_difference_is_told_in_mu_exactly():
    found = compare(Decimal(90_000), Decimal(92_000))

    assert found.difference_mu == 3


@given(parts=st.lists(AREAS, min_size=1, max_size=8))
def test_a_merger_undoes_a_split(parts):
    split = reconcile([sum(parts)], parts)
    merged = reconcile(parts, [sum(parts)])

    assert split.agrees is merged.agrees is True
    assert split.difference_m2 == merged.difference_m2 == 0
