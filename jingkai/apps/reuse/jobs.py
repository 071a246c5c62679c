"""What outlives a request: every parcel judged by the standard of inefficient land in force."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jingkai.apps.accounts import scope
from jingkai.apps.land.models import Parcel
from jingkai.apps.work import actions as work
from jingkai.apps.work.models import Job
from jingkai.web import clock

from . import actions, queries

AT_ONCE = 500  # parcels that are judged together, while nobody else writes


def appraise(job: Job, report: work.Report) -> dict[str, Any]:
    """Judge the zone's parcels, sealed ones included; after a kill, from the last whole batch."""
    at = clock.now()
    standard = queries.standard_in_force(on=timezone.localdate(at))
    if standard is None or standard.pk != job.payload["standard"]:
        raise work.NotDone(_("提交后标准已更替，请按现行标准重新评定"))
    done, known = job.done, Counter(job.checkpoint.get("counts", {}))
    with scope.unsealed():
        rows = queries.parcels().filter(zone=job.zone).order_by("pk").defer("outline")
        report(done, rows.count())
        for batch in _batches(rows, job.checkpoint.get("last", 0)):
            with transaction.atomic():
                known += actions.keep_appraisals(standard=standard, parcels=batch, at=at)
                done += len(batch)
                report(done, checkpoint={"last": batch[-1].pk, "counts": known})
        with transaction.atomic():
            if "concluded" not in job.checkpoint:
                actions.conclude_appraisal(standard=standard, counts=known, by=job.by, at=at)
                report(done, checkpoint=job.checkpoint | {"concluded": True})
    return {"url": job.payload["back_url"], "counts": known}


def _batches(rows: Any, last: int) -> Iterator[list[Parcel]]:
    """Yield the parcels behind the one of that key, so many at once."""
    while found := list(rows.filter(pk__gt=last)[:AT_ONCE]):
        yield found
        last = found[-1].pk
