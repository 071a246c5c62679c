"""One disposal with its steps: what is done, what comes next, and what it still lacks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from django.db.models import Case, CharField, Prefetch, QuerySet, Sum, Value, When
from django.db.models.expressions import Combinable

from jingkai.apps.land.models import Parcel, Plant
from jingkai.core.land.axes import Measure
from jingkai.core.land.measures import ROUTES, Condition, Facts, Route, Step, StepCode, weigh

from .. import facts
from ..models import OPEN, Disposal, DisposalMoney, DisposalStep

LAND, PLANT = "land", "plant"
TERMS = ("from_on", "until_on")


class Standing(StrEnum):
    """How one step stands."""

    DONE = "done"
    OVERDUE = "overdue"
    NEXT = "next"
    LATER = "later"


@dataclass(frozen=True, slots=True, kw_only=True)
class StepState:
    """One step of the route: its row where there is one, how it stands, what keeps it from it."""

    step: Step
    row: DisposalStep | None
    standing: Standing
    waits_for: tuple[StepCode, ...]
    unmet: tuple[Condition, ...]
    unknown: tuple[Condition, ...]


def disposal(pk: int) -> Disposal | None:
    """Return one disposal in scope with its subject, steps and money."""
    return (
        Disposal.objects.select_related("zone", "parcel", "plant__parcel", "officer")
        .prefetch_related(
            Prefetch("steps", DisposalStep.objects.select_related("officer").order_by("pk")),
            Prefetch("money", DisposalMoney.objects.order_by("on", "pk")),
        )
        .filter(pk=pk)
        .first()
    )


def parcel(pk: int) -> Parcel | None:
    """Return one parcel in scope."""
    return Parcel.objects.select_related("zone").filter(pk=pk).first()


def plant(pk: int) -> Plant | None:
    """Return one plant in scope, with its parcel."""
    return Plant.objects.select_related("zone", "parcel").filter(pk=pk).first()


def route(disposal: Disposal) -> Route:
    """Return the route of the disposal's measure."""
    return ROUTES[Measure(disposal.measure)]


def subject() -> Combinable:
    """Return the expression on a disposal of whether it is of land or of a plant."""
    return Case(
        When(plant__isnull=True, then=Value(LAND)), default=Value(PLANT), output_field=CharField()
    )


def is_open(disposal: Disposal) -> bool:
    """Whether the disposal is neither finished nor withdrawn."""
    return disposal.status in OPEN


def step_states(disposal: Disposal, *, on: date) -> list[StepState]:
    """Return every step of the disposal's route in order, as it stands on the day."""
    rows = {row.step: row for row in disposal.steps.all()}
    known = facts.of_disposal(disposal, on=on)
    found: list[StepState] = []
    has_next = False
    for step in route(disposal).steps:
        row = rows.get(step.code)
        waits_for = waiting(disposal, step, rows)
        weighed = weigh(step.conditions, known)
        standing = _standing(row, has_next=has_next, on=on)
        has_next = has_next or (standing is not Standing.DONE and not step.may_be_left_out)
        found.append(
            StepState(
                step=step,
                row=row,
                standing=standing,
                waits_for=waits_for,
                unmet=weighed.unmet,
                unknown=weighed.unknown,
            )
        )
    return found


def waiting(
    disposal: Disposal, step: Step, rows: Mapping[str, DisposalStep]
) -> tuple[StepCode, ...]:
    """Return the earlier steps that are not done yet."""
    before = route(disposal).before(step.code)
    return tuple(
        one.code for one in before if one.code not in rows or rows[one.code].done_on is None
    )


def broken_terms(step: Step, known: Facts) -> tuple[Condition, ...]:
    """Return the limits of the step that the agreed days exceed."""
    limits = [one for one in step.conditions if one.needs == TERMS]
    return weigh(limits, known).unmet


def of_subject(parcel: Parcel | None, plant: Plant | None) -> QuerySet[Disposal]:
    """Return the disposals of a plant, or of a parcel, the latest first."""
    mine = {"plant": plant} if plant else {"parcel": parcel}
    return Disposal.objects.filter(**mine).select_related("officer").order_by("-pk")


def committed_area_m2(parcel: Parcel | None, plant: Plant | None, *, but: int = 0) -> Decimal:
    """Return the area of a plant, or of a parcel, that other open disposals have agreed on."""
    mine = {"plant": plant} if plant else {"parcel": parcel, "plant__isnull": True}
    found = Disposal.everywhere.filter(status__in=OPEN, **mine).exclude(pk=but)
    total: Decimal | None = found.aggregate(total=Sum("area_m2"))["total"]
    return total or Decimal(0)


def _standing(row: DisposalStep | None, *, has_next: bool, on: date) -> Standing:
    if row is not None and row.done_on is not None:
        return Standing.DONE
    if row is not None and row.planned_on is not None and row.planned_on < on:
        return Standing.OVERDUE
    return Standing.LATER if has_next else Standing.NEXT
