"""An import taken back, while nobody has worked on its rows."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain

from django.db import models, transaction
from django.utils.translation import gettext as _

from jingkai.apps.audit import actions as audit
from jingkai.apps.audit import queries as trail
from jingkai.apps.notes import actions as notes

from .. import writing
from ..declaration import Register
from ..imports import Reading, staged
from ..imports.judging import Judge
from ..kinds import Refused
from ..models import ImportRun, Outcome, Record, StagedRow, State


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

    :raises Refused: when it was not imported, or was written by the area's own verb
    :raises WorkedOn: when a row was touched since, or other records refer to it
    """
    run = staged.locked(run)
    if run.undone_at is not None:
        return run
    if run.imported_at is None or register.write is not None:
        raise Refused(_("这次导入不能撤销"))
    changes = chain(_put_back(register, run, by, at), _take_out(register, run))
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
        names = writing.model_fields({name for row in rows for name in row.before})
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
            raise WorkedOn(sorted(map(str, protected.protected_objects))) from None
        notes.release(zone=run.zone, kind=register.kind, object_ids=map(str, pks))
        for pk, record, row in zip(pks, records, rows, strict=True):
            yield audit.Changed(register.kind, str(pk), str(record), row.values, None)


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
