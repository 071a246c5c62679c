"""第十二条 to 第十五条, 第二十四条: by whose doing, and what follows."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from jingkai.core.idle_land import (
    Cause,
    Disposal,
    DutyCode,
    ObstacleCode,
    Option,
    Outcome,
    Override,
    determine,
)
from jingkai.core.idle_land.results import Attribution, CautionCode, FaultCode, ReasonCode

from .parcels import START, TODAY, built, delay, unbuilt

TWO_YEARS_ON = date(2026, 11, 1)


def codes(each):
    return {one.code for one in each}


@pytest.mark.parametrize(
    ("on", "disposal"),
    [
        (date(2025, 11, 1), Disposal.FEE),
        (date(2026, 10, 31), Disposal.FEE),
        (TWO_YEARS_ON, Disposal.RECOVERY),
    ],
)
def test_a_fee_after_one_year_and_recovery_after_two(on, disposal):
    assert determine(unbuilt(), on=on).disposal is disposal


@pytest.mark.parametrize(
    ("delayed_days", "disposal"),
    [
        (0, Disposal.RECOVERY),
        (22, Disposal.RECOVERY),  # today is 752 days after the start, two years are 730
        (23, Disposal.FEE),
        (387, Disposal.FEE),  # one year is 365
        (388, Disposal.OPTIONS),
    ],
)
def test_days_of_an_accepted_government_delay_do_not_count(delayed_days, disposal):
    until_on = START + timedelta(days=delayed_days)
    delays = (delay(until_on=until_on),) if delayed_days else ()

    found = determine(unbuilt(delays=delays), on=TODAY)

    assert found.outcome is Outcome.IDLE
    assert found.disposal is disposal
    assert found.idle_days == 752
    assert found.holder_days == 752 - delayed_days


def test_delays_that_overlap_or_lie_before_the_start_count_once_and_within():
    delays = (
        delay(Cause.G1, from_on=date(2024, 1, 1), until_on=date(2024, 11, 11)),
        delay(Cause.G4, from_on=date(2024, 11, 5), until_on=date(2024, 11, 21)),
        delay(Cause.G5, from_on=date(2024, 11, 6), until_on=date(2024, 11, 7)),
    )

    found = determine(unbuilt(delays=delays), on=TODAY)

    assert found.holder_days == 752 - 20


@pytest.mark.parametrize(
    ("cause", "place"),
    [
        (Cause.G2, "第八条第一款"),
        (Cause.G7, "第八条第二款"),
        (Cause.PRELIMINARY_WORKS, "第二十六条"),
    ],
)
def test_days_that_do_not_count_name_the_paragraph_that_says_so(cause, place):
    found = determine(unbuilt(delays=(delay(cause),), is_real_estate=True), on=TODAY)

    out = next(each for each in found.reasons if each.code is ReasonCode.DELAYS_COUNTED_OUT)
    assert out.article.number == place
    assert out.days == 752


def test_the_holders_own_delays_count_against_the_holder():
    own = delay(Cause.ENTERPRISE, until_on=None)

    assert determine(unbuilt(delays=(own,)), on=TODAY).disposal is Disposal.RECOVERY


def test_a_claim_counts_once_accepted_and_shows_before_what_it_would_change():
    claim = delay(Cause.G2, until_on=None, accepted_on=TODAY)

    before = determine(unbuilt(delays=(claim,)), on=TODAY - timedelta(days=1))
    after = determine(unbuilt(delays=(claim,)), on=TODAY)

    assert before.disposal is Disposal.RECOVERY
    assert before.if_accepted is Disposal.OPTIONS
    assert after.disposal is Disposal.OPTIONS
    assert after.if_accepted is None


def test_a_claim_that_was_refused_would_change_nothing():
    claim = delay(accepted_on=None)
    refused = type(claim)(cause=claim.cause, from_on=claim.from_on, refused_on=TODAY)

    assert determine(unbuilt(delays=(refused,)), on=TODAY).if_accepted is None


def test_a_claim_of_a_few_days_would_change_nothing():
    claim = delay(until_on=START + timedelta(days=5), accepted_on=None)

    assert determine(unbuilt(delays=(claim,)), on=TODAY).if_accepted is None


@pytest.mark.parametrize(
    ("is_real_estate", "disposal", "missing"),
    [
        (True, Disposal.EXCEPTED, ()),
        (False, Disposal.RECOVERY, ()),
        (None, None, ("is_real_estate",)),
    ],
)
def test_preliminary_works_except_real_estate_land_alone(is_real_estate, disposal, missing):
    works = delay(Cause.PRELIMINARY_WORKS)

    found = determine(unbuilt(delays=(works,), is_real_estate=is_real_estate), on=TODAY)

    assert found.outcome is Outcome.IDLE
    assert found.disposal is disposal
    assert found.missing == missing


def test_whether_land_is_for_real_estate_is_not_asked_where_it_changes_nothing():
    works = delay(Cause.PRELIMINARY_WORKS, until_on=START + timedelta(days=2))

    found = determine(unbuilt(delays=(works,), is_real_estate=False), on=TODAY)
    unknown = determine(unbuilt(delays=(works, delay(Cause.G2)), is_real_estate=None), on=TODAY)

    assert found.disposal is Disposal.RECOVERY
    assert unknown.disposal is Disposal.OPTIONS
    assert unknown.missing == ()


def test_the_fee_is_a_fifth_to_the_fen_and_unknown_without_a_price():
    facts = {"agreed_start_on": date(2025, 10, 15)}

    odd = determine(unbuilt(**facts, price_wan=Decimal("1234.567891")), on=TODAY)
    unpriced = determine(unbuilt(**facts, price_wan=None), on=TODAY)

    assert odd.fee_wan == Decimal("246.913578")
    assert unpriced.fee_wan is None
    assert CautionCode.PRICE_UNKNOWN in codes(unpriced.cautions)


def test_that_real_estate_land_pays_up_to_a_fifth_is_shown():
    facts = {"agreed_start_on": date(2025, 10, 15)}

    homes = determine(unbuilt(**facts, is_real_estate=True), on=TODAY)
    factory = determine(unbuilt(**facts, is_real_estate=False), on=TODAY)

    assert CautionCode.FEE_UP_TO in codes(homes.cautions)
    assert CautionCode.FEE_UP_TO not in codes(factory.cautions)


def test_the_land_law_is_cited_by_the_number_that_it_bears_on_the_day():
    facts = unbuilt(agreed_start_on=date(2015, 1, 1))

    as_cited = determine(facts, on=date(2019, 12, 31))
    moved = determine(facts, on=date(2020, 1, 1))

    assert CautionCode.CITED_ARTICLE_MOVED not in codes(as_cited.cautions)
    cited = next(each for each in moved.cautions if each.code is CautionCode.CITED_ARTICLE_MOVED)
    assert cited.article.number == "第三十八条"


@pytest.mark.parametrize(
    ("is_mortgaged", "expected"),
    [
        (True, DutyCode.COPY_TO_MORTGAGEE),
        (None, DutyCode.ASK_FOR_MORTGAGE),
        (False, None),
    ],
)
def test_the_mortgagee_hears_of_a_recovery(is_mortgaged, expected):
    found = codes(determine(unbuilt(is_mortgaged=is_mortgaged), on=TODAY).duties)

    told = {DutyCode.COPY_TO_MORTGAGEE, DutyCode.ASK_FOR_MORTGAGE, DutyCode.NOTIFY_MORTGAGEE}
    assert found & told == ({expected} if expected else set())


def test_the_mortgagee_is_told_in_writing_while_a_plan_is_drafted():
    found = determine(unbuilt(is_mortgaged=True, delays=(delay(),)), on=TODAY)

    assert DutyCode.NOTIFY_MORTGAGEE in codes(found.duties)
    assert DutyCode.PUBLISH_CAUSE in codes(found.duties)
    assert DutyCode.APPROVAL_SAME_LEVEL in codes(found.duties)


def test_who_hoards_land_gets_no_more_and_may_not_sell_it():
    freeze = {DutyCode.REFUSE_NEW_LAND, DutyCode.REFUSE_TRANSACTIONS}

    hoarding = determine(unbuilt(is_hoarding=True), on=TODAY)
    not_idle = determine(unbuilt(is_hoarding=True), on=START)

    assert freeze <= codes(hoarding.duties)
    assert not_idle.duties == ()
    assert not freeze & codes(determine(unbuilt(), on=TODAY).duties)


@pytest.mark.parametrize(
    ("changes", "is_allowed", "obstacles", "missing"),
    [
        ({}, True, set(), ()),
        ({"price_paid_wan": Decimal("2999.99")}, False, {ObstacleCode.PRICE_NOT_PAID}, ()),
        ({"price_paid_wan": None}, None, set(), ("price_paid_wan",)),
        ({"funds_in_place": False}, False, {ObstacleCode.FUNDS_NOT_IN_PLACE}, ()),
        ({"funds_in_place": None}, None, set(), ("funds_in_place",)),
        ({"registered_on": None}, False, {ObstacleCode.NOT_REGISTERED}, ()),
        ({"delays": (delay(Cause.G1),)}, False, {ObstacleCode.PLAN_NOT_CHANGED}, ()),
    ],
)
def test_a_swap_needs_the_price_the_funds_and_a_changed_plan(
    changes, is_allowed, obstacles, missing
):
    facts = {
        "price_paid_wan": Decimal(3000),
        "funds_in_place": True,
        "registered_on": TODAY,
        "delays": (delay(Cause.G2),),
    }

    found = determine(unbuilt(**{**facts, **changes}), on=TODAY)
    swap = next(each for each in found.options if each.option is Option.SWAP)

    assert swap.is_allowed is is_allowed
    assert codes(swap.obstacles) == obstacles
    assert swap.missing == missing


def test_mixed_causes_are_pointed_out():
    found = determine(unbuilt(delays=(delay(until_on=date(2025, 1, 1)),)), on=TODAY)

    assert found.cause is Attribution.HOLDER
    assert CautionCode.MIXED_CAUSES in codes(found.cautions)
    assert ReasonCode.DELAYS_COUNTED_OUT in codes(found.reasons)


def test_a_lawyer_may_read_the_days_otherwise_with_a_reason():
    override = Override(on=TODAY, by="法制科", reason="重新起算", holder_days=100)

    found = determine(unbuilt(delays=(delay(Cause.G2),), override=override), on=TODAY)
    alone = determine(unbuilt(override=override), on=TODAY)

    assert found.disposal is Disposal.OPTIONS
    assert alone.holder_days == 100
    assert alone.computed.disposal is Disposal.RECOVERY
    assert ReasonCode.OVERRIDDEN in codes(alone.reasons)


def test_a_lawyer_may_set_the_day_from_which_time_counts():
    override = Override(
        on=TODAY, by="法制科", reason="交地延误后重新起算", counted_from_on=date(2026, 1, 1)
    )

    found = determine(unbuilt(override=override), on=TODAY)

    assert found.outcome is Outcome.NOT_IDLE
    assert found.computed.outcome is Outcome.IDLE


def test_a_reading_without_a_reason_is_a_fault_and_changes_nothing():
    override = Override(on=TODAY, by="法制科", reason=" ", holder_days=100)

    found = determine(unbuilt(override=override), on=TODAY)

    assert found.disposal is Disposal.RECOVERY
    assert found.computed is None
    assert [fault.code for fault in found.faults] == [FaultCode.OVERRIDE_WITHOUT_REASON]


def test_a_suspended_parcel_knows_no_delays_fees_or_recovery():
    facts = built(
        suspended_since=date(2020, 1, 1),
        invested_wan=Decimal(1),
        delays=(delay(Cause.ENTERPRISE),),
    )

    found = determine(facts, on=TODAY)

    assert found.disposal is Disposal.OPTIONS
    assert found.holder_days is None
    assert found.fee_wan is None
