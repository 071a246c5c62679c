"""What signings promise, and what of it is not kept in time."""

from datetime import date

from django.db.models import F, Q, QuerySet

from jingkai.apps.investment.facts import Standing, promise, standing
from jingkai.apps.investment.models import Obligation, Signing
from jingkai.core import fair_competition


def obligations_due(*, on: date, by: date) -> QuerySet[Obligation]:
    """Return the obligations that had to be kept by ``by`` and, as of ``on``, were not."""
    short = Q(promised__isnull=False, kept_value__lt=F("promised"))
    unkept = Q(kept_on__isnull=True) | Q(kept_on__gt=on) | short
    return Obligation.objects.filter(unkept, due_on__lte=by)


def obligations_of(signing: Signing, *, on: date) -> list[tuple[Obligation, Standing]]:
    """Return what the signing promises with where each promise stands, by its due day."""
    rows = Obligation.everywhere.filter(signing=signing).order_by(
        F("due_on").asc(nulls_last=True), "pk"
    )
    return [(row, standing(promise(vars(row)), on=on)) for row in rows]


def unlawful_promises(clauses: str, *, on: date) -> tuple[fair_competition.Finding, ...]:
    """Return where the clauses promise what 公平竞争审查条例 does not allow on the day."""
    return fair_competition.findings(clauses, on=on) if clauses else ()
