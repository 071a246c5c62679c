"""Who does what when: the record's own marks of it, and how the trail tells of the change."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Model
from django.utils import timezone

from jingkai.apps.audit import actions as audit
from jingkai.apps.registers import writing
from jingkai.apps.registers.models import Record

_KINDS = {
    "Disposal": "disposals",
    "DisposalStep": "disposal-steps",
    "DisposalMoney": "disposal-money",
    "InefficiencyStandard": "inefficiency-standards",
    "InefficiencyCriterion": "inefficiency-criteria",
}


@dataclass(frozen=True, slots=True)
class Told:
    """By whom something is done, and when."""

    by: str
    at: datetime

    @property
    def today(self) -> date:
        """Return the day in Beijing time."""
        return timezone.localdate(self.at)

    def made(self, record: Record, names: Iterable[str]) -> audit.Changed:
        """
        Put a new record into its table, and return what the trail tells of it.

        :raises Refused: when a law of the table is broken
        """
        record.recorded_at = record.changed_at = self.at
        record.recorded_by = record.changed_by = self.by
        writing.refuse_impossible(record)
        record.save(force_insert=True)
        return _changed(record, None, _held(record, names))

    def kept(self, record: Record, values: Mapping[str, Any]) -> list[audit.Changed]:
        """
        Put the values into the record, and return what changed: nothing where nothing differs.

        :raises Refused: when a law of the table is broken
        """
        names = [name for name, value in values.items() if getattr(record, name) != value]
        if not names:
            return []
        before = _held(record, names)
        for name in names:
            setattr(record, name, values[name])
        record.version += 1
        record.changed_at, record.changed_by = self.at, self.by
        writing.refuse_impossible(record)
        record.save(update_fields=[*names, "version", "changed_at", "changed_by"])
        return [_changed(record, before, _held(record, names))]

    def gone(self, record: Record, names: Iterable[str]) -> audit.Changed:
        """Take the record out of its table, and return what the trail tells of it."""
        found = _changed(record, _held(record, names), None)
        record.delete()
        return found


def _held(record: Record, names: Iterable[str]) -> dict[str, Any]:
    return {name: _plain(getattr(record, name)) for name in names}


def _changed(
    record: Record, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> audit.Changed:
    kind = _KINDS[type(record).__name__]
    return audit.Changed(kind, str(record.pk), str(record), before, after)


def _plain(value: Any) -> Any:
    """Return a value as the trail keeps it."""
    if isinstance(value, Record):
        return value.code
    if isinstance(value, Model):
        return str(getattr(value, "username", value.pk))
    if isinstance(value, date):
        return value.isoformat()
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value
