"""What every verb of the area shares: who did what when, the record's lock, write and event."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from django.utils import timezone

from jingkai.apps.audit import actions as audit
from jingkai.apps.registers import queries as registers
from jingkai.apps.registers import writing
from jingkai.apps.registers.declaration import Register
from jingkai.apps.registers.models import Record

Kept = TypeVar("Kept", bound=Record)


@dataclass(frozen=True, slots=True)
class Told:
    """By whom something was done, when, and why."""

    by: str
    at: datetime
    reason: str = ""

    @property
    def today(self) -> date:
        """Return the day in Beijing time."""
        return timezone.localdate(self.at)


def locked(*, record: Kept) -> Kept:
    """Return the record as it now stands, locked until the transaction ends."""
    rows = type(record).everywhere.select_for_update(of=("self",)).select_related("zone")
    return rows.get(pk=record.pk)


def put(*, record: Record, values: dict[str, Any], told: Told) -> audit.Changed | None:
    """Write what differs, and return what the event tells of it; None where nothing does."""
    differing = {name: new for name, new in values.items() if getattr(record, name) != new}
    if not differing:
        return None
    before = {name: getattr(record, name) for name in differing}
    writing.assign(record, _given(differing), told.by, told.at)
    writing.refuse_impossible(record)
    record.save(update_fields=writing.model_fields(type(record), differing))
    return _changed(record, before, differing)


def add(*, record: Record, names: Iterable[str], told: Told) -> audit.Changed:
    """Put a new record into its table, and return what the event tells of these columns."""
    record.recorded_at = record.changed_at = told.at
    record.recorded_by = record.changed_by = told.by
    writing.refuse_impossible(record)
    record.save(force_insert=True)
    held = {name: value for name in names if (value := getattr(record, name)) not in (None, "")}
    return _changed(record, None, held)


def note(
    *,
    verb: str,
    record: Record,
    changes: list[audit.Changed],
    told: Told,
    details: dict[str, Any] | None = None,
) -> None:
    """Leave the event about the record in the trail."""
    audit.record(
        verb=f"land.{verb}",
        actor=told.by,
        target_kind=_register(record).kind,
        target_id=str(record.pk),
        target_label=str(record),
        zone_code=record.zone.code,
        at=told.at,
        reason=told.reason,
        details=details,
        changes=changes,
    )


def _changed(
    record: Record, before: dict[str, Any] | None, after: dict[str, Any]
) -> audit.Changed:
    register = _register(record)
    was = None if before is None else writing.plain(register, _given(before))
    now = writing.plain(register, _given(after))
    return audit.Changed(register.kind, str(record.pk), str(record), was, now)


def _given(values: dict[str, Any]) -> dict[str, Any]:
    """Return the values with None for an empty text: not on record."""
    return {name: None if value == "" else value for name, value in values.items()}


def _register(record: Record) -> Register:
    found = registers.of_model(type(record))
    assert found is not None  # noqa: S101 - every record of the area has its register
    return found
