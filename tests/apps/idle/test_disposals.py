"""The three ways of disposal: each gate from both sides, with its article."""

from datetime import date
from decimal import Decimal

import pytest

from jingkai.apps.idle import actions, queries
from jingkai.apps.idle.models import CaseStep
from jingkai.apps.idle.models.choices import Result
from jingkai.apps.land.models import Parcel
from jingkai.core.idle_land.procedure import StepCode
from tests.apps.idle.conftest import FORCE

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

FEE_START = date(2023, 4, 1)  # thirteen months before the determination
RECOVERY_START = date(2022, 1, 20)
NUMBER = {"document_number": "示政复〔2024〕8号"}


def refused(error):
    return {lack.code for lack in error.value.lacks}


def heard(make, case):
    make.step(
        case,
        StepCode.HEARING_NOTICE,
        date(2024, 5, 20),
        served_on=date(2024, 5, 21),
        document_number="示自然资听〔2024〕1号",
    )
    make.step(case, StepCode.HEARING, date(2024, 5, 29))


def test_a_fee_goes_its_whole_way(make):
    case = make.determined(make.idle(FEE_START))
    heard(make, case)
    make.approve(make.step(case, StepCode.FEE_APPROVAL, date(2024, 6, 3)), "示政复〔2024〕8号")
    decision = make.step(case, StepCode.FEE_DECISION, date(2024, 6, 10), amount_wan=Decimal(600))
    make.approve(decision, "示自然资费〔2024〕1号", served_on=date(2024, 6, 12))
    case.refresh_from_db()
    assert (case.fee_wan, case.due_step, case.due_on) == (
        Decimal(600),
        "fee_payment",
        date(2024, 7, 12),
    )

    make.step(case, StepCode.FEE_PAYMENT, date(2024, 7, 1), amount_wan=Decimal(600))
    make.step(case, StepCode.PERFORMANCE, date(2024, 7, 1))
    make.step(case, StepCode.CLOSING, date(2024, 7, 5))

    case.refresh_from_db()
    assert (case.closed_on, case.result) == (date(2024, 7, 5), Result.FEE_PAID)
    assert Parcel.objects.get(pk=case.parcel_id).statutory == "fee_decided"


def test_a_fee_that_was_paid_stays_one_when_the_second_year_is_over(make):
    case = make.determined(make.idle(date(2022, 12, 20)))
    heard(make, case)
    make.approve(make.step(case, StepCode.FEE_APPROVAL, date(2024, 6, 3)), "示政复〔2024〕8号")
    decision = make.step(case, StepCode.FEE_DECISION, date(2024, 6, 10), amount_wan=Decimal(600))
    make.approve(decision, "示自然资费〔2024〕1号", served_on=date(2024, 6, 12))
    make.step(case, StepCode.FEE_PAYMENT, date(2024, 7, 1), amount_wan=Decimal(600))
    make.step(case, StepCode.PERFORMANCE, date(2024, 7, 1))

    make.step(case, StepCode.CLOSING, date(2024, 12, 25))

    case.refresh_from_db()
    assert case.result == Result.FEE_PAID


def test_a_second_year_turns_a_fee_into_a_ground_for_recovery(make):
    case = make.determined(make.idle(date(2022, 12, 20)))
    heard(make, case)

    with pytest.raises(actions.StepRefused, match="第十四条第一项"):
        make.step(case, StepCode.FEE_APPROVAL, date(2024, 12, 25))
    assert make.step(case, StepCode.RECOVERY_APPROVAL, date(2024, 12, 25)).pk


def test_a_fee_is_a_fifth_of_the_price_and_nothing_else(make):
    case = make.determined(make.idle(FEE_START))
    heard(make, case)
    make.approve(make.step(case, StepCode.FEE_APPROVAL, date(2024, 6, 3)), "示政复〔2024〕8号")

    with pytest.raises(actions.StepRefused, match="600") as error:
        make.step(case, StepCode.FEE_DECISION, date(2024, 6, 10), amount_wan=Decimal(500))

    assert refused(error) == {"amount"}


def test_no_fee_without_a_hearing_notice(make):
    case = make.determined(make.idle(FEE_START))

    with pytest.raises(actions.StepRefused, match="第十四条第一项") as error:
        make.step(case, StepCode.FEE_APPROVAL, date(2024, 6, 3))

    assert refused(error) == {"step:hearing_notice"}


def test_a_hearing_that_nobody_asked_for_waits_until_the_time_is_over(make):
    case = make.determined(make.idle(FEE_START))
    make.step(
        case,
        StepCode.HEARING_NOTICE,
        date(2024, 5, 20),
        served_on=date(2024, 5, 21),
        **NUMBER,
    )

    with pytest.raises(actions.StepRefused) as error:
        make.step(case, StepCode.HEARING, date(2024, 5, 28))
    after = make.step(case, StepCode.HEARING, date(2024, 5, 29))

    assert refused(error) == {"hearing_request"}
    assert after.pk


def test_a_hearing_that_was_held_waits_for_nothing(make):
    case = make.determined(make.idle(FEE_START))
    make.step(
        case, StepCode.HEARING_NOTICE, date(2024, 5, 20), served_on=date(2024, 5, 21), **NUMBER
    )

    held = make.step(case, StepCode.HEARING, date(2024, 5, 24), document_number="笔录1")

    assert held.pk


def test_recovery_before_two_years_is_refused_by_the_article(make):
    case = make.determined(make.idle(FEE_START))
    heard(make, case)

    with pytest.raises(actions.StepRefused, match="第十四条第二项") as error:
        make.step(case, StepCode.RECOVERY_APPROVAL, date(2024, 6, 3), **NUMBER)

    assert refused(error) == {"barred"}


def test_recovery_after_two_years_ends_the_right(make):
    case = make.determined(make.idle(RECOVERY_START))
    heard(make, case)
    approval = make.step(case, StepCode.RECOVERY_APPROVAL, date(2024, 6, 3))
    make.approve(approval, "示政复〔2024〕9号")
    decision = make.step(case, StepCode.RECOVERY_DECISION, date(2024, 6, 10))
    make.approve(decision, "示自然资收〔2024〕1号", served_on=date(2024, 6, 12))

    make.step(case, StepCode.DEREGISTRATION, date(2024, 7, 1))

    parcel = Parcel.objects.get(pk=case.parcel_id)
    assert (parcel.statutory, parcel.statutory_document) == ("recovered", "示自然资收〔2024〕1号")
    assert queries.determination(parcel, on=date(2024, 7, 2)).outcome == "not_idle"


def test_the_suspended_track_knows_neither_fee_nor_recovery(make):
    case = make.determined(make.suspended(date(2023, 1, 1), area=20_000, wan=4_000))

    for code in (StepCode.FEE_APPROVAL, StepCode.RECOVERY_APPROVAL, StepCode.HEARING_NOTICE):
        with pytest.raises(actions.StepRefused, match="第十二条第三款") as error:
            make.step(
                case, code, date(2024, 6, 3), force_reason="催办", permissions=FORCE, **NUMBER
            )
        assert refused(error) == {"barred"}


def unregistered(make):
    """Return a case on the options' track whose parcel is not filed."""
    case = make.determined(make.suspended(date(2023, 1, 1), area=20_000, wan=4_000))
    row = CaseStep.objects.get(case=case, step="registration")
    actions.withdraw_step(step=row, reason="备案号有误", permissions=FORCE, by="maker", at=make.at)
    return case


def test_an_option_for_land_that_is_not_filed_is_refused_and_never_forced(make):
    case = unregistered(make)

    with pytest.raises(actions.StepRefused, match="第二十五条") as error:
        make.step(
            case,
            StepCode.PLAN,
            date(2024, 6, 3),
            option="extension",
            force_reason="已口头备案",
            permissions=FORCE,
        )

    assert "not_registered" in refused(error)


@pytest.mark.parametrize(
    ("until_on", "is_allowed"), [(date(2025, 8, 1), True), (date(2025, 8, 2), False)]
)
def test_an_extension_is_a_year_at_most(make, until_on, is_allowed):
    case = make.determined(make.suspended(date(2023, 1, 1), area=20_000, wan=4_000))

    def plan():
        days = {"from_on": date(2024, 8, 1), "until_on": until_on}
        return make.step(case, StepCode.PLAN, date(2024, 6, 3), option="extension", **days)

    if is_allowed:
        assert plan().pk
        return
    with pytest.raises(actions.StepRefused, match="最长不得超过一年") as error:
        plan()
    assert refused(error) == {"extension_too_long"}


@pytest.mark.parametrize(
    ("until_on", "is_allowed"), [(date(2026, 7, 1), True), (date(2026, 7, 2), False)]
)
def test_a_temporary_use_is_two_years_at_most(make, until_on, is_allowed):
    case = make.determined(make.suspended(date(2023, 1, 1), area=20_000, wan=4_000))
    days = {"from_on": date(2024, 7, 1), "until_on": until_on}

    if is_allowed:
        assert make.step(case, StepCode.PLAN, date(2024, 6, 3), option="temporary_use", **days).pk
        return
    with pytest.raises(actions.StepRefused, match="最长不得超过两年"):
        make.step(case, StepCode.PLAN, date(2024, 6, 3), option="temporary_use", **days)


def test_a_swap_needs_price_funds_and_a_plan_that_was_changed(make):
    case = make.determined(
        make.suspended(date(2023, 1, 1), area=20_000, wan=4_000, price_paid_wan=Decimal(2_000))
    )

    with pytest.raises(actions.StepRefused, match="第十二条第一款第五项") as error:
        make.step(case, StepCode.PLAN, date(2024, 6, 3), option="swap")

    assert {"price_not_paid", "plan_not_changed", "fact:funds_in_place"} <= refused(error)


def test_a_plan_goes_to_its_agreement_and_the_clock_starts_anew(make):
    case = make.determined(
        make.suspended(date(2023, 1, 1), area=20_000, wan=4_000, mortgagee_name="示范银行")
    )
    days = {"from_on": date(2024, 8, 1), "until_on": date(2025, 7, 1)}
    make.step(case, StepCode.PLAN, date(2024, 6, 3), option="extension", **days)
    with pytest.raises(actions.StepRefused) as without_notice:
        make.step(case, StepCode.PLAN_APPROVAL, date(2024, 6, 20))
    make.step(case, StepCode.MORTGAGEE_NOTICE, date(2024, 6, 5))
    make.approve(make.step(case, StepCode.PLAN_APPROVAL, date(2024, 6, 20)), "示政复〔2024〕9号")

    make.step(
        case,
        StepCode.AGREEMENT,
        date(2024, 7, 1),
        option="extension",
        document_number="补充协议1",
        **days,
    )
    make.step(case, StepCode.PERFORMANCE, date(2024, 9, 1))
    make.step(case, StepCode.CLOSING, date(2024, 9, 2))

    assert refused(without_notice) == {"step:mortgagee_notice"}
    case.refresh_from_db()
    assert case.result == Result.BY_OPTION
    assert Parcel.objects.get(pk=case.parcel_id).statutory == "disposed"


def test_an_agreement_keeps_to_the_plan(make):
    case = make.determined(make.suspended(date(2023, 1, 1), area=20_000, wan=4_000))
    actions.describe_case(
        case=case,
        said=actions.Description(
            officer=None, is_mortgaged=False, hoarding_on=None, hoarding_document="", note=""
        ),
        by="maker",
        at=make.at,
    )
    make.step(case, StepCode.PLAN, date(2024, 6, 3), option="paid_recovery")
    make.approve(make.step(case, StepCode.PLAN_APPROVAL, date(2024, 6, 20)), "示政复〔2024〕9号")

    with pytest.raises(actions.StepRefused, match="与已批准的方案不一致"):
        make.step(case, StepCode.AGREEMENT, date(2024, 7, 1), option="new_conditions", **NUMBER)


def test_the_registration_of_the_supply_is_not_that_of_the_idle_land(make):
    parcel = make.suspended(
        date(2023, 1, 1),
        area=20_000,
        wan=4_000,
        monitoring_number="BA-2022",
        registered_in_monitoring_on=date(2022, 3, 1),
    )
    case = make.case(parcel)

    found = queries.standing(case, on=date(2024, 5, 1))

    assert {
        obstacle.code.value
        for check in found.determination.options
        for obstacle in check.obstacles
    } >= {"not_registered"}
    assert not any(check.is_allowed for check in found.determination.options)


def test_an_extension_that_is_too_long_is_refused_with_the_last_lawful_day(make):
    case = make.determined(make.suspended(date(2023, 1, 1), area=20_000, wan=4_000))

    with pytest.raises(actions.StepRefused, match="至迟为 2026-03-01"):
        make.step(
            case,
            StepCode.PLAN,
            date(2024, 6, 3),
            option="extension",
            from_on=date(2025, 3, 1),
            until_on=date(2026, 3, 2),
        )
