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
from ..models import Batch, BatchRow, Record, RowOutcome
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


def carry_out(*, doing: Doing, records: Sequence[Record], why: Why) -> dict[int, str]:
    """
    Do it to each record; return why some were left, by primary key.

    Each verb of an area leaves the event that it always leaves, so that its history reads as ever;
    one event more tells of the batch. Deleting leaves one event for all.
    """
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
        changes.note_all(
            register=doing.register,
            zone=doing.batch.zone,
            why=replace(why, details=why.details | {"rows": len(done)}),
            changes=done if doing.batch.verb == queries.DELETE else (),
        )
    return left


def revived(*, register: Register, row: BatchRow, why: Why) -> Record:
    """Return a deleted record as it was, one version on."""
    fields = cast("list[models.Field[Any, Any]]", list(register.model._meta.concrete_fields))
    record = register.model(**{f.attname: f.to_python(row.kept[f.attname]) for f in fields})
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
        kept=_kept(record) if doing.batch.verb == queries.DELETE else {},
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
                _delete(doing.register, record)
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


def _delete(register: Register, record: Record) -> None:
    if files.attachments(register.kind, [record.pk]).exists():
        raise Refused(_("这条记录有附件，请打开后逐条删除"))
    pk = record.pk
    notes.release(zone=record.zone, kind=register.kind, object_ids=[str(pk)])
    try:
        record.delete()
    except models.ProtectedError as protected:
        names = _("、").join(sorted({str(other) for other in protected.protected_objects})[:5])
        raise Refused(_("被其他记录引用，不能删除：%(names)s") % {"names": names}) from None
    finally:
        record.pk = pk


def _plain(register: Register, record: Record | None) -> dict[str, Any]:
    if record is None:
        return {}
    return writing.plain(register, checking.of_record(register, record))


def _again(register: Register, pk: int) -> Record | None:
    return register.model.everywhere.select_related("zone").filter(pk=pk).first()


def _kept(record: Record) -> dict[str, Any]:
    fields = cast("list[models.Field[Any, Any]]", list(record._meta.concrete_fields))
    return {
        f.attname: None if f.value_from_object(record) is None else f.value_to_string(record)
        for f in fields
    }
