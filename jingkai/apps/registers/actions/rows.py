"""Deleting many records, or calling a verb of their area on each; rehearsed first."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from jingkai.apps.accounts.roles import Permission
from jingkai.apps.audit import actions as audit
from jingkai.apps.files import queries as files
from jingkai.apps.notes import actions as notes

from .. import checking, queries, writing
from ..declaration import Register
from ..kinds import Refused
from ..models import Batch, BatchRow, Record, RowOutcome, names_seen
from . import changes
from .changes import Why


@dataclass(frozen=True, slots=True)
class Doing:
    """What is being done, with which values, by whose right, by whom and when."""

    register: Register
    batch: Batch
    values: dict[str, Any]
    permissions: frozenset[Permission]
    by: str
    at: datetime


def rehearse(*, doing: Doing, records: Sequence[Record]) -> list[BatchRow]:
    """Return what would become of each record; nothing of it stays."""
    return [_rehearsed(doing, record) for record in records]


def delete(*, doing: Doing, records: Sequence[Record], why: Why) -> dict[int, str]:
    """Delete each record, told by one event; return why some were left, by primary key."""
    left: dict[int, str] = {}
    done: list[audit.Changed] = []
    for record in records:
        pk, label, before = record.pk, str(record), _plain(doing.register, record)
        try:
            _do(doing, record)
        except Refused as reason:
            left[pk] = str(reason)
        else:
            done.append(audit.Changed(doing.register.kind, str(pk), label, before, None))
    if done:
        why = replace(why, details=why.details | {"rows": len(done)})
        changes.note_all(register=doing.register, zone=doing.batch.zone, why=why, changes=done)
    return left


def call(
    *, doing: Doing, records: Sequence[Record], why: Why
) -> tuple[dict[int, str], dict[int, list[audit.Changed]]]:
    """
    Call the area's verb on each record; return why some were left, and what became of the others.

    One event tells of all that the verbs did, to the records and to others.
    """
    left: dict[int, str] = {}
    done: dict[int, list[audit.Changed]] = {}
    told = changes.event(register=doing.register, zone=doing.batch.zone, why=why)
    with audit.together(**told) as together:
        for record in records:
            first = len(together.changes)
            try:
                with together.part():
                    _do(doing, record)
            except Refused as reason:
                left[record.pk] = str(reason)
            else:
                done[record.pk] = together.changes[first:]
    return left, done


def whole_row(*, record: Record) -> dict[str, Any]:
    """Return the whole row as plain data, from which it can be ``revived``."""
    fields = cast("list[models.Field[Any, Any]]", list(record._meta.concrete_fields))
    return {
        f.attname: None if f.value_from_object(record) is None else f.value_to_string(record)
        for f in fields
    }


def revived(*, register: Register, kept: dict[str, Any], why: Why) -> Record:
    """Return a deleted record as it was, one version on."""
    fields = cast("list[models.Field[Any, Any]]", list(register.model._meta.concrete_fields))
    record = register.model(**{f.attname: f.to_python(kept[f.attname]) for f in fields})
    record.version += 1
    record.changed_at, record.changed_by = why.at, why.by
    return record


def _rehearsed(doing: Doing, record: Record) -> BatchRow:
    before = _plain(doing.register, record)
    row = BatchRow(
        zone_id=record.zone_id,
        record_id=record.pk,
        label=str(record)[:400],
        version=record.version,
        outcome=RowOutcome.READY,
        before=before,
        kept=whole_row(record=record) if doing.batch.verb == queries.DELETE else {},
    )
    try:
        with transaction.atomic():
            _do(doing, record)
            row.after = _plain(doing.register, _again(doing.register, row.record_id))
            transaction.set_rollback(True)  # it was only rehearsed
    except Refused as reason:
        row.outcome, row.message = RowOutcome.REFUSED, str(reason)
    if doing.batch.verb != queries.DELETE:
        differ = [name for name, value in row.after.items() if before.get(name) != value]
        row.before = {name: before[name] for name in differ}
        row.after = {name: row.after[name] for name in differ}
    return row


def _do(doing: Doing, record: Record) -> None:
    """
    Delete the record or call the verb, wholly or not at all.

    :raises Refused: when it may not be done
    """
    verb = queries.transition(doing.register, doing.batch.verb)
    try:
        with transaction.atomic():
            if verb is None:
                delete_one(register=doing.register, record=record)
            else:
                verb.act(
                    record=record,
                    values=doing.values,
                    permissions=doing.permissions,
                    by=doing.by,
                    at=doing.at,
                )
    except IntegrityError:
        raise Refused(_("与已有记录或数据约束冲突")) from None


def delete_one(*, register: Register, record: Record) -> None:
    """
    Take one record out, what people noted about it included; the caller's event tells of it.

    :raises Refused: when it has files or other records refer to it
    """
    if files.attachments(register.kind, [record.pk]).exists():
        raise Refused(_("这条记录有附件，请打开后逐条删除"))
    pk = record.pk
    notes.release(zone=record.zone, kind=register.kind, object_ids=[str(pk)])
    try:
        record.delete()
    except models.ProtectedError as protected:
        names = _("、").join(sorted(names_seen(protected.protected_objects))[:5])
        raise Refused(_("被其他记录引用，不能删除：%(names)s") % {"names": names}) from None
    finally:
        record.pk = pk


def _plain(register: Register, record: Record | None) -> dict[str, Any]:
    if record is None:
        return {}
    return writing.plain(register, checking.of_record(register, record))


def _again(register: Register, pk: int) -> Record | None:
    return register.model.everywhere.select_related("zone").filter(pk=pk).first()
