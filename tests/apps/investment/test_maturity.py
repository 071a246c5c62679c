"""Mature leads: many in the database, one by one through the core, and both agree."""

import random
from datetime import date, timedelta

import pytest

from jingkai.apps.investment import queries
from jingkai.apps.investment.facts import ANSWERS, VETOES
from jingkai.apps.investment.models import Lead, Signing
from tests.environment import rounds

ON = date(2024, 12, 31)
CHANGE = date(2024, 7, 1)


def one_by_one(on):
    return {
        lead.pk
        for lead in Lead.objects.all()
        if lead.entered_library_on is not None
        and max(lead.entered_library_on, lead.found_on) <= on
        and not _was_lost(lead, on)
        and not Signing.objects.filter(lead=lead, kind="formal", signed_on__lte=on).exists()
        and (result := queries.maturity_of(lead, on=on)) is not None
        and result.mature
    }


def _was_lost(lead, on):
    if lead.lost_on is None or lead.lost_on > on:
        return False
    return lead.revived_on is None or lead.revived_on > on


@pytest.fixture
def library(make):
    make.card(effective_to=CHANGE)
    make.card(effective_from=CHANGE, threshold=85, decision_dated_weight=0, site_matched_weight=40)

    def filled(seed):
        chance = random.Random(seed)
        for _ in range(12):
            _random_lead(make, chance)

    return filled


def _random_lead(make, chance):
    def day():
        return date(2024, 1, 1) + timedelta(days=chance.randrange(540))

    found, lost = day(), chance.choice([None, None, day()])
    lead = make.lead(
        found_on=found,
        entered_library_on=chance.choice([None, found, found + timedelta(days=30)]),
        lost_on=lost,
        lost_reason="other" if lost else "",
        revived_on=chance.choice([None, lost + timedelta(days=40)]) if lost else None,
    )
    for _ in range(chance.randrange(3)):
        answers = {name: chance.choice([True, True, True, False, None]) for name in ANSWERS}
        answers |= {name: chance.choice([False] * 9 + [True, None]) for name in VETOES}
        decision = chance.choice([None, day()])
        assessed = day() - timedelta(days=chance.choice([0, 0, 2000]))
        make.assessment(lead, assessed_on=assessed, decision_on=decision, **answers)
    if chance.random() < 0.2:
        kind = chance.choice(["formal", "framework"])
        make.signing(lead=lead, investor=lead.investor, kind=kind, signed_on=day())


@pytest.mark.parametrize("seed", range(rounds(8, 200)))
def test_the_database_and_the_core_agree_on_which_leads_are_mature(library, seed):
    library(seed)

    for on in (date(2024, 6, 30), CHANGE, ON, date(2025, 6, 30)):
        assert set(queries.mature_leads(on).values_list("pk", flat=True)) == one_by_one(on)


@pytest.mark.parametrize("seed", range(rounds(8, 200)))
def test_the_database_and_the_core_agree_on_the_verdict_itself(library, seed):
    library(seed)

    judged = Lead.objects.annotate(verdict=queries.verdict(ON))

    for lead in judged:
        result = queries.maturity_of(lead, on=ON)
        assert lead.verdict is (result.mature if result else None)


def test_random_leads_are_of_every_verdict_and_some_are_mature(library):
    for seed in range(8):
        library(seed)

    verdicts = Lead.objects.annotate(verdict=queries.verdict(ON)).values_list("verdict", flat=True)

    assert set(verdicts) == {True, False, None}
    assert queries.mature_leads(ON).exists()


def test_a_lead_at_the_threshold_is_mature_and_one_point_below_is_not(make):
    make.card()
    at, below = (make.lead(entered_library_on=date(2024, 4, 1)) for _ in range(2))
    make.mature(at, policy_screened=False)  # 25 + 20 + 25
    make.mature(below, funds_proved=False)  # 25 + 25 + 15

    mature = queries.mature_leads(ON)

    assert list(mature) == [at]


def test_a_veto_not_on_record_leaves_the_verdict_open(make):
    make.card()
    lead = make.lead(entered_library_on=date(2024, 4, 1))
    make.mature(lead, credit_vetoed=None)

    result = queries.maturity_of(lead, on=ON)

    assert result.mature is None
    assert result.missing == ("decision_dated", "credit_vetoed")
    assert list(queries.mature_leads(ON)) == []


def test_a_new_card_judges_nothing_until_somebody_assesses_anew(make):
    make.card(effective_to=CHANGE)
    make.card(effective_from=CHANGE, threshold=100)
    lead = make.lead(entered_library_on=date(2024, 4, 1))
    make.mature(lead, assessed_on=CHANGE - timedelta(days=1))

    before = list(queries.mature_leads(ON))
    make.mature(lead, assessed_on=CHANGE)

    assert before == [lead]
    assert list(queries.mature_leads(ON)) == []


def test_a_formal_agreement_ends_a_lead_and_a_framework_agreement_does_not(make):
    make.card()
    formal, framework = (make.lead(entered_library_on=date(2024, 4, 1)) for _ in range(2))
    for lead, kind in ((formal, "formal"), (framework, "framework")):
        make.mature(lead)
        make.signing(lead=lead, investor=lead.investor, kind=kind, signed_on=ON)

    assert list(queries.mature_leads(ON)) == [framework]


def test_a_lead_signed_tomorrow_is_mature_today(make):
    make.card()
    lead = make.lead(entered_library_on=date(2024, 4, 1))
    make.mature(lead)
    make.signing(lead=lead, investor=lead.investor, signed_on=ON + timedelta(days=1))

    assert list(queries.mature_leads(ON)) == [lead]


def test_without_a_card_nobody_can_say(make):
    lead = make.lead(entered_library_on=date(2024, 4, 1))
    make.mature(lead)

    assert queries.maturity_of(lead, on=ON) is None
    assert list(queries.mature_leads(ON)) == []
