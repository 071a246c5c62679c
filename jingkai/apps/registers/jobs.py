"""Imports and batches: what a page does at once with few rows and a worker with many."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from jingkai.apps.accounts import queries as accounts
from jingkai.apps.accounts import scope
from jingkai.apps.accounts.models import Zone
from jingkai.apps.work import actions as work
from jingkai.apps.work.models import Job
from jingkai.web import clock

from . import actions, fitting, queries, workbooks
from .declaration import Register
from .imports import Reading, mapping, staging
from .imports.staging import Tell
from .models import Batch, ImportRun, State

CHECK, IMPORT = "registers.check", "registers.import"
SMALL_BYTES = 256 * 1024  # what is checked at once, while the browser waits
SMALL_ROWS = 2_000
KEPT = timedelta(days=30)  # staged rows that nobody has confirmed


def receive(
    *,
    register: Register,
    zone: Zone,
    content: bytes,
    file_name: str,
    by: str,
    at: datetime,
    reading: Reading | None = None,
) -> tuple[ImportRun, bool]:
    """
    Keep a workbook for its check; return its import, and whether it has been imported just so.

    The file is opened by the check alone. Without a ``reading`` it is read as the last workbook
    with the same headings.

    :raises workbooks.Unreadable: when the file is too large, or no workbook by its first bytes
    """
    workbooks.refuse_other(content, file_name)
    signature = mapping.signature(register)
    for same in queries.same_imports(register, zone, content, signature):
        way = reading or _known_reading(register, zone, same.source) or Reading()
        read = Reading.of(same.reading)
        if read == replace(way, system=way.system or read.system):
            return same, True
    run = actions.receive_workbook(
        register=register,
        zone=zone,
        content=content,
        file_name=file_name,
        reading=reading,
        by=by,
        at=at,
    )
    return run, False


def check(
    *,
    register: Register,
    run: ImportRun,
    by: str,
    at: datetime,
    tell: Tell = lambda _done, _total: None,
    most: int | None = None,
) -> ImportRun:
    """
    Look at a workbook, stage the rows that wait for it, and close the check.

    One that has more than ``most`` rows still waits for its check afterwards.

    :raises workbooks.Unreadable: when the file turns out to be damaged
    """
    if run.state != State.CHECKING:
        return run
    known = partial(_known_reading, register, run.zone)
    seen = staging.stage(register, run, known, tell, most)
    if seen is None:
        return run
    return actions.conclude_check(register=register, run=run, seen=seen, by=by, at=at)


def is_small(run: ImportRun) -> bool:
    """Return whether the workbook is checked and written while the browser waits."""
    report = run.report
    return report.get("bytes", 0) <= SMALL_BYTES and report.get("rows", 0) <= SMALL_ROWS


def start(kind: str, run: ImportRun, by: str, at: datetime) -> Job:
    """Leave the check or the import of a workbook to a worker."""
    register = queries.registers()[run.kind]
    words = {
        CHECK: _("校验 %(file)s（%(register)s）"),
        IMPORT: _("导入 %(file)s（%(register)s）"),
    }
    return work.start(
        zone=run.zone,
        kind=kind,
        key=key(run),
        payload={
            "run": run.pk,
            "permission": register.edit,
            "back_url": address(run),
        },
        by=by,
        at=at,
        label=words[kind] % {"file": run.file_name, "register": register.name},
    )


def key(run: ImportRun) -> str:
    """Return what makes the work on an import once, until it is checked anew."""
    again = run.report.get("checks", 0)
    return f"import-{run.pk}-{again}"


def address(run: ImportRun) -> str:
    """Return the page on which an import goes on: what its columns mean, or what it does."""
    page = "import-mapping" if run.state == State.UNMAPPED else "import-run"
    return reverse(f"{run.kind}-{page}", args=[run.zone.code, run.pk])


def check_workbook(job: Job, report: work.Report) -> dict[str, Any]:
    """Check a workbook, or refuse it; after a kill, from the first row that is not staged."""
    run, register = _of(job)
    try:
        run = check(
            register=register,
            run=run,
            by=job.by,
            at=clock.now(),
            tell=lambda done, total: report(done, total, {"row": done}),
        )
    except workbooks.Unreadable as reason:
        run = actions.refuse_workbook(run=run, reason=str(reason), by=job.by, at=clock.now())
    return {"url": address(run)}


def import_workbook(job: Job, report: work.Report) -> dict[str, Any]:
    """Write a checked workbook, all or nothing."""
    run, register = _of(job)
    total = run.report.get("rows", 0)
    report(0, total)
    try:
        run = actions.import_workbook(register=register, run=run, by=job.by, at=job.at)
    except (actions.NotClean, actions.Outdated, actions.Held) as reason:
        raise work.NotDone(str(reason)) from None
    return {"url": address(run), "rows": total}


def sweep(at: datetime) -> None:
    """Forget the staged rows of imports that nobody has confirmed for a month."""
    for zone in Zone.objects.order_by("pk"):
        with scope.zones(zone.pk):
            for run in queries.abandoned_imports(zone, at - KEPT):
                actions.discard_staged(run=run, by=accounts.SYSTEM, at=at)


def do_batch(job: Job, report: work.Report) -> dict[str, Any]:
    """Preview or apply a batch by the rights that the person has now, in one transaction."""
    batch = Batch.everywhere.select_related("zone").get(pk=job.payload["batch"])
    person = accounts.person(job.by)
    roles = accounts.roles_in(person, job.zone, on=clock.today()) if person else ()
    rights = accounts.permissions(roles)
    register = fitting.fit(queries.registers()[batch.kind], job.zone, rights)
    act = partial(actions.apply_batch, by=job.by)
    if job.payload["step"] == "plan":
        act = partial(actions.plan_batch)
    try:
        with transaction.atomic():
            report(0, job.payload["rows"], {})
            act(register=register, batch=batch, permissions=rights, at=clock.now())
            report(job.payload["rows"])
    except actions.NotApplied as reason:
        raise work.NotDone(str(reason)) from None
    return {"url": job.payload["url"]}


def _known_reading(register: Register, zone: Zone, source: str) -> Reading | None:
    """Return how workbooks with these headings were read last."""
    known = queries.known_mapping(register, zone, source)
    return Reading.of(known.reading) if known else None


def _of(job: Job) -> tuple[ImportRun, Register]:
    run = ImportRun.everywhere.select_related("zone").get(pk=job.payload["run"])
    person = accounts.person(job.by)
    roles = accounts.roles_in(person, job.zone, on=clock.today()) if person else ()
    rights = accounts.permissions(roles)
    return run, fitting.fit(queries.registers()[run.kind], run.zone, rights)
