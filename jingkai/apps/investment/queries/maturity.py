"""How mature leads are: many in the database; ``facts`` judges one, with reasons."""

from datetime import date

from django.db.models import (
    BooleanField,
    Case,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce

from jingkai.apps.investment.facts import ANSWERS, DECISION, VETOES, maturity
from jingkai.apps.investment.models import Lead, LeadAssessment, MaturityCard, Signing
from jingkai.core.scoring import Result


def card(zone_id: int, *, on: date) -> MaturityCard | None:
    """Return the scorecard in force in the zone on the day."""
    in_force = Q(effective_to__isnull=True) | Q(effective_to__gt=on)
    found = MaturityCard.everywhere.filter(in_force, zone_id=zone_id, effective_from__lte=on)
    return found.order_by("-effective_from").first()


def assessment(lead: Lead, *, on: date) -> LeadAssessment | None:
    """Return the lead's latest assessment on or before the day."""
    found = LeadAssessment.everywhere.filter(lead=lead, assessed_on__lte=on)
    return found.order_by("-assessed_on", "-id").first()


def maturity_of(lead: Lead, *, on: date) -> Result | None:
    """Return the latest assessment's score with its reasons, None without assessment or card."""
    found = assessment(lead, on=on)
    in_force = card(lead.zone_id, on=found.assessed_on) if found else None
    return maturity(in_force, found) if found and in_force else None


def open_leads(on: date) -> QuerySet[Lead]:
    """Return the leads found by the day that were neither lost nor formally signed on it."""
    lost = Q(lost_on__lte=on) & (Q(revived_on__isnull=True) | Q(revived_on__gt=on))
    return Lead.objects.filter(~Exists(_signed(on)), found_on__lte=on).exclude(lost)


def library(on: date) -> QuerySet[Lead]:
    """Return the open leads that were in the lead library on the day."""
    return open_leads(on).filter(entered_library_on__lte=on)


def mature_leads(on: date) -> QuerySet[Lead]:
    """
    Return the leads of the library that were mature on the day.

    The latest assessment on or before the day counts, under the card of the assessment's own day:
    a new card judges nothing anew until somebody assesses anew.
    """
    return library(on).annotate(is_mature=verdict(on)).filter(is_mature=True)


def verdict(on: date | None = None) -> Combinable:
    """Return the expression on a lead of whether it is mature: yes, no, or not on record."""
    latest = LeadAssessment.everywhere.filter(lead=OuterRef("pk"))
    if on is not None:
        latest = latest.filter(assessed_on__lte=on)
    decided = Case(When(decision_on__isnull=False, then=Value(1)), output_field=IntegerField())
    judged = latest.annotate(**{DECISION: decided}).annotate(verdict=_judged())
    judged = judged.order_by("-assessed_on", "-id")
    return Subquery(judged.values("verdict")[:1], output_field=BooleanField())


def _judged() -> Combinable:
    hit = Q(*((veto, True) for veto in VETOES), _connector=Q.OR)
    clear = Q(*((veto, False) for veto in VETOES))
    return Case(
        When(~Exists(_cards()), then=Value(None)),
        When(hit, then=Value(value=False)),
        When(~Exists(_reached(unknown=1)), then=Value(value=False)),
        When(clear & Exists(_reached(unknown=0)), then=Value(value=True)),
        output_field=BooleanField(),
    )


def _cards() -> QuerySet[MaturityCard]:
    """Return the card in force on the day of the assessment outside."""
    day = OuterRef("assessed_on")
    in_force = Q(effective_to__isnull=True) | Q(effective_to__gt=day)
    return MaturityCard.everywhere.filter(in_force, zone=OuterRef("zone"), effective_from__lte=day)


def _reached(*, unknown: int) -> QuerySet[MaturityCard]:
    """Return that card if the answers reach its threshold, missing ones taken as ``unknown``."""
    points: Combinable = Value(0)
    for name in (*ANSWERS, DECISION):
        answered = Coalesce(Cast(OuterRef(name), IntegerField()), Value(unknown))
        points = points + F(f"{name}_weight") * answered
    return _cards().annotate(points=points).filter(points__gte=F("threshold"))


def _signed(on: date) -> QuerySet[Signing]:
    formal = Signing.everywhere.filter(kind=Signing.Kind.FORMAL)
    return formal.filter(lead=OuterRef("pk"), signed_on__lte=on)
