"""The staged rows of an import, read again; what every action on one shares."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection, connections, models, transaction
from django.utils.translation import gettext as _

from jingkai.apps.audit import actions as audit

from ..declaration import Register
from ..kinds import Refused
from ..models import ImportRun, Outcome, Record, StagedRow
from .judging import Judge

BATCH = 1_000
MOST_NAMED = 5


class Outdated(Exception):
    """Records changed since the workbook was checked, so that the check must be done anew."""

    def __init__(self, names: Iterable[str]) -> None:
        """Keep which."""
        told = _("、").join(list(names)[:MOST_NAMED])
        super().__init__(
            _("校验之后台账有了变化（%(names)s），未导入任何数据，请重新校验") % {"names": told}
        )


def insert(rows: Sequence[models.Model]) -> None:
    """Insert rows of one table by plain SQL: half of what bulk_create takes; sets no ids."""
    if not rows:
        return
    meta = rows[0]._meta
    fields = [field for field in meta.concrete_fields if not field.primary_key]
    names = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    table = connection.ops.quote_name(meta.db_table)
    prepared = [(field.attname, field.get_db_prep_save) for field in fields]
    ours = connections[connection.alias]  # asked a million times; the proxy asks a local each time
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({names}) VALUES ({marks})",  # noqa: S608 - our own names
            [[prepare(getattr(row, name), ours) for name, prepare in prepared] for row in rows],
        )


def batches(run: ImportRun, outcome: Outcome) -> Iterator[list[StagedRow]]:
    """Yield the rows of one outcome in order, some at a time."""
    last = -1
    rows = run.rows.filter(outcome=outcome).order_by("position")
    while batch := list(rows.filter(position__gt=last)[:BATCH]):
        yield batch
        last = batch[-1].position


def restored(judge: Judge, rows: list[StagedRow]) -> list[dict[str, Any]]:
    """Return the values of staged rows; what they refer to must still be there."""
    read = judge.restored([row.values for row in rows])
    lost = [row.key for row, values in zip(rows, read, strict=True) if values is None]
    if lost:
        raise Outdated(lost)
    return [values for values in read if values is not None]


def unchanged_since(judge: Judge, rows: list[StagedRow]) -> list[Record]:
    """Return the records of the rows as they were judged, locked."""
    found = judge.records({row.key for row in rows}, locked=True)
    other = [
        row.key for row in rows if row.key not in found or found[row.key].version != row.version
    ]
    if other:
        raise Outdated(other)
    return [found[row.key] for row in rows]


def tried(
    judge: Judge, rows: list[StagedRow], by: str, at: datetime
) -> Iterator[tuple[StagedRow, audit.Together]]:
    """
    Call the area's verb for each row, and yield it with what the verb tells; nothing is recorded.

    A row that the verb refuses says so by its errors, and leaves nothing.
    """
    for row, values in zip(rows, restored(judge, rows), strict=True):
        with audit.gathered(zone_code=judge.zone.code) as told:
            row.errors = _refusals(judge, row, values, by, at)
        if row.errors:
            row.outcome = Outcome.REFUSED
        yield row, told


def _refusals(
    judge: Judge, row: StagedRow, values: dict[str, Any], by: str, at: datetime
) -> list[dict[str, str]]:
    register, write = judge.register, judge.register.write
    try:
        with transaction.atomic():
            if write is not None:
                full = dict.fromkeys((c.name for c in register.typed), None) | values
                write(zone=judge.zone, values=full, by=by, at=at)
    except IntegrityError:
        return [{"column": "", "value": row.key, "rule": _("与已有记录冲突")}]
    except Refused as reason:
        return [_refusal(register, row, reason)]
    return []


def _refusal(register: Register, row: StagedRow, reason: Refused) -> dict[str, str]:
    column = register.by_name.get(reason.column)
    label = str(column.label) if column else ""
    value = column.told(row.values.get(column.name)) if column else ""
    return {"column": label, "value": value, "rule": str(reason)}


def locked(run: ImportRun) -> ImportRun:
    """Return the import as it stands, nobody else changing it meanwhile."""
    found = ImportRun.everywhere.select_for_update(of=("self",)).select_related("zone")
    return found.get(pk=run.pk)


def note(  # noqa: PLR0917 - the fields of one event
    run: ImportRun,
    verb: str,
    by: str,
    at: datetime,
    details: Mapping[str, Any],
    changes: Iterable[audit.Changed] = (),
) -> None:
    """Leave in the trail what was done with an import."""
    audit.record(
        verb=f"registers.{run.kind}.{verb}",
        actor=by,
        target_kind=run.kind,
        target_id=f"import-{run.pk}",
        target_label=run.file_name,
        zone_code=run.zone.code,
        at=at,
        details=details,
        changes=changes,
    )
