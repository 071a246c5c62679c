"""Jobs as the parts of a page."""

from collections.abc import Iterable, Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from jingkai.web import figures
from jingkai.web.components.status import badge
from jingkai.web.parts import Heading, Row, Tone

from .models import Job

TONES: dict[str, Tone] = {
    Job.State.WAITING: "grey",
    Job.State.RUNNING: "blue",
    Job.State.DONE: "green",
    Job.State.FAILED: "red",
    Job.State.CANCELLED: "amber",
}


def headings() -> list[Heading]:
    """Return the columns of the list."""
    return [
        Heading(label=_("作业")),
        Heading(label=_("状态")),
        Heading(label=_("进度"), numeric=True),
        Heading(label=_("提交人")),
        Heading(label=_("提交时间")),
    ]


def rows(jobs: Iterable[Job], names: Mapping[str, str]) -> list[Row]:
    """Return the rows of the list; ``names`` has a name for each log-in."""
    return [
        Row(
            cells=[
                str(job),
                badge(job.get_state_display(), TONES[job.state]),
                figures.percent(job.share) if job.share is not None else "",
                names[job.by],
                figures.minute(job.at),
            ],
            url=url(job),
            label=str(job),
        )
        for job in jobs
    ]


def url(job: Job) -> str:
    """Return the address of the job's page."""
    return reverse("job", args=[job.zone.code, job.pk])
