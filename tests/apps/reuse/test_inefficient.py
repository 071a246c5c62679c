"""Inefficient land: a standard drafted, confirmed, published by another, and what it finds."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jingkai.apps.audit.models import Event
from jingkai.apps.reuse import actions, facts, jobs, queries
from jingkai.apps.reuse.models import (
    Appraisal,
    InefficiencyCriterion,
    InefficiencyStandard,
    ParcelOutput,
)
from jingkai.apps.work import actions as work
from jingkai.apps.work.models import Job
from jingkai.core.land.inefficiency import Fact

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

LogIn = Callable[[Any], Client]
JANUARY = date(2024, 1, 1)


def _drafted(make: Any, **values: Any) -> InefficiencyStandard:
    usual = {
        "name": "示范低效标准",
        "document_number": "钢经开〔2024〕8号",
        "effective_from": JANUARY,
        "combination": "any",
    }
    return make.row(InefficiencyStandard, **usual | values)


def _criterion(make: Any, standard: Any, **values: Any) -> InefficiencyCriterion:
    usual = {
        "standard": standard,
        "fact": "tax_wan_per_mu",
        "operator": "below",
        "value": Decimal(5),
        "basis": "钢经开〔2024〕8号第三条",
        "is_confirmed": True,
    }
    return make.row(InefficiencyCriterion, **usual | values)


def _published(make: Any, *criteria: dict[str, Any], **values: Any) -> InefficiencyStandard:
    standard = _drafted(make, **values)
    for one in criteria or ({},):
        _criterion(make, standard, **one)
    return actions.publish_standard(standard=standard, by="leader", at=make.at)


def _appraised(zone: Any, at: datetime) -> Job:
    job = work.run(job=actions.start_appraisal(zone=zone, by="officer", at=at), at=at)
    assert job.state == Job.State.DONE, job.error
    return job


def test_the_draft_that_ships_cannot_be_published_until_each_basis_is_confirmed(
    make: Any, zone: Any
) -> None:
    draft = actions.draft_standard(zone=zone, code="DX-1", by="officer", at=make.at)
    InefficiencyStandard.objects.filter(pk=draft.pk).update(document_number="钢经开〔2024〕8号")

    with pytest.raises(actions.NotPublished, match="待确认"):
        actions.publish_standard(standard=draft, by="leader", at=make.at)
    for row in draft.criteria.all():
        actions.confirm_criterion(
            criterion=row, value=row.value, basis="第三条", by="officer", at=make.at
        )
    done = actions.publish_standard(standard=draft, by="leader", at=make.at)

    assert done.state == "published"
    assert done.published_by == "leader"


@pytest.mark.parametrize("who", ["drafter", "changer", "criterion"])
def test_who_had_a_hand_in_a_standard_does_not_publish_it(make: Any, who: str) -> None:
    standard = _drafted(make)
    row = _criterion(make, standard)
    InefficiencyStandard.objects.filter(pk=standard.pk).update(
        recorded_by="a", changed_by="b" if who == "changer" else "a"
    )
    InefficiencyCriterion.objects.filter(pk=row.pk).update(recorded_by="c", changed_by="c")
    person = {"drafter": "a", "changer": "b", "criterion": "c"}[who]

    with pytest.raises(actions.NotPublished, match="另一人"):
        actions.publish_standard(standard=standard, by=person, at=make.at)


@pytest.mark.parametrize(
    ("values", "criteria", "message"),
    [
        ({"document_number": ""}, 1, "文号"),
        ({}, 0, "没有任何条件"),
        ({"combination": "at_least", "at_least": 2}, 1, "多于条件"),
    ],
)
def test_an_unfinished_standard_is_not_published(
    make: Any, values: dict[str, Any], criteria: int, message: str
) -> None:
    standard = _drafted(make, **values)
    for _number in range(criteria):
        _criterion(make, standard)

    with pytest.raises(actions.NotPublished, match=message):
        actions.publish_standard(standard=standard, by="leader", at=make.at)


def test_a_new_version_ends_the_one_before_on_its_day(make: Any) -> None:
    first = _published(make)
    second = _published(make, name="新标准", effective_from=date(2024, 7, 1))

    first.refresh_from_db()
    assert first.effective_to == date(2024, 7, 1)
    assert queries.standard_in_force(on=date(2024, 6, 30)) == first
    assert queries.standard_in_force(on=date(2024, 7, 1)) == second
    with pytest.raises(actions.NotPublished, match="重叠"):
        _published(make, name="更早的", effective_from=date(2024, 3, 1))


def test_what_is_published_is_not_changed_any_more(make: Any, officer: Any, log_in: LogIn) -> None:
    standard = _published(make)
    row = standard.criteria.get()
    url = reverse("inefficiency-standards-edit", args=["home", standard.pk])
    said = {"code": standard.code, "name": "改名", "version": standard.version}

    answer = log_in(officer).post(
        url, said | {"effective_from": "2024-01-01", "combination": "any"}
    )

    assert answer.status_code == 400
    assert "已发布的标准不能修改" in answer.content.decode()
    with pytest.raises(actions.NotPublished, match="已发布"):
        actions.drop_criterion(criterion=row, by="officer", at=make.at)
    with pytest.raises(actions.NotPublished, match="已发布"):
        actions.confirm_criterion(
            criterion=row, value=Decimal(9), basis="第九条", by="officer", at=make.at
        )


def test_facts_come_from_contracts_works_plants_and_outputs(make: Any) -> None:
    parcel = make.transferable()
    make.row(ParcelOutput, parcel=parcel, year=2023, tax_wan=Decimal(90), output_wan=None)
    make.row(ParcelOutput, parcel=parcel, year=2025, tax_wan=Decimal(9999))
    make.plant(parcel=parcel, floor_area_m2=Decimal(36000), idle_area_m2=None)

    known = facts.parcel_facts([parcel], on=date(2024, 12, 31))[parcel.pk]

    assert known[Fact.TAX_PER_MU] == 1  # 90 万元 on 90 亩
    assert known[Fact.OUTPUT_PER_MU] is None
    assert known[Fact.FLOOR_AREA_RATIO] == Decimal("0.6")
    assert known[Fact.INVESTED_PERCENT] == 25
    assert known[Fact.STOPPED_MONTHS] == 0
    assert known[Fact.HAZARDOUS_USE] is None


@pytest.mark.parametrize(
    ("since", "resumed", "months"),
    [
        (date(2024, 1, 31), None, 11),
        (date(2023, 12, 31), None, 12),
        (date(2024, 1, 1), None, 11),
        (date(2023, 12, 1), date(2024, 12, 31), 0),
        (date(2025, 1, 1), None, 0),
    ],
)
def test_stopped_months_are_full_months(
    make: Any, since: date, resumed: date | None, months: int
) -> None:
    parcel = make.transferable()
    parcel.works.update(suspended_since=since, resumed_on=resumed, commenced_on=None)

    known = facts.parcel_facts([parcel], on=date(2024, 12, 31))[parcel.pk]

    assert known[Fact.STOPPED_MONTHS] == months


def test_parcels_are_judged_with_reasons_and_judging_again_replaces(
    make: Any, zone: Any, officer: Any, log_in: LogIn
) -> None:
    _published(make)
    poor, rich, unknown = (make.parcel(area_m2=Decimal(2000)) for _number in range(3))
    make.parcel(retired_on=date(2024, 2, 1))
    make.row(ParcelOutput, parcel=poor, year=2024, tax_wan=Decimal("14.999999"))
    make.row(ParcelOutput, parcel=rich, year=2024, tax_wan=Decimal(15))
    browser = log_in(officer)

    browser.post(reverse("inefficient-appraise", args=["home"]))
    waiting = browser.get(reverse("inefficient", args=["home"])).content.decode()
    _appraised(zone, make.at)
    again = _appraised(zone, make.at + timedelta(seconds=1))
    found = dict(Appraisal.objects.values_list("parcel", "verdict"))
    page = browser.get(reverse("inefficient", args=["home"])).content.decode()
    other = browser.get(reverse("inefficient", args=["home"]) + "?verdict=unknown")

    assert "正在评定" in waiting
    assert again.result["counts"] == {"inefficient": 1, "efficient": 1, "unknown": 1}
    assert found == {poor.pk: "inefficient", rich.pk: "efficient", unknown.pk: "unknown"}
    assert poor.name in page
    assert rich.name not in page
    assert "低于 5" in page
    assert unknown.name in other.content.decode()
    counts = {
        one.verdict: one.count for one in queries.verdicts(queries.standard_in_force(on=JANUARY))
    }
    assert counts == {"inefficient": 1, "efficient": 1, "unknown": 1}


def test_judging_that_is_interrupted_goes_on_and_is_told_once(
    make: Any, zone: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    _published(make)
    for _number in range(5):
        make.parcel()
    monkeypatch.setattr(jobs, "AT_ONCE", 2)
    reports = iter([False, False, True])  # begun, the first batch, stopped in the second
    job = actions.start_appraisal(zone=zone, by="officer", at=make.at)

    stopped = work.run(job=job, at=make.at, stopping=lambda: next(reports))
    half = Appraisal.objects.count()
    same = actions.start_appraisal(zone=zone, by="leader", at=make.at + timedelta(hours=1))
    done = work.run(job=stopped, at=make.at)

    assert (stopped.state, half, same.pk) == (Job.State.WAITING, 2, job.pk)
    assert (done.state, done.done, Appraisal.objects.count()) == (Job.State.DONE, 5, 5)
    told = Event.objects.filter(verb="reuse.inefficiency-standard.appraised")
    assert [event.details["unknown"] for event in told] == [5]


def test_judging_ends_where_another_standard_has_come_into_force(make: Any, zone: Any) -> None:
    _published(make)
    job = actions.start_appraisal(zone=zone, by="officer", at=make.at)
    _published(make, name="新标准", effective_from=date(2024, 2, 1))

    failed = work.run(job=job, at=make.at)

    assert failed.state == Job.State.FAILED
    assert "标准已更替" in failed.error


def test_nothing_is_judged_without_a_standard(
    make: Any, zone: Any, officer: Any, log_in: LogIn
) -> None:
    with pytest.raises(actions.NotPublished, match="没有已发布"):
        actions.start_appraisal(zone=zone, by="officer", at=make.at)
    page = log_in(officer).get(reverse("inefficient", args=["home"])).content.decode()

    assert "从示例草案开始" in page


@pytest.mark.parametrize("number", [2, 12])
def test_judging_takes_as_many_queries_for_few_as_for_many(make: Any, number: int) -> None:
    standard = _published(make)
    for _number in range(number):
        make.transferable()
    parcels = list(queries.parcels())

    with CaptureQueriesContext(
        connection,
    ) as asked:
        queries.judged(standard, parcels, on=date(2024, 12, 31))

    assert len(asked) <= 6


def test_three_persons_at_a_standard(
    make: Any, officer: Any, leader: Any, stranger: Any, log_in: LogIn
) -> None:
    standard = _drafted(make)
    _criterion(make, standard)
    url = reverse("standard-publish", args=["home", standard.pk])

    refused = log_in(officer).post(url)
    elsewhere = log_in(stranger).post(url)
    made = log_in(leader).post(url)

    standard.refresh_from_db()
    assert (refused.status_code, elsewhere.status_code) == (403, 404)
    assert made.status_code == 302
    assert standard.state == "published"


def test_a_draft_is_made_confirmed_and_thinned_by_its_pages(
    make: Any, officer: Any, log_in: LogIn
) -> None:
    browser = log_in(officer)

    browser.post(reverse("inefficient-draft", args=["home"]))
    standard = InefficiencyStandard.objects.get()
    first, second = standard.criteria.order_by("pk")[:2]
    confirm = reverse("criterion-confirm", args=["home", first.pk])
    blank = browser.post(confirm, {"value": "6", "basis": ""})
    browser.post(confirm, {"value": "6", "basis": "钢经开〔2024〕8号第三条"})
    browser.post(reverse("criterion-drop", args=["home", second.pk]))
    page = browser.get(
        reverse("inefficiency-standards-detail", args=["home", standard.pk])
    ).content.decode()

    first.refresh_from_db()
    assert blank.status_code == 400
    assert (first.value, first.is_confirmed) == (Decimal(6), True)
    assert standard.criteria.count() == 5
    assert "待确认" in page
    assert "审核并发布" not in page


@pytest.mark.parametrize(
    "values",
    [
        {"effective_to": JANUARY},
        {"combination": "at_least"},
        {"at_least": 2},
        {"state": "published"},
        {"published_on": JANUARY},
    ],
)
def test_the_table_of_standards_keeps_its_laws(make: Any, values: dict[str, Any]) -> None:
    standard = _drafted(make)

    with pytest.raises(IntegrityError), transaction.atomic():
        InefficiencyStandard.objects.filter(pk=standard.pk).update(**values)
