"""Cases by where they stand, and one case with what belongs to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Prefetch, Q, QuerySet

from jingkai.apps.accounts.models import User
from jingkai.apps.land.models import Parcel
from jingkai.core.idle_land.procedure import StepCode

from ..models import Authority, CaseStep, IdleCase, Paper, Reading, Suspension
from ..models.choices import Step

MOST_CARDS = 30

# The columns of the board: the steps after which a case stands there.
STAGES: Mapping[str, tuple[StepCode, ...]] = {
    "suspected": (StepCode.SUSPICION,),
    "inquiry": (StepCode.INQUIRY, StepCode.ANSWER, StepCode.INVESTIGATION),
    "determined": (
        *(StepCode.DETERMINATION, StepCode.PUBLICATION, StepCode.REGISTRATION),
        StepCode.FINANCE_COPY,
    ),
    "disposal": (
        *(StepCode.PLAN, StepCode.MORTGAGEE_NOTICE, StepCode.PLAN_APPROVAL),
        *(StepCode.HEARING_NOTICE, StepCode.HEARING),
        *(StepCode.FEE_APPROVAL, StepCode.RECOVERY_APPROVAL),
    ),
    "performance": (
        *(StepCode.AGREEMENT, StepCode.FEE_DECISION, StepCode.FEE_PAYMENT),
        *(StepCode.RECOVERY_DECISION, StepCode.MORTGAGEE_COPY, StepCode.DEREGISTRATION),
        *(StepCode.RECONSIDERATION, StepCode.SUIT, StepCode.REMINDER, StepCode.COURT),
        *(StepCode.CANCELLATION, StepCode.PERFORMANCE),
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of the board: how many open cases stand there, the most pressing first."""

    stage: str
    count: int
    overdue: int
    cases: list[IdleCase]

    @property
    def more(self) -> int:
        """Return how many cases the list has beyond the cards."""
        return self.count - len(self.cases)


def case(pk: int) -> IdleCase | None:
    """Return one case in scope with its steps, suspensions and papers."""
    return (
        IdleCase.objects.select_related("zone", "parcel", "parcel__zone", "officer")
        .prefetch_related(
            Prefetch("steps", CaseStep.objects.order_by("done_on", "pk")),
            Prefetch("suspensions", Suspension.objects.order_by("from_on", "pk")),
            Prefetch("papers", Paper.objects.select_related("file").order_by("kind", "-number")),
        )
        .filter(pk=pk)
        .first()
    )


def step(pk: int) -> CaseStep | None:
    """Return one step in scope."""
    return CaseStep.objects.select_related("case", "case__parcel", "zone").filter(pk=pk).first()


def suspension(pk: int) -> Suspension | None:
    """Return one suspension in scope."""
    return Suspension.objects.select_related("case", "case__zone").filter(pk=pk).first()


def paper(pk: int) -> Paper | None:
    """Return one paper in scope."""
    found = Paper.objects.select_related("case", "case__zone", "file", "zone")
    return found.filter(pk=pk).first()


def authority(zone_id: int) -> Authority | None:
    """Return who decides in the zone's county, as far as the zone told."""
    return Authority.everywhere.filter(zone=zone_id).first()


def reading(pk: int) -> Reading | None:
    """Return one lawyer's reading in scope."""
    return Reading.objects.select_related("parcel", "zone").filter(pk=pk).first()


def open_cases() -> QuerySet[IdleCase]:
    """Return the cases in scope that have not ended."""
    return IdleCase.objects.filter(closed_on=None)


def overdue_cases(*, on: date) -> QuerySet[IdleCase]:
    """Return the open cases with a limit that has passed."""
    return open_cases().filter(due_on__lt=on)


def board(*, on: date, officer: User | None = None) -> list[Column]:
    """Return the open cases by where they stand, overdue and nearest first."""
    found = open_cases().select_related("parcel", "officer")
    if officer:
        found = found.filter(officer=officer)
    return [_column(found, stage, steps, on) for stage, steps in STAGES.items()]


def cases_of(parcel: Parcel) -> QuerySet[IdleCase]:
    """Return the cases of a parcel, the latest first."""
    return IdleCase.objects.filter(parcel=parcel).order_by("-opened_on", "-pk")


def to_approve() -> QuerySet[CaseStep]:
    """Return the steps that wait for somebody's approval."""
    return CaseStep.objects.filter(
        needs_approval=True, approved_at=None, withdrawn_at=None, case__closed_on=None
    )


def _column(
    found: QuerySet[IdleCase], stage: str, steps: tuple[StepCode, ...], on: date
) -> Column:
    here = found.filter(step__in=[Step(code) for code in steps])
    counts = here.aggregate(all=Count("pk"), overdue=Count("pk", filter=Q(due_on__lt=on)))
    pressing = here.order_by(F("due_on").asc(nulls_last=True), "opened_on", "pk")
    return Column(
        stage=stage,
        count=counts["all"],
        overdue=counts["overdue"],
        cases=list(pressing[:MOST_CARDS]),
    )
