"""A disposal from its plan to its proof, through gates that name their article."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from jingkai.apps.audit.models import Event
from jingkai.apps.land.models import Delay, GrantContract, Parcel
from jingkai.apps.reuse import actions, facts, queries
from jingkai.apps.reuse.models import Assumption, Disposal, DisposalMoney, DisposalStep, Proof

pytestmark = pytest.mark.django_db
MAY, JUNE = date(2024, 5, 1), date(2024, 6, 1)


def test_a_plan_is_one_event_and_the_parcels_axes_follow(make: Any) -> None:
    parcel = make.transferable()
    before = Event.objects.count()

    disposal = make.plan(parcel=parcel, measure="transfer", area_m2=Decimal(30000))

    parcel.refresh_from_db()
    assert disposal.status == "planned"
    assert (parcel.follow_up, parcel.measure) == ("in_disposal", "transfer")
    assert Event.objects.count() == before + 1
    event = Event.objects.latest("sequence")
    assert event.verb == "reuse.disposal.planned"
    assert set(event.changes.values_list("kind", flat=True)) == {"disposals", "parcels"}


@pytest.mark.parametrize(
    ("on", "is_left", "delayed"),
    [
        (date(2024, 2, 29), False, False),
        (date(2024, 3, 1), True, False),
        (date(2024, 3, 30), True, False),
        (date(2024, 3, 31), True, True),
    ],
)
def test_two_years_are_full_on_their_day_and_an_accepted_delay_moves_it(
    make: Any, on: date, is_left: bool, delayed: bool
) -> None:
    parcel = make.parcel(stage="not_commenced", supply="supplied_unused")
    unknown = facts.of_subject(parcel, None, on=on).is_left_two_years
    make.row(GrantContract, parcel=parcel, agreed_start_on=date(2022, 3, 1))

    found = facts.of_subject(queries.parcel(parcel.pk), None, on=on).is_left_two_years
    said = {"from_on": date(2022, 5, 1), "until_on": date(2022, 5, 31)}
    said |= {"accepted_on": date(2023, 1, 1), "accepted_document": "钢自然资〔2023〕1号"}
    make.row(Delay, parcel=parcel, cause="g1", **said)
    later = facts.of_subject(queries.parcel(parcel.pk), None, on=on).is_left_two_years

    assert (unknown, found, later) == (None, is_left, delayed)


@pytest.mark.parametrize(
    ("filed_on", "found"),
    [(None, None), (date(2022, 2, 28), None), (date(2022, 3, 1), True)],
)
def test_what_was_filed_before_works_had_to_start_is_the_supply_and_not_the_idle_land(
    make: Any, filed_on: date | None, found: bool | None
) -> None:
    number = "BA-1" if filed_on else ""
    parcel = make.parcel(registered_in_monitoring_on=filed_on, monitoring_number=number)
    make.row(GrantContract, parcel=parcel, agreed_start_on=date(2022, 3, 1))

    told = facts.of_subject(parcel, None, on=date(2024, 12, 31))

    assert told.is_registered_in_monitoring is found


@pytest.mark.parametrize(
    ("change", "article"),
    [
        ({"price_paid_wan": Decimal("7999.99")}, "第三十九条第一款第一项"),
        ({"obstacle": "seizure"}, "第三十八条第二项"),
        ({"right": "allocation"}, "第三十九条、第四十条"),
    ],
)
def test_a_transfer_that_the_law_rules_out_is_refused_with_its_article(
    make: Any, change: dict[str, Any], article: str
) -> None:
    parcel = make.transferable(**change)

    with pytest.raises(actions.NotDisposed, match=article):
        make.plan(parcel=parcel, measure="transfer")

    assert not Disposal.objects.exists()


def test_what_is_not_on_record_is_asked_at_its_step_and_not_before(make: Any) -> None:
    parcel = make.transferable(price_paid_wan=None)
    disposal = make.plan(parcel=parcel, measure="transfer")
    make.step(disposal, "survey", MAY)
    make.step(disposal, "negotiate", MAY)

    with pytest.raises(actions.NotDisposed, match="请先登记：已缴价款"):
        make.step(disposal, "agreement", MAY)
    Parcel.objects.filter(pk=parcel.pk).update(price_paid_wan=Decimal(8000))
    made = make.step(disposal, "agreement", MAY)

    assert made.done_on == MAY


@pytest.mark.parametrize(
    ("measure", "until", "article"),
    [
        ("extension", date(2025, 7, 2), "第十二条第一款第一项"),
        ("temporary_use", date(2026, 7, 2), "第十二条第一款第三项"),
        ("lease", date(2044, 7, 2), "民法典第七百零五条"),
    ],
)
def test_terms_beyond_the_limit_are_refused_and_up_to_it_taken(
    make: Any, measure: str, until: date, article: str
) -> None:
    is_let = measure == "lease"
    subject = {"plant": make.plant()} if is_let else {"parcel": make.transferable()}
    terms = {**subject, "measure": measure, "agreed_from_on": date(2024, 7, 1)}

    with pytest.raises(actions.NotDisposed, match=article):
        make.plan(**terms, agreed_until_on=until)
    made = make.plan(**terms, agreed_until_on=until.replace(day=1))

    assert made.pk


def test_idle_land_that_is_not_registered_is_refused_no_disposal_but_asked_for_it(
    make: Any,
) -> None:
    parcel = make.transferable(statutory="idle_by_government", statutory_document="认〔2024〕1号")
    disposal = make.plan(
        parcel=parcel,
        measure="extension",
        agreed_from_on=date(2024, 7, 1),
        agreed_until_on=date(2025, 7, 1),
    )
    for step in ("negotiate", "plan", "approve"):
        make.step(disposal, step, MAY)

    with pytest.raises(actions.NotDisposed, match="第二十五条"):
        make.step(disposal, "agreement", MAY)


def test_steps_go_in_order_with_their_documents_and_never_tomorrow(make: Any) -> None:
    disposal = make.plan(parcel=make.transferable())

    with pytest.raises(actions.NotDisposed, match="请先完成：权属与现状核查"):
        make.step(disposal, "plan", MAY)
    make.step(disposal, "survey", MAY)
    with pytest.raises(actions.NotDisposed, match="须填写文号"):
        make.step(disposal, "plan", MAY, document=" ")
    with pytest.raises(actions.NotDisposed, match="不能早于前一步"):
        make.step(disposal, "plan", date(2024, 4, 30))
    with pytest.raises(actions.NotDisposed, match="不能晚于今天"):
        make.step(disposal, "plan", date(2025, 1, 1))
    with pytest.raises(actions.NotDisposed, match="早于立项"):
        make.step(make.plan(parcel=make.transferable()), "survey", date(2024, 1, 4))
    with pytest.raises(actions.NotDisposed, match="没有这个步骤"):
        make.step(disposal, "hearing_notice", MAY)


def test_a_planned_step_starts_nothing_and_is_done_later_in_the_same_row(make: Any) -> None:
    disposal = make.plan(parcel=make.transferable())
    planned = actions.record_step(
        disposal=disposal, step="survey", planned_on=MAY, by="officer", at=make.at
    )
    disposal.refresh_from_db()
    status = disposal.status

    done = make.step(disposal, "survey", JUNE)

    disposal.refresh_from_db()
    assert status == "planned"
    assert done.pk == planned.pk
    assert (done.planned_on, done.done_on) == (MAY, JUNE)
    assert (disposal.status, disposal.started_on) == ("under_way", JUNE)
    with pytest.raises(actions.NotDisposed, match="已完成"):
        make.step(disposal, "survey", JUNE)


def test_a_disposal_ends_with_every_step_and_a_proof_of_its_measure(make: Any) -> None:
    parcel = make.transferable()
    disposal = make.plan(parcel=parcel, measure="transfer", area_m2=Decimal(30000))

    with pytest.raises(actions.NotDisposed, match="还有步骤未完成"):
        make.finish(disposal)
    make.all_steps(disposal)
    with pytest.raises(actions.NotDisposed, match="登记金额与日期"):
        make.finish(disposal)
    make.money(disposal, category="purchase", state="planned")
    make.money(disposal, category="output", payer="", payee="")
    with pytest.raises(actions.NotDisposed, match="登记金额与日期"):
        make.finish(disposal)
    make.money(disposal, category="purchase")
    with pytest.raises(actions.NotDisposed, match="盘活佐证应为：投产、不动产转移登记"):
        make.finish(disposal, proof=Proof.RENT)
    with pytest.raises(actions.NotDisposed, match="文号或合同号"):
        make.finish(disposal, document=" ")
    with pytest.raises(actions.NotDisposed, match="最后一步"):
        make.finish(disposal, on=date(2024, 4, 30))
    done = make.finish(disposal)

    parcel.refresh_from_db()
    assert (done.status, done.reused_area_m2) == ("finished", Decimal(30000))
    assert parcel.follow_up == "settled"
    with pytest.raises(actions.NotDisposed, match="不能再办理"):
        make.step(disposal, "survey", JUNE)


def test_more_is_not_reused_than_was_to_be_disposed_of(make: Any) -> None:
    disposal = make.plan(parcel=make.transferable(), area_m2=Decimal(30000))
    make.all_steps(disposal)

    with pytest.raises(ValueError, match="不超过处置面积"):
        make.finish(disposal, reused_area_m2=Decimal("30000.01"))


def test_two_disposals_share_a_parcel_but_not_its_area(make: Any) -> None:
    parcel = make.transferable()
    first = make.plan(parcel=parcel, area_m2=Decimal(40000))

    with pytest.raises(actions.NotDisposed, match="20000"):
        make.plan(parcel=parcel, area_m2=Decimal("20000.01"))
    second = make.plan(parcel=parcel, area_m2=Decimal(20000))
    actions.withdraw_disposal(disposal=first, reason="企业放弃", by="officer", at=make.at)

    parcel.refresh_from_db()
    assert queries.committed_area_m2(parcel, None) == Decimal(20000)
    assert second.status == "planned"
    assert parcel.follow_up == "in_disposal"


def test_withdrawing_asks_for_a_reason_and_ends_it(make: Any) -> None:
    parcel = make.transferable()
    disposal = make.plan(parcel=parcel)

    with pytest.raises(actions.NotDisposed, match="说明原因"):
        actions.withdraw_disposal(disposal=disposal, reason=" ", by="officer", at=make.at)
    actions.withdraw_disposal(disposal=disposal, reason="企业放弃", by="officer", at=make.at)

    parcel.refresh_from_db()
    assert parcel.follow_up == "watched"
    with pytest.raises(actions.NotDisposed, match="不能再办理"):
        actions.change_disposal(disposal=disposal, values={"note": "x"}, by="officer", at=make.at)


def test_a_plant_is_let_only_with_a_safety_agreement(make: Any) -> None:
    disposal = make.plan(
        plant=make.plant(),
        measure="lease",
        agreed_from_on=date(2024, 7, 1),
        agreed_until_on=date(2027, 7, 1),
    )
    for step in ("survey", "negotiate", "safety_check", "agreement"):
        make.step(disposal, step, MAY)

    with pytest.raises(actions.NotDisposed, match="签订安全生产管理协议"):
        make.step(disposal, "hand_over", MAY)
    with pytest.raises(actions.NotDisposed, match="须填写文号"):
        make.step(disposal, "safety_agreement", MAY, document="")


@pytest.mark.parametrize("measure", ["swap", "supply", "extension"])
def test_a_plant_takes_no_measure_that_is_for_land(make: Any, measure: str) -> None:
    with pytest.raises(actions.NotDisposed, match="不适用于厂房"):
        make.plan(plant=make.plant(), measure=measure)


def test_a_disposal_needs_a_subject_of_its_own_zone(make: Any, neighbour: Any) -> None:
    elsewhere = make.parcel()
    Parcel.everywhere.filter(pk=elsewhere.pk).update(zone=neighbour)
    elsewhere.refresh_from_db()

    with pytest.raises(actions.NotDisposed, match="不属于本园区"):
        make.plan(parcel=elsewhere)
    with pytest.raises(actions.NotDisposed, match="请填写宗地或厂房"):
        make.plan()
    with pytest.raises(actions.NotDisposed, match="不在所填宗地"):
        make.plan(parcel=make.parcel(), plant=make.plant())


def test_what_was_assumed_becomes_the_plan(make: Any) -> None:
    parcel = make.transferable()
    make.row(
        Assumption,
        parcel=parcel,
        measure="transfer",
        year=2025,
        category="tax",
        payer="user",
        payee="public",
        amount_wan=Decimal(120),
        source="招商协议第六条",
    )

    disposal = make.plan(parcel=parcel, measure="transfer")

    line = DisposalMoney.objects.get(disposal=disposal)
    assert (line.state, line.on, line.amount_wan) == ("planned", date(2025, 12, 31), Decimal(120))
    assert "招商协议第六条" in line.source


@pytest.mark.parametrize(
    "values",
    [
        {"status": "finished", "finished_on": JUNE},
        {"status": "withdrawn", "withdrawn_on": JUNE},
        {"status": "under_way"},
        {"reused_area_m2": Decimal(1)},
        {"area_m2": Decimal(0)},
        {"agreed_from_on": JUNE, "agreed_until_on": JUNE},
        {"parcel": None},
        {"status": "under_way", "started_on": date(2024, 1, 4)},
    ],
)
def test_the_table_keeps_who_when_and_part_of_whole(make: Any, values: dict[str, Any]) -> None:
    disposal = make.plan(parcel=make.parcel())

    with pytest.raises(IntegrityError), transaction.atomic():
        Disposal.objects.filter(pk=disposal.pk).update(**values)


@pytest.mark.parametrize(
    "values",
    [
        {"category": "jobs"},
        {"amount_wan": None},
        {"amount_wan": Decimal(-1)},
        {"payee": "user"},
        {"payer": ""},
        {"category": "output"},
        {"people": 3},
        {"source": ""},
    ],
)
def test_a_line_is_heads_or_money_between_two_parties_with_a_source(
    make: Any, values: dict[str, Any]
) -> None:
    line = make.money(make.plan(parcel=make.parcel()))

    with pytest.raises(IntegrityError), transaction.atomic():
        DisposalMoney.objects.filter(pk=line.pk).update(**values)


def test_a_step_is_there_once_and_says_a_day(make: Any) -> None:
    disposal = make.plan(parcel=make.parcel())

    for values in ({"step": "survey"}, {"step": "plan", "done_on": MAY}):
        if "done_on" in values:
            make.row(DisposalStep, disposal=disposal, **values)
        with pytest.raises(IntegrityError), transaction.atomic():
            make.row(DisposalStep, disposal=disposal, **values)
