"""Verbs on leads, promises and scorecards: what they refuse, write, and leave in the trail."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from jingkai.apps.accounts.roles import Role
from jingkai.apps.audit.models import Change, Event
from jingkai.apps.investment import actions
from jingkai.apps.investment.models import Lead, MaturityCard
from jingkai.apps.notices.models import Notice
from jingkai.apps.registers.kinds import Refused

TODAY = date(2024, 12, 31)
CARD = {
    "code": "CARD-2025",
    "effective_from": date(2025, 1, 1),
    "effective_to": None,
    "basis": "示范评分办法",
    "investor_verified_weight": 20,
    "funds_proved_weight": 20,
    "site_matched_weight": 20,
    "policy_screened_weight": 20,
    "decision_dated_weight": 20,
    "threshold": 80,
}


def assign(lead, to, clock, **said):
    values = {"protected_until": None, "by": "lead", "at": clock} | said
    return actions.assign_lead(lead=lead, to=to, **values)


def test_an_assigned_lead_says_who_and_since_when_and_the_trail_knows(make, officer, clock):
    lead = make.lead()

    assign(lead, officer, clock, protected_until=date(2025, 3, 31))

    lead.refresh_from_db()
    event = Event.objects.get(verb="investment.lead.assigned")
    change = Change.objects.get(event=event)
    assert (lead.assigned_to, lead.assigned_on, lead.version) == (officer, TODAY, 2)
    assert (event.actor, event.zone_code, event.target_id) == ("lead", "home", str(lead.pk))
    assert change.before["assigned_to"] is None
    assert change.after["assigned_to"] == officer.username


def test_an_officer_is_told_of_a_lead_unless_they_took_it_themselves(make, officer, clock):
    given, taken = make.lead(), make.lead()

    assign(given, officer, clock)
    actions.assign_lead(
        lead=taken, to=officer, protected_until=None, by=officer.username, at=clock
    )

    told = Notice.everywhere.get()
    assert (told.to, told.kind) == (officer.username, "assigned")
    assert told.url == f"/z/home/leads/{given.pk}/"


def test_a_protection_must_reach_beyond_today(make, officer, clock):
    with pytest.raises(Refused, match="晚于今天"):
        assign(make.lead(), officer, clock, protected_until=TODAY)


@pytest.mark.parametrize(
    ("protected_until", "is_refused"),
    [(TODAY, False), (TODAY + timedelta(days=1), True)],  # the last day is exclusive
)
def test_taking_over_a_protected_investor_needs_a_reason(
    make, officer, zone, hire, clock, protected_until, is_refused
):
    lead = make.lead(
        assigned_to=officer, assigned_on=date(2024, 10, 1), protected_until=protected_until
    )
    other = make.lead(investor=lead.investor)
    rival = hire(zone, Role.LEADER)

    if is_refused:
        with pytest.raises(actions.Protected, match="保护期"):
            assign(other, rival, clock)
    else:
        assign(other, rival, clock)
    assign(other, rival, clock, reason="主任办公会决定")
    assign(other, officer, clock)

    assert Lead.objects.get(pk=other.pk).assigned_to == officer


def test_a_lost_lead_is_not_assigned_before_it_is_revived(make, officer, clock):
    lead = make.lead()
    actions.lose_lead(
        lead=lead, on=TODAY, reason="no_funds", note="资金未到位", by="officer", at=clock
    )

    with pytest.raises(actions.NotOpen, match="先唤醒"):
        assign(lead, officer, clock)
    actions.revive_lead(lead=lead, on=TODAY, note="追加股东", by="officer", at=clock)
    assign(lead, officer, clock)

    verbs = Event.objects.filter(target_kind="leads").order_by("sequence")
    assert list(verbs.values_list("verb", "reason")) == [
        ("investment.lead.lost", "资金未到位"),
        ("investment.lead.revived", "追加股东"),
        ("investment.lead.assigned", ""),
    ]


@pytest.mark.parametrize(
    ("on", "is_refused"),
    [
        (date(2024, 2, 29), True),
        (date(2024, 3, 1), False),
        (TODAY, False),
        (TODAY + timedelta(days=1), True),
    ],
)
def test_a_lead_is_lost_between_the_day_it_was_found_and_today(make, clock, on, is_refused):
    lead = make.lead(found_on=date(2024, 3, 1))

    def lose():
        return actions.lose_lead(lead=lead, on=on, reason="other", note="", by="x", at=clock)

    if is_refused:
        with pytest.raises(Refused, match="流失日期"):
            lose()
    else:
        assert lose().lost_on == on


def test_a_lead_lost_again_forgets_its_revival_but_the_trail_does_not(make, clock):
    lead = make.lead()
    actions.lose_lead(lead=lead, on=date(2024, 5, 1), reason="no_site", note="", by="x", at=clock)
    actions.revive_lead(lead=lead, on=date(2024, 8, 1), note="有新厂房", by="x", at=clock)

    with pytest.raises(Refused, match="唤醒"):
        actions.lose_lead(
            lead=lead, on=date(2024, 7, 31), reason="other", note="", by="x", at=clock
        )
    lost = actions.lose_lead(
        lead=lead, on=date(2024, 9, 1), reason="other_place", note="", by="x", at=clock
    )

    assert (lost.lost_on, lost.revived_on) == (date(2024, 9, 1), None)
    assert Change.objects.order_by("id").last().before["revived_on"] == "2024-08-01"


def test_a_lead_that_is_not_lost_cannot_be_revived(make, clock):
    with pytest.raises(actions.NotLost):
        actions.revive_lead(lead=make.lead(), on=TODAY, note="x", by="x", at=clock)


def test_a_revival_says_why(make, clock):
    lead = make.lead(lost_on=TODAY, lost_reason="other")

    with pytest.raises(Refused, match="理由"):
        actions.revive_lead(lead=lead, on=TODAY, note=" ", by="x", at=clock)


def test_a_signed_lead_is_no_longer_lost_or_assigned(make, officer, clock):
    lead = make.lead()
    make.signing(lead=lead, investor=lead.investor)

    with pytest.raises(actions.NotOpen, match="已签约"):
        assign(lead, officer, clock)
    with pytest.raises(actions.NotOpen, match="已签约"):
        actions.lose_lead(lead=lead, on=TODAY, reason="other", note="", by="x", at=clock)


@pytest.mark.parametrize("on", [date(2024, 4, 30), TODAY + timedelta(days=1)])
def test_a_lead_is_revived_between_its_loss_and_today(make, clock, on):
    lead = make.lead(lost_on=date(2024, 5, 1), lost_reason="other")

    with pytest.raises(Refused, match="唤醒日期"):
        actions.revive_lead(lead=lead, on=on, note="有新厂房", by="x", at=clock)


def test_a_card_s_code_is_given_once(make, zone, clock):
    make.card(code=CARD["code"])

    with pytest.raises(Refused, match="已存在"):
        actions.put_card_in_force(zone=zone, values=dict(CARD), by="x", at=clock)


def test_what_an_agreement_says_becomes_promises_once(make, clock):
    signing = make.signing(
        code="QY-1",
        fixed_investment_wan=Decimal(8000),
        planned_wan=Decimal(10000),
        agreed_start_on=date(2025, 3, 1),
        agreed_completion_on=date(2026, 3, 1),
        agreed_intensity_wan_per_mu=Decimal("350.5"),
    )

    made = actions.track_promises(signing=signing, by="x", at=clock)

    assert [(row.kind, row.promised, row.unit, row.due_on) for row in made] == [
        ("start", None, "", date(2025, 3, 1)),
        ("completion", None, "", date(2026, 3, 1)),
        ("investment", Decimal(8000), "wan", date(2026, 3, 1)),
        ("intensity", Decimal("350.5"), "wan_per_mu", date(2026, 3, 1)),
    ]
    assert Event.objects.get(verb="investment.promises.tracked").change_count == 4
    with pytest.raises(Refused, match="没有尚未纳入跟踪"):
        actions.track_promises(signing=signing, by="x", at=clock)


def test_a_new_card_ends_the_one_before(make, zone, clock):
    before = make.card()

    card = actions.put_card_in_force(zone=zone, values=dict(CARD), by="x", at=clock)

    before.refresh_from_db()
    assert (before.effective_to, card.effective_to) == (date(2025, 1, 1), None)
    assert Event.objects.get(verb="investment.card.put-in-force").change_count == 2


@pytest.mark.parametrize(
    ("start", "end", "overlaps"),
    [
        (date(2023, 1, 1), date(2024, 1, 1), False),  # ends the day the other starts
        (date(2023, 1, 1), date(2024, 1, 2), True),
        (date(2024, 12, 31), None, True),
        (date(2025, 1, 1), None, False),
        (date(2023, 1, 1), None, True),
    ],
)
def test_two_cards_never_cover_the_same_day(make, zone, clock, start, end, overlaps):
    make.card(effective_from=date(2024, 1, 1), effective_to=date(2025, 1, 1))
    values = CARD | {"effective_from": start, "effective_to": end}

    def put():
        return actions.put_card_in_force(zone=zone, values=values, by="x", at=clock)

    if overlaps:
        with pytest.raises(actions.Overlapping):
            put()
        assert MaturityCard.objects.count() == 1
    else:
        assert put().pk
