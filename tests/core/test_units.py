from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingkai.core import units


def test_a_mu_is_exactly_two_thousand_thirds_of_a_square_metre():
    assert units.m2_from_mu(3) == 2000
    assert units.m2_from_mu(Decimal("1.5")) == 1000
    assert units.m2_from_hectares(1) == units.m2_from_mu(units.MU_PER_HECTARE)


@given(st.fractions())
def test_an_area_comes_back_exactly(area):
    assert units.mu_from_m2(units.m2_from_mu(area)) == area
    assert units.hectares_from_m2(units.m2_from_hectares(area)) == area
    assert units.hectares_from_mu(units.mu_from_m2(area)) == units.hectares_from_m2(area)


@given(st.fractions())
def test_an_amount_comes_back_exactly(amount):
    assert units.wan_from_yuan(units.yuan_from_wan(amount)) == amount
    assert units.yi_from_wan(units.wan_from_yi(amount)) == amount


@given(st.integers())
def test_fen_come_back_from_wan_whatever_their_size(amount_fen):
    assert units.fen_from_wan(units.wan_from_fen(amount_fen)) == amount_fen


@pytest.mark.parametrize(
    ("amount_wan", "amount_fen"),
    [
        ("1", 1_000_000),
        ("0.000001", 1),
        ("-0.000001", -1),
        ("0", 0),
        ("12345.678900", 12345678900),
    ],
)
def test_wan_are_kept_as_whole_fen(amount_wan, amount_fen):
    assert units.fen_from_wan(Decimal(amount_wan)) == amount_fen
    assert units.wan_from_fen(amount_fen) == Decimal(amount_wan)


@pytest.mark.parametrize("amount_wan", ["0.0000001", "0.0000015", "NaN", "Infinity"])
def test_an_amount_finer_than_a_fen_is_refused_and_not_rounded(amount_wan):
    with pytest.raises(units.NotExact, match=amount_wan.replace("0.0000001", "1E-7")[:1]):
        units.fen_from_wan(Decimal(amount_wan))


@pytest.mark.parametrize(
    ("amount_wan", "text"),
    [
        ("12345.6", "1.23"),
        ("12350", "1.24"),  # 1.235 rounds half up
        ("12349.999999", "1.23"),
        ("-12350", "-1.24"),
        ("49", "0.00"),
        ("50", "0.01"),
        ("0", "0.00"),
        ("1000000000000000000000000000000", "100000000000000000000000000.00"),
    ],
)
def test_yi_are_rounded_half_up_for_reading(amount_wan, text):
    assert units.yi_text(Decimal(amount_wan)) == text


def test_a_reader_may_ask_for_other_places():
    assert units.yi_text(12345, places=4) == "1.2345"
    assert units.rounded(Fraction(1, 3), places=0) == 0


@given(st.fractions(), st.integers(0, 6))
def test_rounding_moves_a_number_by_half_a_place_at_most(number, places):
    moved = abs(Fraction(units.rounded(number, places=places)) - number)

    assert moved <= Fraction(1, 2 * 10**places)
