"""The statuses follow the trail and the day; warnings are told once."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from jingkai.apps.accounts import scope
from jingkai.apps.idle import actions, facts, jobs, queries
from jingkai.apps.idle.models import IdleStatus, Warned
from jingkai.apps.land.models import GrantContract
from jingkai.apps.notices.models import Notice
from jingkai.apps.registers import actions as registers
from jingkai.apps.registers.queries import find
from jingkai.core.idle_land.procedure import StepCode

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

BEIJING = ZoneInfo("Asia/Shanghai")


def at(year, month, day):
    return datetime(year, month, day, 9, tzinfo=BEIJING)


def test_every_parcel_has_the_status_that_the_engine_gives(make, zone, clock):
    idle = make.idle(date(2023, 1, 1))
    suspended = make.suspended(date(2023, 1, 1), area=20_000, wan=4_000)
    unknown = make.parcel(stage="")

    jobs.catch_up(zone, clock)

    found = {row.parcel_id: row for row in queries.statuses()}
    assert (found[idle.pk].outcome, found[idle.pk].disposal) == ("idle", "fee")
    assert found[idle.pk].fee_wan == 600
    assert found[suspended.pk].outcome == "may_be_idle"
    assert found[unknown.pk].missing == [
        "construction_permit_on",
        "foundation_share",
        "agreed_start_on",
    ]


def test_the_table_says_what_one_by_one_determination_says(make, zone, clock):
    parcels = [make.idle(date(2022, 2, 1) + timedelta(days=90 * n)) for n in range(12)]

    jobs.catch_up(zone, clock)

    for parcel in parcels:
        found = queries.determination(parcel, on=date(2024, 12, 31))
        row = IdleStatus.objects.get(parcel=parcel)
        assert (row.outcome, row.disposal or None) == (found.outcome, found.disposal)
        assert (row.idle_since, row.idle_days) == (found.idle_since, found.idle_days)


def test_a_change_of_the_contract_is_followed(make, zone, clock):
    parcel = make.idle(date(2023, 1, 1))
    contract = GrantContract.objects.get(parcel=parcel)
    jobs.catch_up(zone, clock)

    register = find("grant-contracts")
    registers.change_record(
        register=register,
        record=contract,
        values={"agreed_start_on": date(2024, 6, 1)},
        version=contract.version,
        by="system",
        at=clock,
    )
    count = jobs.catch_up(zone, clock)

    assert count == 1
    assert IdleStatus.objects.get(parcel=parcel).outcome == "not_idle"


def test_nothing_new_takes_no_work(make, zone, clock):
    make.idle(date(2023, 1, 1))
    jobs.catch_up(zone, clock)

    assert jobs.catch_up(zone, clock) == 0


def test_a_new_day_makes_all_anew(make, zone):
    parcel = make.idle(date(2023, 6, 1))
    jobs.catch_up(zone, at(2024, 5, 31))
    assert IdleStatus.objects.get(parcel=parcel).outcome == "not_idle"

    jobs.catch_up(zone, at(2024, 6, 1))

    assert IdleStatus.objects.get(parcel=parcel).outcome == "idle"


def test_a_step_of_a_case_is_followed(make, zone, clock):
    parcel = make.idle(date(2022, 1, 20))
    jobs.catch_up(zone, clock)
    case = make.determined(parcel)
    number = {"document_number": "示〔2024〕1号"}
    make.step(
        case, StepCode.HEARING_NOTICE, date(2024, 5, 20), served_on=date(2024, 5, 21), **number
    )
    make.step(case, StepCode.HEARING, date(2024, 6, 3))
    make.approve(make.step(case, StepCode.RECOVERY_APPROVAL, date(2024, 6, 3)), "批1")
    make.approve(make.step(case, StepCode.RECOVERY_DECISION, date(2024, 6, 10)), "收1")
    make.step(case, StepCode.DEREGISTRATION, date(2024, 7, 1))

    jobs.catch_up(zone, clock)

    assert IdleStatus.objects.get(parcel=parcel).outcome == "not_idle"


def test_the_digest_tells_facts_and_statute_apart(make):
    first = facts.of_parcel(make.idle(date(2023, 1, 1)), on=date(2024, 1, 1))
    other = facts.of_parcel(make.idle(date(2023, 1, 2)), on=date(2024, 1, 1))

    assert facts.digest(first, "53") == facts.digest(first, "53")
    assert facts.digest(first, "53") != facts.digest(first, "54")
    assert facts.digest(first, "53") != facts.digest(other, "53")


def test_an_officer_is_told_once_when_a_mark_is_reached(make, zone, land_officer):
    make.idle(date(2024, 3, 1), officer=land_officer, name="东区 1 号")

    for day in (28, 29):
        jobs.catch_up(zone, at(2024, 2, day))
    jobs.catch_up(zone, at(2024, 3, 1))
    jobs.catch_up(zone, at(2024, 3, 2))

    told = list(Notice.objects.filter(to=land_officer.username, kind="idle-limit"))
    assert len(told) == 1
    assert "东区 1 号" in told[0].text
    assert "2024-03-01" in told[0].text
    assert Warned.objects.count() == 1


def test_a_parcel_without_an_officer_is_told_to_who_handles_idle_land(
    make, zone, land_officer, colleague
):
    make.idle(date(2024, 3, 1))

    jobs.catch_up(zone, at(2024, 3, 1))

    told = set(Notice.objects.filter(kind="idle-limit").values_list("to", flat=True))
    assert told == {land_officer.username}


def test_a_sensitive_parcel_is_told_of_in_a_notice_of_its_own(make, zone, land_officer):
    hidden = make.idle(date(2024, 3, 1), classification="sensitive")
    make.idle(date(2024, 3, 1))

    jobs.catch_up(zone, at(2024, 3, 1))

    about = set(Notice.objects.filter(kind="idle-limit").values_list("about", flat=True))
    assert about == {"", f"parcels:{hidden.pk}"}


def test_a_zone_has_its_own_marks(make, zone, land_officer):
    actions.plan_warnings(zone=zone, months=[-6], soon_days=10, by="x", at=make.at)
    make.idle(date(2024, 9, 1), officer=land_officer)

    jobs.catch_up(zone, at(2024, 3, 1))

    assert Warned.objects.get().limit == "start:-6"


def test_sealed_parcels_have_no_status_for_who_is_not_cleared(make, zone, clock):
    make.idle(date(2023, 1, 1), classification="sensitive")
    jobs.catch_up(zone, clock)

    with scope.sealed("somebody"):
        assert queries.statuses().count() == 0
    assert queries.statuses().count() == 1
