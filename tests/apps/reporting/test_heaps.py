"""The panels of the workbench: what is one's own, what goes wrong, and that they open to it."""

import pytest
from django.urls import reverse

from jingkai.apps.accounts.roles import Role
from jingkai.apps.investment import queries as investment
from jingkai.apps.reporting import queries
from jingkai.core.indicators import PeriodRule


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
