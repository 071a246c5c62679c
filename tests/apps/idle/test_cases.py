"""A case from the suspicion to its close: each gate from both sides."""

from datetime import date

import pytest

from jingkai.apps.audit.models import Event
from jingkai.apps.idle import actions, queries
from jingkai.apps.idle.models import CaseStep, IdleCase
from jingkai.apps.idle.models.choices import Clock, Pause, Result
from jingkai.apps.land.models import Parcel
from jingkai.core.idle_land.procedure import StepCode
from tests.apps.idle.conftest import FORCE, refused

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

FEE_START = date(2023, 4, 1)  # thirteen months before the determination
RECOVERY_START = date(2022, 1, 20)
NUMBER = {"document_number": "示政复〔2024〕8号"}


def test_a_suspicion_opens_a_case_and_marks_the_parcel(make):
    parcel = make.idle(FEE_START)

    case = make.case(parcel)

    assert Parcel.objects.get(pk=parcel.pk).statutory == "suspected"
    assert (case.step, case.due_step, case.due_on) == ("suspicion", "inquiry", date(2024, 4, 1))
    assert case.statute == "国土资源部令第53号"


def test_a_parcel_has_one_open_case(make):
    parcel = make.idle(FEE_START)
    make.case(parcel)

    with pytest.raises(actions.NotOpened, match="已有未结案件"):
        make.case(parcel)


def test_cases_are_numbered_within_the_year_and_the_zone(make):
    found = [
        make.case(make.idle(date(2022, 3, 1)), opened_on=opened_on).code
        for opened_on in (date(2023, 5, 1), date(2024, 3, 1), date(2024, 4, 1), date(2023, 6, 1))
    ]

    assert found == ["XZ-2023-01", "XZ-2024-01", "XZ-2024-02", "XZ-2023-02"]


def test_opening_is_one_event_with_parcel_step_and_case(make):
    before = Event.objects.count()

    make.case(make.idle(FEE_START))

    event = Event.objects.latest("pk")
    assert Event.objects.count() == before + 1
    kinds = set(event.changes.values_list("kind", flat=True))
    assert kinds == {"idle-cases", "idle-case-steps", "parcels"}


def test_a_notice_without_the_authoritys_number_is_no_notice(make):
    case = make.case(make.idle(FEE_START))

    with pytest.raises(actions.StepRefused, match="第四条") as error:
        make.step(case, StepCode.INQUIRY, date(2024, 3, 20))

    assert refused(error) == {"document"}


def test_a_step_waits_for_those_before_it(make):
    case = make.case(make.idle(FEE_START))

    with pytest.raises(actions.StepRefused) as error:
        make.step(case, StepCode.DETERMINATION, date(2024, 5, 6))

    assert {"step:inquiry", "step:investigation"} <= refused(error)


def test_land_that_is_not_idle_is_not_determined(make):
    case = make.case(make.idle(date(2024, 1, 1)))
    make.step(case, StepCode.INQUIRY, date(2024, 3, 20), **NUMBER)
    make.step(case, StepCode.ANSWER, date(2024, 4, 1))
    make.step(case, StepCode.INVESTIGATION, date(2024, 4, 20))

    with pytest.raises(actions.StepRefused, match="不构成闲置土地") as error:
        make.step(
            case,
            StepCode.DETERMINATION,
            date(2024, 5, 6),
            force_reason="领导同意",
            permissions=FORCE,
        )

    assert refused(error) == {"not_idle"}


def test_an_unknown_fact_keeps_the_determination_off_and_is_named(make):
    case = make.case(make.parcel())
    make.step(case, StepCode.INQUIRY, date(2024, 3, 20), **NUMBER)
    make.step(case, StepCode.ANSWER, date(2024, 4, 1))
    make.step(case, StepCode.INVESTIGATION, date(2024, 4, 20))

    with pytest.raises(actions.StepRefused, match="约定动工日期"):
        make.step(case, StepCode.DETERMINATION, date(2024, 5, 6))


def test_the_holder_has_thirty_days_to_answer(make):
    case = make.case(make.idle(FEE_START))
    make.step(case, StepCode.INQUIRY, date(2024, 4, 10), served_on=date(2024, 4, 10), **NUMBER)
    make.step(case, StepCode.INVESTIGATION, date(2024, 4, 20))

    with pytest.raises(actions.StepRefused) as early:
        make.step(case, StepCode.DETERMINATION, date(2024, 5, 10))
    later = make.step(case, StepCode.DETERMINATION, date(2024, 5, 11))

    assert refused(early) == {"answer"}
    assert later.pk


def test_a_determination_counts_only_once_another_approves_it(make):
    case = make.case(make.idle(FEE_START))
    make.step(case, StepCode.INQUIRY, date(2024, 3, 20), **NUMBER)
    make.step(case, StepCode.ANSWER, date(2024, 4, 1))
    make.step(case, StepCode.INVESTIGATION, date(2024, 4, 20))
    draft = make.step(case, StepCode.DETERMINATION, date(2024, 5, 6))
    assert Parcel.objects.get(pk=case.parcel_id).statutory == "under_inquiry"

    make.approve(draft, "示自然资认〔2024〕1号")

    parcel = Parcel.objects.get(pk=case.parcel_id)
    assert (parcel.statutory, parcel.statutory_document) == (
        "idle_by_holder",
        "示自然资认〔2024〕1号",
    )
    case.refresh_from_db()
    assert (case.track, case.cause, case.disposal) == ("never_started", "holder", "fee")


def test_who_drafts_does_not_approve(make):
    case = make.case(make.idle(FEE_START))
    make.step(case, StepCode.INQUIRY, date(2024, 3, 20), **NUMBER)
    make.step(case, StepCode.ANSWER, date(2024, 4, 1))
    make.step(case, StepCode.INVESTIGATION, date(2024, 4, 20))
    draft = make.step(case, StepCode.DETERMINATION, date(2024, 5, 6))

    with pytest.raises(actions.NotApproved, match="经办人不得审核"):
        actions.approve_step(step=draft, document_number="1", by="maker", at=make.at)
    with pytest.raises(actions.StepRefused, match="文号"):
        actions.approve_step(step=draft, document_number=" ", by="checker", at=make.at)


def test_a_forced_step_needs_the_right_and_stays_visible(make):
    case = make.case(make.idle(FEE_START))
    told = {"force_reason": "原件已归档未登记", **NUMBER}
    make.step(case, StepCode.INQUIRY, date(2024, 3, 20), **NUMBER)
    make.step(case, StepCode.ANSWER, date(2024, 4, 1))
    late = {"step:investigation"}

    with pytest.raises(actions.NotRecorded, match="强制登记需要"):
        make.step(case, StepCode.DETERMINATION, date(2024, 5, 6), **told)
    row = make.step(case, StepCode.DETERMINATION, date(2024, 5, 6), permissions=FORCE, **told)

    assert (row.force_reason, set(row.missing)) == ("原件已归档未登记", late)


def test_a_withdrawn_step_counts_no_longer_and_stays(make):
    case = make.case(make.idle(FEE_START))
    row = make.step(case, StepCode.INQUIRY, date(2024, 3, 20), **NUMBER)

    actions.withdraw_step(
        step=row, reason="送错单位", permissions=frozenset(), by="maker", at=make.at
    )

    assert Parcel.objects.get(pk=case.parcel_id).statutory == "suspected"
    assert CaseStep.objects.get(pk=row.pk).withdrawn_reason == "送错单位"
    assert make.step(case, StepCode.INQUIRY, date(2024, 3, 25), **NUMBER).pk


def test_what_later_steps_rest_on_is_not_withdrawn(make):
    case = make.determined(make.idle(FEE_START))
    row = CaseStep.objects.get(case=case, step="determination")

    with pytest.raises(actions.NotWithdrawn, match="向社会公开"):
        actions.withdraw_step(step=row, reason="误", permissions=FORCE, by="m", at=make.at)


@pytest.mark.parametrize("day", [date(2024, 2, 29), date(2025, 1, 1)])
def test_a_step_is_neither_before_the_case_nor_in_the_future(make, day):
    case = make.case(make.idle(FEE_START))

    with pytest.raises(actions.NotRecorded, match="日期不能"):
        make.step(case, StepCode.INQUIRY, day, **NUMBER)


def test_a_suspension_moves_the_last_day(make):
    case = make.case(make.idle(FEE_START), date(2024, 12, 2))
    before = IdleCase.objects.get(pk=case.pk).due_on

    held = actions.suspend_clock(
        case=case,
        clock=Clock.INQUIRY,
        cause=Pause.EXPERT_REVIEW,
        from_on=date(2024, 12, 10),
        by="maker",
        at=make.at,
    )
    during = IdleCase.objects.get(pk=case.pk).due_on
    actions.resume_clock(suspension=held, until_on=date(2024, 12, 20), by="maker", at=make.at)

    after = IdleCase.objects.get(pk=case.pk).due_on
    assert before == date(2025, 1, 2)  # 1 January is a day of rest
    assert during is None
    assert after == date(2025, 1, 13)  # ten days later than the first; 11 and 12 are a week-end


def test_a_case_that_turns_out_not_to_be_idle_ends_so(make):
    case = make.case(make.idle(date(2024, 6, 1)))

    actions.end_case(
        case=case,
        result=Result.NOT_IDLE,
        on=date(2024, 4, 1),
        reason="未到约定动工日期",
        permissions=frozenset(),
        by="maker",
        at=make.at,
    )

    assert Parcel.objects.get(pk=case.parcel_id).statutory == "not_idle"
    with pytest.raises(actions.CaseClosed):
        make.step(case, StepCode.INQUIRY, date(2024, 4, 2), **NUMBER)


def test_idle_land_is_not_ended_as_not_idle_without_the_right(make):
    case = make.case(make.idle(FEE_START))
    told = {"result": Result.NOT_IDLE, "on": date(2024, 5, 1), "reason": "企业承诺开工"}

    with pytest.raises(actions.NotEnded, match="审核土地处置"):
        actions.end_case(case=case, permissions=frozenset(), by="maker", at=make.at, **told)


def test_a_hoarder_freezes_what_may_be_done(make):
    case = make.determined(make.idle(RECOVERY_START))
    said = actions.Description(
        officer=None,
        is_mortgaged=None,
        hoarding_on=date(2024, 6, 1),
        hoarding_document="示自然资〔2024〕20号",
        note="",
    )

    actions.describe_case(case=case, said=said, by="maker", at=make.at)

    found = queries.determination(case.parcel, on=date(2024, 6, 2))
    before = queries.determination(case.parcel, on=date(2024, 5, 31))
    frozen = {"refuse_new_land", "refuse_transactions"}
    assert frozen <= {duty.code for duty in found.duties}
    assert not frozen & {duty.code for duty in before.duties}


def test_a_lawyers_reading_stands_instead_with_its_reason(make):
    parcel = make.idle(RECOVERY_START)

    actions.read_anew(
        parcel=parcel,
        on=date(2024, 1, 1),
        counted_from_on=None,
        holder_days=400,
        reason="法院裁定查封期间不计",
        by="lawyer",
        at=make.at,
    )

    found = queries.determination(parcel, on=date(2024, 6, 1))
    assert (found.disposal, found.computed.disposal) == ("fee", "recovery")
