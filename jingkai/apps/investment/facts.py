"""From rows to what the core judges: a lead's maturity; and where a promise stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db import models
from django.utils.functional import Promise as Text
from django.utils.translation import gettext_lazy as _

from jingkai.core.scoring import Criterion, Result, Scorecard, Veto, YesNo, score

from .models import LeadAssessment, MaturityCard

ANSWERS = ("investor_verified", "funds_proved", "site_matched", "policy_screened")
VETOES = ("industry_prohibited", "environment_vetoed", "safety_vetoed", "credit_vetoed")
DECISION = "decision_dated"
PROMISE = ("due_on", "promised", "kept_on", "kept_value")
DUE_SOON = timedelta(days=30)


class Standing(StrEnum):
    """Where a promise stands on a day."""

    KEPT = "kept"
    KEPT_LATE = "kept_late"
    OVERDUE = "overdue"
    DUE_SOON = "due_soon"
    RUNNING = "running"
    UNKNOWN = "unknown"


STANDINGS: dict[Standing, Text] = {
    Standing.KEPT: _("已履行"),
    Standing.KEPT_LATE: _("逾期履行"),
    Standing.OVERDUE: _("已逾期"),
    Standing.DUE_SOON: _("即将到期"),
    Standing.RUNNING: _("履行中"),
    Standing.UNKNOWN: _("期限或实际值未登记"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What a signing promised and what is known of it; None is not on record."""

    due_on: date | None = None
    promised: Decimal | None = None
    kept_on: date | None = None
    kept_value: Decimal | None = None


def scorecard(card: MaturityCard) -> Scorecard:
    """Return the zone's card as the core reads it; a criterion without weight asks nothing."""
    names = {name: _label(LeadAssessment, name) for name in (*ANSWERS, *VETOES)}
    names[DECISION] = _label(LeadAssessment, "decision_on")
    weights = {name: getattr(card, f"{name}_weight") for name in (*ANSWERS, DECISION)}
    return Scorecard(
        effective_from=card.effective_from,
        effective_to=card.effective_to,
        basis=card.basis,
        criteria=tuple(
            Criterion(name, names[name], Decimal(weight), YesNo())
            for name, weight in weights.items()
            if weight
        ),
        vetoes=tuple(Veto(name, names[name]) for name in VETOES),
        mature_at=Decimal(card.threshold),
    )


def maturity(card: MaturityCard, assessment: LeadAssessment) -> Result:
    """
    Return the assessment's score and verdict, with what each answer earned and what is missing.

    The absence of a decision date is not a no: it is not on record.

    :raises jingkai.core.scoring.NotInForce: if the card was not in force on the assessment's day
    """
    found = scorecard(card)
    asked = {criterion.code for criterion in found.criteria}
    answers = {name: getattr(assessment, name) for name in (*ANSWERS, *VETOES)}
    answers[DECISION] = True if assessment.decision_on else None
    return score(
        found,
        {name: answer for name, answer in answers.items() if name in asked or name in VETOES},
        on=assessment.assessed_on,
    )


def promise(row: Mapping[str, Any]) -> Promise:
    """Return what an obligation's columns say of the promise."""
    return Promise(**{name: row[name] for name in PROMISE})


def standing(known: Promise, *, on: date) -> Standing:
    """
    Return where the promise stands on the day; the due day itself is still in time.

    A promised number is kept by an actual number that reaches it; what was done later than the
    day is not done yet.
    """
    if known.kept_on is None or known.kept_on > on:
        return _by_due_date(known.due_on, on)
    if known.promised is not None:
        if known.kept_value is None:
            return Standing.UNKNOWN
        if known.kept_value < known.promised:
            return _by_due_date(known.due_on, on)
    is_late = known.due_on is not None and known.kept_on > known.due_on
    return Standing.KEPT_LATE if is_late else Standing.KEPT


def _by_due_date(due_on: date | None, on: date) -> Standing:
    if due_on is None:
        return Standing.UNKNOWN
    if due_on < on:
        return Standing.OVERDUE
    return Standing.DUE_SOON if due_on <= on + DUE_SOON else Standing.RUNNING


def _label(model: type[LeadAssessment], name: str) -> object:
    field: models.Field[Any, Any] = model._meta.get_field(name)  # type: ignore[assignment]
    return field.verbose_name
