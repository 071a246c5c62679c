"""What a checked workbook says, written: all or nothing."""

from collections.abc import Iterator
from datetime import datetime

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from jingkai.apps.audit import actions as audit
from jingkai.apps.notes import actions as notes

from .. import checking, writing
from ..declaration import Register
from ..imports import Reading, staged
from ..imports.judging import Judge
from ..imports.staged import Outdated
from ..models import ImportRun, Outcome, StagedRow, State


class NotClean(Exception):
    """The workbook has errors, or is not checked yet, so nothing of it was imported."""

    def __init__(self, run: ImportRun) -> None:
        """Keep the run with its report."""
        count = len(run.report.get("errors", ())) + run.report.get("more_errors", 0)
        super().__init__(_("工作簿有 %(count)s 处错误，未导入任何数据") % {"count": count})
        self.run = run


class Held(Exception):
    """A record that should go is referred to by others."""


def import_workbook(*, register: Register, run: ImportRun, by: str, at: datetime) -> ImportRun:
    """
    Import a checked workbook, all or nothing: exactly what its staged rows say.

    A second call for the same run changes nothing.

    :raises NotClean: when a row breaks a rule, or nothing was checked
    :raises Outdated: when a record changed since the check
    :raises Held: when a record that should go is referred to
    """
    try:
        return _import(register, run, by, at)
    except IntegrityError as reason:
        raise Outdated([str(reason)[:80]]) from reason


@transaction.atomic
def _import(register: Register, run: ImportRun, by: str, at: datetime) -> ImportRun:
    run = staged.locked(run)
    if run.imported_at is not None:
        return run
    if run.state != State.READY:
        raise NotClean(run)
    changes = _write(register, run, by, at)
    run.imported_at, run.by, run.state = at, by, State.IMPORTED
    run.save(update_fields=["imported_at", "by", "state"])
    counts = {name: run.report[name] for name in ("rows", "created", "updated", "unchanged")}
    staged.note(run, "imported", by, at, counts | {"sha256": run.sha256}, changes)
    return run


def _write(register: Register, run: ImportRun, by: str, at: datetime) -> Iterator[audit.Changed]:
    """Write the rows while the trail takes up the changes, so that nobody holds them all."""
    judge = Judge(register, run.zone, Reading())
    for rows in staged.batches(run, Outcome.CREATED):
        if register.write is not None:
            _write_by_verb(register, judge, rows, by, at)
        else:
            yield from _create(judge, rows, by, at)
    for rows in staged.batches(run, Outcome.CHANGED):
        yield from _change(judge, rows, by, at)
    for rows in staged.batches(run, Outcome.ABSENT):
        yield from _close(judge, [row for row in rows if row.chosen])


def _create(judge: Judge, rows: list[StagedRow], by: str, at: datetime) -> Iterator[audit.Changed]:
    register = judge.register
    taken = judge.records({row.key for row in rows})
    if taken:
        raise Outdated(taken)
    values = staged.restored(judge, rows)
    new = [writing.new(register, judge.zone, told, by, at) for told in values]
    staged.insert(new)
    pks = judge.ids({row.key for row in rows})
    for record, row in zip(new, rows, strict=True):
        yield audit.Changed(register.kind, str(pks[row.key]), str(record), None, row.values)


def _change(judge: Judge, rows: list[StagedRow], by: str, at: datetime) -> Iterator[audit.Changed]:
    register = judge.register
    records = staged.unchanged_since(judge, rows)
    for record, told in zip(records, staged.restored(judge, rows), strict=True):
        writing.assign(record, told, by, at)
    names = writing.model_fields({name for row in rows for name in row.values})
    register.model.everywhere.bulk_update(records, names, batch_size=staged.BATCH)
    for record, row in zip(records, rows, strict=True):
        yield audit.Changed(register.kind, str(record.pk), str(record), row.before, row.values)


def _close(judge: Judge, rows: list[StagedRow]) -> Iterator[audit.Changed]:
    register = judge.register
    for record in staged.unchanged_since(judge, rows):
        told = {c.name: checking.stored(record, c.name) for c in register.held}
        held = {name: value for name, value in told.items() if value is not None}
        before = writing.plain(register, held)
        pk = str(record.pk)
        notes.release(zone=record.zone, kind=register.kind, object_ids=[pk])
        try:
            record.delete()
        except models.ProtectedError as protected:
            names = _("、").join(
                sorted(map(str, protected.protected_objects))[: staged.MOST_NAMED]
            )
            raise Held(
                _("“%(record)s”被其他记录引用（%(names)s），不能移除；请取消勾选后再确认")
                % {"record": record, "names": names}
            ) from None
        yield audit.Changed(register.kind, pk, str(record), before, None)


def _write_by_verb(
    register: Register, judge: Judge, rows: list[StagedRow], by: str, at: datetime
) -> None:
    """Apply the area's verb row by row, so that each row meets the rules the page enforces."""
    refused = [row.key for row in staged.tried(register, judge, rows, by, at)]
    if refused:
        raise Outdated(refused)
