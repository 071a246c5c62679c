"""A whole workbook checked and imported, all or nothing."""

import hashlib
from datetime import datetime
from typing import cast

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from jingkai.apps.accounts.models import Zone
from jingkai.apps.audit import actions as audit

from .. import imports, workbooks, writing
from ..declaration import Register
from ..imports import Line, Plan
from ..kinds import Refused
from ..models import ImportRun, Record

BATCH = 1_000


class NotClean(Exception):
    """The workbook has errors, so nothing of it was imported."""

    def __init__(self, plan: Plan) -> None:
        """Keep the plan with its errors."""
        super().__init__(
            _("工作簿有 %(count)s 处错误，未导入任何数据") % {"count": len(plan.errors)}
        )
        self.plan = plan


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
    new = [writing.new(plan.register, zone, line.values, by, at) for line in plan.creates]
    created = plan.register.model.everywhere.bulk_create(new, batch_size=BATCH)
    for record, line in zip(created, plan.creates, strict=True):
        after = writing.plain(plan.register, line.values)
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
            record = line.existing or writing.new(plan.register, zone, line.values, by, at)
            try:
                writing.refuse_impossible(record)
            except Refused as reason:
                plan.refuse(line.row, "", record, str(reason))
        if plan.is_clean:
            raise
    return []


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
    before = writing.plain(register, {name: imports.stored(record, name) for name in line.changed})
    after = {name: line.values[name] for name in line.changed}
    writing.assign(record, after, by, at)
    plain = writing.plain(register, after)
    return audit.Changed(register.kind, str(record.pk), str(record), before, plain)
