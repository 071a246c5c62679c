"""Moving a project through its gates, and saying how it fares."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from jingkai.apps.accounts import queries as accounts
from jingkai.apps.accounts.roles import ROLE_LABELS, Permission, Role
from jingkai.apps.audit import actions as audit

from .. import queries
from ..models import STAGE_DATES, Project, Stage, Status, Transition
from ..queries.gates import Lack, roles_of_gate

ORDER = tuple(Stage)


class NotMoved(Exception):
    """The project stays at its stage; the message says why and what to do."""


class GateClosed(NotMoved):
    """A gate on the way lacks something."""

    def __init__(self, lacking: Sequence[tuple[Stage, Sequence[Lack]]]) -> None:
        """Keep what is lacking, by the stage whose gate asks for it."""
        self.lacking = tuple(lacking)
        parts = [
            _("进入“%(stage)s”还缺：%(what)s")
            % {"stage": stage.label, "what": _("、").join(lack.label for lack in lacks)}
            for stage, lacks in lacking
            if lacks
        ]
        super().__init__(_("；").join(parts))


class NotReported(Exception):
    """The status stays as it is; the message says why."""


@dataclass(frozen=True, slots=True)
class _Told:
    """What was told of a step: its day, by whom, when, and why."""

    on: date
    by: str
    at: datetime
    reason: str
    force_reason: str


@transaction.atomic
def move_project(  # noqa: PLR0913 - one step as it is reported
    *,
    project: Project,
    to: Stage,
    on: date,
    by: str,
    at: datetime,
    permissions: Collection[Permission],
    reason: str = "",
    force_reason: str = "",
    code: str = "",
    source: str = "",
) -> Transition:
    """
    Move the project to a stage and return its last step; forward passes every gate between.

    :param code: number of the last step; made up where none is given
    :raises GateClosed: when a gate lacks something and is not forced
    :raises NotMoved: when date, reason or rights do not allow the step
    """
    project = Project.everywhere.select_for_update(of=("self",)).get(pk=project.pk)
    told = _Told(on, by, at, reason.strip(), force_reason.strip())
    _refuse_wrong_step(project, to, told)
    before = _snapshot(project)
    undone: list[Transition] = []
    if ORDER.index(to) < ORDER.index(Stage(project.stage)):
        made = [_step_back(project, to, told)]
        undone = _take_back_steps(project, to, told)
    else:
        _refuse_other_roles(project, to, told)
        made = _steps_forward(project, _passed(project, to, told, permissions), told)
    made[-1].code = code or made[-1].code
    for step in made:
        step.source = source
    Transition.everywhere.bulk_create(made)
    project.stage = to
    _keep(project, by, at)
    changes = [_project_changed(project, before), *map(_step_made, made), *map(_undone, undone)]
    _record_moved(project, changes, made, told)
    return made[-1]


@transaction.atomic
def set_status(
    *, project: Project, status: Status, reason: str, on: date, by: str, at: datetime
) -> Project:
    """
    Say how the project fares from the day on, and return it; its stage stays.

    :raises NotReported: without a reason, or for a day that has not come
    """
    project = Project.everywhere.select_for_update(of=("self",)).get(pk=project.pk)
    if not reason.strip():
        raise NotReported(_("变更状态必须说明原因"))
    if on > timezone.localdate(at):
        raise NotReported(_("状态起始日期不能晚于今天"))
    if status == project.status:
        raise NotReported(_("项目已是“%(status)s”状态") % {"status": status.label})
    before = _snapshot(project)
    project.status, project.status_reason, project.status_since = status, reason.strip(), on
    _keep(project, by, at)
    audit.record(
        verb="projects.project.status-changed",
        actor=by,
        target_kind="projects",
        target_id=str(project.pk),
        target_label=str(project),
        zone_code=project.zone.code,
        at=at,
        reason=reason,
        changes=[_project_changed(project, before)],
    )
    return project


def _refuse_wrong_step(project: Project, to: Stage, told: _Told) -> None:
    if to == project.stage:
        raise NotMoved(_("项目已处于“%(stage)s”阶段") % {"stage": to.label})
    if project.status == Status.LOST:
        raise NotMoved(_("项目已流失，请先恢复状态再推进"))
    if told.on > timezone.localdate(told.at):
        raise NotMoved(_("日期不能晚于今天"))
    last = _steps_of(project).aggregate(on=Max("moved_on"))["on"]
    earliest = max(project.entered_on, last or project.entered_on)
    if told.on < earliest:
        raise NotMoved(_("日期不能早于上一阶段的 %(earliest)s") % {"earliest": earliest})


def _refuse_other_roles(project: Project, to: Stage, told: _Told) -> None:
    """Refuse a person whose roles no gate on the way names; the product itself is no person."""
    person = accounts.person(told.by)
    if person is None:
        return
    roles = accounts.roles_in(person, project.zone, on=timezone.localdate(told.at))
    for stage in _path(project, to):
        allowed = roles_of_gate(stage, on=told.on)
        if not allowed & roles:
            names = _("、").join(str(ROLE_LABELS[Role(role)]) for role in sorted(allowed))
            raise NotMoved(
                _("进入“%(stage)s”须由%(roles)s办理") % {"stage": stage.label, "roles": names}
            )


def _path(project: Project, to: Stage) -> tuple[Stage, ...]:
    return ORDER[ORDER.index(Stage(project.stage)) + 1 : ORDER.index(to) + 1]


def _passed(
    project: Project, to: Stage, told: _Told, permissions: Collection[Permission]
) -> list[tuple[Stage, tuple[Lack, ...]]]:
    """Return each stage on the way with what its gate lacks; something only where forced."""
    path = _path(project, to)
    lacking = [(stage, queries.missing_for(project, stage, on=told.on)) for stage in path]
    if not any(lacks for _stage, lacks in lacking):
        return lacking
    if not told.force_reason:
        raise GateClosed(lacking)
    if Permission.FORCE_PROJECTS not in permissions:
        raise NotMoved(_("强制通过关口需要“强制通过阶段关口”权限；请补齐材料或报管委会领导"))
    return lacking


def _take_back_steps(project: Project, to: Stage, told: _Told) -> list[Transition]:
    """Let the steps beyond the stage stand no longer, and return them."""
    later = ORDER[ORDER.index(to) + 1 :]
    standing = _steps_of(project).filter(to_stage__in=later, undone_on__isnull=True)
    undone = list(standing.order_by("pk"))
    standing.update(
        undone_on=told.on, version=F("version") + 1, changed_at=told.at, changed_by=told.by
    )
    for step in undone:
        step.undone_on = told.on
    return undone


def _step_back(project: Project, to: Stage, told: _Told) -> Transition:
    if not told.reason:
        raise NotMoved(_("退回到较早阶段必须说明原因"))
    for stage in ORDER[ORDER.index(to) + 1 :]:
        setattr(project, STAGE_DATES[stage], None)
    step = _step(project, Stage(project.stage), to, told)
    step.is_return = True
    return step


def _steps_forward(
    project: Project, lacking: Sequence[tuple[Stage, tuple[Lack, ...]]], told: _Told
) -> list[Transition]:
    """Return one step for each stage on the way, all of the same day."""
    made: list[Transition] = []
    before = Stage(project.stage)
    for number, (stage, lacks) in enumerate(lacking):
        step = _step(project, before, stage, told, number)
        if lacks:
            step.is_forced, step.force_reason = True, told.force_reason
            step.missing = [lack.code for lack in lacks]
        setattr(project, STAGE_DATES[stage], told.on)
        made.append(step)
        before = stage
    _refuse_completed_before_start(project)
    return made


def _refuse_completed_before_start(project: Project) -> None:
    """Refuse a start after the completion on record: one of the two dates is wrong."""
    started, completed = project.started_on, project.completed_on
    if started and completed and completed < started:
        raise NotMoved(
            _("登记的竣工日期 %(completed)s 早于开工日期，请先核对") % {"completed": completed}
        )


def _steps_of(project: Project) -> QuerySet[Transition]:
    return Transition.everywhere.filter(project=project)


def _step(project: Project, before: Stage, to: Stage, told: _Told, number: int = 0) -> Transition:
    return Transition(
        zone=project.zone,
        code=f"JD{project.pk}-{_steps_of(project).count() + number + 1}",
        project=project,
        from_stage=before,
        to_stage=to,
        moved_on=told.on,
        reason=told.reason,
        recorded_at=told.at,
        recorded_by=told.by,
        changed_at=told.at,
        changed_by=told.by,
    )


def _record_moved(
    project: Project, changes: list[audit.Changed], made: list[Transition], told: _Told
) -> None:
    forced = [lack for step in made for lack in step.missing]
    audit.record(
        verb="projects.project.moved",
        actor=told.by,
        target_kind="projects",
        target_id=str(project.pk),
        target_label=str(project),
        zone_code=project.zone.code,
        at=told.at,
        reason=told.force_reason if forced else told.reason,
        details={"to": project.stage, "on": told.on, "forced_without": forced},
        changes=changes,
    )


_KEPT = ("stage", *STAGE_DATES.values(), "status", "status_reason", "status_since")


def _snapshot(project: Project) -> dict[str, Any]:
    return {name: getattr(project, name) for name in _KEPT}


def _keep(project: Project, by: str, at: datetime) -> None:
    project.version += 1
    project.changed_at, project.changed_by = at, by
    project.save(update_fields=[*_KEPT, "version", "changed_at", "changed_by"])


def _project_changed(project: Project, before: dict[str, Any]) -> audit.Changed:
    after = _snapshot(project)
    names = [name for name in after if after[name] != before[name]]
    return audit.Changed(
        "projects",
        str(project.pk),
        str(project),
        {name: _plain(before[name]) for name in names},
        {name: _plain(after[name]) for name in names},
    )


def _step_made(step: Transition) -> audit.Changed:
    after = {
        "project": step.project.code,
        "from_stage": str(step.from_stage),
        "to_stage": str(step.to_stage),
        "moved_on": step.moved_on.isoformat(),
        "reason": step.reason,
        "force_reason": step.force_reason,
        "missing": step.missing,
    }
    return audit.Changed("project-transitions", str(step.pk), str(step), None, after)


def _undone(step: Transition) -> audit.Changed:
    after = {"undone_on": _plain(step.undone_on)}
    return audit.Changed(
        "project-transitions", str(step.pk), str(step), {"undone_on": None}, after
    )


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value and str(value)
