"""Writes on many records of a register at once: all of them or none, and one audit event."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from jingkai.apps.accounts.models import Zone
from jingkai.apps.audit import actions as audit

from .. import checking, queries, writing
from ..declaration import Register
from ..kinds import Refused, custom
from ..models import Record
from ..queries import Proposal, Verdict
from .records import Conflict

CHUNK = 500


@dataclass(frozen=True, slots=True)
class Edit:
    """Values for one record, at the version that was read."""

    pk: int
    version: int
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Saved:
    """What was written: the records changed, those added, and those that said it already."""

    changed: list[Record]
    added: list[Record]
    unchanged: list[Record]


@dataclass(frozen=True, slots=True)
class Problem:
    """Why the row at a place (edits first, then additions) can't be saved."""

    place: int
    message: str
    column: str = ""
    current: Record | None = None


class NotSaved(Exception):
    """Nothing was written: some rows break a rule, are gone, or were changed by others."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Keep what is wrong, row by row."""
        super().__init__(_("有 %(count)s 处问题，没有保存任何内容") % {"count": len(problems)})
        self.problems = list(problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """Who writes when, and what the event of all of it says."""

    verb: str
    by: str
    at: datetime
    reason: str = ""
    label: str = ""
    details: dict[str, Any] = field(default_factory=dict)


@transaction.atomic
def change_records(
    *,
    register: Register,
    zone: Zone,
    edits: Sequence[Edit] = (),
    additions: Sequence[dict[str, Any]] = (),
    why: Why,
) -> Saved:
    """
    Change and add records; each keeps the rules that hold for one, and one event tells of all.

    :raises NotSaved: when any row breaks a rule, is gone, or is at another version
    """
    current = queries.locked(register, zone, [edit.pk for edit in edits])
    problems = list(_outdated(edits, current))
    known = [(place, edit) for place, edit in enumerate(edits) if edit.pk in current]
    verdicts = queries.judge(
        register,
        zone,
        [Proposal(current[edit.pk], edit.values) for _place, edit in known]
        + [Proposal(None, values) for values in additions],
    )
    places = [place for place, _edit in known] + list(
        range(len(edits), len(edits) + len(additions))
    )
    for place, verdict in zip(places, verdicts, strict=True):
        problems += [Problem(place, str(why_not), why_not.column) for why_not in verdict.refusals]
    if problems:
        raise NotSaved(sorted(problems, key=lambda problem: problem.place))
    return write(register=register, zone=zone, verdicts=verdicts, why=why)


@transaction.atomic
def write(*, register: Register, zone: Zone, verdicts: Sequence[Verdict], why: Why) -> Saved:
    """
    Write what was judged and found right; the records are locked by the caller.

    :raises Refused: when a law of the database forbids it after all
    """
    changes: list[audit.Changed] = []
    saved = Saved([], [], [])
    for verdict in verdicts:
        if verdict.record is None:
            record = writing.new(register, zone, verdict.values, why.by, why.at)
            saved.added.append(record)
        elif verdict.values:
            changes.append(_changed(register, verdict.record, verdict.values))
            writing.assign(verdict.record, verdict.values, why.by, why.at)
            saved.changed.append(verdict.record)
        else:
            saved.unchanged.append(verdict.record)
    try:
        with transaction.atomic():
            _keep(register, verdicts)
            for record in saved.added:
                record.save(force_insert=True)
    except IntegrityError:
        raise Refused(_("与已有记录冲突")) from None
    changes += _added(register, verdicts, saved.added)
    if changes:
        note_all(register=register, zone=zone, why=why, changes=changes)
    return saved


def note_all(
    *, register: Register, zone: Zone, why: Why, changes: Iterable[audit.Changed]
) -> None:
    """Leave one event in the trail that tells of all the changes."""
    audit.record(**event(register=register, zone=zone, why=why), changes=changes)


def event(*, register: Register, zone: Zone, why: Why) -> audit.Told:
    """Return the fields of an event that tells of many records."""
    return {
        "verb": f"registers.{register.kind}.{why.verb}",
        "actor": why.by,
        "target_kind": register.kind,
        "target_id": "",
        "target_label": why.label or str(register.name),
        "zone_code": zone.code,
        "at": why.at,
        "reason": why.reason,
        "details": why.details,
    }


def _outdated(edits: Sequence[Edit], current: dict[int, Record]) -> Iterable[Problem]:
    for place, edit in enumerate(edits):
        record = current.get(edit.pk)
        if record is None:
            yield Problem(place, _("这条记录已不存在"))
        elif record.version != edit.version:
            yield Problem(place, str(Conflict(record)), current=record)


def _changed(register: Register, record: Record, values: dict[str, Any]) -> audit.Changed:
    before = {name: checking.stored(record, name) for name in values}
    return audit.Changed(
        register.kind,
        str(record.pk),
        str(record),
        writing.plain(register, before),
        writing.plain(register, values),
    )


def _added(
    register: Register, verdicts: Sequence[Verdict], added: Sequence[Record]
) -> Iterable[audit.Changed]:
    new = [verdict.values for verdict in verdicts if verdict.record is None]
    for record, values in zip(added, new, strict=True):
        after = writing.plain(register, values)
        yield audit.Changed(register.kind, str(record.pk), str(record), None, after)


def _keep(register: Register, verdicts: Sequence[Verdict]) -> None:
    """Write the changed records, those that become alike in one statement."""
    alike: dict[tuple[tuple[str, Any], ...], list[Record]] = {}
    own: dict[tuple[str, ...], list[Record]] = {}
    for verdict in verdicts:
        if verdict.record is None or not verdict.values:
            continue
        names = tuple(sorted(verdict.values))
        if any(custom.is_code(name) for name in names):
            own.setdefault(names, []).append(verdict.record)
        else:
            become = tuple((name, verdict.values[name]) for name in names)
            alike.setdefault(become, []).append(verdict.record)
    for become, records in alike.items():
        _update(register, [name for name, _value in become], records)
    for names, records in own.items():
        fields = writing.model_fields(register.model, names)
        register.model.everywhere.bulk_update(records, fields, batch_size=CHUNK)


def _update(register: Register, names: Sequence[str], records: Sequence[Record]) -> None:
    """Give the records the values that the first of them has; each version grows by one."""
    first = records[0]
    written = {*writing.model_fields(register.model, names)} - {"version"}
    values = {name: getattr(first, name) for name in written}
    for start in range(0, len(records), CHUNK):
        keys = [record.pk for record in records[start : start + CHUNK]]
        rows = register.model.everywhere.filter(pk__in=keys)
        rows.update(version=F("version") + 1, **values)
