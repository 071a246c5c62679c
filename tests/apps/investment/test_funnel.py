"""Cohorts of leads, and what a person has to do."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from jingkai.apps.investment import queries
from jingkai.apps.investment.queries import Task

ON = date(2024, 12, 31)


def test_a_cohort_follows_its_own_leads_wherever_they_go(make):
    first, second, third = (make.lead(found_on=date(2024, 1, day)) for day in (1, 2, 31))
    make.lead(found_on=date(2024, 4, 1))
    make.negotiation(first, date(2024, 1, 11))
    make.negotiation(first, date(2024, 5, 11))
    make.negotiation(second, date(2024, 2, 1))
    make.signing(lead=first, investor=first.investor, signed_on=date(2024, 12, 31))
    make.signing(lead=third, investor=third.investor, kind="framework")

    quarters, whole = queries.funnel(2024, on=ON)

    assert [cohort.leads for cohort in quarters] == [3, 1, 0, 0]
    assert (quarters[0].negotiated, quarters[0].days_to_negotiation) == (2, 20)
    assert (quarters[0].signed, quarters[0].days_to_signing) == (1, 365)
    assert quarters[0].share_signed == Fraction(1, 3)
    assert quarters[2].share_signed is None
    assert (quarters[0].first, quarters[0].last) == (date(2024, 1, 1), date(2024, 3, 31))
    assert (whole.leads, whole.negotiated, whole.signed) == (4, 2, 1)


def test_the_funnel_as_of_a_day_knows_nothing_later(make):
    lead = make.lead(found_on=date(2024, 1, 1))
    make.lead(found_on=date(2024, 3, 1))
    make.negotiation(lead, date(2024, 2, 2))
    make.signing(lead=lead, investor=lead.investor, signed_on=date(2024, 2, 3))

    _quarters, whole = queries.funnel(2024, on=date(2024, 2, 2))

    assert (whole.leads, whole.negotiated, whole.signed) == (1, 1, 0)


def test_what_is_due_for_a_person_is_derived_and_the_most_urgent_comes_first(make, officer):
    mine = {"assigned_to": officer, "assigned_on": date(2024, 4, 1)}
    lead = make.lead(name="甲", next_follow_up_on=ON + timedelta(days=3), **mine)
    make.lead(name="乙", next_follow_up_on=ON + timedelta(days=4), **mine)
    make.lead(name="丙", protected_until=ON + timedelta(days=7), **mine)
    make.lead(name="丁")
    make.visit(officer=officer, follow_up_on=ON - timedelta(days=1))
    make.visit(officer=officer, follow_up_on=ON, followed_up_on=ON)
    make.obligation(due_on=ON + timedelta(days=30))
    make.obligation(due_on=ON + timedelta(days=31))

    found = queries.todos(user=officer, on=ON)

    assert [(todo.kind, todo.due_on) for todo in found] == [
        (Task.FOLLOW_UP_VISIT, ON - timedelta(days=1)),
        (Task.FOLLOW_UP_LEAD, ON + timedelta(days=3)),
        (Task.RENEW_PROTECTION, ON + timedelta(days=7)),
        (Task.CHECK_OBLIGATION, ON + timedelta(days=30)),
        (Task.ASSIGN_LEAD, None),
    ]
    assert (found[1].url_name, found[1].url_kwargs) == (
        "leads-detail",
        {"zone": "home", "pk": lead.pk},
    )


@pytest.mark.parametrize("ending", ["lost", "signed"])
def test_a_lead_that_ended_is_nobody_s_task(make, officer, ending):
    lost = {"lost_on": ON, "lost_reason": "other"} if ending == "lost" else {}
    lead = make.lead(assigned_to=officer, assigned_on=ON, next_follow_up_on=ON, **lost)
    if ending == "signed":
        make.signing(lead=lead, investor=lead.investor)

    assert queries.todos(user=officer, on=ON) == []


def test_who_may_not_write_has_nothing_to_do(make, colleague):
    make.lead()

    assert queries.todos(user=colleague, on=ON) == []
