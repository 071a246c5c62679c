"""An import taken back, while nobody has worked on its rows."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain

from django.db import models, transaction
from django.utils.translation import gettext as _

from jingkai.apps.audit import actions as audit
from jingkai.apps.audit import queries as trail
from jingkai.apps.notes import actions as notes

from .. import checking, writing
from ..declaration import Register
from ..imports import Reading, staged
from ..imports.judging import Judge
from ..kinds import Refused
from ..models import ImportRun, Outcome, Record, StagedRow, State, names_seen
from . import reversing
from . import rows as rows_of_batches
from .changes import Why


class WorkedOn(Exception):
    """Somebody has worked on rows of the import since; the message names them."""

    def __init__(self, names: Iterable[str]) -> None:
        """Keep which."""
        self.names = list(names)
        shown = _("、").join(self.names[: staged.MOST_NAMED])
        super().__init__(
            _("导入之后有人处理过其中的记录，不能撤销：%(names)s；请逐条更正") % {"names": shown}
        )


@transaction.atomic
def undo_import(*, register: Register, run: ImportRun, by: str, at: datetime) -> ImportRun:
    """
    Take an import back: its new records go, its changes are put back.

    :raises Refused: when it was not imported, or the area's own verbs can't be taken back
    :raises WorkedOn: when a row was touched since, or other records refer to it
    """
    run = staged.locked(run)
    if run.undone_at is not None:
        return run
    if run.imported_at is None:
        raise Refused(_("这次导入不能撤销"))
    written = (
        chain(_put_back(register, run, by, at), _take_out(register, run))
        if register.write is None
        else _take_back(run, by, at)
    )
    changes = chain(written, _reopen(register, run, by, at))
    run.undone_at, run.state = at, State.UNDONE
    run.save(update_fields=["undone_at", "state"])
    staged.note(run, "import-undone", by, at, {"sha256": run.sha256}, changes)
    return run


def _put_back(
    register: Register, run: ImportRun, by: str, at: datetime
) -> Iterator[audit.Changed]:
    judge = Judge(register, run.zone, Reading())
    for rows in staged.batches(run, Outcome.CHANGED):
        records = _untouched(judge, run, rows)
        before = judge.restored([row.before for row in rows])
        for record, row, values in zip(records, rows, before, strict=True):
            if values is None:
                raise WorkedOn([row.key])
            writing.assign(record, values, by, at)
        columns = {name for row in rows for name in row.before}
        names = writing.model_fields(register.model, columns)
        register.model.everywhere.bulk_update(records, names, batch_size=staged.BATCH)
        for record, row in zip(records, rows, strict=True):
            yield audit.Changed(register.kind, str(record.pk), str(record), row.values, row.before)


def _take_out(register: Register, run: ImportRun) -> Iterator[audit.Changed]:
    judge = Judge(register, run.zone, Reading())
    for rows in staged.batches(run, Outcome.CREATED):
        records = _untouched(judge, run, rows)
        pks = [record.pk for record in records]
        try:
            register.model.everywhere.filter(pk__in=pks).delete()
        except models.ProtectedError as protected:
            raise WorkedOn(sorted(names_seen(protected.protected_objects))) from None
        notes.release(zone=run.zone, kind=register.kind, object_ids=map(str, pks))
        for pk, record, row in zip(pks, records, rows, strict=True):
            yield audit.Changed(register.kind, str(pk), str(record), row.values, None)


def _take_back(run: ImportRun, by: str, at: datetime) -> Iterator[audit.Changed]:
    """Take back what the area's verb did for each row."""
    rows = run.rows.filter(outcome=Outcome.CREATED).order_by("position")
    told = [row.before.get("steps") for row in rows.only("before")]
    if not all(told):
        raise Refused(_("这次导入不能撤销"))
    steps = [step for one in told for step in one]
    why = Why(verb="import-undone", by=by, at=at)
    try:
        yield from reversing.take_back(zone=run.zone, steps=steps, why=why)
    except Refused as reason:
        raise Refused(_("不能撤销：%(reason)s") % {"reason": reason}) from None


def _reopen(register: Register, run: ImportRun, by: str, at: datetime) -> Iterator[audit.Changed]:
    """Take back the closing of what the file left out, or put in again what was deleted."""
    why = Why(verb="import-undone", by=by, at=at)
    closed = list(run.rows.filter(outcome=Outcome.ABSENT, chosen=True).order_by("position"))
    if not all(row.before.get("steps", row.before) for row in closed):
        raise Refused(_("这次导入不能撤销"))
    if register.closes is not None:
        steps = [step for row in closed for step in row.before["steps"]]
        yield from reversing.take_back(zone=run.zone, steps=steps, why=why)
        return
    judge = Judge(register, run.zone, Reading())
    taken = judge.ids({row.key for row in closed})
    if taken:
        raise WorkedOn(sorted(taken))
    for row in closed:
        record = rows_of_batches.revived(register=register, kept=row.before, why=why)
        record.save(force_insert=True)
        after = {c.name: checking.stored(record, c.name) for c in register.held}
        held = {name: value for name, value in after.items() if value is not None}
        told = writing.plain(register, held)
        yield audit.Changed(register.kind, str(record.pk), str(record), None, told)


def _untouched(judge: Judge, run: ImportRun, rows: list[StagedRow]) -> list[Record]:
    """Return the records of the rows, each as the import left it."""
    found = judge.records({row.key for row in rows}, locked=True)
    touched = [row.key for row in rows if not _is_as_imported(found.get(row.key), run, row)]
    if touched:
        raise WorkedOn(touched)
    names = {str(found[row.key].pk): row.key for row in rows}
    later = trail.events(run.zone.code).filter(
        target_kind=run.kind, target_id__in=list(names), at__gt=run.imported_at
    )
    busy = set(later.values_list("target_id", flat=True))  # a file, a comment, a follow-up
    if busy:
        raise WorkedOn(sorted(names[pk] for pk in busy))
    return [found[row.key] for row in rows]


def _is_as_imported(record: Record | None, run: ImportRun, row: StagedRow) -> bool:
    return (
        record is not None
        and record.version == (row.version or 0) + 1
        and record.changed_at == run.imported_at
    )
