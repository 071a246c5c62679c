"""What this area does by the clock, and when a job ends."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from jingkai.apps.accounts import queries as accounts
from jingkai.apps.accounts import scope
from jingkai.apps.accounts.models import Zone
from jingkai.apps.work.models import Job

from .actions import deliver, send


def deliver_mail(at: datetime) -> None:
    """Send what is due by mail, zone by zone."""
    for zone in Zone.objects.order_by("pk"):
        with scope.zones(zone.pk):
            deliver(zone=zone, at=at)


def tell_of_job(job: Job, at: datetime) -> None:
    """Tell the person who started a job that it was done, or why it was not."""
    is_done = job.state == Job.State.DONE
    title = _("后台作业已完成：%(job)s") if is_done else _("后台作业没有完成：%(job)s")
    send(
        zone=job.zone,
        to=[job.by],
        kind="job-done" if is_done else "job-failed",
        title=title % {"job": job},
        text=job.error,
        url=job.result_url or reverse("job", args=[job.zone.code, job.pk]),
        by=accounts.SYSTEM,
        at=at,
        permission=job.payload.get("permission", ""),
    )
