"""What the database itself refuses."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from jingkai.apps.land.models import DECIDED, ParcelChange, ParcelChangePart

EARLY, LATE = date(2024, 5, 1), date(2024, 5, 2)


def refused(act, *args, **values):
    with pytest.raises(IntegrityError), transaction.atomic():
        act(*args, **values)


def test_an_approval_has_an_area_and_is_expropriated_after_it(make):
    refused(make.approval, area_m2=Decimal(0))
    refused(make.approval, approved_on=LATE, expropriated_on=EARLY)
    assert make.approval(approved_on=EARLY, expropriated_on=EARLY, area_m2=Decimal("0.01")).pk


def test_a_parcel_is_not_paid_for_beyond_its_price(make):
    refused(make.parcel, price_wan=Decimal(100), price_paid_wan=Decimal("100.000001"))
    refused(make.parcel, price_paid_on=EARLY)
    refused(make.parcel, price_wan=Decimal(-1))
    assert make.parcel(price_wan=Decimal(100), price_paid_wan=Decimal(100), price_paid_on=LATE).pk


def test_a_parcel_has_an_area_or_none_on_record(make):
    refused(make.parcel, area_m2=Decimal(0))
    assert make.parcel(area_m2=None).pk


def test_a_parcels_term_ends_after_it_begins(make):
    refused(make.parcel, term_from_on=LATE, term_until_on=EARLY)
    assert make.parcel(term_from_on=EARLY, term_until_on=LATE).pk


def test_the_filing_in_the_monitoring_system_has_a_number_and_a_day(make):
    refused(make.parcel, monitoring_number="3701-1")
    refused(make.parcel, registered_in_monitoring_on=EARLY)
    assert make.parcel(monitoring_number="3701-1", registered_in_monitoring_on=EARLY).pk


@pytest.mark.parametrize("statutory", DECIDED)
def test_what_the_authority_decides_has_its_documents_number(statutory, make):
    refused(make.parcel, statutory=statutory)
    assert make.parcel(statutory=statutory, statutory_document="济自然资闲认〔2024〕1号").pk


def test_whoever_is_to_remove_an_obstacle_has_one_to_remove(make):
    refused(make.parcel, obstacle_owner="holder")
    refused(make.plant, obstacle_owner="holder")
    assert make.parcel(obstacle="plan", obstacle_owner="committee").pk


def test_a_parcel_code_is_of_one_parcel_that_stands(make):
    make.parcel(parcel_code="370117001001GB00001", retired_on=EARLY)
    make.parcel(parcel_code="370117001001GB00001")

    refused(make.parcel, parcel_code="370117001001GB00001")
    assert make.parcel(parcel_code="").pk
    assert make.parcel(parcel_code="").pk


def test_a_contracts_dates_are_in_order(make):
    parcel = make.parcel()
    refused(make.contract, parcel, signed_on=LATE, agreed_start_on=EARLY)
    refused(make.contract, parcel, agreed_start_on=LATE, agreed_completion_on=EARLY)
    refused(make.contract, parcel, hand_over_document="交地1号")
    assert make.contract(parcel, signed_on=EARLY, agreed_start_on=EARLY).pk


def test_a_contract_that_agrees_no_start_has_no_day_of_it(make):
    parcel = make.parcel()
    refused(make.contract, parcel, agrees_start=False)
    assert make.contract(parcel, agrees_start=False, agreed_start_on=None).pk
    assert make.contract(parcel, agrees_start=None).pk


def test_an_option_belongs_to_a_supplementary_agreement(make):
    parcel = make.parcel()
    first = make.contract(parcel)
    refused(make.contract, parcel, option="extension")
    refused(make.contract, parcel, extended_until_on=LATE)
    refused(make.contract, parcel, supersedes=first, temporary_from_on=EARLY)
    assert make.contract(parcel, supersedes=first, option="extension", extended_until_on=LATE).pk


def test_a_contract_keeps_its_numbers_in_order_and_positive(make):
    parcel = make.parcel()
    refused(
        make.contract,
        parcel,
        floor_area_ratio_min=Decimal("1.5"),
        floor_area_ratio_max=Decimal("1.49"),
    )
    refused(make.contract, parcel, total_investment_wan=Decimal(-1))
    refused(make.contract, parcel, required_area_m2=Decimal(-1))


def test_works_follow_one_another(make):
    parcel = make.parcel()
    refused(make.works, parcel, commenced_on=LATE, completed_on=EARLY)
    refused(make.works, parcel, completed_on=LATE, in_production_on=EARLY)
    refused(make.works, parcel, commenced_on=LATE, suspended_since=EARLY)
    refused(make.works, parcel, suspended_since=LATE, resumed_on=EARLY)
    refused(make.works, parcel, resumed_on=LATE)
    refused(make.works, parcel, construction_permit_number="3701-1")
    assert make.works(parcel, commenced_on=EARLY, suspended_since=EARLY, resumed_on=EARLY).pk


def test_a_foundation_is_done_in_part_or_whole_and_of_a_kind(make):
    parcel = make.parcel()
    refused(make.works, parcel, foundation="piles", foundation_share=Decimal("1.0001"))
    refused(make.works, parcel, foundation="piles", foundation_share=Decimal("-0.0001"))
    refused(make.works, parcel, foundation_share=Decimal("0.5"))
    assert make.works(parcel, foundation="piles", foundation_share=Decimal(1)).pk


def test_what_is_invested_has_no_land_price_in_it(make):
    parcel = make.parcel()
    refused(make.works, parcel, invested_wan=Decimal(1), invested_includes_price=True)
    refused(make.works, parcel, invested_wan=Decimal(-1))
    refused(make.works, parcel, developed_area_m2=Decimal(-1))
    assert make.works(parcel, invested_includes_price=False).pk
    assert make.works(parcel, invested_includes_price=None).pk


def test_a_delay_ends_after_it_starts_and_is_accepted_or_refused(make):
    parcel = make.parcel()
    refused(make.delay, parcel, from_on=LATE, until_on=LATE)
    refused(make.delay, parcel, accepted_on=LATE)
    refused(make.delay, parcel, accepted_document="济政字〔2024〕1号")
    accepted = {"accepted_on": LATE, "accepted_document": "济政字〔2024〕1号"}
    refused(make.delay, parcel, **accepted, refused_on=LATE)
    assert make.delay(parcel, **accepted).pk


def test_what_is_vacant_is_part_of_the_whole(make):
    refused(make.plant, floor_area_m2=Decimal(100), idle_area_m2=Decimal("100.01"))
    plant = make.plant(floor_area_m2=Decimal(100), idle_area_m2=Decimal(100))
    refused(make.hall, plant, area_m2=Decimal(50), vacant_area_m2=Decimal("50.01"))
    refused(make.plant, power_kva=Decimal(-1))
    refused(make.hall, plant, clear_height_m=Decimal(-1))
    assert make.hall(plant, area_m2=None, vacant_area_m2=Decimal(1)).pk


def test_a_measurement_says_who_and_when(make):
    refused(make.plant, measured_by="张工")
    refused(make.plant, measured_on=EARLY)
    plant = make.plant(measured_by="张工", measured_on=EARLY)
    refused(make.hall, plant, measured_by="张工")
    refused(make.hall, plant, measured_on=EARLY)


def test_a_lease_ends_after_it_starts_and_has_its_safety_agreement(make):
    plant = make.plant()
    refused(make.lease, plant, from_on=LATE, until_on=LATE)
    refused(make.lease, plant, safety_agreement_on=None)
    refused(make.lease, plant, area_m2=Decimal(-1))
    assert make.lease(plant, from_on=EARLY, until_on=LATE).pk


def test_a_promise_that_was_checked_has_a_value_and_a_day(make):
    parcel = make.parcel()
    refused(make.obligation, parcel, kept_value=Decimal(1))
    refused(make.obligation, parcel, checked_on=EARLY)
    assert make.obligation(parcel, kept_value=Decimal(1), checked_on=EARLY).pk


def test_a_parcel_comes_and_goes_once(make):
    parcel, zone = make.parcel(), make.zone
    told = {"zone": zone, "kind": "split", "changed_on": EARLY, "recorded_at": make.at}
    changes = [ParcelChange.everywhere.create(**told, recorded_by="a") for _time in range(2)]
    part = {"zone": zone, "parcel": parcel, "side": "before"}
    ParcelChangePart.everywhere.create(**part, change=changes[0])

    refused(ParcelChangePart.everywhere.create, **part, change=changes[1])
