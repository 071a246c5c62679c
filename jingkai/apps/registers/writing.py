"""What every write on a register shares: the record's fields, the database's laws, the event."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import models

from jingkai.apps.accounts import scope
from jingkai.apps.accounts.models import Zone
from jingkai.apps.audit import actions as audit

from . import checking
from .declaration import Register
from .fields import written_with
from .kinds import Kind, Reference, Refused, bare, custom
from .models import Record


def refuse_impossible(record: Record) -> None:
    """Ask the database's own laws first, so that breaking one is a sentence, not a failure."""
    for constraint in record._meta.constraints:
        try:
            with scope.zones(record.zone_id):
                constraint.validate(type(record), record)
        except ValidationError as reason:
            raise Refused(" ".join(reason.messages)) from None


def new(register: Register, zone: Zone, values: dict[str, Any], by: str, at: datetime) -> Record:
    """Return a record of the values, not saved yet."""
    record = register.model(zone=zone, recorded_at=at, recorded_by=by, version=0)
    assign(record, values, by, at)
    return record


def assign(record: Record, values: dict[str, Any], by: str, at: datetime) -> None:
    """Put the values into the record, and who changed it when."""
    for name, value in values.items():
        if custom.is_code(name):
            record.custom = custom.put(record.custom, name, value)
        else:
            setattr(record, name, _empty(record, name) if value is None else value)
    record.version += 1
    record.changed_at = at
    record.changed_by = by


def _empty(record: Record, name: str) -> Any:
    """Return what stands for "not on record" in the column: None, or a text column's ""."""
    field = cast("models.Field[Any, Any]", record._meta.get_field(name))
    if field.null:
        return None
    return field.get_default() if field.has_default() else ""


def plain(register: Register, values: dict[str, Any]) -> dict[str, Any]:
    """Return the values as the trail keeps them, masked for nobody: its pages mask them."""
    kinds = {column.name: bare(column.kind) for column in register.held}
    return {name: _plain_value(kinds[name], value) for name, value in values.items()}


def model_fields(model: type[Record], names: Iterable[str]) -> list[str]:
    """Return the table's fields behind these columns and behind what ``assign`` notes."""
    found = written_with(model, ("custom" if custom.is_code(name) else name for name in names))
    return [*sorted(found), "version", "changed_at", "changed_by"]


def _plain_value(kind: Kind, value: Any) -> Any:
    if value is None:
        return None
    return getattr(value, kind.key) if isinstance(kind, Reference) else kind.json(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Did:
    """What an action did to one record, as its event says."""

    verb: str
    by: str
    at: datetime
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None
    reason: str = ""


def note(register: Register, record: Record, did: Did) -> None:
    """Leave in the trail what was done to one record."""
    pk, label = str(record.pk), str(record)
    audit.record(
        verb=f"registers.{register.kind}.{did.verb}",
        actor=did.by,
        target_kind=register.kind,
        target_id=pk,
        target_label=label,
        zone_code=record.zone.code,
        at=did.at,
        reason=did.reason,
        changes=[audit.Changed(register.kind, pk, label, did.before, did.after)],
    )


def refuse_broken(register: Register, values: dict[str, Any], existing: Record | None) -> None:
    """Refuse values that break a rule of the register."""
    broken = checking.broken_rules(register, values, existing)
    if broken:
        raise broken[0]
