"""How far each project had come on a day, read from dated rows alone."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from jingkai.core.lifecycle import StallKind

from ..models import Project, Stage, Status, Transition

ORDER = tuple(Stage)


@dataclass(frozen=True, slots=True, kw_only=True)
class StageRow:
    """The projects at a stage on a day, and those that had reached it or more."""

    stage: Stage
    count: int
    planned_wan: Decimal
    reached: int
    reached_planned_wan: Decimal


def standing(on: date) -> Q:
    """Return the condition of a step that was made by the day and not taken back by then."""
    kept = Q(undone_on__isnull=True) | Q(undone_on__gt=on)
    return kept & Q(is_return=False, moved_on__lte=on)


def steps(stage: Stage, *, on: date) -> QuerySet[Transition]:
    """Return the steps into the stage that stood on the day; at most one a project."""
    return Transition.objects.filter(standing(on), to_stage=stage)


def reached(stage: Stage, *, on: date) -> Q:
    """Return the condition that a project had reached the stage on the day."""
    if stage == Stage.IN_LIBRARY:
        return Q(entered_on__lte=on)
    made = Transition.everywhere.filter(standing(on), to_stage=stage, project=OuterRef("pk"))
    return Q(Exists(made))


def reached_within(stage: Stage, *, start: date, end: date) -> QuerySet[Project]:
    """Return the projects that reached the stage in the period, as they stood at its end."""
    made = steps(stage, on=end).filter(moved_on__gte=start)
    return Project.objects.filter(pk__in=made.values("project"))


def at_stage(stage: Stage, *, on: date) -> QuerySet[Project]:
    """Return the projects that stood at the stage on the day."""
    here = Project.objects.filter(reached(stage, on=on))
    after = ORDER[ORDER.index(stage) + 1 :]
    return here.exclude(reached(after[0], on=on)) if after else here


def in_library_or_beyond(*, on: date) -> QuerySet[Project]:
    """Return every project that was on record on the day, whatever its stage."""
    return Project.objects.filter(entered_on__lte=on)


def stage_table(*, on: date) -> list[StageRow]:
    """Return the stages on the day with their projects and 计划总投资, in order."""
    reached_counts = {stage: (0, Decimal(0)) for stage in ORDER}
    everything = in_library_or_beyond(on=on).aggregate(n=Count("pk"), wan=Sum("planned_wan"))
    reached_counts[Stage.IN_LIBRARY] = (everything["n"], everything["wan"] or Decimal(0))
    made = Transition.objects.filter(standing(on)).values("to_stage")
    for row in made.annotate(n=Count("pk"), wan=Sum("project__planned_wan")).order_by():
        reached_counts[Stage(row["to_stage"])] = (row["n"], row["wan"] or Decimal(0))
    beyond = [*[reached_counts[stage] for stage in ORDER[1:]], (0, Decimal(0))]
    return [
        StageRow(
            stage=stage,
            count=reached_counts[stage][0] - after[0],
            planned_wan=reached_counts[stage][1] - after[1],
            reached=reached_counts[stage][0],
            reached_planned_wan=reached_counts[stage][1],
        )
        for stage, after in zip(ORDER, beyond, strict=True)
    ]


def forced() -> Exists:
    """Return the expression on a project: whether a step that still stands was forced."""
    found = Transition.everywhere.filter(
        is_forced=True, undone_on__isnull=True, project=OuterRef("pk")
    )
    return Exists(found)


def lost(*, on: date) -> Q:
    """Return the condition of a project that had been lost by the day."""
    return Q(status=Status.LOST, status_since__lte=on)


def _by_stage(stage: Stage) -> Callable[[date], Q]:
    return lambda on: reached(stage, on=on)


def _by_date(field: str) -> Callable[[date], Q]:
    return lambda on: Q(**{f"{field}__lte": on})


# Each of the 六未: what had happened, what had not, and by when it was agreed.
_SIX = {
    StallKind.SIGNED_NOT_SETTLED: (
        _by_stage(Stage.SIGNED),
        _by_date("settled_on"),
        "agreed_settle_on",
    ),
    StallKind.SUPPLIED_NOT_STARTED: (
        _by_date("land_supplied_on"),
        _by_stage(Stage.STARTED),
        "agreed_start_on",
    ),
    StallKind.STARTED_NOT_COMPLETED: (
        _by_stage(Stage.STARTED),
        _by_date("completed_on"),
        "agreed_completion_on",
    ),
    StallKind.COMPLETED_NOT_PRODUCING: (
        _by_date("completed_on"),
        _by_stage(Stage.IN_PRODUCTION),
        "agreed_production_on",
    ),
    StallKind.PRODUCING_NOT_AT_CAPACITY: (
        _by_stage(Stage.IN_PRODUCTION),
        _by_stage(Stage.AT_CAPACITY),
        "agreed_capacity_on",
    ),
    StallKind.AT_CAPACITY_NOT_AT_TARGET: (
        _by_stage(Stage.AT_CAPACITY),
        _by_stage(Stage.AT_TARGET),
        "agreed_target_on",
    ),
}


def stalled(kind: StallKind, *, on: date, overdue: bool = False) -> QuerySet[Project]:
    """Return the projects that were, on the day, in one of the 六未; those past their date."""
    first, second, agreed = _SIX[kind]
    found = Project.objects.filter(first(on)).exclude(second(on)).exclude(lost(on=on))
    if not overdue:
        return found
    return found.filter(**{f"{agreed}__lt": on})
