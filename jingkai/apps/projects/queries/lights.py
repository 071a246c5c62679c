"""Red, amber and green in the database: the same answer as the core's, for lists and counts."""

from datetime import date, timedelta

from django.db.models import Case, CharField, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable

from jingkai.core import lifecycle, versions
from jingkai.core.lifecycle import Colour, Milestone

from ..models import Project, Stage, Status
from .stages import reached

# The agreed date of each milestone, and what meets it: a stage, or a dated fact.
AGREED = {
    Milestone.SETTLE: "agreed_settle_on",
    Milestone.START: "agreed_start_on",
    Milestone.COMPLETION: "agreed_completion_on",
    Milestone.PRODUCTION: "agreed_production_on",
    Milestone.CAPACITY: "agreed_capacity_on",
    Milestone.TARGET: "agreed_target_on",
}
_MET_BY: dict[Milestone, Stage | str] = {
    Milestone.SETTLE: "settled_on",
    Milestone.START: Stage.STARTED,
    Milestone.COMPLETION: "completed_on",
    Milestone.PRODUCTION: Stage.IN_PRODUCTION,
    Milestone.CAPACITY: Stage.AT_CAPACITY,
    Milestone.TARGET: Stage.AT_TARGET,
}


def with_light(projects: QuerySet[Project], *, on: date) -> QuerySet[Project]:
    """Return the projects with ``light``, their colour on the day."""
    return projects.annotate(light=light(on=on))


def light(*, on: date) -> Combinable:
    """Return the colour of a project on the day."""
    near = on + timedelta(days=versions.in_force(lifecycle.LIGHT_RULES, on=on).amber_days)
    late, soon, far, met = Q(), Q(), Q(), Q()
    for milestone, agreed in AGREED.items():
        unmet = ~_met(milestone, on)
        late |= Q(**{f"{agreed}__lt": on}) & unmet
        soon |= Q(**{f"{agreed}__gte": on, f"{agreed}__lte": near}) & unmet
        far |= Q(**{f"{agreed}__gt": near}) & unmet
        met &= _met(milestone, on)
    apart = Q(status__in=(Status.DORMANT, Status.LOST), status_since__lte=on)
    return Case(
        When(apart, then=Value(Colour.OFF.value)),
        When(late, then=Value(Colour.RED.value)),
        When(soon, then=Value(Colour.AMBER.value)),
        When(far | met, then=Value(Colour.GREEN.value)),
        default=Value(Colour.GREY.value),
        output_field=CharField(),
    )


def overdue(*, on: date) -> QuerySet[Project]:
    """Return the projects that had not kept an agreed date by the day."""
    on_record = Project.objects.filter(entered_on__lte=on)
    return on_record.alias(colour=light(on=on)).filter(colour=Colour.RED.value)


def _met(milestone: Milestone, on: date) -> Q:
    how = _MET_BY[milestone]
    if isinstance(how, Stage):
        return reached(how, on=on)
    return Q(**{f"{how}__isnull": False, f"{how}__lte": on})
