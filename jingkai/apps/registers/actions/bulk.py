"""One thing done to many records: previewed, confirmed, and undone while nobody worked on them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from jingkai.apps.accounts.models import Zone
from jingkai.apps.accounts.roles import Permission
from jingkai.apps.audit import actions as audit

from .. import checking, queries, writing
from ..declaration import BoundColumn, Register
from ..kinds import Refused, bare
from ..models import Batch, BatchRow, BatchState, Record, RowOutcome
from ..queries import Proposal, Verdict
from . import changes, reversing
from .changes import Why
from .records import Conflict
from .rows import Doing, call, delete, rehearse, revived

CHUNK = 500
MOST_NAMED = 5


class NotApplied(Exception):
    """The batch stays undone; the message says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedOfMany:
    """What is to be done to which rows: ``query`` chooses them by ``pk`` or by filters."""

    verb: str
    query: str
    values: dict[str, Any] = field(default_factory=dict)
    reason: str = ""
    is_whole: bool = False


@transaction.atomic
def open_batch(
    *, register: Register, zone: Zone, wanted: WantedOfMany, by: str, at: datetime
) -> tuple[Batch, int]:
    """
    Keep what is wanted, to be previewed, and return it with the number of its rows.

    :raises NotApplied: when it is about no rows, about too many, or lacks its reason
    """
    count = queries.rows_asked(register, wanted.query).order_by()[: queries.MOST + 1].count()
    _refuse_wrong(wanted, count)
    asked = _asked(register, wanted.verb)
    batch = Batch.everywhere.create(
        zone=zone,
        kind=register.kind,
        verb=wanted.verb,
        asked={name: _plain(asked[name], value) for name, value in wanted.values.items()},
        query=wanted.query,
        reason=wanted.reason.strip(),
        is_whole=wanted.is_whole,
        by=by,
        at=at,
    )
    try:
        _values(register, batch)
    except Refused as reason:
        raise NotApplied(str(reason)) from None
    _note(register, batch, "bulk-previewed", by, at, rows=count)
    return batch, count


@transaction.atomic
def plan_batch(
    *, register: Register, batch: Batch, permissions: frozenset[Permission], at: datetime
) -> Batch:
    """
    Judge each row of the batch, without changing any, and keep what it would become.

    A batch that was planned already stays as it is.
    """
    batch = _taken(batch)
    if batch.state != BatchState.PLANNING:
        return batch
    keys = list(queries.rows_asked(register, batch.query).values_list("pk", flat=True))
    doing = Doing(register, batch, _values(register, batch), permissions, batch.by, at)
    records = queries.unlocked(register, batch.zone, keys)
    found = [records[key] for key in keys if key in records]
    planned = (
        _judged(doing, found)
        if batch.verb == queries.CHANGE
        else rehearse(doing=doing, records=found)
    )
    BatchRow.everywhere.bulk_create(_placed(batch, planned), batch_size=CHUNK)
    return _moved_on(batch, state=BatchState.READY)


@transaction.atomic
def apply_batch(
    *,
    register: Register,
    batch: Batch,
    permissions: frozenset[Permission],
    by: str,
    at: datetime,
) -> Batch:
    """
    Do what was previewed, to the rows that are as they were then; one event tells of all.

    A batch that was applied already stays as it is.

    :raises NotApplied: when the right is gone, or a row of an all-or-nothing batch can not be done
    """
    batch = _taken(batch)
    if batch.state in {BatchState.APPLIED, BatchState.UNDONE}:
        return batch
    if queries.permission_for(register, batch.verb) not in permissions:
        raise NotApplied(_("没有这项操作的权限，没有变更任何记录"))
    rows = list(BatchRow.everywhere.filter(batch=batch, outcome=RowOutcome.READY))
    records = queries.locked(register, batch.zone, [row.record_id for row in rows])
    stale = _stale(rows, records)
    doing = Doing(register, batch, _values(register, batch), permissions, by, at)
    current = [record for row in rows if (record := records.get(row.record_id)) is not None]
    refused = _done(doing, [record for record in current if record.pk not in stale], rows)
    _refuse_parts(batch, len(stale) + len(refused))
    _keep_outcome(rows, RowOutcome.STALE, stale)
    _keep_outcome(rows, RowOutcome.REFUSED, refused)
    ready = BatchRow.everywhere.filter(batch=batch, outcome=RowOutcome.READY)
    ready.update(outcome=RowOutcome.APPLIED)
    return _moved_on(batch, state=BatchState.APPLIED, applied_at=at)


@transaction.atomic
def undo_batch(
    *,
    register: Register,
    batch: Batch,
    permissions: frozenset[Permission],
    by: str,
    at: datetime,
) -> Batch:
    """
    Put the batch's records back as they were before it.

    :raises NotApplied: when the right is gone, somebody has worked on one of them since, or it
        can't be undone
    """
    batch = _taken(batch)
    if queries.permission_for(register, batch.verb) not in permissions:
        raise NotApplied(_("没有这项操作的权限，没有变更任何记录"))
    if batch.state != BatchState.APPLIED or not may_be_undone(batch=batch):
        raise NotApplied(_("这次批量操作不能撤销"))
    rows = list(BatchRow.everywhere.filter(batch=batch, outcome=RowOutcome.APPLIED))
    why = _why(batch, "bulk-undone", by, at)
    try:
        if batch.verb == queries.DELETE:
            _revive(register, batch, rows, why)
        elif batch.verb == queries.CHANGE:
            _put_back(register, batch, rows, why)
        else:
            steps = [step for row in rows for step in row.kept["steps"]]
            told = reversing.take_back(zone=batch.zone, steps=steps, why=why)
            changes.note_all(register=register, zone=batch.zone, why=why, changes=told)
    except Refused as reason:
        raise NotApplied(_("不能撤销：%(reason)s") % {"reason": reason}) from None
    return _moved_on(batch, state=BatchState.UNDONE, undone_at=at, undone_by=by)


def may_be_undone(*, batch: Batch) -> bool:
    """Whether what the batch did can be put back: all that it did to any record is known."""
    if batch.verb in {queries.CHANGE, queries.DELETE}:
        return True
    applied = BatchRow.everywhere.filter(batch=batch, outcome=RowOutcome.APPLIED)
    return applied.exists() and not applied.filter(kept={}).exists()


def _refuse_wrong(wanted: WantedOfMany, count: int) -> None:
    if not count:
        raise NotApplied(_("没有选中任何记录"))
    if count > queries.MOST:
        raise NotApplied(
            _("一次最多 %(most)s 条，请先缩小筛选范围") % {"most": f"{queries.MOST:,}"}
        )
    if wanted.verb == queries.DELETE and not wanted.reason.strip():
        raise NotApplied(_("删除必须说明理由"))
    if wanted.verb == queries.CHANGE and not wanted.values:
        raise NotApplied(_("没有勾选要修改的列"))


def _asked(register: Register, verb: str) -> dict[str, BoundColumn]:
    found = queries.transition(register, verb)
    columns = found.bound if found else queries.settable(register)
    return {column.name: column for column in columns}


def _plain(column: BoundColumn, value: Any) -> Any:
    if value is None:
        return None
    if column.is_reference:
        return getattr(value, column.kind.key)  # type: ignore[attr-defined]
    return bare(column.kind).json(value)


def _values(register: Register, batch: Batch) -> dict[str, Any]:
    """Return what was asked, read again as a form is read."""
    (values,) = _read(batch.zone, _asked(register, batch.verb), [batch.asked])
    return values


def _read(
    zone: Zone, columns: dict[str, BoundColumn], plain: Sequence[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Return the values behind what the trail keeps of them."""
    keys = {n: {str(row[n]) for row in plain if row.get(n)} for n in columns}
    references = checking.resolve(zone, columns.values(), keys)

    def read(name: str, raw: Any) -> Any:
        if raw is None or name not in columns:
            return None
        if not columns[name].is_reference:
            return bare(columns[name].kind).parse(raw)
        if references[name].get(raw) is None:
            raise Refused(_("没有找到“%(key)s”，请先登记") % {"key": raw}, name)
        return references[name][raw]

    return [{name: read(name, raw) for name, raw in row.items()} for row in plain]


def _taken(batch: Batch) -> Batch:
    rows = Batch.everywhere.select_for_update(of=("self",))
    return rows.select_related("zone").get(pk=batch.pk)


def _judged(doing: Doing, records: Sequence[Record]) -> list[BatchRow]:
    proposals = [Proposal(record, doing.values) for record in records]
    verdicts = queries.judge(doing.register, doing.batch.zone, proposals)
    return [_row(doing.register, verdict) for verdict in verdicts]


def _row(register: Register, verdict: Verdict) -> BatchRow:
    record: Any = verdict.record
    before = {name: checking.stored(record, name) for name in verdict.values}
    outcome = RowOutcome.READY if verdict.values else RowOutcome.UNCHANGED
    return BatchRow(
        zone_id=record.zone_id,
        record_id=record.pk,
        label=str(record)[:400],
        version=record.version,
        outcome=RowOutcome.REFUSED if verdict.refusals else outcome,
        message=" ".join(str(reason) for reason in verdict.refusals),
        before=writing.plain(register, before),
        after=writing.plain(register, verdict.values),
    )


def _placed(batch: Batch, rows: Sequence[BatchRow]) -> list[BatchRow]:
    for position, row in enumerate(rows, 1):
        row.batch, row.position = batch, position
    return list(rows)


def _stale(rows: Sequence[BatchRow], records: dict[int, Record]) -> dict[int, str]:
    """Return why rows are left that are no longer as they were previewed, by record."""
    left = {}
    for row in rows:
        record = records.get(row.record_id)
        if record is None:
            left[row.record_id] = _("这条记录已不存在")
        elif record.version != row.version:
            left[row.record_id] = str(Conflict(record))
    return left


def _done(doing: Doing, records: Sequence[Record], rows: Sequence[BatchRow]) -> dict[int, str]:
    """Do it to the records; return why some were left, by record."""
    if doing.batch.verb == queries.DELETE:
        why = _why(doing.batch, "bulk-deleted", doing.by, doing.at)
        return delete(doing=doing, records=records, why=why)
    if doing.batch.verb != queries.CHANGE:
        why = _why(doing.batch, "bulk-done", doing.by, doing.at)
        left, done = call(doing=doing, records=records, why=why)
        _keep_steps(rows, reversing.steps_of(done=done))
        return left
    proposals = [Proposal(record, doing.values) for record in records]
    verdicts = queries.judge(doing.register, doing.batch.zone, proposals)
    refused = {v.record.pk: str(v.refusals[0]) for v in verdicts if v.record and v.refusals}
    if refused and doing.batch.is_whole:
        return refused
    changes.write(
        register=doing.register,
        zone=doing.batch.zone,
        verdicts=[verdict for verdict in verdicts if not verdict.refusals],
        why=_why(doing.batch, "bulk-changed", doing.by, doing.at),
    )
    return refused


def _keep_steps(rows: Sequence[BatchRow], steps: dict[int, list[dict[str, Any]]]) -> None:
    kept = [row for row in rows if steps.get(row.record_id)]
    for row in kept:
        row.kept = {"steps": steps[row.record_id]}
    BatchRow.everywhere.bulk_update(kept, ["kept"], batch_size=CHUNK)


def _refuse_parts(batch: Batch, left: int) -> None:
    """Refuse to do a part where all or nothing was asked for, rows refused before included."""
    refused = BatchRow.everywhere.filter(batch=batch, outcome=RowOutcome.REFUSED).count()
    if batch.is_whole and left + refused:
        raise NotApplied(
            _("有 %(count)s 条不能变更，按“全部成功才执行”，没有变更任何记录；请重新预览")
            % {"count": left + refused}
        )


def _keep_outcome(rows: Sequence[BatchRow], outcome: RowOutcome, left: dict[int, str]) -> None:
    told = [row for row in rows if row.record_id in left]
    for row in told:
        row.outcome, row.message = outcome, left[row.record_id]
    BatchRow.everywhere.bulk_update(told, ["outcome", "message"], batch_size=CHUNK)


def _put_back(register: Register, batch: Batch, rows: Sequence[BatchRow], why: Why) -> None:
    records = queries.locked(register, batch.zone, [row.record_id for row in rows])
    _refuse_worked_on(rows, lambda row: _is_untouched(row, records.get(row.record_id)))
    columns = {column.name: column for column in register.held}
    restored = _read(batch.zone, columns, [row.before for row in rows])
    verdicts = [
        Verdict(records[row.record_id], values) for row, values in zip(rows, restored, strict=True)
    ]
    changes.write(register=register, zone=batch.zone, verdicts=verdicts, why=why)


def _is_untouched(row: BatchRow, record: Record | None) -> bool:
    return record is not None and record.version == row.version + 1


def _revive(register: Register, batch: Batch, rows: Sequence[BatchRow], why: Why) -> None:
    numbers = [row.kept[register.key] for row in rows]
    again = register.model.everywhere.filter(zone=batch.zone, **{f"{register.key}__in": numbers})
    taken = set(again.values_list(register.key, flat=True))
    _refuse_worked_on(rows, lambda row: row.kept[register.key] not in taken)
    changes.note_all(
        register=register,
        zone=batch.zone,
        why=why,
        changes=[
            audit.Changed(register.kind, str(row.record_id), row.label, None, row.before)
            for row in rows
        ],
    )
    for row in rows:
        revived(register=register, kept=row.kept, why=why).save(force_insert=True)


def _refuse_worked_on(rows: Sequence[BatchRow], is_free: Callable[[BatchRow], bool]) -> None:
    worked_on = [row.label for row in rows if not is_free(row)]
    if worked_on:
        raise Refused(
            _("其中 %(count)s 条之后又有人更新或登记过：%(names)s")
            % {"count": len(worked_on), "names": _("、").join(worked_on[:MOST_NAMED])}
        )


def _moved_on(batch: Batch, **values: Any) -> Batch:
    for name, value in values.items():
        setattr(batch, name, value)
    batch.save(update_fields=list(values))
    return batch


def _why(batch: Batch, verb: str, by: str, at: datetime) -> Why:
    details = {"batch": batch.pk, "asked": batch.asked, "verb": batch.verb}
    return Why(verb=verb, by=by, at=at, reason=batch.reason, details=details)


def _note(
    register: Register, batch: Batch, verb: str, by: str, at: datetime, *, rows: int
) -> None:
    audit.record(
        verb=f"registers.{register.kind}.{verb}",
        actor=by,
        target_kind=register.kind,
        target_id=f"batch-{batch.pk}",
        target_label=str(register.name),
        zone_code=batch.zone.code,
        at=at,
        reason=batch.reason,
        details={"rows": rows, "verb": batch.verb, "asked": batch.asked},
    )
