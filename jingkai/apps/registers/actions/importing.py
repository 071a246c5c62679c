"""What a checked workbook says, written: all or nothing."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from jingkai.apps.audit import actions as audit

from .. import checking, writing
from ..declaration import Register
from ..imports import Reading, staged
from ..imports.judging import Judge
from ..imports.staged import Outdated
from ..kinds import Refused
from ..models import ImportRun, Outcome, Record, StagedRow, State
from . import reversing
from . import rows as rows_of_batches


class NotClean(Exception):
    """The workbook has errors, or is not checked yet, so nothing of it was imported."""

    def __init__(self, run: ImportRun) -> None:
        """Keep the run with its report."""
        count = len(run.report.get("errors", ())) + run.report.get("more_errors", 0)
        super().__init__(_("工作簿有 %(count)s 处错误，未导入任何数据") % {"count": count})
        self.run = run


class Held(Exception):
    """A record that should go has to stay: others refer to it, or its area's verb refuses."""


def import_workbook(*, register: Register, run: ImportRun, by: str, at: datetime) -> ImportRun:
    """
    Import a checked workbook, all or nothing: exactly what its staged rows say.

    A second call for the same run changes nothing.

    :raises NotClean: when a row breaks a rule, or nothing was checked
    :raises Outdated: when a record changed since the check
    :raises Held: when a record that should go has to stay
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
    changes, verbs = _write(register, run, by, at)
    run.imported_at, run.by, run.state = at, by, State.IMPORTED
    run.report["closed"] = run.rows.filter(outcome=Outcome.ABSENT, chosen=True).count()
    run.save(update_fields=["imported_at", "by", "state", "report"])
    told = ("rows", "created", "updated", "unchanged", "closed")
    details = {name: run.report[name] for name in told} | {"sha256": run.sha256}
    staged.note(run, "imported", by, at, details | ({"verbs": verbs} if verbs else {}), changes)
    return run


def _write(
    register: Register, run: ImportRun, by: str, at: datetime
) -> tuple[Iterable[audit.Changed], dict[str, int]]:
    """Return what is told of the rows as they are written, and how often verbs were done."""
    judge = Judge(register, run.zone, Reading())
    if register.write is None:
        return chain(_write_rows(judge, run, by, at), _close_rows(judge, run, by, at)), {}
    changes, verbs = _write_by_verb(judge, run, by, at)
    return chain(changes, _close_rows(judge, run, by, at)), verbs


def _write_rows(judge: Judge, run: ImportRun, by: str, at: datetime) -> Iterator[audit.Changed]:
    """Write the rows while the trail takes up the changes, so that nobody holds them all."""
    for rows in staged.batches(run, Outcome.CREATED):
        yield from _create(judge, rows, by, at)
    for rows in staged.batches(run, Outcome.CHANGED):
        yield from _change(judge, rows, by, at)


def _close_rows(judge: Judge, run: ImportRun, by: str, at: datetime) -> Iterator[audit.Changed]:
    for rows in staged.batches(run, Outcome.ABSENT):
        yield from _close(judge, run, [row for row in rows if row.chosen], by, at)


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
    columns = {name for row in rows for name in row.values}
    names = writing.model_fields(register.model, columns)
    register.model.everywhere.bulk_update(records, names, batch_size=staged.BATCH)
    for record, row in zip(records, rows, strict=True):
        yield audit.Changed(register.kind, str(record.pk), str(record), row.before, row.values)


def _close(
    judge: Judge, run: ImportRun, rows: list[StagedRow], by: str, at: datetime
) -> Iterator[audit.Changed]:
    """Close what the file leaves out, or delete it, and keep with each row how it was."""
    done: dict[int, list[audit.Changed]] = {}
    for record, row in zip(staged.unchanged_since(judge, rows), rows, strict=True):
        row.before = rows_of_batches.whole_row(record=record)
        try:
            done[row.pk] = _closed(judge.register, run, record, by, at)
        except Refused as reason:
            told = {"record": record, "reason": reason}
            raise Held(_("“%(record)s”：%(reason)s；请取消勾选后再确认") % told) from None
    if judge.register.closes is not None:
        steps = reversing.steps_of(done=done)
        for row in rows:
            row.before = {"steps": steps[row.pk]}
    StagedRow.everywhere.bulk_update(rows, ["before"], batch_size=staged.BATCH)
    for row in rows:
        yield from done[row.pk]


def _closed(
    register: Register, run: ImportRun, record: Record, by: str, at: datetime
) -> list[audit.Changed]:
    pk, label = str(record.pk), str(record)
    if register.closes is None:
        values = {c.name: checking.stored(record, c.name) for c in register.held}
        held = {name: value for name, value in values.items() if value is not None}
        before = writing.plain(register, held)
        rows_of_batches.delete_one(register=register, record=record)
        return [audit.Changed(register.kind, pk, label, before, None)]
    note = _("完整文件“%(file)s”中没有") % {"file": run.file_name}
    with audit.gathered(zone_code=run.zone.code) as told:
        register.closes.act(record=record, note=note, by=by, at=at)
    return told.changes


def _write_by_verb(
    judge: Judge, run: ImportRun, by: str, at: datetime
) -> tuple[list[audit.Changed], dict[str, int]]:
    """
    Apply the area's verb row by row, so that each row meets the rules the page enforces.

    What the verbs tell is returned, for one event, and kept with each row, to be taken back.
    """
    done: dict[int, list[audit.Changed]] = {}
    verbs: Counter[str] = Counter()
    for rows in staged.batches(run, Outcome.CREATED):
        for row, told in staged.tried(judge, rows, by, at):
            done[row.pk] = told.changes
            verbs.update(told.verbs)
        refused = [row.key for row in rows if row.errors]
        if refused:
            raise Outdated(refused)
    _keep_steps(run, reversing.steps_of(done=done))
    return list(chain.from_iterable(done.values())), dict(verbs)


def _keep_steps(run: ImportRun, steps: dict[int, list[dict[str, Any]]]) -> None:
    run.report["may_be_undone"] = all(steps.values())
    rows = [StagedRow(pk=pk, before={"steps": told}) for pk, told in steps.items()]
    StagedRow.everywhere.bulk_update(rows, ["before"], batch_size=staged.BATCH)
