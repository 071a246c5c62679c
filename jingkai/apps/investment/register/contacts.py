"""客商库, and the 台账 of visits and negotiations."""

from django.utils.translation import gettext_lazy as _

from jingkai.apps.investment import queries
from jingkai.apps.investment.models import Investor, Negotiation, Visit
from jingkai.apps.registers.declaration import Column, Register, Row, Secrecy
from jingkai.apps.registers.kinds import CreditCode, Industry, Whole
from jingkai.web import clock

from .columns import (
    CLASSIFICATION,
    EDIT,
    INVESTOR,
    INVESTOR_NAME,
    LEAD,
    LEAD_NAME,
    OFFICER,
    OFFICER_NAME,
    READ,
    SOURCE,
)


def _warn_of_investor(row: Row) -> list[str]:
    found = queries.duplicates(
        name=row["name"],
        credit_code=row["credit_code"] or "",
        on=clock.today(),
        except_pk=row.get("pk"),
    )
    return [str(duplicate) for duplicate in found]


INVESTORS = Register(
    kind="investors",
    name=_("客商库"),
    model=Investor,
    read=READ,
    edit=EDIT,
    icon="building-community",
    order="name",
    grows=True,
    search=("code", "name", "credit_code", "contact_person"),
    columns=(
        Column("code"),
        Column("name"),
        Column("credit_code", kind=CreditCode()),
        Column("kind"),
        Column("origin_province"),
        Column("origin_city", listed=False),
        Column("is_foreign"),
        Column("industry_code", kind=Industry()),
        Column("contact_person", secrecy=Secrecy.PERSONAL),
        Column("contact_phone", listed=False, secrecy=Secrecy.PERSONAL),
        CLASSIFICATION,
        SOURCE,
    ),
    warn=_warn_of_investor,
)

VISITS = Register(
    kind="visits",
    name=_("来访外出台账"),
    model=Visit,
    read=READ,
    edit=EDIT,
    icon="users-group",
    order="-visited_on",
    grows=True,
    search=("code", "delegation", "purpose", "investor__name"),
    columns=(
        Column("code"),
        Column("visited_on"),
        Column("direction"),
        Column("delegation"),
        INVESTOR,
        INVESTOR_NAME,
        LEAD,
        Column("people", kind=Whole(least=1, most=10_000)),
        Column("level"),
        Column("purpose"),
        Column("place", listed=False),
        Column("result", listed=False),
        Column("follow_up", listed=False),
        Column("follow_up_on"),
        Column("followed_up_on", listed=False),
        OFFICER,
        OFFICER_NAME,
        CLASSIFICATION,
        SOURCE,
    ),
    hint=_("一行为一批次"),
)

NEGOTIATIONS = Register(
    kind="negotiations",
    name=_("洽谈台账"),
    model=Negotiation,
    read=READ,
    edit=EDIT,
    icon="messages",
    order="-negotiated_on",
    grows=True,
    search=("code", "topic", "investor__name"),
    columns=(
        Column("code"),
        Column("negotiated_on"),
        INVESTOR,
        INVESTOR_NAME,
        LEAD,
        LEAD_NAME,
        Column("mode"),
        Column("topic"),
        Column("participants", listed=False, secrecy=Secrecy.PERSONAL),
        Column("result", listed=False),
        OFFICER,
        OFFICER_NAME,
        CLASSIFICATION,
        SOURCE,
    ),
)
