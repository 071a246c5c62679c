"""What of projects a person hands over who leaves: each goes by its own verb."""

from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.accounts.roles import Permission
from jingkai.apps.audit import actions as audit
from jingkai.apps.registers.kinds import Refused
from jingkai.apps.registers.queries import Given, Work

from ..models import OfficerAssignment
from . import officers


def _served(zone: Zone, person: User, _everything: bool, _on: date) -> QuerySet[Any]:  # noqa: FBT001 - as Work calls it
    """Return the assignments in force; those that ended are history and name who served."""
    return (
        OfficerAssignment.objects.filter(zone=zone, officer=person, until__isnull=True)
        .select_related("project", "officer")
        .order_by("pk")
    )


def _give(given: Given) -> tuple[int, list[audit.Changed]]:
    """Hand each project over by its own verb, whose events tell it."""
    rows = _served(given.zone, given.before, given.everything, given.on)
    projects = [row.project for row in rows]
    for project in projects:
        try:
            officers.hand_over(
                project=project,
                to=given.to,
                on=given.on,
                note=given.reason,
                by=given.by,
                at=given.at,
            )
        except officers.NotAssigned as reason:
            raise Refused(f"{project}: {reason}") from None
    return len(projects), []


def _sign(zone: Zone, person: User, at: datetime) -> None:
    for row in _served(zone, person, True, at.date()):
        if row.acknowledged_on is None:
            officers.acknowledge(assignment=row, by=person.username, at=at)


HANDED_OVER = (
    Work(
        kind="project-officers",
        label=_("服务专员台账"),
        permission=Permission.READ_PROJECTS,
        mine=_served,
        give=_give,
        sign=_sign,
    ),
)
