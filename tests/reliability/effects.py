"""A job whose every step leaves one event: a second one would stand in the trail for ever."""

import time
from typing import Any

from django.db import transaction

from jingkai.apps.audit import actions as audit
from jingkai.apps.work.actions import Report
from jingkai.apps.work.models import Job

STEPS = 4


def leave_events(job: Job, report: Report) -> dict[str, Any]:
    for step in range(job.checkpoint.get("step", 0), STEPS):
        time.sleep(0.01)
        with transaction.atomic():
            audit.record(
                verb="proof.step.done",
                actor=job.by,
                target_kind="proof",
                target_id=f"{job.key}-{step}",
                target_label="",
                zone_code=job.zone.code,
                at=job.at,
            )
            report(step + 1, STEPS, {"step": step + 1})
    return {}
