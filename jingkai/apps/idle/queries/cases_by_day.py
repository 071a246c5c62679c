"""Cases as they stood on any day, read from dated steps alone."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import Combinable

from jingkai.apps.land.models import Parcel

from ..models import CaseStep, IdleCase
from ..models.choices import Result, Step
from .standing import standings

DECIDED = (Step.AGREEMENT, Step.FEE_DECISION, Step.RECOVERY_DECISION)
_DISPOSED = (Result.BY_OPTION, Result.FEE_PAID, Result.RECOVERED, Result.STARTED)


def open_on(day: date) -> QuerySet[IdleCase]:
    """Return the cases that were open at the end of the day."""
    standing = Q(closed_on__isnull=True) | Q(closed_on__gt=day)
    return IdleCase.objects.filter(standing, opened_on__lte=day)


def inquired_on(day: date) -> QuerySet[IdleCase]:
    """Return the open cases that were not determined by the day."""
    return open_on(day).filter(~_done((Step.DETERMINATION,), day))


def determined_on(day: date) -> QuerySet[IdleCase]:
    """Return the open cases that were determined and not yet decided by the day."""
    return open_on(day).filter(_done((Step.DETERMINATION,), day), ~_done(DECIDED, day))


def decided_on(day: date) -> QuerySet[IdleCase]:
    """Return the open cases that were determined and decided, and not performed, by the day."""
    return open_on(day).filter(_done((Step.DETERMINATION,), day), _done(DECIDED, day))


def overdue_on(day: date) -> QuerySet[IdleCase]:
    """Return the cases open on the day with a limit that had passed, by the steps of then."""
    late = [found.case.pk for found in standings(open_on(day), on=day) if found.is_overdue]
    return IdleCase.objects.filter(pk__in=late)


def idle_parcels_on(day: date) -> QuerySet[Parcel]:
    """Return the parcels that the authority had determined as idle and not disposed of by then."""
    cases = open_on(day).filter(_done((Step.DETERMINATION,), day))
    return Parcel.objects.filter(pk__in=cases.values("parcel"))


def disposed_within(start: date, end: date) -> QuerySet[Parcel]:
    """Return the parcels whose determined case was ended by a disposal in the time."""
    cases = IdleCase.objects.filter(
        _done((Step.DETERMINATION,), end), result__in=_DISPOSED, closed_on__range=(start, end)
    )
    return Parcel.objects.filter(pk__in=cases.values("parcel"))


def step_by(day: date) -> Combinable:
    """Return the expression on a case of the last step that counted by the day, if any."""
    rows = _counting(day).order_by("-done_on", "-pk")
    return Subquery(rows.values("step")[:1])


def fees_within(start: date, end: date) -> QuerySet[CaseStep]:
    """Return the decisions on a fee that count, of the time."""
    return CaseStep.objects.filter(
        step=Step.FEE_DECISION,
        approved_at__isnull=False,
        withdrawn_at__isnull=True,
        done_on__range=(start, end),
    )


def _done(steps: Iterable[Step], day: date) -> Any:
    """Return the condition on a case that one of the steps counted by the day."""
    return Exists(_counting(day).filter(step__in=list(steps)))


def _counting(day: date) -> QuerySet[CaseStep]:
    """Return the steps of the case outside that counted by the day."""
    return CaseStep.everywhere.filter(
        Q(needs_approval=False) | Q(approved_at__isnull=False),
        case=OuterRef("pk"),
        withdrawn_at=None,
        done_on__lte=day,
    )
