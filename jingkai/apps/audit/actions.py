"""
The one write of the trail. No audit, no action: it happens inside the action's own transaction.

    @transaction.atomic
    def correct_visit(*, visit: Visit, ..., by: str, at: datetime, reason: str) -> None:
        ...
        audit.record(
            verb="investment.visit.changed",
            actor=by,
            at=at,
            zone_code=visit.zone.code,
            target_kind="visits",
            target_id=str(visit.pk),
            target_label=str(visit),
            reason=reason,
            changes=[audit.Changed("visits", str(visit.pk), str(visit), before, after)],
        )
"""

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from django.conf import settings
from django.db import connection

from . import chain, queries
from .models import Change, Event

INSTALLATION = "-"  # the chain of what belongs to no zone
LOCK_SPACE = 0x6A6B  # keeps our advisory locks apart from those of others


class NotInTransaction(RuntimeError):
    """The trail must be written in the transaction of the action that it is about."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What an action did to one record; ``before`` None: it is new, ``after`` None: it is gone."""

    kind: str
    object_id: str
    label: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


def record(  # noqa: PLR0913 - the fields of one event
    *,
    verb: str,
    actor: str,
    target_kind: str,
    target_id: str,
    target_label: str,
    at: datetime,
    actor_label: str = "",
    zone_code: str = INSTALLATION,
    reason: str = "",
    details: Mapping[str, Any] | None = None,
    changes: Iterable[Changed] = (),
) -> Event:
    """
    Append one event to the zone's chain and return it; a batch is one event with many changes.

    ``verb`` is ``area.noun.past-participle``; ``details`` and the changes hold what JSON can, and
    instants, dates, decimals and fractions. Chains of different zones do not wait for each other.

    :raises NotInTransaction: outside a transaction; the caller's would not fail with it
    """
    if not connection.in_atomic_block:
        raise NotInTransaction(f"{verb}: audit.record must run inside transaction.atomic")
    texts = {
        "actor": actor,
        "actor_label": actor_label,
        "reason": reason,
        "request_id": structlog.contextvars.get_contextvars().get("request_id", ""),
        "target_id": target_id,
        "target_kind": target_kind,
        "target_label": target_label,
        "verb": verb,
        "zone_code": zone_code,
    }
    cleaned = {name: chain.text(value) for name, value in texts.items()}
    return _append(cleaned, at=at, details=details or {}, changes=changes)


def _append(
    texts: Mapping[str, str],
    *,
    at: datetime,
    details: Mapping[str, Any],
    changes: Iterable[Changed],
) -> Event:
    zone_code = texts["zone_code"]
    algorithm: str = getattr(settings, "AUDIT_ALGORITHM", chain.ALGORITHMS[0])
    alterations = [_alteration(change) for change in changes]
    changes_digest, change_count = chain.digest(alterations, algorithm)
    _wait_for_turn(zone_code)
    last = queries.head(zone_code)
    entry = chain.Entry(
        **texts,
        algorithm=algorithm,
        at=at,
        change_count=change_count,
        changes_digest=changes_digest,
        details=chain.canonical(details),
        previous_hash=last.hash,
        sequence=last.sequence + 1,
    )
    fields = entry._asdict() | {"details": details, "hash": chain.seal(entry)}
    event = Event.objects.create(**fields)
    _insert(event, alterations)
    return event


def _wait_for_turn(zone_code: str) -> None:
    """Let one transaction at a time append to a chain; SQLite's IMMEDIATE lock already does."""
    if connection.vendor == "postgresql":
        key = zlib.crc32(zone_code.encode()) - 2**31
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK_SPACE, key])


def _alteration(change: Changed) -> chain.Alteration:
    return chain.Alteration(
        after=chain.canonical(change.after),
        before=chain.canonical(change.before),
        kind=chain.text(change.kind),
        label=chain.text(change.label),
        object_id=chain.text(change.object_id),
    )


def _insert(event: Event, alterations: list[chain.Alteration]) -> None:
    """Insert by plain SQL: 100,000 changes take 1.4 s instead of 3.6 s by bulk_create."""
    if not alterations:
        return
    names = ("event_id", *chain.Alteration._fields)
    columns = ", ".join(connection.ops.quote_name(name) for name in names)
    table = connection.ops.quote_name(Change._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({columns}) VALUES (%s, %s, %s, %s, %s, %s)",  # noqa: S608
            [(event.pk, *alteration) for alteration in alterations],
        )
