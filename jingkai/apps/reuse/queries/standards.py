"""Which standard is in force, and what it says of the zone's parcels."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet, Sum

from jingkai.apps.land.models import Parcel
from jingkai.apps.work import queries as jobs
from jingkai.apps.work.models import Job
from jingkai.core import units
from jingkai.core.land import inefficiency

from .. import facts
from ..models import Appraisal, InefficiencyCriterion, InefficiencyStandard

APPRAISE = "reuse.appraise"  # the kind of the job
PLACES = 4  # of the values that an appraisal keeps


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdicts:
    """How many parcels got one verdict, and their area."""

    verdict: str
    count: int
    area_m2: Decimal | None


def standard(pk: int) -> InefficiencyStandard | None:
    """Return one standard in scope, with its criteria."""
    return _with_criteria(InefficiencyStandard.objects.filter(pk=pk)).first()


def criterion(pk: int) -> InefficiencyCriterion | None:
    """Return one criterion in scope, with its standard."""
    return InefficiencyCriterion.objects.select_related("standard").filter(pk=pk).first()


def standard_in_force(*, on: date) -> InefficiencyStandard | None:
    """Return the published standard that applies on the day; periods never overlap."""
    found = InefficiencyStandard.objects.filter(
        Q(effective_to__isnull=True) | Q(effective_to__gt=on),
        state=InefficiencyStandard.State.PUBLISHED,
        effective_from__lte=on,
    )
    return _with_criteria(found).first()


def standards_to_come(*, on: date) -> QuerySet[InefficiencyStandard]:
    """Return the standards that are drafts yet, or published and not in force on the day."""
    draft = Q(state=InefficiencyStandard.State.DRAFT)
    return InefficiencyStandard.objects.filter(draft | Q(effective_from__gt=on)).order_by(
        "effective_from", "pk"
    )


def running_appraisal() -> Job | None:
    """Return the job that judges every parcel, or waits to, if any."""
    states = [Job.State.WAITING, Job.State.RUNNING]
    return jobs.of_kind(APPRAISE).filter(state__in=states).first()


def appraisals_so_far() -> int:
    """Return how often every parcel was to be judged: what tells one job from the next."""
    return jobs.of_kind(APPRAISE).count()


def appraisals(standard: InefficiencyStandard) -> QuerySet[Appraisal]:
    """Return what was found by the standard of the parcels that there still are."""
    return Appraisal.objects.filter(standard=standard, parcel__retired_on__isnull=True)


def verdicts(standard: InefficiencyStandard) -> list[Verdicts]:
    """Return how many parcels, and how much area, got each verdict."""
    rows = appraisals(standard).order_by().values("verdict")
    counted = {
        row["verdict"]: row for row in rows.annotate(n=Count("pk"), area=Sum("parcel__area_m2"))
    }
    return [
        Verdicts(
            verdict=verdict,
            count=counted[verdict]["n"] if verdict in counted else 0,
            area_m2=counted[verdict]["area"] if verdict in counted else None,
        )
        for verdict in Appraisal.Verdict.values
    ]


def judged(
    standard: InefficiencyStandard, parcels: Iterable[Parcel], *, on: date
) -> list[tuple[Parcel, inefficiency.Verdict]]:
    """Return what the standard says of each parcel on the day."""
    rule = facts.standard(standard)
    found = list(parcels)
    known = facts.parcel_facts(found, on=on)
    return [(parcel, inefficiency.judge(rule, known[parcel.pk])) for parcel in found]


def verdict_of(verdict: inefficiency.Verdict) -> Appraisal.Verdict:
    """Return the verdict as the table keeps it."""
    if verdict.is_inefficient is None:
        return Appraisal.Verdict.UNKNOWN
    return Appraisal.Verdict.INEFFICIENT if verdict.is_inefficient else Appraisal.Verdict.EFFICIENT


def findings_of(verdict: inefficiency.Verdict) -> list[dict[str, Any]]:
    """Return what each criterion said, as JSON can keep it."""
    return [
        {
            "fact": one.criterion.fact.value,
            "operator": one.criterion.operator.value,
            "limit": _digits(one.criterion.value),
            "value": _digits(one.value),
            "holds": one.holds,
            "gap": _digits(one.gap),
        }
        for one in verdict.findings
    ]


def _digits(value: Decimal | Fraction | int | None) -> str | None:
    if value is None:
        return None
    return f"{units.rounded(value, places=PLACES).normalize():f}"


def _with_criteria(found: QuerySet[InefficiencyStandard]) -> QuerySet[InefficiencyStandard]:
    rows = InefficiencyCriterion.objects.order_by("pk")
    return found.select_related("zone").prefetch_related(Prefetch("criteria", rows))
