"""The handbook's vectors, from the registers to what the engine says of them."""

from datetime import date
from decimal import Decimal

import pytest

from jingkai.apps.idle import facts, queries
from jingkai.apps.land.models import WorksProgress
from jingkai.core.idle_land import Disposal, Option, Outcome, Track

TODAY = date(2026, 11, 23)
pytestmark = pytest.mark.django_db


def test_two_years_without_a_start_are_a_ground_for_recovery(make):
    parcel = make.idle(date(2024, 11, 1))

    found = queries.determination(parcel, on=TODAY)

    assert (found.outcome, found.disposal) == (Outcome.IDLE, Disposal.RECOVERY)


def test_a_year_without_a_start_costs_a_fifth_of_the_price(make):
    parcel = make.idle(date(2025, 10, 15))

    found = queries.determination(parcel, on=TODAY)

    assert (found.disposal, found.fee_wan) == (Disposal.FEE, Decimal(600))


def test_a_plan_that_was_changed_leaves_only_the_options(make):
    parcel = make.idle(date(2024, 11, 1))
    accepted = {"accepted_on": date(2025, 2, 1), "accepted_document": "示规〔2025〕3号"}
    make.delay(parcel, "g2", date(2024, 11, 1), **accepted)

    found = queries.determination(parcel, on=TODAY)

    assert found.disposal == Disposal.OPTIONS
    swap = next(check for check in found.options if check.option is Option.SWAP)
    assert not swap.is_allowed


def test_a_suspension_with_little_invested_may_be_idle_and_costs_no_fee(make):
    parcel = make.suspended(date(2025, 9, 23), area=36_000, wan=4_000)

    found = queries.determination(parcel, on=TODAY)

    assert (found.outcome, found.track) == (Outcome.MAY_BE_IDLE, Track.SUSPENDED)
    assert (found.disposal, found.fee_wan) == (Disposal.OPTIONS, None)


def test_a_suspension_beyond_both_shares_is_not_idle(make):
    parcel = make.suspended(date(2023, 11, 23), area=45_000, wan=12_000)

    found = queries.determination(parcel, on=TODAY)

    assert found.outcome == Outcome.NOT_IDLE


def test_half_a_pit_is_no_start(make):
    parcel = make.idle(date(2024, 11, 1), stage="")
    make.row(
        WorksProgress,
        parcel=parcel,
        reported_on=date(2026, 1, 1),
        construction_permit_on=date(2025, 12, 1),
        foundation="pit",
        foundation_share=Decimal("0.5"),
    )

    found = queries.determination(parcel, on=TODAY)

    assert (found.outcome, found.track) == (Outcome.IDLE, Track.NEVER_STARTED)


@pytest.mark.parametrize(
    ("on", "outcome"),
    [(date(2027, 11, 30), Outcome.NOT_IDLE), (date(2027, 12, 1), Outcome.IDLE)],
)
def test_without_an_agreed_start_a_year_from_the_hand_over_counts(make, on, outcome):
    parcel = make.parcel()
    make.contract(parcel, None, agrees_start=False, handed_over_on=date(2025, 12, 1))

    assert queries.determination(parcel, on=on).outcome == outcome


def test_a_contract_that_says_nothing_of_a_start_is_asked_for_it(make):
    parcel = make.parcel()
    make.contract(parcel, None, handed_over_on=date(2020, 12, 1))

    found = queries.determination(parcel, on=TODAY)

    assert (found.outcome, found.missing) == (Outcome.UNKNOWN, ("agreed_start_on",))


def test_a_later_statement_replaces_only_what_it_says(make):
    parcel = make.suspended(date(2025, 1, 1), area=20_000, wan=4_000)
    make.row(
        WorksProgress,
        parcel=parcel,
        reported_on=date(2025, 6, 1),
        invested_wan=Decimal(4_500),
        invested_includes_price=False,
    )

    known = facts.of_parcel(parcel, on=TODAY)

    assert known.construction_permit_on == date(2022, 5, 1)
    assert known.suspended_since == date(2025, 1, 1)
    assert known.invested_wan == Decimal(4_500)


def test_what_is_recorded_later_is_not_known_on_an_earlier_day(make):
    parcel = make.suspended(date(2025, 1, 1), area=20_000, wan=4_000)

    known = facts.of_parcel(parcel, on=date(2024, 12, 31))

    assert known.suspended_since is None
    assert known.construction_permit_on is None


def test_a_thousand_parcels_take_no_more_queries_than_one(make, django_assert_num_queries):
    parcels = [make.idle(date(2024, 11, 1)) for _ in range(12)]

    with django_assert_num_queries(6):
        found = list(facts.of_parcels(parcels, on=TODAY))

    assert len(found) == 12


@pytest.mark.parametrize(("filed_on", "counts"), [(2, True), (1, False)])
def test_a_filing_before_works_had_to_start_is_that_of_the_supply(make, filed_on, counts):
    start = date(2023, 4, 2)
    parcel = make.idle(
        start, monitoring_number="BA-1", registered_in_monitoring_on=date(2023, 4, filed_on)
    )

    known = facts.of_parcel(parcel, on=date(2024, 12, 31))

    assert (known.registered_on is not None) is counts


@pytest.mark.parametrize("option", ["paid_recovery", "swap"])
def test_an_agreement_of_the_register_that_ends_the_right_ends_it(make, option):
    parcel = make.idle(date(2022, 1, 20))
    first = parcel.contracts.get()
    make.contract(parcel, None, supersedes=first, option=option, signed_on=date(2024, 6, 3))

    before = queries.determination(parcel, on=date(2024, 6, 2))
    after = queries.determination(parcel, on=date(2024, 6, 3))

    assert (before.outcome, after.outcome) == ("idle", "not_idle")


def test_land_of_an_old_register_that_was_taken_back_is_not_idle(make):
    parcel = make.idle(
        date(2022, 1, 20), statutory="recovered", statutory_document="收〔2023〕1号"
    )

    assert queries.determination(parcel, on=date(2024, 6, 3)).outcome == "not_idle"
