"""The panels of the workbench: what is one's own, what goes wrong, and that they open to it."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jingkai.apps.accounts.roles import ROLE_PERMISSIONS, Role
from jingkai.apps.idle.models import IdleCase, IdleStatus
from jingkai.apps.investment import queries as investment
from jingkai.apps.land.models import Parcel
from jingkai.apps.reporting import queries
from jingkai.apps.reuse.models import Disposal
from jingkai.core.indicators import PeriodRule

MOST_QUERIES = 80


@pytest.fixture(autouse=True)
def _on_the_last_day(settings):
    settings.CLOCK = "2024-12-31"


def workbench(client, zone):
    return client.get(reverse("workbench", args=[zone.code])).context


def test_each_heap_of_the_zone_opens_as_many_records(filled, hire, log_in):
    leader = log_in(hire(filled, Role.LEADER))

    heaps = workbench(leader, filled)["watched"]

    assert len(heaps) >= 3
    for heap in heaps:
        assert leader.get(heap["url"]).context["page"].counted == heap["count"], heap["label"]


def test_who_has_work_of_their_own_sees_that_instead_of_the_zone(filled, hire, log_in, today):
    officer = hire(filled, Role.INVESTMENT)
    lead = investment.open_leads(today).first()
    lead.assigned_to, lead.assigned_on = officer, lead.found_on
    lead.save()

    shown = workbench(log_in(officer), filled)

    assert [heap["count"] for heap in shown["mine"]] == [1]
    assert not shown["watches"]


@pytest.fixture
def judged(filled, clock):
    """Let three parcels without a case be idle land as the law has it."""
    free = Parcel.objects.filter(idle_cases=None, retired_on=None).order_by("pk")[:3]
    IdleStatus.everywhere.bulk_create(
        IdleStatus(
            zone=filled, parcel=parcel, as_of=clock.date(), facts="x", outcome=outcome, idle_days=n
        )
        for n, (parcel, outcome) in enumerate(
            zip(free, ["idle", "may_be_idle", "not_idle"], strict=True)
        )
    )
    return filled


def test_a_land_officer_sees_the_land_of_the_zone_beside_their_own(judged, hire, log_in):
    officer = hire(judged, Role.LAND)
    mine = [parcel.pk for parcel in Parcel.objects.filter(retired_on=None).order_by("pk")[:2]]
    Parcel.objects.filter(pk__in=mine).update(officer=officer)
    browser = log_in(officer)

    shown = workbench(browser, judged)

    assert [heap["count"] for heap in shown["mine"]] == [2]
    heaps = {heap["label"]: heap for heap in shown["watched"]}
    assert set(heaps) == {"超期的闲置土地案件", "应立案未立案的宗地", "落后于计划的处置"}
    assert heaps["应立案未立案的宗地"]["count"] == 2
    for heap in [*shown["mine"], *heaps.values()]:
        opened = browser.get(heap["url"])
        assert opened.status_code == 200
        for label, url in heap["first"]:
            assert label
            assert browser.get(url, follow=True).status_code == 200


@pytest.mark.parametrize("label", ["超期的闲置土地案件", "落后于计划的处置"])
def test_a_heap_of_land_opens_as_many_records(judged, hire, log_in, label):
    officer = log_in(hire(judged, Role.LAND))
    heaps = {heap["label"]: heap for heap in workbench(officer, judged)["watched"]}

    opened = officer.get(heaps[label]["url"])

    assert heaps[label]["count"] > 0
    assert opened.context["page"].counted == heaps[label]["count"]


def test_who_neither_works_on_land_nor_answers_for_it_sees_no_heap_of_land(judged, hire, log_in):
    shown = workbench(log_in(hire(judged, Role.SAFETY)), judged)

    assert "应立案未立案的宗地" not in {heap["label"] for heap in shown["watched"]}


def test_whose_land_is_in_order_is_told_so(filled, hire, log_in):
    IdleCase.objects.update(due_on=None)
    Disposal.objects.update(due_on=None)

    page = log_in(hire(filled, Role.LAND)).get(reverse("workbench", args=[filled.code]))

    assert "没有超期案件和应立案未立案的宗地" in page.content.decode()


@pytest.mark.parametrize(
    ("role", "figure"), [(Role.LAND, "批而未供面积"), (Role.LEADER, "客商来访")]
)
def test_the_glance_is_at_what_one_works_on(filled, hire, log_in, role, figure):
    shown = workbench(log_in(hire(filled, role)), filled)

    assert shown["glance"][0].label == figure


@pytest.mark.parametrize(
    ("role", "offered"), [(Role.LAND, True), (Role.INVESTMENT, False), (Role.AUDITOR, False)]
)
def test_land_is_registered_with_one_click_by_who_may(filled, hire, log_in, role, offered):
    labels = [link.label for link in workbench(log_in(hire(filled, role)), filled)["quick"]]

    assert ({"登记宗地", "登记厂房", "登记核查"} <= set(labels)) is offered


@pytest.mark.parametrize(
    ("day", "role", "years"),
    [
        ("2026-11-30", Role.LAND, []),
        ("2026-12-01", Role.LAND, [date(2027, 1, 1)]),
        ("2027-01-02", Role.LAND, [date(2027, 1, 1)]),
        ("2026-12-01", Role.INVESTMENT, []),
    ],
)
def test_next_years_holidays_are_a_to_do_from_december(inside, day, role, years):
    found = queries.workbench.duties.todos(
        permissions=ROLE_PERMISSIONS[role], on=date.fromisoformat(day)
    )

    assert [todo.due_on for todo in found] == years


def test_the_workbench_asks_no_more_for_more_land(judged, hire, log_in):
    browser = log_in(hire(judged, Role.LAND))
    page = reverse("workbench", args=[judged.code])
    browser.get(page)
    with CaptureQueriesContext(connection) as few:
        browser.get(page)
    Disposal.objects.filter(due_on=None).update(due_on=date(2024, 6, 30))
    IdleCase.objects.filter(due_on=None).update(due_on=date(2024, 6, 30))

    with CaptureQueriesContext(connection) as many:
        browser.get(page)

    assert len(many) <= len(few)
    assert len(few) <= MOST_QUERIES


def test_an_empty_zone_is_not_praised_for_its_order(zone, hire, log_in):
    leader = log_in(hire(zone, Role.LEADER))

    shown = leader.get(reverse("workbench", args=[zone.code]))

    assert "园区还没有数据" in shown.content.decode()
    assert "一切正常" not in shown.content.decode()


def test_who_reads_no_business_sees_no_heap(filled, hire, log_in):
    shown = workbench(log_in(hire(filled, Role.ADMINISTRATOR)), filled)

    assert (shown["mine"], shown["watched"], shown["watches"]) == ([], [], False)


def test_a_cohort_is_followed_to_each_months_end(filled, year):
    cohorts = [
        found
        for found in queries.indicators()
        if found.definition.period_rule is PeriodRule.COHORT
    ]

    assert cohorts
    for indicator in cohorts:
        last = queries.monthly(indicator, year)[-1][1]
        assert last == queries.reading(indicator.code, year).value, indicator.code
