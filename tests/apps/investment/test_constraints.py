"""What the database itself refuses."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction


def refused(act, **values):
    with pytest.raises(IntegrityError), transaction.atomic():
        act(**values)


def test_a_lead_says_both_who_follows_it_and_since_when(make, officer):
    refused(make.lead, assigned_to=officer)
    refused(make.lead, assigned_on=date(2024, 5, 1))


def test_a_lost_lead_says_why(make):
    refused(make.lead, lost_on=date(2024, 5, 1))
    refused(make.lead, lost_reason="other")


def test_a_lead_is_revived_after_it_was_lost(make):
    refused(make.lead, revived_on=date(2024, 5, 1))
    lost = {"lost_on": date(2024, 5, 2), "lost_reason": "other"}
    refused(make.lead, **lost, revived_on=date(2024, 5, 1))
    assert make.lead(**lost, revived_on=date(2024, 5, 2)).pk


def test_a_lead_enters_the_library_once_it_is_found(make):
    refused(make.lead, found_on=date(2024, 5, 2), entered_library_on=date(2024, 5, 1))
    assert make.lead(found_on=date(2024, 5, 2), entered_library_on=date(2024, 5, 2)).pk


def test_fixed_investment_is_part_of_the_planned(make):
    refused(make.signing, planned_wan=Decimal(100), fixed_investment_wan=Decimal("100.000001"))
    assert make.signing(planned_wan=Decimal(100), fixed_investment_wan=Decimal(100)).pk
    assert make.signing(fixed_investment_wan=Decimal(100)).pk


def test_money_and_people_are_not_negative(make):
    refused(make.lead, planned_wan=Decimal(-1))
    refused(make.signing, planned_wan=Decimal(-1))
    refused(make.signing, fixed_investment_wan=Decimal(-1))
    refused(make.visit, people=0)


def test_the_weights_of_a_card_add_up_to_100(make):
    refused(make.card, threshold=0)
    refused(make.card, threshold=101)
    refused(make.card, funds_proved_weight=21)
    refused(make.card, effective_to=date(2020, 1, 1))


def test_a_promised_number_has_a_unit_and_a_promised_date_has_no_number(make):
    refused(make.obligation, kind="tax", promised=Decimal(20))
    refused(make.obligation, kind="tax", unit="wan")
    refused(make.obligation, kind="start", promised=Decimal(20), unit="wan")
    assert make.obligation(kind="tax", promised=Decimal(20), unit="wan_per_mu").pk


def test_a_code_is_given_once_a_zone(make):
    make.lead(code="XS-1")

    refused(make.lead, code="XS-1")
