"""
Jobs done: one taken by a lease, its handler called, what came of it kept.

At least once, and what a handler writes in one transaction with its checkpoint exactly once: the
lease's token stands in every write here, so a worker that lost its job changes nothing of it.
Leases are told by the real time, whatever JINGKAI_NOW says.
"""

import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, TypeAlias

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from jingkai.apps.accounts import queries as accounts
from jingkai.apps.accounts import scope, wall
from jingkai.apps.accounts.roles import Permission
from jingkai.web import clock

from ..models import Job
from .jobs import note

Handler: TypeAlias = "Callable[[Job, Report], dict[str, Any]]"

MOST_ATTEMPTS = 3  # without a new checkpoint
MOST_DEATHS = 5  # of its worker, one after the other
PAUSES = (timedelta(seconds=5), timedelta(seconds=30))
SECONDS_BETWEEN_REPORTS = 0.5

_State = Job.State
_log = structlog.get_logger(__name__)


class NotDone(Exception):
    """The work can't be done however often it is tried; the message says why and what to do."""


class Interrupted(Exception):
    """The handler must end here: cancelled, stopped, or the job is no longer its own."""


class _Cancelled(Interrupted):
    pass


class _Stopped(Interrupted):
    pass


class _Lost(Interrupted):
    pass


class Report:
    """
    How a handler says how far it is; the call renews its lease.

    In the transaction of what was done, ``checkpoint`` and effect commit together. Without a
    checkpoint it writes at most twice a second, so it may be called for every row.
    """

    def __init__(self, job: Job, *, stopping: Callable[[], bool]) -> None:
        """Take the job as its worker holds it."""
        self._job = job
        self._stopping = stopping
        self._written = 0.0

    def __call__(
        self, done: int, total: int | None = None, checkpoint: dict[str, Any] | None = None
    ) -> None:
        """
        Keep the progress, and what to begin from if this worker is the last to know.

        :raises Interrupted: let it pass
        """
        now = time.monotonic()
        if checkpoint is None and now - self._written < SECONDS_BETWEEN_REPORTS:
            return
        self._written = now
        values: dict[str, Any] = {"done": done, "lease_until": _lease()}
        if total is not None:
            values["total"] = total
        if checkpoint is not None:
            values |= {"checkpoint": checkpoint, "attempts": 1}
        self._keep(values)
        self._check()

    def _keep(self, values: dict[str, Any]) -> None:
        if not _held(self._job).update(**values):
            raise _Lost
        for name, value in values.items():
            setattr(self._job, name, value)

    def _check(self) -> None:
        if _held(self._job).filter(cancel_asked=True).exists():
            raise _Cancelled
        if self._stopping():
            raise _Stopped


def run(*, job: Job, at: datetime, stopping: Callable[[], bool] = lambda: False) -> Job:
    """Run a job here and now and return it as it then stands; one that has ended stays so."""
    taken = _take(Job.everywhere.filter(pk=job.pk, state=_State.WAITING), at=at)
    if taken is not None:
        _work(taken, at=at, stopping=stopping)
    return Job.everywhere.select_related("zone").get(pk=job.pk)


def run_next(*, at: datetime, stopping: Callable[[], bool] = lambda: False) -> bool:
    """
    Run the job that has been due longest, or one whose worker is gone; return whether there was.

    For a worker's process, whose connection sees every zone: the wall stands around the handler.
    """
    now = timezone.now()
    waiting = Q(state=_State.WAITING, due_at__lte=now)
    found = Job.everywhere.filter(waiting | Q(state=_State.RUNNING, lease_until__lt=now))
    if not found.exists():  # SQLite would take its one write lock to find out
        return False
    job = _take(found, at=at)
    if job is None:
        return False
    below = [job.zone] if accounts.is_leaf(job.zone) else accounts.zones_below(job.zone)
    wall.confine([zone.pk for zone in below])
    try:
        _work(job, at=at, stopping=stopping)
    finally:
        wall.release()
    return True


@transaction.atomic
def _take(found: Any, *, at: datetime) -> Job | None:
    """Return one of the jobs, held by us; two workers never take the same one."""
    rows = found.select_for_update(skip_locked=True, of=("self",)).select_related("zone")
    job: Job | None = rows.order_by("due_at", "id").first()
    if job is None:
        return None
    if job.attempts >= MOST_DEATHS:
        job.error = _("执行作业的进程连续 %(count)s 次中断") % {"count": job.attempts}
        _end(job, _State.FAILED, at=at)
        return None
    job.state, job.holder = _State.RUNNING, uuid.uuid4().hex
    job.attempts += 1
    job.lease_until = _lease()
    job.started_at = job.started_at or at
    job.save(update_fields=["state", "holder", "attempts", "lease_until", "started_at"])
    return job


def _work(job: Job, *, at: datetime, stopping: Callable[[], bool]) -> None:
    """Call the handler and keep what came of it."""
    handler: Handler = import_string(settings.JOBS[job.kind])
    with _surroundings(job):
        try:
            result = handler(job, Report(job, stopping=stopping))
        except _Lost:
            _log.warning("job lost", job=job.pk)
        except _Stopped:
            _give_back(job)
        except _Cancelled:
            _conclude(job, _State.CANCELLED, at=at)
        except NotDone as reason:
            _conclude(job, _State.FAILED, at=at, error=str(reason))
        except Exception as failure:  # noqa: BLE001 - is the job's failure, not the worker's
            _log.exception("job failed", job=job.pk)
            _try_again(job, failure, at=at)
        else:
            _conclude(job, _State.DONE, at=at, result=result)


@contextmanager
def _surroundings(job: Job) -> Iterator[None]:
    """Give the handler its zone, the language of who asked, and a name in the trail."""
    below = [job.zone] if accounts.is_leaf(job.zone) else accounts.zones_below(job.zone)
    language = job.language or settings.LANGUAGE_CODE
    with (
        scope.zones(*(zone.pk for zone in below)),
        scope.unsealed() if _is_cleared(job) else scope.sealed(job.by),
        translation.override(language),
        structlog.contextvars.bound_contextvars(request_id=f"job-{job.pk}"),
    ):
        yield


def _is_cleared(job: Job) -> bool:
    """Whether the work is done for somebody who may see sensitive records, or for the system."""
    if job.by == accounts.SYSTEM:
        return True
    person = accounts.person(job.by)
    roles = accounts.roles_in(person, job.zone, on=clock.today()) if person else ()
    return Permission.READ_SENSITIVE in accounts.permissions(roles)


@transaction.atomic
def _conclude(
    job: Job,
    state: str,
    *,
    at: datetime,
    error: str = "",
    result: dict[str, Any] | None = None,
) -> None:
    """End the job, unless another worker has it by now."""
    current = _held(job).select_for_update(of=("self",)).select_related("zone").first()
    if current is None:
        return
    current.error = error
    current.result = result or {}
    current.result_url = str(current.result.get("url", ""))[:500]
    if state == _State.DONE and current.total is not None:
        current.done = current.total
    _end(current, state, at=at)


def _end(job: Job, state: str, *, at: datetime) -> None:
    job.state, job.holder, job.lease_until, job.finished_at = state, "", None, at
    job.save()
    # The person's own cancellation is on record already.
    if state != _State.CANCELLED:
        verb = "finished" if state == _State.DONE else "failed"
        note(job=job, verb=verb, by=job.by, at=at, reason=job.error)
        hear: Callable[[Job, datetime], None] = import_string(settings.JOB_ENDED)
        hear(job, at)


def _try_again(job: Job, failure: Exception, *, at: datetime) -> None:
    """Put the job back with a pause; after the last attempt it has failed."""
    error = f"{type(failure).__name__}: {failure}"[:1_000]
    if job.attempts >= MOST_ATTEMPTS:
        _conclude(job, _State.FAILED, at=at, error=error)
        return
    pause = PAUSES[min(job.attempts, len(PAUSES)) - 1]
    _held(job).update(**_WAITING, due_at=timezone.now() + pause, error=error)


def _give_back(job: Job) -> None:
    """Put the job back as it was: its worker stops, which is no attempt of the job's."""
    _held(job).update(**_WAITING, due_at=timezone.now(), attempts=max(job.attempts - 1, 0))


_WAITING = {"state": _State.WAITING, "holder": "", "lease_until": None}


def _lease() -> datetime:
    return timezone.now() + timedelta(seconds=settings.JOB_LEASE_SECONDS)


def _held(job: Job) -> Any:
    """Return the job's row as long as we hold it."""
    return Job.everywhere.filter(pk=job.pk, state=_State.RUNNING, holder=job.holder)
