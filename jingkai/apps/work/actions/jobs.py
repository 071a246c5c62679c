"""Jobs put in the queue and taken out of it by people."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import OperationalError, transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jingkai.apps.accounts.models import Zone
from jingkai.apps.audit import actions as audit

from ..models import Job

_State = Job.State


class UnknownKind(LookupError):
    """The setting JOBS names no handler for the kind."""


class NotCancelled(Exception):
    """The job can't be cancelled; the message says why."""


@transaction.atomic
def start(
    *,
    zone: Zone,
    kind: str,
    key: str,
    payload: dict[str, Any],
    by: str,
    at: datetime,
    label: str = "",
) -> Job:
    """
    Put work in the queue and return its job; called in the transaction that the work follows from.

    The same zone, kind and key return the job there is. One that failed or was cancelled is put in
    the queue again and goes on from its checkpoint. ``payload`` may name the ``permission`` that
    shows the job to colleagues, and the ``back_url`` that its page leads back to.

    :raises UnknownKind: when no handler is known for the kind
    """
    if kind not in settings.JOBS:
        raise UnknownKind(kind)
    fields = {
        "label": label[:200],
        "payload": payload,
        "language": get_language() or "",
        "by": by,
        "at": at,
        "due_at": timezone.now(),
    }
    job, is_new = Job.everywhere.select_for_update(of=("self",)).get_or_create(
        zone=zone, kind=kind, key=key, defaults=fields
    )
    if is_new:
        note(job=job, verb="started", by=by, at=at)
    elif job.state in {_State.FAILED, _State.CANCELLED}:
        _restart(job, fields)
        note(job=job, verb="restarted", by=by, at=at)
    return job


@transaction.atomic
def cancel(*, job: Job, by: str, at: datetime) -> Job:
    """
    Cancel a job: one that waits at once, one that runs at its next report.

    :raises NotCancelled: when it has ended, or is just writing what can't be left half done
    """
    try:
        current = Job.everywhere.select_for_update(nowait=True, of=("self",)).get(pk=job.pk)
    except OperationalError:
        raise NotCancelled(_("作业正在写入数据，请稍候再试")) from None
    if not current.is_open:
        raise NotCancelled(_("作业已经结束，不能取消"))
    current.cancel_asked = True
    if current.state == _State.WAITING:
        current.state, current.finished_at = _State.CANCELLED, at
    current.save(update_fields=["cancel_asked", "state", "finished_at"])
    note(job=current, verb="cancelled", by=by, at=at)
    return current


@transaction.atomic
def give(*, zone: Zone, before: str, to: str) -> list[audit.Changed]:
    """
    Hand a person's jobs that wait or failed on; part of a hand-over, whose event tells it.

    What runs ends by itself within minutes, in the name of who started it.
    """
    states = [_State.WAITING, _State.FAILED]
    held = Job.everywhere.select_for_update(of=("self",)).filter(zone=zone, by=before)
    jobs = list(held.filter(state__in=states).order_by("pk"))
    Job.everywhere.filter(pk__in=[job.pk for job in jobs]).update(by=to)
    return [
        audit.Changed("job", str(job.pk), str(job), {"by": before}, {"by": to}) for job in jobs
    ]


def note(*, job: Job, verb: str, by: str, at: datetime, reason: str = "") -> None:
    """Leave in the trail what happened to a job."""
    audit.record(
        verb=f"work.job.{verb}",
        actor=by,
        target_kind="job",
        target_id=str(job.pk),
        target_label=str(job),
        zone_code=job.zone.code,
        at=at,
        reason=reason,
        details={"kind": job.kind, "key": job.key},
    )


def _restart(job: Job, fields: dict[str, Any]) -> None:
    fresh = {"state": _State.WAITING, "finished_at": None, "cancel_asked": False}
    cleared = {"attempts": 0, "error": "", "result": {}, "result_url": ""}
    values = fields | fresh | cleared
    for name, value in values.items():
        setattr(job, name, value)
    job.save(update_fields=list(values))
