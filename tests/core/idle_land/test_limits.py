"""Early warning before every limit."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingkai.core.idle_land import Agreement, Disposal, Option, Override, Works, determine
from jingkai.core.idle_land.limits import (
    WARNING_RULES,
    Level,
    LimitCode,
    Mark,
    Nearness,
    dates,
    upcoming,
    warnings,
)

from .parcels import START, TODAY, built, delay, unbuilt


def day_of(code, facts, on=TODAY):
    return next((each.on for each in dates(facts, on=on) if each.code is code), None)


def test_an_unbuilt_parcel_is_warned_from_three_months_before_to_two_years_after():
    alerts = warnings(unbuilt(price_wan=None), on=START)

    marks = {each.months: each.on for each in alerts if each.months is not None}
    assert marks == {
        -3: date(2024, 8, 1),
        0: date(2024, 11, 1),
        6: date(2025, 5, 1),
        11: date(2025, 10, 1),
        12: date(2025, 11, 1),
        18: date(2026, 5, 1),
        23: date(2026, 10, 1),
        24: date(2026, 11, 1),
    }


def test_the_marks_at_a_limit_name_its_article_and_the_others_none():
    alerts = {each.months: each for each in warnings(unbuilt(), on=START)}

    assert alerts[12].article.number == "第十四条第一项"
    assert alerts[24].article.number == "第十四条第二项"
    assert alerts[11].article is None
    assert alerts[11].code is LimitCode.FEE


@pytest.mark.parametrize(
    ("on", "left", "nearness"),
    [
        (date(2025, 10, 1), 31, Nearness.AHEAD),
        (date(2025, 10, 2), 30, Nearness.SOON),
        (date(2025, 10, 31), 1, Nearness.SOON),
        (date(2025, 11, 1), 0, Nearness.PAST),
        (date(2025, 11, 2), -1, Nearness.PAST),
    ],
)
def test_days_are_counted_down_to_the_limit(on, left, nearness):
    alert = next(each for each in warnings(unbuilt(), on=on) if each.months == 12)

    assert alert.days_left == left
    assert alert.nearness is nearness


def test_a_government_delay_moves_the_holders_limits_and_not_the_definition():
    facts = unbuilt(delays=(delay(until_on=START + timedelta(days=10)),))

    assert day_of(LimitCode.IDLE, facts) == date(2025, 11, 1)
    assert day_of(LimitCode.FEE, facts) == date(2025, 11, 11)
    assert day_of(LimitCode.RECOVERY, facts) == date(2026, 11, 11)


def test_a_delay_that_goes_on_keeps_the_limits_off():
    facts = unbuilt(delays=(delay(from_on=date(2025, 1, 1)),))

    assert day_of(LimitCode.FEE, facts) is None
    assert not any(each.months == 12 for each in warnings(facts, on=TODAY))


def test_once_works_have_commenced_no_start_is_owed():
    found = {each.code for each in dates(built(works=Works.UNDER_WAY), on=TODAY)}

    assert not found & {LimitCode.START, LimitCode.FEE, LimitCode.RECOVERY}


def test_a_suspension_is_warned_of_unless_enough_was_done():
    little = built(suspended_since=date(2026, 5, 1), developed_area_m2=Decimal(1))
    enough = built(suspended_since=date(2026, 5, 1))
    unknown = built(suspended_since=date(2026, 5, 1), invested_wan=None)

    assert day_of(LimitCode.SUSPENDED, little) == date(2027, 5, 1)
    assert day_of(LimitCode.SUSPENDED, unknown) == date(2027, 5, 1)
    assert day_of(LimitCode.SUSPENDED, enough) is None


def test_the_price_the_completion_temporary_use_and_the_term_have_their_days():
    used = Agreement(
        option=Option.TEMPORARY_USE,
        signed_on=date(2025, 3, 1),
        agreed_start_on=date(2027, 3, 1),
        temporary_from_on=date(2025, 3, 1),
        temporary_until_on=date(2027, 3, 1),
    )
    facts = unbuilt(
        agreements=(used,),
        agreed_completion_on=date(2028, 1, 1),
        term_until_on=date(2074, 1, 10),
        price_paid_wan=Decimal(2999),
    )

    assert day_of(LimitCode.PRICE_PAYMENT, facts) == date(2024, 3, 10)
    assert day_of(LimitCode.COMPLETION, facts) == date(2028, 1, 1)
    assert day_of(LimitCode.TEMPORARY_USE, facts) == date(2027, 3, 1)
    assert day_of(LimitCode.TERM_END, facts) == date(2074, 1, 10)


def test_a_price_paid_in_full_is_not_asked_for():
    paid = unbuilt(price_paid_wan=Decimal(3000))

    assert day_of(LimitCode.PRICE_PAYMENT, paid) is None
    assert day_of(LimitCode.PRICE_PAYMENT, unbuilt()) == date(2024, 3, 10)


def test_land_given_back_is_under_no_limit():
    assert dates(unbuilt(right_ended_on=TODAY), on=TODAY) == ()
    assert warnings(unbuilt(right_ended_on=TODAY), on=TODAY) == ()


def test_a_zone_warns_as_it_likes():
    rules = replace(WARNING_RULES[-1], marks=(Mark(9, Level.CRITICAL),))

    alerts = [each for each in warnings(unbuilt(), on=START, rules=rules) if each.months]

    assert [(each.on, each.level) for each in alerts] == [(date(2025, 8, 1), Level.CRITICAL)]


def test_the_next_day_to_act_before_is_the_first_still_to_come():
    alerts = warnings(unbuilt(price_wan=None), on=date(2026, 10, 1))

    assert upcoming(alerts).on == date(2026, 11, 1)
    assert upcoming(()) is None


@given(days=st.integers(0, 1200), begins=st.integers(-200, 900), length=st.integers(1, 700))
def test_the_limits_foretell_the_determination(days, begins, length):
    from_on = START + timedelta(days=begins)
    pause = delay(from_on=from_on, until_on=from_on + timedelta(days=length))
    facts = unbuilt(delays=(pause,))
    on = START + timedelta(days=days)

    found = determine(facts, on=on)

    assert (found.disposal is Disposal.RECOVERY) == (on >= day_of(LimitCode.RECOVERY, facts))
    assert (found.disposal in {Disposal.FEE, Disposal.RECOVERY}) == (
        on >= day_of(LimitCode.FEE, facts)
    )


@pytest.mark.parametrize(("counted", "fee_on", "recovery_on"), [(100, 265, 630), (400, 0, 330)])
def test_the_days_that_a_lawyer_counted_go_on_from_the_day_of_the_reading(
    counted, fee_on, recovery_on
):
    override = Override(on=TODAY, by="法制科", reason="查封期间不计", holder_days=counted)
    facts = unbuilt(override=override)
    days = [day_of(code, facts) - TODAY for code in (LimitCode.FEE, LimitCode.RECOVERY)]

    eve = determine(facts, on=TODAY + timedelta(recovery_on - 1))
    day = determine(facts, on=TODAY + timedelta(recovery_on))

    assert days == [timedelta(fee_on), timedelta(recovery_on)]
    assert (eve.disposal, day.disposal) == (Disposal.FEE, Disposal.RECOVERY)
