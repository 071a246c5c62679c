"""One project with what belongs to it."""

from datetime import date

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.expressions import Combinable

from jingkai.apps.accounts import queries as accounts
from jingkai.apps.accounts.models import User, Zone

from ..models import (
    STAGE_DATES,
    Evidence,
    FundsReceipt,
    OfficerAssignment,
    Project,
    Stage,
    Transition,
)


def project(pk: int) -> Project | None:
    """Return one project in scope with its steps, evidence, officers and funds, newest first."""
    return (
        Project.objects.select_related("zone", "signing", "investor")
        .prefetch_related(
            Prefetch("transitions", Transition.objects.order_by("-pk")),
            Prefetch("evidence", Evidence.objects.order_by("-dated_on", "-pk")),
            Prefetch(
                "assignments",
                OfficerAssignment.objects.select_related("officer", "handed_over_by").order_by(
                    "-since", "-pk"
                ),
            ),
            Prefetch("receipts", FundsReceipt.objects.order_by("-received_on", "-pk")),
        )
        .filter(pk=pk)
        .first()
    )


def evidence(pk: int) -> Evidence | None:
    """Return one piece of evidence in scope."""
    return Evidence.objects.select_related("zone", "project").filter(pk=pk).first()


def assignment(pk: int) -> OfficerAssignment | None:
    """Return one assignment in scope."""
    return OfficerAssignment.objects.select_related("project", "officer").filter(pk=pk).first()


def service_officer(project: Project) -> OfficerAssignment | None:
    """Return the project's present assignment."""
    return next((row for row in project.assignments.all() if row.until is None), None)


def officer_name() -> Combinable:
    """Return the expression on a project of its service officer's name."""
    now = OfficerAssignment.everywhere.filter(project=OuterRef("pk"), until__isnull=True)
    return Subquery(now.values("officer__name")[:1])


def people(zone: Zone, *, on: date) -> QuerySet[User]:
    """Return who may serve a project of the zone on the day."""
    return accounts.people_of(zone, on=on)


def stage_date(project: Project, stage: Stage) -> date | None:
    """Return the day on which the project reached the stage, None while it has not."""
    reached: date | None = getattr(project, STAGE_DATES.get(stage, "entered_on"))
    return reached
