"""Every parcel of a city: 100,000 determinations with reasons, one core, parcel by parcel."""

import random
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from bench.material.table import Table
from jingkai.core.idle_land import (
    Agreement,
    Cause,
    Delay,
    Determination,
    Facts,
    Foundation,
    Option,
    Works,
    determine,
    determine_all,
)
from jingkai.core.idle_land.limits import warnings

PARCELS = 100_000
SECONDS = 10
TODAY = date(2026, 11, 23)
SEED = 53

Some = TypeVar("Some")


def main() -> None:
    """Determine them all and print what it costs."""
    parcels = list(_parcels())
    started = time.process_time()
    found = list(determine_all(parcels, on=TODAY))
    spent = time.process_time() - started
    sample = random.Random(SEED).sample(range(PARCELS), 2_000)  # noqa: S311 - a sample
    if any(found[place] != determine(parcels[place], on=TODAY) for place in sample):
        raise SystemExit("the batch answers otherwise than one by one")
    started = time.process_time()
    alerts = sum(len(warnings(facts, on=TODAY)) for facts in parcels)
    _show(found, spent, alerts, time.process_time() - started)


def _show(found: list[Determination], spent: float, alerts: int, warned: float) -> None:
    table = Table("Idle land: 100,000 parcels with reasons, one core")
    reasons = sum(len(each.reasons) for each in found)
    table.add("determination", spent, "s", target=SECONDS, besides=f"{reasons:,} reasons")
    table.add("warnings", warned, "s", besides=f"{alerts:,} days")
    for outcome, count in sorted(Counter(each.outcome for each in found).items()):
        table.add(f"of these {outcome}", count, "parcels")
    table.show()


def _parcels() -> Iterator[Facts]:
    dice = random.Random(SEED)  # noqa: S311 - made-up parcels
    for _each in range(PARCELS):
        yield _parcel(dice)


def _parcel(dice: random.Random) -> Facts:
    signed_on = TODAY - timedelta(days=dice.randrange(4000))
    start_on = signed_on + timedelta(days=dice.randrange(100, 500))
    is_begun = dice.random() < 0.6
    total = Decimal(dice.randrange(1_000, 50_000))
    required = Decimal(dice.randrange(10_000, 200_000))
    return Facts(
        signed_on=signed_on,
        agreed_start_on=_perhaps(dice, start_on),
        works=None if is_begun else Works.NOT_STARTED,
        construction_permit_on=_perhaps(dice, start_on) if is_begun else None,
        foundation=dice.choice(list(Foundation)),
        foundation_share=Fraction(dice.randrange(5), 4) if is_begun else None,
        suspended_since=_perhaps(dice, start_on + timedelta(days=200)) if is_begun else None,
        required_area_m2=required,
        developed_area_m2=_perhaps(dice, required * dice.randrange(101) / 100),
        total_investment_wan=total,
        invested_wan=_perhaps(dice, total * dice.randrange(101) / 100),
        invested_includes_price=dice.choice([None, False, False, True]),
        delays=tuple(_delay(dice, start_on) for _each in range(dice.choice([0, 0, 1, 3]))),
        agreements=_agreements(dice, start_on),
        price_wan=_perhaps(dice, Decimal(dice.randrange(500, 9_000))),
        registered_on=_perhaps(dice, TODAY),
        is_real_estate=dice.choice([None, True, False]),
        is_mortgaged=dice.choice([None, True, False]),
    )


def _perhaps(dice: random.Random, value: Some) -> Some | None:
    return value if dice.random() < 0.9 else None


def _delay(dice: random.Random, start_on: date) -> Delay:
    from_on = start_on + timedelta(days=dice.randrange(-100, 900))
    return Delay(
        cause=dice.choice(list(Cause)),
        from_on=from_on,
        until_on=_perhaps(dice, from_on + timedelta(days=dice.randrange(1, 500))),
        accepted_on=_perhaps(dice, from_on),
    )


def _agreements(dice: random.Random, start_on: date) -> tuple[Agreement, ...]:
    if dice.random() < 0.8:
        return ()
    signed_on = start_on + timedelta(days=dice.randrange(600))
    agreed_on = signed_on + timedelta(days=dice.randrange(450))
    return (Agreement(signed_on=signed_on, option=Option.EXTENSION, agreed_start_on=agreed_on),)


if __name__ == "__main__":
    main()
