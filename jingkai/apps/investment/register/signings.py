"""签约台账, and what the signings promise."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jingkai.apps.investment import queries
from jingkai.apps.investment.facts import PROMISE, STANDINGS, Standing, promise, standing
from jingkai.apps.investment.models import Obligation, Signing
from jingkai.apps.registers.declaration import Column, Register, Row, Rule, Secrecy
from jingkai.apps.registers.kinds import Industry
from jingkai.web import clock

from .columns import (
    CLASSIFICATION,
    EDIT,
    INVESTOR,
    INVESTOR_NAME,
    LEAD,
    READ,
    SOURCE,
    both_or_neither,
    in_order,
)


def _warn_of_signing(row: Row) -> list[str]:
    return [
        gettext("“%(quote)s”：%(reason)s（《公平竞争审查条例》%(article)s）")
        % {"quote": finding.quote, "reason": finding.reason, "article": finding.article}
        for finding in queries.unlawful_promises(row["clauses"] or "", on=row["signed_on"])
    ]


def _signing_panel(signing: Signing) -> dict[str, Any]:
    found = queries.obligations_of(signing, on=clock.today())
    return {
        "promises": [
            (
                row,
                STANDINGS[state],
                TONES[state],
                reverse("obligations-detail", args=[signing.zone.code, row.pk]),
            )
            for row, state in found
        ],
        "track_url": reverse("signing-track", args=[signing.zone.code, signing.pk]),
    }


def _standing(row: Mapping[str, Any]) -> str:
    return str(STANDINGS[standing(promise(row), on=clock.today())])


TONES = {
    Standing.KEPT: "green",
    Standing.KEPT_LATE: "amber",
    Standing.OVERDUE: "red",
    Standing.DUE_SOON: "amber",
    Standing.RUNNING: "blue",
    Standing.UNKNOWN: "grey",
}
DATED = {Obligation.Kind.START, Obligation.Kind.COMPLETION, Obligation.Kind.PRODUCTION}

SIGNINGS = Register(
    kind="signings",
    name=_("签约台账"),
    model=Signing,
    read=READ,
    edit=EDIT,
    icon="writing-sign",
    order="-signed_on",
    search=("code", "name", "agreement_no", "investor__name"),
    columns=(
        Column("code"),
        Column("name"),
        Column("kind"),
        Column("signed_on"),
        Column("agreement_no", listed=False),
        INVESTOR,
        INVESTOR_NAME,
        Column("investor__origin_province", label=_("来源省份")),
        LEAD,
        Column("industry_code", kind=Industry()),
        Column("planned_wan"),
        Column("fixed_investment_wan"),
        Column("land_mu"),
        Column("agreed_intensity_wan_per_mu", listed=False, adds=False),
        Column("agreed_tax_wan_per_mu", listed=False, adds=False),
        Column("agreed_start_on", listed=False),
        Column("agreed_completion_on", listed=False),
        Column("agreed_production_on", listed=False),
        Column("clauses", listed=False, secrecy=Secrecy.CONFIDENTIAL),
        CLASSIFICATION,
        SOURCE,
    ),
    rules=(
        Rule(
            _("固定资产投资不能大于计划总投资"),
            ("fixed_investment_wan", "planned_wan"),
            in_order("fixed_investment_wan", "planned_wan"),
        ),
    ),
    warn=_warn_of_signing,
    panels="investment/signing_panel.html",
    panel_context=_signing_panel,
)

OBLIGATIONS = Register(
    kind="obligations",
    name=_("履约承诺台账"),
    model=Obligation,
    read=READ,
    edit=EDIT,
    icon="checklist",
    order="due_on",
    search=("code", "signing__name", "signing__code"),
    columns=(
        Column("code"),
        Column("signing", label=_("签约编号"), listed=False),
        Column("signing__name", label=_("签约项目")),
        Column("kind"),
        Column("promised", adds=False),
        Column("unit"),
        Column("due_on"),
        Column("kept_on"),
        Column("kept_value", adds=False),
        Column(
            "standing",
            label=_("履行情况"),
            compute=_standing,
            needs=PROMISE,
        ),
        Column("note", listed=False),
        SOURCE,
    ),
    rules=(
        Rule(
            _("承诺值与计量单位应同时填写"),
            ("unit", "promised"),
            both_or_neither("promised", "unit"),
        ),
        Rule(
            _("开工、竣工、投产承诺的是日期，不填承诺值"),
            ("promised", "kind"),
            lambda row: row["kind"] not in DATED or row["promised"] is None,
        ),
    ),
)
