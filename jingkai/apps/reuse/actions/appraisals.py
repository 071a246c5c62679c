"""
Judging parcels by the standard in force: derived rows, made anew batch by batch.

A batch leaves no event, since what it is made of has its own; the run leaves one at its end.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from jingkai.apps.accounts.models import Zone
from jingkai.apps.accounts.roles import Permission
from jingkai.apps.land.models import Parcel
from jingkai.apps.work import actions as work
from jingkai.apps.work.models import Job

from .. import queries
from ..models import Appraisal, InefficiencyStandard
from .standards import NotPublished


@transaction.atomic
def start_appraisal(*, zone: Zone, by: str, at: datetime) -> Job:
    """
    Leave the judging of every parcel to a worker; where one is at it already, return that.

    :raises NotPublished: when no standard is in force
    """
    standard = queries.standard_in_force(on=timezone.localdate(at))
    if standard is None:
        raise NotPublished(_("今天没有已发布的低效用地标准，请先起草并发布"))
    back = reverse("inefficient", args=[zone.code])
    return queries.running_appraisal() or work.start(
        zone=zone,
        kind=queries.APPRAISE,
        key=f"{standard.pk}-{queries.appraisals_so_far() + 1}",
        payload={"standard": standard.pk, "permission": Permission.EDIT_LAND, "back_url": back},
        by=by,
        at=at,
        label=_("按“%(standard)s”评定全部宗地") % {"standard": standard},
    )


@transaction.atomic
def keep_appraisals(
    *, standard: InefficiencyStandard, parcels: Sequence[Parcel], at: datetime
) -> Counter[str]:
    """Write anew what the standard says of the parcels today; return how many got each verdict."""
    today = timezone.localdate(at)
    rows = [
        Appraisal(
            zone=standard.zone,
            standard=standard,
            parcel=parcel,
            appraised_on=today,
            verdict=queries.verdict_of(verdict),
            findings=queries.findings_of(verdict),
        )
        for parcel, verdict in queries.judged(standard, parcels, on=today)
    ]
    Appraisal.everywhere.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["standard", "parcel"],
        update_fields=["appraised_on", "verdict", "findings"],
    )
    return Counter(str(row.verdict) for row in rows)
