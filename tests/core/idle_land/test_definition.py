"""第二条, 第二十二条 and 第三十条: each boundary and both sides of it."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from jingkai.core.idle_land import (
    Agreement,
    FaultCode,
    Foundation,
    Ground,
    Option,
    Outcome,
    Track,
    Works,
    determine,
    faults,
    refusals,
)
from jingkai.core.idle_land.limits import dates
from jingkai.core.idle_land.results import CautionCode, ReasonCode

from .parcels import PERMIT_ON, START, TODAY, built, unbuilt

SUSPENDED_ON = date(2025, 11, 23)
LITTLE = {"developed_area_m2": Decimal(29_999), "invested_wan": Decimal(4_999)}


@pytest.mark.parametrize(
    ("on", "outcome", "code"),
    [
        (date(2024, 10, 31), Outcome.NOT_IDLE, ReasonCode.BEFORE_START),
        (date(2024, 11, 1), Outcome.NOT_IDLE, ReasonCode.WITHIN_A_YEAR),
        (date(2025, 10, 31), Outcome.NOT_IDLE, ReasonCode.WITHIN_A_YEAR),
        (date(2025, 11, 1), Outcome.IDLE, ReasonCode.A_YEAR_PAST),
    ],
)
def test_land_is_idle_once_a_full_year_has_passed_since_the_start_day(on, outcome, code):
    found = determine(unbuilt(), on=on)

    assert found.outcome is outcome
    assert code in {reason.code for reason in found.reasons}
    assert found.idle_since == (date(2025, 11, 1) if outcome is Outcome.IDLE else None)


def test_a_year_from_a_leap_day_is_full_on_the_last_of_february():
    leap = unbuilt(agreed_start_on=date(2024, 2, 29))

    assert determine(leap, on=date(2025, 2, 27)).outcome is Outcome.NOT_IDLE
    assert determine(leap, on=date(2025, 2, 28)).outcome is Outcome.IDLE


@pytest.mark.parametrize(
    ("developed_m2", "invested_wan", "outcome", "grounds"),
    [
        # of 90,000 m²   of 20,000 万元
        ("29999.99", "5000", Outcome.MAY_BE_IDLE, (Ground.UNDER_DEVELOPED,)),
        ("30000", "4999.999999", Outcome.MAY_BE_IDLE, (Ground.UNDER_INVESTED,)),
        (
            "29999",
            "4999",
            Outcome.MAY_BE_IDLE,
            (Ground.UNDER_DEVELOPED, Ground.UNDER_INVESTED),
        ),
        ("30000", "5000", Outcome.NOT_IDLE, ()),  # exactly one third, exactly 25 %
        ("29999", None, Outcome.MAY_BE_IDLE, (Ground.UNDER_DEVELOPED,)),  # one is enough
        ("30000", None, Outcome.UNKNOWN, ()),
        (None, "4999", Outcome.MAY_BE_IDLE, (Ground.UNDER_INVESTED,)),
        (None, "5000", Outcome.UNKNOWN, ()),
        (None, None, Outcome.UNKNOWN, ()),
    ],
)
def test_a_parcel_suspended_for_a_year(developed_m2, invested_wan, outcome, grounds):
    facts = built(
        suspended_since=SUSPENDED_ON,
        developed_area_m2=developed_m2 and Decimal(developed_m2),
        invested_wan=invested_wan and Decimal(invested_wan),
    )

    found = determine(facts, on=TODAY)

    assert found.outcome is outcome
    assert found.grounds == grounds
    assert bool(found.missing) is (outcome is Outcome.UNKNOWN)


@pytest.mark.parametrize(
    ("since", "outcome"),
    [(date(2025, 11, 23), Outcome.MAY_BE_IDLE), (date(2025, 11, 24), Outcome.NOT_IDLE)],
)
def test_a_suspension_counts_once_it_is_a_year_old(since, outcome):
    assert determine(built(**LITTLE, suspended_since=since), on=TODAY).outcome is outcome


def test_works_that_went_on_again_are_not_suspended():
    facts = built(**LITTLE, suspended_since=date(2022, 1, 1), resumed_on=date(2024, 1, 1))

    assert determine(facts, on=date(2023, 12, 31)).outcome is Outcome.MAY_BE_IDLE
    assert determine(facts, on=date(2024, 1, 1)).outcome is Outcome.NOT_IDLE


def test_whether_works_are_suspended_is_asked_where_nobody_has_said_so():
    silent = determine(built(**LITTLE, works=None), on=TODAY)
    going_on = determine(built(**LITTLE, works=Works.UNDER_WAY), on=TODAY)

    assert silent.outcome is Outcome.UNKNOWN
    assert silent.missing == ("suspended_since",)
    assert going_on.outcome is Outcome.NOT_IDLE


@pytest.mark.parametrize(
    ("foundation", "share", "commenced"),
    [
        (Foundation.PIT, Fraction(1), True),
        (Foundation.PIT, Decimal("0.9999"), False),
        (Foundation.PILES, Fraction(1), True),
        (Foundation.PILES, Fraction(99, 100), False),
        (Foundation.OTHER, Fraction(1, 3), True),
        (Foundation.OTHER, Decimal("0.3333"), False),
        (None, Fraction(1), True),  # whatever its kind
        (None, Decimal("0.3"), False),
        (None, Fraction(1, 2), None),
        (Foundation.PIT, None, None),
    ],
)
def test_commencement_is_the_permit_and_the_milestone_of_the_foundation(
    foundation, share, commenced
):
    facts = unbuilt(
        works=None,
        construction_permit_on=PERMIT_ON,
        foundation=foundation,
        foundation_share=share,
        suspended_since=None,
    )

    found = determine(facts, on=TODAY)
    reasons = {reason.code for reason in found.reasons}

    expected = {
        True: ReasonCode.COMMENCED,
        False: ReasonCode.NOT_COMMENCED,
        None: ReasonCode.COMMENCEMENT_UNKNOWN,
    }[commenced]
    assert expected in reasons


def test_a_milestone_without_a_permit_on_record_is_no_answer():
    facts = unbuilt(works=None, foundation=Foundation.PIT, foundation_share=Fraction(1))

    found = determine(facts, on=TODAY)

    assert found.outcome is Outcome.UNKNOWN
    assert found.missing == ("construction_permit_on",)


def test_a_permit_of_tomorrow_is_none_today():
    facts = unbuilt(
        works=None,
        construction_permit_on=date(2026, 11, 24),
        foundation=Foundation.PIT,
        foundation_share=Fraction(1),
    )

    assert determine(facts, on=TODAY).track is Track.NEVER_STARTED
    assert determine(facts, on=date(2026, 11, 24)).track is None


def test_works_seen_under_way_are_no_commencement():
    facts = unbuilt(
        works=Works.UNDER_WAY,
        construction_permit_on=PERMIT_ON,
        foundation=Foundation.PIT,
        foundation_share=Fraction(1, 2),
    )

    found = determine(facts, on=TODAY)

    assert found.outcome is Outcome.IDLE
    assert CautionCode.STATEMENT_NOT_ENOUGH in {each.code for each in found.cautions}


def test_nothing_on_record_is_an_answer_that_names_what_is_missing():
    found = determine(unbuilt(works=None, agreed_start_on=None), on=TODAY)

    assert found.outcome is Outcome.UNKNOWN
    assert found.missing == ("construction_permit_on", "foundation_share", "agreed_start_on")


def test_a_start_day_nobody_registered_is_not_one_that_was_not_agreed():
    facts = unbuilt(agreed_start_on=None, handed_over_on=date(2020, 1, 1))

    found = determine(facts, on=TODAY)

    assert found.outcome is Outcome.UNKNOWN
    assert found.missing == ("agreed_start_on",)


def test_land_supplied_last_month_is_not_idle_whatever_was_built():
    facts = unbuilt(works=None, signed_on=date(2026, 10, 20), agreed_start_on=date(2027, 4, 20))

    assert determine(facts, on=TODAY).outcome is Outcome.NOT_IDLE


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"right_ended_on": TODAY}, ReasonCode.RIGHT_ENDED),
        ({"completed_on": TODAY, "works": None}, ReasonCode.COMPLETED),
        ({"in_production_on": TODAY, "works": None}, ReasonCode.COMPLETED),
        (
            {"is_supplied": False, "agreed_start_on": None, "signed_on": None},
            ReasonCode.NOT_SUPPLIED,
        ),
    ],
)
def test_land_that_is_built_given_back_or_not_supplied_is_not_idle(changes, code):
    found = determine(unbuilt(**changes), on=TODAY)

    assert found.outcome is Outcome.NOT_IDLE
    assert found.reasons[0].code is code


def test_a_right_that_ends_tomorrow_has_not_ended():
    assert determine(unbuilt(right_ended_on=date(2026, 11, 24)), on=TODAY).outcome is Outcome.IDLE


def test_before_the_measure_was_in_force_there_is_no_answer_by_it():
    facts = unbuilt(agreed_start_on=date(2009, 1, 1))

    before = determine(facts, on=date(2012, 6, 30))
    after = determine(facts, on=date(2012, 7, 1))

    assert before.outcome is Outcome.UNKNOWN
    assert before.statute is None
    assert after.outcome is Outcome.IDLE
    assert after.statute.document_number == "国土资源部令第53号"


def test_an_agreement_starts_the_time_anew_from_the_day_it_is_signed():
    extension = Agreement(
        option=Option.EXTENSION,
        signed_on=date(2026, 3, 1),
        agreed_start_on=date(2026, 9, 1),
    )
    facts = unbuilt(agreements=(extension,), registered_on=date(2026, 2, 1))

    before = determine(facts, on=date(2026, 2, 28))
    after = determine(facts, on=date(2026, 3, 1))

    assert before.outcome is Outcome.IDLE
    assert after.outcome is Outcome.NOT_IDLE
    assert after.counted_from_on == date(2026, 9, 1)
    assert determine(facts, on=date(2027, 9, 1)).outcome is Outcome.IDLE


def test_paid_recovery_does_not_start_the_time_anew():
    agreed = Agreement(
        option=Option.PAID_RECOVERY,
        signed_on=date(2026, 3, 1),
        agreed_start_on=date(2027, 1, 1),
    )

    assert determine(unbuilt(agreements=(agreed,)), on=TODAY).counted_from_on == START


def test_an_option_that_agrees_no_new_day_leaves_the_start_unknown():
    used = Agreement(option=Option.TEMPORARY_USE, signed_on=date(2026, 3, 1))

    found = determine(unbuilt(agreements=(used,)), on=TODAY)

    assert found.outcome is Outcome.UNKNOWN
    assert found.missing == ("agreements.agreed_start_on",)


@pytest.mark.parametrize(
    ("until_on", "refused"), [(date(2027, 3, 1), False), (date(2027, 3, 2), True)]
)
def test_temporary_use_is_two_years_at_most(until_on, refused):
    used = Agreement(
        option=Option.TEMPORARY_USE,
        signed_on=date(2025, 3, 1),
        agreed_start_on=until_on,
        temporary_from_on=date(2025, 3, 1),
        temporary_until_on=until_on,
    )
    facts = unbuilt(agreements=(used,), registered_on=date(2025, 1, 1))

    codes = [fault.code for fault in faults(facts)]

    assert codes == ([FaultCode.TEMPORARY_USE_TOO_LONG] if refused else [])


@pytest.mark.parametrize(
    ("until_on", "refused"), [(date(2026, 3, 1), False), (date(2026, 3, 2), True)]
)
def test_temporary_use_from_a_leap_day_ends_with_february(until_on, refused):
    used = Agreement(
        option=Option.TEMPORARY_USE,
        temporary_from_on=date(2024, 2, 29),
        temporary_until_on=until_on,
    )

    found = refusals(used, unbuilt(registered_on=date(2024, 1, 1)))

    assert bool(found) is refused


def test_an_option_is_refused_before_the_parcel_is_registered():
    agreed = Agreement(option=Option.NEW_CONDITIONS, signed_on=date(2026, 3, 1))

    late = unbuilt(agreements=(agreed,), registered_on=date(2026, 3, 2))
    early = unbuilt(agreements=(agreed,), registered_on=date(2026, 3, 1))

    assert [fault.code for fault in faults(late)] == [FaultCode.OPTION_UNREGISTERED]
    assert faults(early) == ()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"invested_wan": Decimal("20000.01")}, FaultCode.INVESTED_ABOVE_TOTAL),
        ({"developed_area_m2": Decimal("90000.01")}, FaultCode.DEVELOPED_ABOVE_REQUIRED),
        ({"invested_wan": Decimal(-1)}, FaultCode.NEGATIVE),
        ({"required_area_m2": Decimal(0), "developed_area_m2": None}, FaultCode.NEGATIVE),
        ({"foundation_share": Decimal("1.01")}, FaultCode.FOUNDATION_SHARE_NO_SHARE),
        ({"works": Works.NOT_STARTED}, FaultCode.WORKS_CONTRADICTED),
        ({"agrees_start": False}, FaultCode.START_CONTRADICTED),
        ({"is_supplied": False}, FaultCode.SUPPLY_CONTRADICTED),
        (
            {"commenced_on": date(2024, 9, 2), "foundation_share": Fraction(1, 2)},
            FaultCode.COMMENCEMENT_CONTRADICTED,
        ),
    ],
)
def test_what_contradicts_itself_is_a_fault_and_makes_nobody_idle(changes, code):
    facts = built(**{"suspended_since": date(2020, 1, 1), **changes})

    found = determine(facts, on=TODAY)

    assert code in {fault.code for fault in found.faults}
    assert found.outcome in {Outcome.UNKNOWN, Outcome.NOT_IDLE}


def test_all_that_was_to_be_developed_and_invested_is_no_fault():
    facts = built(invested_wan=Decimal(20_000), developed_area_m2=Decimal(90_000))

    assert faults(facts) == ()


def test_land_that_the_authority_took_back_is_nobodys_idle_land():
    found = determine(unbuilt(is_recovered=True), on=TODAY)

    assert found.outcome is Outcome.NOT_IDLE
    assert [reason.code for reason in found.reasons] == [ReasonCode.RECOVERED]
    assert dates(unbuilt(is_recovered=True), on=TODAY) == ()


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        ({}, Outcome.UNKNOWN),
        ({"resumed_on": TODAY}, Outcome.NOT_IDLE),
        ({"suspended_since": SUSPENDED_ON + timedelta(1)}, Outcome.NOT_IDLE),
        (
            {"developed_area_m2": Decimal(90_000), "invested_wan": Decimal(20_000)},
            Outcome.NOT_IDLE,
        ),
        ({"works": Works.SUSPENDED}, Outcome.MAY_BE_IDLE),
    ],
)
def test_works_that_go_on_and_stand_at_once_are_asked_again_where_it_matters(change, outcome):
    said = {"suspended_since": SUSPENDED_ON, "works": Works.UNDER_WAY, **LITTLE}

    found = determine(built(**said | change), on=TODAY)

    is_asked = FaultCode.SUSPENSION_CONTRADICTED in {fault.code for fault in found.faults}
    assert found.outcome is outcome
    assert is_asked is not bool({"resumed_on", "works"} & change.keys())
    assert found.missing == (("works", "suspended_since") if outcome is Outcome.UNKNOWN else ())
