"""One lead or signing, where a lead stands, and what happened between it and the zone."""

from dataclasses import dataclass
from datetime import date

from django.db.models import (
    Case,
    CharField,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    TextChoices,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.utils.translation import gettext_lazy as _

from jingkai.apps.accounts import queries as accounts
from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.investment.models import Lead, Negotiation, Signing, Visit


class StateOf(TextChoices):
    """Where a lead stands; derived, never stored."""

    UNASSIGNED = "unassigned", _("待分派")
    FOLLOWED = "followed", _("跟进中")
    REVIVED = "revived", _("已唤醒")
    LOST = "lost", _("已流失")
    SIGNED = "signed", _("已签约")


def lead(pk: int) -> Lead | None:
    """Return one lead in scope."""
    found = Lead.objects.select_related("zone", "investor", "assigned_to")
    return found.filter(pk=pk).first()


def signing(pk: int) -> Signing | None:
    """Return one signing in scope."""
    return Signing.objects.select_related("zone", "investor").filter(pk=pk).first()


def lead_state() -> Combinable:
    """
    Return the expression on a lead of its present state.

    A framework agreement leaves a lead a lead: only a formal one is counted as a signing.
    """
    formal = Signing.everywhere.filter(kind=Signing.Kind.FORMAL, lead=OuterRef("pk"))
    return Case(
        When(Exists(formal), then=Value(StateOf.SIGNED)),
        When(Q(lost_on__isnull=False, revived_on__isnull=True), then=Value(StateOf.LOST)),
        When(revived_on__isnull=False, then=Value(StateOf.REVIVED)),
        When(assigned_to__isnull=False, then=Value(StateOf.FOLLOWED)),
        default=Value(StateOf.UNASSIGNED),
        output_field=CharField(),
    )


def is_formally_signed(lead: Lead) -> bool:
    """Return whether a formal agreement came of the lead."""
    signings = Signing.everywhere.filter(lead=lead, kind=Signing.Kind.FORMAL)
    return signings.exists()  # a sealed one too


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Something that happened between a lead and the zone, for its timeline."""

    on: date
    title: str
    text: str
    icon: str


def contacts_of(lead: Lead) -> list[Contact]:
    """Return the lead's visits, negotiations and agreements, newest first."""
    visits = [
        Contact(
            on=visit.visited_on,
            title=f"{visit.get_direction_display()} · {visit.delegation}",
            text=visit.result or visit.purpose,
            icon="users-group",
        )
        for visit in Visit.unsealed(Visit.everywhere.filter(lead=lead))
    ]
    talks = [
        Contact(on=talk.negotiated_on, title=talk.topic, text=talk.result, icon="messages")
        for talk in Negotiation.unsealed(Negotiation.everywhere.filter(lead=lead))
    ]
    agreements = [
        Contact(
            on=signing.signed_on,
            title=f"{signing.get_kind_display()} · {signing.name}",
            text=signing.agreement_no,
            icon="writing-sign",
        )
        for signing in signings_of(lead)
    ]
    return sorted([*visits, *talks, *agreements], key=lambda contact: contact.on, reverse=True)


def signings_of(lead: Lead) -> QuerySet[Signing]:
    """Return the agreements that came of the lead, newest first."""
    return Signing.unsealed(Signing.everywhere.filter(lead=lead)).order_by("-signed_on", "-pk")


def people(zone: Zone, *, on: date) -> QuerySet[User]:
    """Return who may follow a lead in the zone on the day."""
    return accounts.people_of(zone, on=on)
