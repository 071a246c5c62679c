"""Writes on any register: one record, or a whole workbook, each with its audit event."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from jingkai.apps.accounts import scope
from jingkai.apps.accounts.models import Zone
from jingkai.apps.audit import actions as audit

from . import imports, workbooks
from .declaration import Register
from .imports import Line, Plan
from .kinds import Kind, Reference, Refused
from .models import ImportRun, Record

BATCH = 1_000


class Conflict(Exception):
    """Somebody else changed the record since it was read."""

    def __init__(self, current: Record) -> None:
        """Keep the record as it now stands."""
        super().__init__(
            _("%(who)s 在 %(at)s 更新了这条记录")
            % {"who": current.changed_by, "at": f"{current.changed_at:%Y-%m-%d %H:%M}"}
        )
        self.current = current


class NotClean(Exception):
    """The workbook has errors, so nothing of it was imported."""

    def __init__(self, plan: Plan) -> None:
        """Keep the plan with its errors."""
        super().__init__(
            _("工作簿有 %(count)s 处错误，未导入任何数据") % {"count": len(plan.errors)}
        )
        self.plan = plan


@transaction.atomic
def create_record(
    *, register: Register, zone: Zone, values: dict[str, Any], by: str, at: datetime
) -> Record:
    """
    Add one record and return it.

    :raises Refused: when the row breaks a rule or its number is taken
    """
    _refuse_broken(register, values, None)
    if register.write is not None:
        return register.write(zone=zone, values=values, by=by, at=at)
    code = values[register.key]
    if register.model.everywhere.filter(zone=zone, **{register.key: code}).exists():
        raise Refused(_("编号“%(code)s”已存在") % {"code": code}, register.key)
    record = _new(register, zone, values, by, at)
    _refuse_impossible(record)
    try:
        with transaction.atomic():
            record.save(force_insert=True)
    except IntegrityError:  # somebody else was quicker by a moment
        raise Refused(_("与已有记录冲突"), register.key) from None
    after = _plain(register, values)
    _note(register, record, _Did(verb="created", by=by, at=at, after=after))
    return record


@transaction.atomic
def change_record(
    *,
    register: Register,
    record: Record,
    values: dict[str, Any],
    version: int,
    by: str,
    at: datetime,
    reason: str = "",
) -> Record:
    """
    Change one record and return it; nothing happens where nothing differs.

    :raises Conflict: when the record is no longer at the version that was read
    :raises Refused: when the row breaks a rule
    """
    current = register.model.everywhere.select_for_update(of=("self",)).get(pk=record.pk)
    if current.version != version:
        raise Conflict(current)
    _refuse_broken(register, values, current)
    names = imports.changed(values, current)
    if not names:
        return current
    before = _plain(register, {name: imports.stored(current, name) for name in names})
    _assign(current, {name: values[name] for name in names}, by, at)
    _refuse_impossible(current)
    current.save()
    after = _plain(register, {name: values[name] for name in names})
    did = _Did(verb="changed", by=by, at=at, before=before, after=after, reason=reason)
    _note(register, current, did)
    return current


@transaction.atomic
def delete_record(
    *, register: Register, record: Record, by: str, at: datetime, reason: str
) -> None:
    """
    Take one record out of the register; the trail keeps what it said.

    :raises Refused: when no reason is given or other records refer to it
    """
    if not reason.strip():
        raise Refused(_("删除必须说明理由"), "reason")
    columns = {column.name: imports.stored(record, column.name) for column in register.typed}
    before = _plain(register, columns)
    _note(register, record, _Did(verb="deleted", by=by, at=at, before=before, reason=reason))
    try:
        record.delete()
    except models.ProtectedError as protected:
        names = _("、").join(sorted({str(other) for other in protected.protected_objects})[:5])
        raise Refused(_("被其他记录引用，不能删除：%(names)s") % {"names": names}) from None


@transaction.atomic
def check_workbook(
    *,
    register: Register,
    zone: Zone,
    content: bytes,
    file_name: str,
    by: str,
    at: datetime,
    mapping: dict[str, str] | None = None,
) -> tuple[ImportRun, Plan]:
    """
    Check a workbook without importing it, and keep it with its report.

    :raises workbooks.Unreadable: when the file can't be read at all
    """
    sheets = workbooks.read(content, file_name)
    plan = imports.check(register, zone, sheets, mapping or {})
    _rehearse(plan, zone, by, at)
    run = ImportRun.everywhere.create(
        zone=zone,
        kind=register.kind,
        file_name=file_name[:200],
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        mapping=mapping or {},
        by=by,
        at=at,
        report=plan.report(),
    )
    audit.record(
        verb=f"registers.{register.kind}.checked",
        actor=by,
        target_kind=register.kind,
        target_id=f"import-{run.pk}",
        target_label=run.file_name,
        zone_code=zone.code,
        at=at,
        details={"sha256": run.sha256, "errors": len(plan.errors) + plan.more_errors},
    )
    return run, plan


@transaction.atomic
def import_workbook(*, register: Register, run: ImportRun, by: str, at: datetime) -> ImportRun:
    """
    Import a checked workbook, all or nothing, checking it anew against the present records.

    A second call for the same run changes nothing.

    :raises NotClean: when a row breaks a rule; nothing is written
    """
    run = (
        ImportRun.everywhere.select_for_update(of=("self",)).select_related("zone").get(pk=run.pk)
    )
    if run.imported_at is not None:
        return run
    sheets = workbooks.read(bytes(run.content), run.file_name)
    plan = imports.check(register, run.zone, sheets, run.mapping)
    if plan.is_clean:
        report = plan.report()
        changes = _write_or_say_why(plan, run.zone, by, at)
    if not plan.is_clean:
        raise NotClean(plan)
    run.imported_at, run.report, run.by = at, report, by
    run.save(update_fields=["imported_at", "report", "by"])
    audit.record(
        verb=f"registers.{register.kind}.imported",
        actor=by,
        target_kind=register.kind,
        target_id=f"import-{run.pk}",
        target_label=run.file_name,
        zone_code=run.zone.code,
        at=at,
        details={name: report[name] for name in ("rows", "created", "updated", "unchanged")}
        | {"sha256": run.sha256},
        changes=changes,
    )
    return run


@transaction.atomic
def note_export(*, register: Register, zone: Zone, query: str, by: str, at: datetime) -> None:
    """Leave in the trail that somebody took a list out, and which."""
    audit.record(
        verb=f"registers.{register.kind}.exported",
        actor=by,
        target_kind=register.kind,
        target_id="list",
        target_label=str(register.name),
        zone_code=zone.code,
        at=at,
        details={"query": query},
    )


def _write(plan: Plan, zone: Zone, by: str, at: datetime) -> list[audit.Changed]:
    if plan.register.write is not None:
        _write_by_verb(plan, zone, by, at)
        return []
    changes = [_updated(plan.register, line, by, at) for line in plan.updates]
    changed_names = {name for line in plan.updates for name in line.changed}
    records = [line.existing for line in plan.updates if line.existing is not None]
    if records:
        names = [*changed_names, "version", "changed_at", "changed_by"]
        plan.register.model.everywhere.bulk_update(records, names, batch_size=BATCH)
    new = [_new(plan.register, zone, line.values, by, at) for line in plan.creates]
    created = plan.register.model.everywhere.bulk_create(new, batch_size=BATCH)
    for record, line in zip(created, plan.creates, strict=True):
        after = _plain(plan.register, line.values)
        changes.append(audit.Changed(plan.register.kind, str(record.pk), str(record), None, after))
    return changes


def _rehearse(plan: Plan, zone: Zone, by: str, at: datetime) -> None:
    """Let the area's verb and the database refuse rows while nothing is kept."""
    if not plan.is_clean:
        return
    with transaction.atomic():
        _write_or_say_why(plan, zone, by, at)
        transaction.set_rollback(True)


def _write_or_say_why(plan: Plan, zone: Zone, by: str, at: datetime) -> list[audit.Changed]:
    """Write the rows; where the database refuses, find out which rows and by which law."""
    try:
        with transaction.atomic():
            return _write(plan, zone, by, at)
    except IntegrityError:
        for line in plan.lines:
            record = line.existing or _new(plan.register, zone, line.values, by, at)
            try:
                _refuse_impossible(record)
            except Refused as reason:
                plan.refuse(line.row, "", record, str(reason))
        if plan.is_clean:
            raise
    return []


def _refuse_impossible(record: Record) -> None:
    """Ask the database's own laws first, so that breaking one is a sentence, not a failure."""
    for constraint in record._meta.constraints:
        try:
            with scope.zones(record.zone_id):
                constraint.validate(type(record), record)
        except ValidationError as reason:
            raise Refused(" ".join(reason.messages)) from None


def _write_by_verb(plan: Plan, zone: Zone, by: str, at: datetime) -> None:
    """Apply the area's verb row by row, so that each row meets the rules the page enforces."""
    write = plan.register.write
    if write is None:
        return
    for line in plan.creates:
        try:
            with transaction.atomic():
                write(zone=zone, values=line.values, by=by, at=at)
        except IntegrityError:
            plan.refuse(line.row, "", line.values.get(plan.register.key), _("与已有记录冲突"))
        except Refused as reason:
            column = plan.register.by_name.get(reason.column)
            label = str(column.label) if column else ""
            value = column.kind.text(line.values.get(column.name)) if column else ""
            plan.refuse(line.row, label, value, str(reason))


def _updated(register: Register, line: Line, by: str, at: datetime) -> audit.Changed:
    record = cast("Record", line.existing)
    before = _plain(register, {name: imports.stored(record, name) for name in line.changed})
    after = {name: line.values[name] for name in line.changed}
    _assign(record, after, by, at)
    plain = _plain(register, after)
    return audit.Changed(register.kind, str(record.pk), str(record), before, plain)


def _new(register: Register, zone: Zone, values: dict[str, Any], by: str, at: datetime) -> Record:
    record = register.model(zone=zone, recorded_at=at, recorded_by=by, version=0)
    _assign(record, values, by, at)
    return record


def _assign(record: Record, values: dict[str, Any], by: str, at: datetime) -> None:
    for name, value in values.items():
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


def _refuse_broken(register: Register, values: dict[str, Any], existing: Record | None) -> None:
    broken = imports.broken_rules(register, values, existing)
    if broken:
        raise broken[0]


def _plain(register: Register, values: dict[str, Any]) -> dict[str, Any]:
    """Return the values as the trail keeps them."""
    return {name: _plain_value(register.by_name[name].kind, v) for name, v in values.items()}


def _plain_value(kind: Kind, value: Any) -> Any:
    if value is None:
        return None
    return getattr(value, kind.key) if isinstance(kind, Reference) else kind.json(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Did:
    """What an action did to one record, as its event says."""

    verb: str
    by: str
    at: datetime
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None
    reason: str = ""


def _note(register: Register, record: Record, did: _Did) -> None:
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
