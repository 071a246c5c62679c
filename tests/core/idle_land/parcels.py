"""Parcels as a land officer would describe them, for the tests."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from jingkai.core.idle_land import Cause, Delay, Facts, Foundation, Works

TODAY = date(2026, 11, 23)
START = date(2024, 11, 1)
PRICE_WAN = Decimal(3000)
PERMIT_ON = date(2024, 9, 1)

UNBUILT = Facts(
    signed_on=date(2024, 1, 10),
    agreed_start_on=START,
    works=Works.NOT_STARTED,
    price_wan=PRICE_WAN,
    is_real_estate=False,
    is_mortgaged=False,
)
BUILT = Facts(
    signed_on=date(2020, 1, 10),
    agreed_start_on=date(2020, 11, 1),
    construction_permit_on=date(2020, 9, 1),
    foundation=Foundation.PILES,
    foundation_share=Fraction(1),
    works=Works.SUSPENDED,
    required_area_m2=Decimal(90_000),
    developed_area_m2=Decimal(45_000),
    total_investment_wan=Decimal(20_000),
    invested_wan=Decimal(12_000),
    invested_includes_price=False,
    price_wan=PRICE_WAN,
    is_real_estate=False,
    is_mortgaged=False,
)


def unbuilt(**changes: Any) -> Facts:
    """Return a parcel on which nothing was done."""
    return replace(UNBUILT, **changes)


def built(**changes: Any) -> Facts:
    """Return a parcel on which works commenced by 第三十条."""
    return replace(BUILT, **changes)


def delay(
    cause: Cause = Cause.G2,
    from_on: date = START,
    until_on: date | None = None,
    accepted_on: date | None = START,
) -> Delay:
    """Return a delay that was accepted at its start."""
    return Delay(cause=cause, from_on=from_on, until_on=until_on, accepted_on=accepted_on)
