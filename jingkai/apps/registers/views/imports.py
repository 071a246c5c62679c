"""A workbook into a register: upload, map, look at what it does, confirm, take back."""

from datetime import datetime

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from jingkai.apps.accounts import queries as accounts
from jingkai.apps.accounts.access import ZoneRequest
from jingkai.apps.work import queries as work
from jingkai.web import clock

from .. import actions, exports, jobs, presentation, queries, workbooks
from ..declaration import Register
from ..forms import UploadForm
from ..imports import Reading
from ..imports.looking import Look
from ..imports.problems import problems
from ..kinds import Refused
from ..models import ImportRun, State
from . import loading

MOST_RUNS = 10  # imports that the upload page recalls
PAGE = 50
MOST_PAGES = 1_000_000


def upload(request: ZoneRequest, register: Register) -> HttpResponse:
    """Take a workbook and check it."""
    loading.require_leaf(request)
    has_outlines = bool(register.outline)
    form = UploadForm(request.POST or None, request.FILES or None, has_outlines=has_outlines)
    if request.method == "POST" and form.is_valid():
        try:
            return _received(request, register, form.cleaned_data["file"])
        except workbooks.Unreadable as reason:
            form.add_error("file", str(reason))
    runs = list(queries.import_runs(register)[:MOST_RUNS])
    authors = accounts.authors(run.by for run in runs)
    context = {
        "register": register,
        "links": presentation.links(register, request.zone.code),
        "steps": presentation.STEPS,
        "form": form,
        "runs": [(run, authors[run.by], presentation.TONES[State(run.state)]) for run in runs],
    }
    return render(request, "registers/import.html", context, status=400 if form.errors else 200)


def _received(request: ZoneRequest, register: Register, file: object) -> HttpResponse:
    with transaction.atomic():  # nothing of a file stays that can't be read
        run, was_imported = jobs.receive(
            register=register,
            zone=request.zone,
            content=file.read(workbooks.MOST_BYTES + 1),  # type: ignore[attr-defined]
            file_name=str(file),
            by=request.user.username,
            at=clock.now(),
        )
        if was_imported:
            return redirect(f"{jobs.address(run)}?same=1")
        return _checked(request, register, run)


def _checked(request: ZoneRequest, register: Register, run: ImportRun) -> HttpResponse:
    """Check a small workbook here and leave a large one to a worker; go to where it continues."""
    by, now = request.user.username, clock.now()
    if run.state == State.CHECKING and jobs.is_small(run):
        run = jobs.check(register=register, run=run, by=by, at=now, most=jobs.SMALL_ROWS)
    if run.state == State.CHECKING:
        jobs.start(jobs.CHECK, run, by, now)
    return redirect(jobs.address(run))


def _checked_anew(request: ZoneRequest, register: Register, run: ImportRun) -> HttpResponse:
    """Check a workbook that is kept already; one that can't be read is refused on its page."""
    try:
        return _checked(request, register, run)
    except workbooks.Unreadable as reason:
        run = actions.refuse_workbook(
            run=run, reason=str(reason), by=request.user.username, at=clock.now()
        )
    return redirect(jobs.address(run))


def import_run(request: ZoneRequest, register: Register, pk: int) -> HttpResponse:
    """Show what importing a checked workbook will do, and do it on confirmation."""
    run = _run(request, register, pk)
    if request.method == "POST":
        return _confirmed(request, register, run)
    return render(request, "registers/import_run.html", _outcome(request, register, run))


def _outcome(request: HttpRequest, register: Register, run: ImportRun) -> dict[str, object]:
    job = None
    if run.state in {State.CHECKING, State.READY}:
        kind = jobs.CHECK if run.state == State.CHECKING else jobs.IMPORT
        job = work.latest(kind=kind, key=jobs.key(run))
    asked = request.GET.get("outcome", "")
    outcome = asked if asked in run.report.get("outcomes", {}) else ""
    told = request.GET.get("finding", "")
    finding = told if told in run.report.get("findings", {}) else ""
    rows = queries.staged_rows(run, outcome, finding)
    (number,) = _numbers([request.GET.get("page", "")]) or [1]
    number = max(1, min(number, MOST_PAGES))
    shown = list(rows[(number - 1) * PAGE : number * PAGE + 1])
    return presentation.import_outcome(register, run, (outcome, finding), number, shown) | {
        "job": job,
        "is_same": "same" in request.GET and run.state == State.IMPORTED,
        "author": accounts.authors([run.by])[run.by],
    }


def _confirmed(request: ZoneRequest, register: Register, run: ImportRun) -> HttpResponse:
    by, now = request.user.username, clock.now()
    if not jobs.is_small(run) and run.state == State.READY:
        jobs.start(jobs.IMPORT, run, by, now)
        return redirect(jobs.address(run))
    try:
        actions.import_workbook(register=register, run=run, by=by, at=now)
    except actions.Outdated as reason:
        messages.warning(request, str(reason))
        return _checked_anew(request, register, actions.recheck_workbook(run=run, by=by, at=now))
    except actions.Held as reason:
        messages.error(request, str(reason))
    except actions.NotClean:
        context = _outcome(request, register, run)
        return render(request, "registers/import_run.html", context, status=409)
    else:
        messages.success(request, _("导入完成"))
    return redirect(jobs.address(run))


def import_mapping(request: ZoneRequest, register: Register, pk: int) -> HttpResponse:
    """Say which column of the register each heading of a foreign workbook means."""
    run = _run(request, register, pk)
    if run.imported_at is not None or not run.report.get("look"):
        return redirect(f"{register.kind}-import-run", zone=request.zone.code, pk=pk)
    look = Look.of(run.report["look"])
    if request.method == "POST":
        return _mapped(request, register, run, look)
    context = presentation.mapping(register, run, look)
    return render(request, "registers/import_mapping.html", context)


def _mapped(request: ZoneRequest, register: Register, run: ImportRun, look: Look) -> HttpResponse:
    """Check the workbook as the form says it is read; ask again where it says too little."""
    reading = presentation.asked_reading(register, request.POST)
    by, now = request.user.username, clock.now()
    if reading.encoding != Reading.of(run.reading).encoding:
        run = actions.reread_workbook(run=run, encoding=reading.encoding, by=by, at=now)
        return _checked_anew(request, register, run)
    lacks = {
        "doubled": presentation.doubled(register, reading),
        "lacks_encoding": look.is_unsure and not reading.encoding,
        "lacks_system": presentation.lacks_system(register, look, reading),
        "lacks_units": presentation.lacks_units(register, reading, request.POST),
    }
    if any(lacks.values()):
        context = presentation.mapping(register, run, look, reading) | lacks
        return render(request, "registers/import_mapping.html", context, status=400)
    run = actions.map_workbook(run=run, reading=reading, by=by, at=now)
    return _checked_anew(request, register, run)


def import_adjust(request: ZoneRequest, register: Register, pk: int) -> HttpResponse:
    """Allow the repairs, or the order of dates, that the page of an import offers."""
    run = _run(request, register, pk)
    reading = presentation.adjusted(Reading.of(run.reading), request.POST)
    try:
        run = actions.map_workbook(
            run=run, reading=reading, by=request.user.username, at=clock.now()
        )
    except Refused as reason:
        messages.error(request, str(reason))
        return redirect(jobs.address(run))
    return _checked_anew(request, register, run)


def import_recheck(request: ZoneRequest, register: Register, pk: int) -> HttpResponse:
    """Check a workbook anew, because the records have changed since."""
    run = _run(request, register, pk)
    by, now = request.user.username, clock.now()
    if run.imported_at is not None:
        run = _taken_again(register, run, by, now)
    else:
        run = actions.recheck_workbook(run=run, by=by, at=now)
    return _checked_anew(request, register, run)


def _taken_again(register: Register, run: ImportRun, by: str, at: datetime) -> ImportRun:
    """Return a new import of a file that was imported: its records may have changed since."""
    return actions.receive_workbook(
        register=register,
        zone=run.zone,
        content=bytes(run.content),
        file_name=run.file_name,
        reading=Reading.of(run.reading),
        source=run.source,
        by=by,
        at=at,
    )


def import_undo(request: ZoneRequest, register: Register, pk: int) -> HttpResponse:
    """Take an import back while nobody has worked on its rows."""
    run = _run(request, register, pk)
    by, now = request.user.username, clock.now()
    try:
        actions.undo_import(register=register, run=run, by=by, at=now)
    except (Refused, actions.WorkedOn) as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("已撤销这次导入，台账恢复到导入之前"))
    return redirect(jobs.address(run))


def import_absent(request: ZoneRequest, register: Register, pk: int) -> HttpResponse:
    """Keep which of the shown records that a complete file leaves out are to go."""
    run = _run(request, register, pk)
    numbers = {name: _numbers(request.POST.getlist(name)) for name in ("shown", "chosen")}
    by, now = request.user.username, clock.now()
    count = actions.choose_absent(run=run, by=by, at=now, **numbers)
    messages.success(request, _("已保存：确认导入时将办理 %(count)s 条记录") % {"count": count})
    return redirect(f"{jobs.address(run)}?outcome=absent")


def _numbers(texts: list[str]) -> list[int]:
    return [int(text) for text in texts if text.isdecimal() and len(text) < 19]


def import_errors(request: ZoneRequest, register: Register, pk: int) -> HttpResponse:
    """Download the error report of a checked workbook."""
    return exports.error_report(_run(request, register, pk))


def import_copy(request: ZoneRequest, register: Register, pk: int) -> HttpResponse:
    """Download the uploaded workbook with each wrong cell marked and explained."""
    run = _run(request, register, pk)
    try:
        encoding = Reading.of(run.reading).encoding
        copy = workbooks.annotate(bytes(run.content), run.file_name, problems(run), encoding)
    except workbooks.Unreadable as reason:
        messages.error(request, str(reason))
        return redirect(jobs.address(run))
    stem = run.file_name.rsplit(".", 1)[0]
    return exports.download(copy, _("%(name)s（标红）") % {"name": stem} + ".xlsx")


def _run(request: ZoneRequest, register: Register, pk: int) -> ImportRun:
    loading.require_leaf(request)
    run = queries.import_run(register, pk)
    if run is None:
        raise Http404
    return run
