"""Wrong days, amounts and endings of a case: each refused with the article or the repair."""

from datetime import date
from decimal import Decimal

import pytest

from jingkai.apps.idle import actions, queries
from jingkai.apps.idle.models import CaseStep, IdleCase
from jingkai.apps.idle.models.choices import Result
from jingkai.apps.land import actions as land
from jingkai.apps.land.models import Parcel, WorksProgress
from jingkai.core.idle_land.documents import PaperKind
from jingkai.core.idle_land.procedure import StepCode
from tests.apps.idle.conftest import FORCE, refused

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

FEE_START = date(2023, 4, 1)  # thirteen months before the determination
TWO_YEARS_IN_DECEMBER = date(2022, 12, 20)
NUMBER = {"document_number": "示政复〔2024〕8号"}


def decided(make, start_on=FEE_START, **values):
    """Return a case whose fee of 600 万元 was decided on 10 June and served on 12 June 2024."""
    case = make.determined(make.idle(start_on, **values))
    notice = {"served_on": date(2024, 5, 21), **NUMBER}
    make.step(case, StepCode.HEARING_NOTICE, date(2024, 5, 20), **notice)
    make.step(case, StepCode.HEARING, date(2024, 5, 29))
    make.approve(make.step(case, StepCode.FEE_APPROVAL, date(2024, 6, 3)), "示政复〔2024〕8号")
    row = make.step(case, StepCode.FEE_DECISION, date(2024, 6, 10), amount_wan=Decimal(600))
    make.approve(row, "示自然资费〔2024〕1号", served_on=date(2024, 6, 12))
    return IdleCase.objects.get(pk=case.pk)


def end(make, case, result, on, permissions=frozenset()):
    told = {"reason": "见说明", "permissions": permissions, "by": "maker", "at": make.at}
    return actions.end_case(case=case, result=result, on=on, **told)


def split(make, parcel):
    halves = [
        land.Part(code=f"{parcel.code}-{n}", name=f"{parcel}-{n}", area_m2=Decimal(45_000))
        for n in (1, 2)
    ]
    land.split_parcel(
        parcel=parcel, parts=halves, on=date(2024, 6, 1), document="分〔1〕", by="m", at=make.at
    )


def start(make, parcel, on):
    """Let the works on the parcel start in the sense of 第三十条."""
    Parcel.objects.filter(pk=parcel.pk).update(stage="commenced")
    make.row(
        WorksProgress,
        parcel=parcel,
        reported_on=on,
        construction_permit_on=on,
        foundation="piles",
        foundation_share=Decimal(1),
        commenced_on=on,
    )


def test_a_hearing_that_nobody_was_told_of_can_not_lapse(make):
    case = make.determined(make.idle(FEE_START))
    row = make.step(case, StepCode.HEARING_NOTICE, date(2024, 5, 20), **NUMBER)

    with pytest.raises(actions.StepRefused, match="“送达听证告知书”的送达日期尚未登记") as error:
        make.step(case, StepCode.HEARING, date(2024, 6, 20))
    actions.serve_step(step=row, served_on=date(2024, 5, 21), by="maker", at=make.at)

    assert refused(error) == {"hearing_request"}
    assert make.step(case, StepCode.HEARING, date(2024, 6, 20)).pk


def test_a_document_is_not_answered_before_it_is_served(make):
    case = make.case(make.idle(FEE_START))
    row = make.step(
        case, StepCode.INQUIRY, date(2024, 3, 20), served_on=date(2024, 4, 2), **NUMBER
    )

    with pytest.raises(actions.NotRecorded, match="不能早于前一步骤的 2024-04-02"):
        make.step(case, StepCode.ANSWER, date(2024, 4, 1))
    make.step(case, StepCode.ANSWER, date(2024, 4, 10))
    with pytest.raises(actions.NotRecorded, match="不能晚于以送达为前提的步骤的 2024-04-10"):
        actions.serve_step(step=row, served_on=date(2024, 4, 11), by="maker", at=make.at)


def test_a_fee_that_was_decided_may_be_paid_after_the_second_year(make):
    case = decided(make, TWO_YEARS_IN_DECEMBER)

    late = queries.standing(case, on=date(2024, 12, 25))
    make.step(case, StepCode.FEE_PAYMENT, date(2024, 12, 25), amount_wan=Decimal(600))
    make.step(case, StepCode.PERFORMANCE, date(2024, 12, 25))
    make.step(case, StepCode.CLOSING, date(2024, 12, 26))

    case.refresh_from_db()
    assert late.is_overdue
    assert case.result == Result.FEE_PAID


def test_less_than_the_fee_is_no_payment_of_it(make):
    case = decided(make)

    with pytest.raises(actions.StepRefused, match=r"须填写缴纳金额.*第十七条"):
        make.step(case, StepCode.FEE_PAYMENT, date(2024, 7, 1))
    with pytest.raises(actions.StepRefused, match=r"缴纳 599\.99 万元，少于决定征缴的 600 万元"):
        make.step(case, StepCode.FEE_PAYMENT, date(2024, 7, 1), amount_wan=Decimal("599.99"))
    assert make.step(case, StepCode.FEE_PAYMENT, date(2024, 7, 1), amount_wan=Decimal(600)).pk


def test_no_fee_of_a_price_that_nobody_knows(make):
    with pytest.raises(actions.StepRefused, match=r"缺少：.*价款.*第十四条第一项") as error:
        decided(make, price_wan=None)

    assert refused(error) == {"fact:price_wan"}


def test_a_case_that_is_closed_by_force_says_nothing_of_money_that_nobody_paid(make):
    case = decided(make)

    told = {"force_reason": "档案移交", "permissions": FORCE}
    make.step(case, StepCode.CLOSING, date(2024, 7, 5), **told)

    case.refresh_from_db()
    assert case.result == Result.OTHER


def test_a_case_does_not_end_before_its_last_step(make):
    case = make.case(make.idle(date(2024, 6, 1)))
    make.step(case, StepCode.INQUIRY, date(2024, 3, 20), served_on=date(2024, 3, 22), **NUMBER)

    with pytest.raises(actions.NotEnded, match="不能早于最近一步的 2024-03-22"):
        end(make, case, Result.NOT_IDLE, date(2024, 3, 21))
    assert end(make, case, Result.NOT_IDLE, date(2024, 3, 22)).closed_on == date(2024, 3, 22)


def test_a_start_of_works_does_not_end_a_case_whose_fee_is_owed(make):
    case = decided(make)
    start(make, case.parcel, date(2024, 7, 1))

    with pytest.raises(actions.NotEnded, match="尚未履行完毕"):
        end(make, case, Result.STARTED, date(2024, 7, 10))
    assert end(make, case, Result.STARTED, date(2024, 7, 10), FORCE).result == Result.STARTED


def test_a_start_of_works_ends_a_case_in_which_nothing_was_decided(make):
    case = make.determined(make.idle(FEE_START))
    start(make, case.parcel, date(2024, 7, 1))

    assert end(make, case, Result.STARTED, date(2024, 7, 10)).result == Result.STARTED


def test_a_case_on_a_parcel_that_was_split_goes_on_and_ends_with_its_reason(make):
    case = make.determined(make.idle(FEE_START))
    split(make, case.parcel)

    actions.serve_step(
        step=CaseStep.objects.get(case=case, step="publication"),
        served_on=date(2024, 6, 2),
        by="maker",
        at=make.at,
    )
    with pytest.raises(actions.NotEnded, match="已分割或合并，请按“其他”结案"):
        end(make, case, Result.NOT_IDLE, date(2024, 7, 1))
    ended = end(make, case, Result.OTHER, date(2024, 7, 1))

    assert ended.result == Result.OTHER
    assert Parcel.objects.get(pk=case.parcel_id).statutory == "idle_by_holder"
    with pytest.raises(actions.NotOpened, match="请在新宗地上立案"):
        make.case(Parcel.objects.get(pk=case.parcel_id), date(2024, 8, 1))


def test_a_fee_that_is_owed_is_not_lost_with_a_split(make):
    case = decided(make)
    split(make, case.parcel)

    with pytest.raises(actions.NotEnded, match="尚未履行完毕"):
        end(make, case, Result.OTHER, date(2024, 7, 1))
    assert end(make, case, Result.OTHER, date(2024, 7, 1), FORCE).result == Result.OTHER


def test_the_notice_to_a_mortgagee_is_not_withdrawn_from_under_the_approval(make):
    parcel = make.suspended(date(2023, 1, 1), area=20_000, wan=4_000, mortgagee_name="示范银行")
    case = make.determined(parcel)
    make.step(case, StepCode.PLAN, date(2024, 6, 3), option="new_conditions")
    first = make.step(case, StepCode.MORTGAGEE_NOTICE, date(2024, 6, 5))
    make.approve(make.step(case, StepCode.PLAN_APPROVAL, date(2024, 6, 20)), "示政复〔2024〕9号")
    told = {"reason": "误", "permissions": FORCE, "by": "m", "at": make.at}

    with pytest.raises(actions.NotWithdrawn, match="批准处置方案"):
        actions.withdraw_step(step=first, **told)
    make.step(case, StepCode.MORTGAGEE_NOTICE, date(2024, 6, 8))

    assert actions.withdraw_step(step=first, **told).withdrawn_reason == "误"


def test_a_document_that_the_case_does_not_come_to_is_not_drafted(make):
    case = make.determined(make.suspended(date(2023, 1, 1), area=20_000, wan=4_000))
    told = {"given": {}, "by": "maker", "at": make.at}

    with pytest.raises(actions.NotDrafted, match="本案不需要“征缴土地闲置费决定书”"):
        actions.draft_paper(case=case, kind=PaperKind.FEE_DECISION, **told)
    make.step(case, StepCode.PLAN, date(2024, 6, 3), option="new_conditions")
    case = IdleCase.objects.get(pk=case.pk)
    with pytest.raises(actions.NotDrafted, match="补充协议（延长动工开发期限）"):
        actions.draft_paper(case=case, kind=PaperKind.EXTENSION_AGREEMENT, **told)


def test_nobody_is_found_to_hoard_land_tomorrow(make):
    case = make.case(make.idle(FEE_START))
    said = actions.Description(
        officer=None,
        is_mortgaged=None,
        hoarding_on=date(2025, 1, 1),
        hoarding_document="示自然资〔2025〕1号",
        note="",
    )

    with pytest.raises(actions.NotDescribed, match="不能晚于今天"):
        actions.describe_case(case=case, said=said, by="maker", at=make.at)


def test_nothing_is_suspected_before_the_contract(make):
    parcel = make.idle(FEE_START)

    with pytest.raises(actions.NotOpened, match="不能早于合同签订日期 2022-01-10"):
        make.case(parcel, date(2022, 1, 9))
    assert make.case(parcel, date(2022, 1, 10)).pk
