"""招商线索库, the assessments of leads, and the scorecards by which they are judged."""

from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from jingkai.apps.accounts.models import User
from jingkai.apps.investment import actions, queries
from jingkai.apps.investment.forms import AssignForm, LoseForm, ReviveForm
from jingkai.apps.investment.models import Lead, LeadAssessment, MaturityCard
from jingkai.apps.registers.declaration import Closing, Column, Register, Row, Rule, Transition
from jingkai.apps.registers.kinds import Choice, Day, Industry, Kind, Person, Whole, Yes
from jingkai.core.scoring import Result
from jingkai.web import clock
from jingkai.web.parts import Entry

from .columns import (
    CLASSIFICATION,
    EDIT,
    INVESTOR,
    INVESTOR_NAME,
    LEAD,
    LEAD_NAME,
    READ,
    SOURCE,
    both_or_neither,
    in_order,
)


def _warn_of_lead(row: Row) -> list[str]:
    lead = queries.lead(row["pk"])
    if lead is None:
        return []
    return [str(duplicate) for duplicate in queries.lead_duplicates(lead, on=clock.today())]


def _lead_panel(lead: Lead) -> dict[str, Any]:
    today = clock.today()
    maturity = queries.maturity_of(lead, on=today)
    return {
        "lead": lead,
        "maturity": maturity,
        "missing": _missing(maturity) if maturity else "",
        "is_signed": queries.is_formally_signed(lead),
        "is_lost": lead.lost_on is not None and lead.revived_on is None,
        "is_protected": lead.protected_until is not None and lead.protected_until > today,
        "entries_of_lead": [_entry(contact) for contact in queries.contacts_of(lead)],
        "assign_form": AssignForm(queries.people(lead.zone, on=today)),
        "lose_form": LoseForm(),
        "revive_form": ReviveForm(),
        "lead_links": _lead_links(lead),
    }


def _lead_links(lead: Lead) -> dict[str, str]:
    verbs = ("assign", "lose", "revive")
    links = {verb: reverse(f"lead-{verb}", args=[lead.zone.code, lead.pk]) for verb in verbs}
    new = reverse("lead-assessments-new", args=[lead.zone.code])
    return links | {"assess": f"{new}?{urlencode({'lead': lead.code})}"}


def _missing(maturity: Result) -> str:
    names = {criterion.code: str(criterion.name) for criterion in maturity.card.criteria}
    names |= {veto.code: str(veto.name) for veto in maturity.card.vetoes}
    return _("、").join(names[code] for code in maturity.missing)


def _entry(contact: queries.Contact) -> Entry:
    return Entry(
        on=contact.on.isoformat(), title=contact.title, text=contact.text, icon=contact.icon
    )


def _assign(
    *, record: Lead, values: dict[str, Any], by: str, at: datetime, **_rights: Any
) -> Lead:
    return actions.assign_lead(
        lead=record,
        to=values["to"],
        protected_until=values["protected_until"],
        reason=values["reason"] or "",
        by=by,
        at=at,
    )


def _lose(*, record: Lead, values: dict[str, Any], by: str, at: datetime, **_rights: Any) -> Lead:
    return actions.lose_lead(
        lead=record,
        on=values["on"],
        reason=values["lost_reason"],
        note=values["note"] or "",
        by=by,
        at=at,
    )


def _revive(
    *, record: Lead, values: dict[str, Any], by: str, at: datetime, **_rights: Any
) -> Lead:
    on, note = values["on"], values["note"]
    return actions.revive_lead(lead=record, on=on, note=note, by=by, at=at)


def _close(*, record: Lead, note: str, by: str, at: datetime) -> Lead:
    """Take a lead that the official file no longer names for lost."""
    reason = Lead.LostReason.OTHER
    return actions.lose_lead(lead=record, on=localdate(at), reason=reason, note=note, by=by, at=at)


def _still_open(leads: QuerySet[Lead], on: date) -> QuerySet[Lead]:
    return leads.filter(pk__in=queries.open_leads(on).values("pk"))


_LOST = Choice(choices=tuple(Lead.LostReason.choices))
TRANSITIONS = (
    Transition(
        name="assign",
        label=_("分派"),
        act=_assign,
        permission=EDIT,
        columns=(
            Column("to", _("跟进人登录名"), Person(to=User), required=True),
            Column("protected_until", _("保护期至（不含）"), Day()),
            Column("reason", _("改派理由"), Kind(max_length=200)),
        ),
    ),
    Transition(
        name="lose",
        label=_("标记流失"),
        act=_lose,
        permission=EDIT,
        columns=(
            Column("on", _("流失日期"), Day(), required=True),
            Column("lost_reason", _("流失原因"), _LOST, required=True),
            Column("note", _("流失说明"), Kind(max_length=300)),
        ),
    ),
    Transition(
        name="revive",
        label=_("唤醒"),
        act=_revive,
        permission=EDIT,
        columns=(
            Column("on", _("唤醒日期"), Day(), required=True),
            Column("note", _("唤醒说明"), Kind(max_length=300), required=True),
        ),
    ),
)

LEADS = Register(
    kind="leads",
    name=_("招商线索库"),
    model=Lead,
    read=READ,
    edit=EDIT,
    icon="bulb",
    order="-found_on",
    grows=True,
    search=("code", "name", "investor__name"),
    columns=(
        Column("code"),
        Column("name"),
        INVESTOR,
        INVESTOR_NAME,
        Column(
            "state",
            label=_("状态"),
            kind=Choice(choices=tuple(queries.StateOf.choices)),
            expression=queries.lead_state(),
        ),
        Column("is_mature", label=_("成熟"), kind=Yes(), expression=queries.verdict()),
        Column("origin"),
        Column("found_on"),
        Column("industry_code", kind=Industry(), listed=False),
        Column("planned_wan"),
        Column("land_mu", listed=False),
        Column("plant_m2", listed=False),
        Column("assigned_to", label=_("跟进人"), listed=False),
        Column("assigned_to__name", label=_("跟进人姓名")),
        Column("assigned_on", listed=False),
        Column("next_follow_up_on"),
        Column("protected_until", listed=False),
        Column("entered_library_on", listed=False),
        Column("lost_on", listed=False),
        Column("lost_reason", listed=False),
        Column("lost_note", listed=False),
        Column("revived_on", listed=False),
        Column("revived_note", listed=False),
        Column(
            "first_negotiated_on",
            label=_("首次洽谈日期"),
            kind=Day(),
            listed=False,
            expression=queries.first_negotiated_on(),
        ),
        Column(
            "formally_signed_on",
            label=_("正式签约日期"),
            kind=Day(),
            listed=False,
            expression=queries.formally_signed_on(),
        ),
        CLASSIFICATION,
        SOURCE,
    ),
    rules=(
        Rule(
            _("跟进人与分派日期应同时填写"),
            ("assigned_on", "assigned_to"),
            both_or_neither("assigned_to", "assigned_on"),
        ),
        Rule(
            _("流失日期与流失原因应同时填写"),
            ("lost_reason", "lost_on"),
            both_or_neither("lost_on", "lost_reason"),
        ),
        Rule(
            _("唤醒日期不能早于流失日期，未流失的线索无需唤醒"),
            ("revived_on", "lost_on"),
            lambda row: (
                row["revived_on"] is None
                or (row["lost_on"] is not None and row["lost_on"] <= row["revived_on"])
            ),
        ),
        Rule(
            _("入库日期不能早于获得日期"),
            ("entered_library_on", "found_on"),
            in_order("found_on", "entered_library_on"),
        ),
        Rule(
            _("流失日期不能早于获得日期"),
            ("lost_on", "found_on"),
            in_order("found_on", "lost_on"),
        ),
    ),
    warn=_warn_of_lead,
    transitions=TRANSITIONS,
    closes=Closing(label=_("标记流失"), act=_close, still_open=_still_open),
    panels="investment/lead_panel.html",
    panel_context=_lead_panel,
)

LEAD_ASSESSMENTS = Register(
    kind="lead-assessments",
    name=_("成熟度评估台账"),
    model=LeadAssessment,
    read=READ,
    edit=EDIT,
    icon="clipboard-check",
    order="-assessed_on",
    search=("code", "lead__name", "lead__code"),
    columns=(
        Column("code"),
        Column("assessed_on"),
        LEAD,
        LEAD_NAME,
        Column("investor_verified"),
        Column("funds_proved"),
        Column("site_matched"),
        Column("policy_screened"),
        Column("decision_on"),
        Column("industry_prohibited", listed=False),
        Column("environment_vetoed", listed=False),
        Column("safety_vetoed", listed=False),
        Column("credit_vetoed", listed=False),
        Column("note", listed=False),
        SOURCE,
    ),
    hint=_("未登记的项按“不知道”处理，既不算是也不算否"),
)

WEIGHTS = (
    "investor_verified_weight",
    "funds_proved_weight",
    "site_matched_weight",
    "policy_screened_weight",
    "decision_dated_weight",
)

MATURITY_CARDS = Register(
    kind="maturity-cards",
    name=_("成熟度评分卡"),
    model=MaturityCard,
    read=READ,
    edit=EDIT,
    icon="adjustments",
    order="-effective_from",
    search=("code", "basis"),
    columns=(
        Column("code"),
        Column("effective_from"),
        Column("effective_to"),
        Column("basis"),
        *(Column(name, kind=Whole(most=100), adds=False) for name in WEIGHTS),
        Column("threshold", kind=Whole(least=1, most=100), adds=False),
        SOURCE,
    ),
    rules=(
        Rule(
            _("各项权重之和应为 100"),
            WEIGHTS,
            lambda row: sum(row[name] or 0 for name in WEIGHTS) == 100,
        ),
        Rule(
            _("失效日期应晚于生效日期"),
            ("effective_to", "effective_from"),
            lambda row: row["effective_to"] is None or row["effective_from"] < row["effective_to"],
        ),
    ),
    write=actions.put_card_in_force,
    hint=_("新评分卡自生效之日起接替上一张；已生效的评分卡不再修改"),
)
