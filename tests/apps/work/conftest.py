"""Work that tests put in the queue: small handlers, and a way to start one."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.conf import LazySettings

from jingkai.apps.accounts import actions as accounts
from jingkai.apps.accounts.models import Zone
from jingkai.apps.work import actions
from jingkai.apps.work.models import Job

Start = Callable[..., Job]


class Broken(Exception):
    """Something that a handler did not expect."""


def open_department(job: Job, name: str) -> None:
    """Leave an effect: a department of that name."""
    accounts.open_department(
        zone=job.zone, code=name, name=name, is_external=False, by=job.by, at=job.at
    )


@pytest.fixture
def handlers(settings: LazySettings) -> Callable[[Callable[..., Any]], None]:
    """Return a function that makes a function the handler of the kind ``test``."""

    def use(handler: Callable[..., Any]) -> None:
        globals()["current"] = handler
        settings.JOBS = {"test": f"{__name__}.handle"}

    return use


def handle(job: Job, report: actions.Report) -> dict[str, Any]:
    """Do what the present test wants done."""
    return globals()["current"](job, report)


@pytest.fixture
def start(zone: Zone, clock: datetime) -> Start:
    """Return a function that puts a job of the kind ``test`` in the queue."""

    def started(key: str = "1", **more: Any) -> Job:
        payload = more.pop("payload", {})
        given = {"zone": zone, "by": "home-leader", "at": clock} | more
        return actions.start(kind="test", key=key, payload=payload, **given)

    return started
