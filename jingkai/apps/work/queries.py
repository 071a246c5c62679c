"""Jobs as their pages ask for them; all within the zones in scope."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from jingkai.apps.accounts import scope

from .models import Job


def job(pk: int) -> Job | None:
    """Return the job of that number."""
    return Job.objects.select_related("zone").filter(pk=pk).first()


def latest(*, kind: str, key: str) -> Job | None:
    """Return the job of that kind and key, where there is one."""
    return Job.objects.select_related("zone").filter(kind=kind, key=key).first()


def of_kind(kind: str) -> QuerySet[Job]:
    """Return every job of the kind, the oldest first."""
    return Job.objects.select_related("zone").filter(kind=kind).order_by("id")


def unfinished(by: str) -> QuerySet[Job]:
    """Return the person's jobs that wait or failed: what a successor takes over."""
    states = [Job.State.WAITING, Job.State.FAILED]
    return Job.objects.filter(by=by, state__in=states).order_by("id")


def may_see(job: Job, *, by: str, permissions: Iterable[str]) -> bool:
    """Return whether the person started the job, or holds the permission that it names."""
    if scope.present_seal():
        return job.by == by  # another's may be about sealed records
    return job.by == by or job.payload.get("permission") in set(permissions)


def seen_by(by: str, permissions: Iterable[str]) -> QuerySet[Job]:
    """Return the jobs that the person may see, newest first."""
    may = Q(by=by)
    if scope.present_seal() is None:  # another's may be about sealed records
        may |= Q(payload__permission__in=sorted(permissions))
    return Job.objects.filter(may).order_by("-id")
