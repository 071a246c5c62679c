"""What became of the projects that were signed together."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Min, OuterRef, Subquery
from django.db.models.expressions import Combinable

from jingkai.core import lifecycle
from jingkai.core.indicators import Period, quarter, year
from jingkai.core.lifecycle import CohortStep

from ..models import Stage, Transition
from .stages import standing

STEPS = lifecycle.STAGES[lifecycle.STAGES.index(lifecycle.Stage.SIGNED) :]
QUARTERS = (1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class Cohort:
    """The projects signed in the period, and how they came through the stages after."""

    period: Period
    steps: tuple[CohortStep[lifecycle.Stage], ...]


def cohort_table(year_number: int, *, on: date) -> tuple[list[Cohort], Cohort]:
    """Return the year's quarterly cohorts of signing as they stood on the day, and the year's."""
    whole = year(year_number)
    cases = _cases(whole, on)
    quarters = [quarter(year_number, number) for number in QUARTERS]
    return [_cohort(period, cases, on) for period in quarters], _cohort(whole, cases, on)


def started_on(*, on: date) -> Combinable:
    """Return the expression on a signing of the day its first project started, as of a day."""
    made = Transition.everywhere.filter(
        standing(on), to_stage=Stage.STARTED, project__signing=OuterRef("pk")
    )
    earliest = made.order_by().values("project__signing").annotate(earliest=Min("moved_on"))
    return Subquery(earliest.values("earliest")[:1])


def _cases(period: Period, on: date) -> list[dict[lifecycle.Stage, date]]:
    signed = Transition.objects.filter(
        standing(on), to_stage=Stage.SIGNED, moved_on__range=(period.start, period.end)
    )
    made = Transition.objects.filter(standing(on), project__in=signed.values("project"))
    cases: dict[int, dict[lifecycle.Stage, date]] = {}
    for key, stage, moved_on in made.values_list("project_id", "to_stage", "moved_on"):
        cases.setdefault(key, {})[lifecycle.Stage(stage)] = moved_on
    return list(cases.values())


def _cohort(period: Period, cases: list[dict[lifecycle.Stage, date]], on: date) -> Cohort:
    own = [case for case in cases if case[lifecycle.Stage.SIGNED] in period]
    return Cohort(period, lifecycle.cohort(own, steps=STEPS, on=on))
