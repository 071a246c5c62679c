"""The test vectors of the domain handbook, one by one."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from jingkai.core.idle_land import (
    Agreement,
    Cause,
    DutyCode,
    FaultCode,
    Foundation,
    Ground,
    ObstacleCode,
    Option,
    Outcome,
    Track,
    determine,
    faults,
    latest_day,
    refusals,
)
from jingkai.core.idle_land.results import Attribution, Disposal, ReasonCode

from .parcels import PERMIT_ON, TODAY, built, delay, unbuilt

REGISTERED_ON = date(2026, 6, 1)


def duties(found):
    return {duty.code for duty in found.duties}


def option(found, code):
    return next(each for each in found.options if each.option is code)


def test_1_two_years_without_start_are_a_ground_for_recovery_and_no_decision():
    found = determine(unbuilt(), on=TODAY)

    assert found.outcome is Outcome.IDLE
    assert found.track is Track.NEVER_STARTED
    assert found.disposal is Disposal.RECOVERY
    assert found.cause is Attribution.HOLDER
    assert found.fee_wan is None
    assert {DutyCode.APPROVAL_WITH_POWER, DutyCode.HEARING_NOTICE} <= duties(found)
    assert found.reasons[-1].code is ReasonCode.HOLDER_TWO_YEARS
    assert found.reasons[-1].article.number == "第十四条第二项"


def test_2_thirteen_months_without_start_cost_a_fifth_of_the_price():
    found = determine(unbuilt(agreed_start_on=date(2025, 10, 15)), on=TODAY)

    assert found.disposal is Disposal.FEE
    assert found.fee_wan == Decimal(600)
    assert found.statute.thresholds.payment_days == 30
    assert {DutyCode.APPROVAL_SAME_LEVEL, DutyCode.HEARING_NOTICE} <= duties(found)


def test_3_a_changed_plan_leaves_only_the_options_and_a_swap_on_its_conditions():
    facts = {"delays": (delay(Cause.G2),), "registered_on": REGISTERED_ON}

    unpaid = determine(unbuilt(**facts, price_paid_wan=Decimal(2999)), on=TODAY)
    paid = determine(unbuilt(**facts, price_paid_wan=Decimal(3000), funds_in_place=True), on=TODAY)

    assert unpaid.outcome is paid.outcome is Outcome.IDLE
    assert paid.disposal is Disposal.OPTIONS
    assert paid.cause is Attribution.GOVERNMENT
    assert paid.fee_wan is None
    assert option(paid, Option.SWAP).is_allowed is True
    assert option(unpaid, Option.SWAP).is_allowed is False
    assert option(unpaid, Option.EXTENSION).is_allowed is True
    assert DutyCode.HEARING_NOTICE not in duties(paid)


def test_4_a_suspension_with_too_little_invested_may_be_idle_and_costs_no_fee():
    facts = built(
        developed_area_m2=Decimal(36_000),
        invested_wan=Decimal(4000),
        suspended_since=date(2025, 9, 23),
    )

    found = determine(facts, on=TODAY)

    assert found.outcome is Outcome.MAY_BE_IDLE
    assert found.track is Track.SUSPENDED
    assert found.grounds == (Ground.UNDER_INVESTED,)
    assert found.disposal is Disposal.OPTIONS
    assert found.fee_wan is None
    assert DutyCode.HEARING_NOTICE not in duties(found)


def test_5_half_developed_and_suspended_for_three_years_is_not_idle():
    found = determine(built(suspended_since=date(2023, 11, 23)), on=TODAY)

    assert found.outcome is Outcome.NOT_IDLE
    assert found.disposal is None


def test_6_a_pit_dug_half_is_no_commencement():
    facts = unbuilt(
        works=None,
        construction_permit_on=PERMIT_ON,
        foundation=Foundation.PIT,
        foundation_share=Fraction(1, 2),
    )

    found = determine(facts, on=TODAY)

    assert found.track is Track.NEVER_STARTED
    assert found.outcome is Outcome.IDLE


@pytest.mark.parametrize(
    ("on", "outcome"),
    [
        (date(2027, 11, 30), Outcome.NOT_IDLE),
        (date(2027, 12, 1), Outcome.IDLE),
    ],
)
def test_7_a_contract_without_start_day_starts_a_year_after_the_hand_over(on, outcome):
    facts = unbuilt(agreed_start_on=None, agrees_start=False, handed_over_on=date(2025, 12, 1))

    found = determine(facts, on=on)

    assert found.outcome is outcome
    assert found.counted_from_on == date(2026, 12, 1)
    assert found.reasons[1].article.number == "第二十二条第二款"


def test_8_a_parcel_that_is_not_registered_may_not_be_disposed_of_by_agreement():
    found = determine(unbuilt(delays=(delay(),)), on=TODAY)

    assert found.disposal is Disposal.OPTIONS
    assert {each.is_allowed for each in found.options} == {False}
    for each in found.options:
        assert each.obstacles[0].code is ObstacleCode.NOT_REGISTERED
        assert each.obstacles[0].article.number == "第二十五条"


@pytest.mark.parametrize(
    ("agreement", "refused"),
    [
        # one day agreed, signed today: a year from the signing
        (Agreement(signed_on=TODAY, agreed_start_on=date(2027, 8, 1)), False),
        (Agreement(signed_on=TODAY, agreed_start_on=date(2027, 11, 23)), False),
        (Agreement(signed_on=TODAY, agreed_start_on=date(2027, 11, 24)), True),
        # a start day and how far it is extended: a year from the start day
        (
            Agreement(
                signed_on=TODAY,
                agreed_start_on=date(2026, 8, 1),
                latest_start_on=date(2027, 8, 1),
            ),
            False,
        ),
        (
            Agreement(
                signed_on=TODAY,
                agreed_start_on=date(2026, 7, 31),
                latest_start_on=date(2027, 8, 1),
            ),
            True,
        ),
    ],
)
def test_9_an_extension_over_a_year_is_refused(agreement, refused):
    extension = Agreement(
        option=Option.EXTENSION,
        signed_on=agreement.signed_on,
        agreed_start_on=agreement.agreed_start_on,
        latest_start_on=agreement.latest_start_on,
    )

    found = refusals(extension, unbuilt(registered_on=REGISTERED_ON))

    assert [fault.code for fault in found] == ([FaultCode.EXTENSION_TOO_LONG] if refused else [])
    assert all(fault.article.number == "第十二条第一款第一项" for fault in found)


def test_10_an_amount_that_includes_the_land_price_is_asked_again():
    facts = built(
        developed_area_m2=Decimal(36_000),
        invested_wan=Decimal(4000),
        invested_includes_price=True,
        suspended_since=date(2025, 9, 23),
    )

    found = determine(facts, on=TODAY)

    assert [fault.code for fault in faults(facts)] == [FaultCode.INVESTED_INCLUDES_PRICE]
    assert found.outcome is Outcome.UNKNOWN
    assert "invested_wan" in found.missing
    assert found.faults[0].article.number == "第三十条第二款"


@pytest.mark.parametrize(
    ("agreement", "last"),
    [
        (Agreement(signed_on=TODAY), date(2027, 11, 23)),
        (
            Agreement(agreed_start_on=date(2027, 3, 1), latest_start_on=date(2029, 1, 1)),
            date(2028, 3, 1),
        ),
        (Agreement(temporary_from_on=date(2026, 5, 1)), date(2028, 5, 1)),
        (Agreement(), None),
    ],
)
def test_a_refused_agreement_is_told_the_last_day_that_the_law_allows(agreement, last):
    assert latest_day(agreement) == last
