"""What is due by the clock: each name of the setting PERIODIC, by one tick at a time."""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeAlias

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.module_loading import import_string

from ..models import Turn

Periodic: TypeAlias = "Callable[[datetime], None]"

LEASE = timedelta(minutes=5)

_log = structlog.get_logger(__name__)


def run_due(*, at: datetime) -> list[str]:
    """
    Do everything that is due and return its names; safe while another tick does the same.

    What fails is logged and due again after its interval; what a killed tick left is done again
    when its lease is over. Intervals are told by the real time, ``at`` is what the work is told.
    """
    done = []
    for name, (path, seconds) in settings.PERIODIC.items():
        turn = _take(name)
        if turn is None:
            continue
        error = _do(import_string(path), name, at)
        _give_back(turn, seconds, error)
        done.append(name)
    return done


@transaction.atomic
def _take(name: str) -> Turn | None:
    """Return the name's turn, held by us, or None where it is not due or another has it."""
    now = timezone.now()
    due = Q(due_at__lte=now) & (Q(lease_until__isnull=True) | Q(lease_until__lt=now))
    Turn.objects.get_or_create(name=name, defaults={"due_at": now})
    turn = Turn.objects.select_for_update(skip_locked=True).filter(due, name=name).first()
    if turn is not None:
        turn.holder, turn.lease_until = uuid.uuid4().hex, now + LEASE
        turn.save(update_fields=["holder", "lease_until"])
    return turn


def _do(work: Periodic, name: str, at: datetime) -> str:
    try:
        work(at)
    except Exception as failure:  # noqa: BLE001 - the others are due as well
        _log.exception("periodic work failed", name=name)
        return f"{type(failure).__name__}: {failure}"[:1_000]
    return ""


def _give_back(turn: Turn, seconds: int, error: str) -> None:
    now = timezone.now()
    Turn.objects.filter(pk=turn.pk, holder=turn.holder).update(
        due_at=now + timedelta(seconds=seconds),
        last_at=now,
        lease_until=None,
        holder="",
        error=error,
    )
