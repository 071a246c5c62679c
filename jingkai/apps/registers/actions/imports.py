"""A workbook received, mapped and checked."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Count
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from jingkai.apps.accounts.models import Zone
from jingkai.apps.audit import queries as trail

from ..declaration import Register
from ..imports import Reading, mapping, staged
from ..imports.judging import Judge
from ..imports.staging import Seen
from ..kinds import Refused
from ..models import ImportMapping, ImportRun, Outcome, StagedRow, State

MOST_ERRORS = 1_000  # that the report keeps; every refused row keeps its own


@transaction.atomic
def receive_workbook(  # noqa: PLR0913 - a file, who brought it, and how it is read
    *,
    register: Register,
    zone: Zone,
    content: bytes,
    file_name: str,
    reading: Reading | None,
    source: str = "",
    by: str,
    at: datetime,
) -> ImportRun:
    """
    Keep a workbook that is to be checked, and how it is to be read, where that is known.

    With a ``source`` it is one that was looked at before, so that nothing is asked about it.
    """
    run = ImportRun.everywhere.create(
        zone=zone,
        kind=register.kind,
        file_name=file_name[:200],
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        state=State.CHECKING,
        reading=reading.data() if reading else {},
        signature=mapping.signature(register),
        source=source,
        by=by,
        at=at,
        report={"rows": 0, "bytes": len(content)},
    )
    staged.note(run, "received", by, at, {"sha256": run.sha256})
    return run


@transaction.atomic
def map_workbook(*, run: ImportRun, reading: Reading, by: str, at: datetime) -> ImportRun:
    """Read the workbook anew in this way, and remember the way for others of its source."""
    run = _begin_anew(run)
    run.reading = reading.data()
    run.save(update_fields=["reading", "state", "report"])
    _remember(run, reading, by, at)
    staged.note(run, "mapped", by, at, {"reading": reading.data()})
    return run


@transaction.atomic
def reread_workbook(*, run: ImportRun, encoding: str, by: str, at: datetime) -> ImportRun:
    """Read the workbook's texts anew in this encoding; its headings may then be others."""
    run = _begin_anew(run)
    reading = Reading(encoding=encoding)
    run.reading, run.report["anew"] = reading.data(), True
    run.save(update_fields=["reading", "state", "report"])
    _remember(run, reading, by, at)
    staged.note(run, "reread", by, at, {"encoding": encoding})
    return run


def _remember(run: ImportRun, reading: Reading, by: str, at: datetime) -> None:
    # Whether a file is whole, and what in it may be mended, is said of each file anew.
    kept = reading.data() | {"is_complete": False, "repairs": []}
    ImportMapping.everywhere.update_or_create(
        zone=run.zone,
        kind=run.kind,
        source=run.source,
        defaults={"reading": kept, "by": by, "at": at},
    )


@transaction.atomic
def recheck_workbook(*, run: ImportRun, by: str, at: datetime) -> ImportRun:
    """Forget how the rows were judged, because records changed since."""
    run = _begin_anew(run)
    run.save(update_fields=["state", "report"])
    staged.note(run, "rechecked", by, at, {})
    return run


@transaction.atomic
def discard_staged(*, run: ImportRun, by: str, at: datetime) -> int:
    """Forget the rows of an import that nobody confirmed; return how many. The file stays."""
    count = run.rows.count()
    run = _begin_anew(run)
    run.save(update_fields=["state", "report"])
    staged.note(run, "discarded", by, at, {"rows": count})
    return count


def _begin_anew(run: ImportRun) -> ImportRun:
    run = staged.locked(run)
    if run.imported_at is not None:
        raise Refused(_("已经导入，不能再改；请重新上传"))
    run.state = State.CHECKING
    kept = {name: run.report.get(name, 0) for name in ("rows", "bytes", "look")}
    run.report = kept | {"checks": run.report.get("checks", 0) + 1}
    run.rows.all().delete()
    return run


@transaction.atomic
def conclude_check(
    *, register: Register, run: ImportRun, seen: Seen, by: str, at: datetime
) -> ImportRun:
    """Close the check: ask for the mapping, or count the rows and keep the report."""
    run = staged.locked(run)
    if run.state != State.CHECKING:
        return run
    if seen.asks:
        run.state = State.UNMAPPED
    elif not seen.sheets:
        run.state = State.UNMAPPED
        run.report = _report(register, run, seen) | {"errors": [_no_heading(register)]}
    else:
        if register.write is not None:
            _rehearse(register, run, by, at)
        if Reading.of(run.reading).is_complete:
            _stage_absent(register, run, at)
        run.report = _report(register, run, seen)
        run.state = State.REFUSED if run.report["errors"] else State.READY
    run.save(update_fields=["state", "report"])
    errors = len(run.report.get("errors", ())) + run.report.get("more_errors", 0)
    staged.note(run, "checked", by, at, {"sha256": run.sha256, "errors": errors})
    return run


@transaction.atomic
def refuse_workbook(*, run: ImportRun, reason: str, by: str, at: datetime) -> ImportRun:
    """Close the check of a workbook that can't be read, and keep why; nothing of it is staged."""
    run = staged.locked(run)
    if run.state != State.CHECKING:
        return run
    run.rows.all().delete()
    kept = {name: run.report.get(name, 0) for name in ("bytes", "checks")}
    run.report = kept | {"kind": run.kind, "rows": 0, "errors": [], "unreadable": reason}
    run.state = State.REFUSED
    run.save(update_fields=["state", "report"])
    staged.note(run, "checked", by, at, {"sha256": run.sha256, "unreadable": reason})
    return run


def _no_heading(register: Register) -> dict[str, Any]:
    wanted = _("、").join(str(c.label) for c in register.typed if c.required)
    rule = _("前 20 行内没有找到表头；至少要有这些列：%(columns)s") % {"columns": wanted}
    return {"sheet": "", "row": 1, "column": "", "value": "", "rule": rule}


def _report(register: Register, run: ImportRun, seen: Seen) -> dict[str, Any]:
    counted = run.rows.values_list("outcome").annotate(count=Count("pk")).order_by()
    outcomes: dict[str, int] = dict(counted)
    errors = list(_errors(run.rows.filter(outcome=Outcome.REFUSED).order_by("position")))
    is_clean = not errors
    return {
        "kind": register.kind,
        **seen.report(),
        "rows": sum(outcomes.values()) - outcomes.get(Outcome.ABSENT, 0),
        "created": outcomes.get(Outcome.CREATED, 0) if is_clean else 0,
        "updated": outcomes.get(Outcome.CHANGED, 0) if is_clean else 0,
        "unchanged": outcomes.get(Outcome.UNCHANGED, 0) if is_clean else 0,
        "outcomes": outcomes,
        "findings": _findings(run),
        "checks": run.report.get("checks", 0),
        "bytes": run.report.get("bytes", 0),
        "errors": errors[:MOST_ERRORS],
        "more_errors": max(0, len(errors) - MOST_ERRORS),
    }


def _findings(run: ImportRun) -> dict[str, int]:
    """Return how many rows are warned of what, by its code."""
    found: Counter[str] = Counter()
    for told in run.rows.exclude(findings=[]).values_list("findings", flat=True).iterator():
        found.update({finding["code"] for finding in told})
    return dict(found)


def _errors(rows: models.QuerySet[StagedRow]) -> Iterator[dict[str, Any]]:
    for row in rows.only("sheet", "row", "errors").iterator():
        for error in row.errors:
            yield {"sheet": row.sheet, "row": row.row, **error}


def _stage_absent(register: Register, run: ImportRun, at: datetime) -> None:
    """Stage the records that the file leaves out; those that nobody worked on are chosen."""
    named = set(run.rows.values_list("key", flat=True))
    last = run.rows.aggregate(last=models.Max("position"))["last"] or 0
    earlier = ImportRun.everywhere.filter(
        zone=run.zone, kind=run.kind, imported_at__isnull=False, undone_at__isnull=True
    )
    imported = set(earlier.values_list("imported_at", flat=True))
    about = trail.events(run.zone.code, trail.Filters(target_kind=run.kind)).order_by()
    busy = set(about.values_list("target_id", flat=True))  # a change, a file, a comment
    records = register.model.everywhere.filter(zone=run.zone).order_by("pk")
    records = register.model.unsealed(records)
    if register.closes is not None:
        records = register.closes.still_open(records, localdate(at))
    told = records.values_list(register.key, "version", "changed_at", "pk").iterator()
    absent = [
        StagedRow(
            zone=run.zone,
            run=run,
            position=position,
            row=0,
            key=key,
            outcome=Outcome.ABSENT,
            version=version,
            chosen=changed_at in imported and str(pk) not in busy,
        )
        for position, (key, version, changed_at, pk) in enumerate(told, last + 1)
        if key not in named
    ]
    staged.insert(absent)


@transaction.atomic
def choose_absent(
    *, run: ImportRun, shown: Iterable[int], chosen: Iterable[int], by: str, at: datetime
) -> int:
    """Keep which of the shown records that the file leaves out are to go; return how many go."""
    run = staged.locked(run)
    rows = run.rows.filter(outcome=Outcome.ABSENT)
    asked = rows.filter(pk__in=list(shown))
    asked.update(chosen=False)
    asked.filter(pk__in=list(chosen)).update(chosen=True)
    count = rows.filter(chosen=True).count()
    staged.note(run, "chosen", by, at, {"closing": count})
    return count


def _rehearse(register: Register, run: ImportRun, by: str, at: datetime) -> None:
    """Let the area's verb refuse rows while nothing is kept."""
    judge = Judge(register, run.zone, Reading())
    refused: list[StagedRow] = []
    with transaction.atomic():
        for rows in staged.batches(run, Outcome.CREATED):
            tried = staged.tried(judge, rows, by, at)
            refused += [row for row, _told in tried if row.errors]
        transaction.set_rollback(True)
    StagedRow.everywhere.bulk_update(refused, ["outcome", "errors"], batch_size=staged.BATCH)
