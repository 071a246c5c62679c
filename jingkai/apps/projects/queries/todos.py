"""What a person has to do for projects, derived from the records each time it is asked."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from jingkai.apps.accounts import queries as accounts
from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.accounts.roles import Permission
from jingkai.core.lifecycle import Colour
from jingkai.web.parts import Todo

from .. import facts
from ..models import OfficerAssignment, Project, Stage, Status
from .gates import next_stage, ready
from .lights import light

MOST = 100  # of one kind; the list behind it has them all


class Task(StrEnum):
    """What is to be done."""

    ACKNOWLEDGE = "acknowledge_hand_over"
    KEEP_PROMISE = "keep_promise"
    MOVE_PROJECT = "move_project"
    ASSIGN_OFFICER = "assign_officer"


def todos(*, user: User, on: date) -> list[Todo]:
    """Return what the person has to do in the zones in scope, the most urgent first."""
    return accounts.todos(_READERS, user=user, on=on)


def unserved() -> QuerySet[Project]:
    """Return the projects beyond the library that nobody serves."""
    found = Project.objects.exclude(stage=Stage.IN_LIBRARY).exclude(status=Status.LOST)
    served = OfficerAssignment.everywhere.filter(until__isnull=True).values("project")
    return found.exclude(pk__in=served)


def served_by(user: User) -> QuerySet[Project]:
    """Return the projects that the person serves."""
    return Project.objects.filter(assignments__until__isnull=True, assignments__officer=user)


def _to_acknowledge(zone: Zone, user: User, _on: date) -> Iterator[Todo]:
    mine = OfficerAssignment.objects.filter(
        zone=zone, officer=user, until__isnull=True, acknowledged_on__isnull=True
    )
    for row in mine.select_related("project").order_by("since", "pk")[:MOST]:
        title = _("签收服务项目：%(name)s") % {"name": row.project}
        yield _of(Task.ACKNOWLEDGE, zone, row.project, title, row.since)


def _promises(zone: Zone, user: User, on: date) -> Iterator[Todo]:
    pressing = (Colour.RED.value, Colour.AMBER.value)
    found = _mine(zone, user).alias(colour=light(on=on)).filter(colour__in=pressing)
    for project in found.order_by("pk")[:MOST]:
        reason = facts.light(project, on=on).reasons[0]
        title = _("约定时限临近或已过：%(name)s") % {"name": project}
        yield _of(Task.KEEP_PROMISE, zone, project, title, reason.agreed_on)


def _to_move(zone: Zone, user: User, _on: date) -> Iterator[Todo]:
    found = _mine(zone, user).exclude(status=Status.LOST).filter(ready())
    for project in found.order_by("pk")[:MOST]:
        following = next_stage(project)
        stage = following.label if following else ""
        title = _("材料已齐，可推进至“%(stage)s”：%(name)s") % {"stage": stage, "name": project}
        yield _of(Task.MOVE_PROJECT, zone, project, title, None)


def _without_officer(zone: Zone, _user: User, _on: date) -> Iterator[Todo]:
    for project in unserved().filter(zone=zone).order_by("pk")[:MOST]:
        title = _("指派服务专员：%(name)s") % {"name": project}
        yield _of(Task.ASSIGN_OFFICER, zone, project, title, None)


def _mine(zone: Zone, user: User) -> QuerySet[Project]:
    return served_by(user).filter(zone=zone)


def _of(kind: Task, zone: Zone, project: Project, title: str, due_on: date | None) -> Todo:
    return Todo(
        kind=kind,
        title=title,
        due_on=due_on,
        url_name="project",
        url_kwargs={"zone": zone.code, "pk": project.pk},
    )


_READERS: tuple[accounts.TodoReader, ...] = (
    (Permission.READ_PROJECTS, _to_acknowledge),
    (Permission.READ_PROJECTS, _promises),
    (Permission.MOVE_PROJECTS, _to_move),
    (Permission.ASSIGN_OFFICERS, _without_officer),
)
