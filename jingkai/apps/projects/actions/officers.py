"""One service officer a project, handed over with a note and acknowledged."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jingkai.apps.accounts import queries as accounts
from jingkai.apps.accounts.models import User
from jingkai.apps.audit import actions as audit

from ..models import OfficerAssignment, Project


class NotAssigned(Exception):
    """The service officer stays as it is; the message says why and what to do."""


@transaction.atomic
def assign_officer(  # noqa: PLR0913 - one row as it is reported
    *,
    project: Project,
    officer: User,
    since: date,
    by: str,
    at: datetime,
    note: str = "",
    code: str = "",
    source: str = "",
) -> OfficerAssignment:
    """
    Give a project without a service officer its first one, from the day on.

    :raises NotAssigned: when it has one, or the officer does not work in the zone
    """
    project = Project.everywhere.select_for_update(of=("self",)).get(pk=project.pk)
    current = _current(project)
    if current is not None:
        raise NotAssigned(
            _("项目已有服务专员%(officer)s，请办理移交") % {"officer": current.officer}
        )
    _refuse_wrong_day(project, officer, since, timezone.localdate(at))
    made = _assignment(project, officer, since, by, at)
    made.note, made.source, made.code = note.strip(), source, code or made.code
    made.save(force_insert=True)
    _record("assigned", made, by, at, None)
    return made


@transaction.atomic
def hand_over(  # noqa: PLR0913 - one row as it is reported
    *,
    project: Project,
    to: User,
    on: date,
    note: str,
    by: str,
    at: datetime,
    code: str = "",
    source: str = "",
) -> OfficerAssignment:
    """
    End the present assignment on the day and open one for the successor, who acknowledges it.

    :raises NotAssigned: without a note, without a present officer, or to the same person
    """
    project = Project.everywhere.select_for_update(of=("self",)).get(pk=project.pk)
    current = _current(project)
    if current is None:
        raise NotAssigned(_("项目还没有服务专员，请先指派"))
    if current.officer_id == to.pk:
        raise NotAssigned(_("%(officer)s已是该项目的服务专员") % {"officer": to})
    if not note.strip():
        raise NotAssigned(_("移交必须填写交接说明"))
    if on < current.since:
        raise NotAssigned(_("移交日期不能早于现任起始日期 %(since)s") % {"since": current.since})
    _refuse_wrong_day(project, to, on, timezone.localdate(at))
    current.until = on
    _save(current, by, at, "until")
    made = _assignment(project, to, on, by, at)
    made.handed_over_by, made.note = current.officer, note.strip()
    made.source, made.code = source, code or made.code
    made.save(force_insert=True)
    _record("handed-over", made, by, at, current)
    return made


@transaction.atomic
def acknowledge(*, assignment: OfficerAssignment, by: str, at: datetime) -> OfficerAssignment:
    """
    Let the officer say that the project has been taken over.

    :raises NotAssigned: when somebody else says so, or it has been said or ended already
    """
    found = OfficerAssignment.everywhere.select_for_update(of=("self",)).get(pk=assignment.pk)
    if found.officer.username != by:
        raise NotAssigned(_("只有%(officer)s本人可以签收") % {"officer": found.officer})
    if found.acknowledged_on is not None or found.until is not None:
        raise NotAssigned(_("这次指派已签收或已结束"))
    found.acknowledged_on = timezone.localdate(at)
    _save(found, by, at, "acknowledged_on")
    _record("acknowledged", found, by, at, None)
    return found


def _current(project: Project) -> OfficerAssignment | None:
    open_ones = OfficerAssignment.everywhere.filter(project=project, until__isnull=True)
    return open_ones.select_related("officer").first()


def _refuse_wrong_day(project: Project, officer: User, on: date, today: date) -> None:
    if on > today:
        raise NotAssigned(_("起始日期不能晚于今天"))
    if not accounts.people_of(project.zone, on=today).filter(pk=officer.pk).exists():
        raise NotAssigned(_("%(officer)s不是本园区在任人员") % {"officer": officer})


def _assignment(
    project: Project, officer: User, since: date, by: str, at: datetime
) -> OfficerAssignment:
    count = OfficerAssignment.everywhere.filter(project=project).count()
    return OfficerAssignment(
        zone=project.zone,
        code=f"ZY{project.pk}-{count + 1}",
        project=project,
        officer=officer,
        since=since,
        recorded_at=at,
        recorded_by=by,
        changed_at=at,
        changed_by=by,
    )


def _save(assignment: OfficerAssignment, by: str, at: datetime, field: str) -> None:
    assignment.version += 1
    assignment.changed_at, assignment.changed_by = at, by
    assignment.save(update_fields=[field, "version", "changed_at", "changed_by"])


def _record(
    verb: str, made: OfficerAssignment, by: str, at: datetime, ended: OfficerAssignment | None
) -> None:
    after = {"project": made.project.code, "officer": made.officer.username, "note": made.note}
    changes = [audit.Changed("project-officers", str(made.pk), str(made), None, after)]
    if made.acknowledged_on is not None:
        said = {"acknowledged_on": made.acknowledged_on.isoformat()}
        unsaid = {"acknowledged_on": None}
        changes = [audit.Changed("project-officers", str(made.pk), str(made), unsaid, said)]
    if ended is not None and ended.until is not None:
        past = {"until": ended.until.isoformat()}
        change = audit.Changed(
            "project-officers", str(ended.pk), str(ended), {"until": None}, past
        )
        changes.insert(0, change)  # in the order in which it was done, which undoing turns round
    audit.record(
        verb=f"projects.officer.{verb}",
        actor=by,
        target_kind="projects",
        target_id=str(made.project_id),
        target_label=str(made.project),
        zone_code=made.zone.code,
        at=at,
        reason=made.note,
        details={"officer": made.officer.username, "since": made.since},
        changes=changes,
    )
