"""A workbook into a register: upload, check, confirm."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from jingkai.apps.accounts import queries as accounts
from jingkai.apps.accounts.access import ZoneRequest
from jingkai.web import clock

from .. import actions, exports, presentation, queries, workbooks
from ..declaration import Register
from ..forms import UploadForm
from . import loading

MOST_RUNS = 10  # imports that the upload page recalls


def upload(request: ZoneRequest, register: Register) -> HttpResponse:
    """Take a workbook and check it."""
    loading.require_leaf(request)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            run, _plan = actions.check_workbook(
                register=register,
                zone=request.zone,
                content=file.read(workbooks.MOST_BYTES + 1),
                file_name=file.name,
                by=request.user.username,
                at=clock.now(),
            )
        except workbooks.Unreadable as reason:
            form.add_error("file", str(reason))
        else:
            return redirect(f"{register.kind}-import-run", zone=request.zone.code, pk=run.pk)
    runs = list(queries.import_runs(register)[:MOST_RUNS])
    authors = accounts.authors(run.by for run in runs)
    context = {
        "register": register,
        "links": presentation.links(register, request.zone.code),
        "steps": presentation.STEPS,
        "form": form,
        "runs": [(run, authors[run.by]) for run in runs],
    }
    return render(request, "registers/import.html", context, status=400 if form.errors else 200)


def import_run(request: ZoneRequest, register: Register, pk: int) -> HttpResponse:
    """Show what importing a checked workbook will do, and do it on confirmation."""
    run = queries.import_run(register, pk)
    if run is None:
        raise Http404
    errors = None
    if request.method == "POST":
        by = request.user.username
        try:
            run = actions.import_workbook(register=register, run=run, by=by, at=clock.now())
        except actions.NotClean as refusal:
            errors = refusal.plan.report()["errors"]
        else:
            messages.success(request, _("导入完成"))
            return redirect(f"{register.kind}-import-run", zone=request.zone.code, pk=pk)
    context = presentation.import_outcome(register, request.zone.code, run, errors)
    status = 409 if errors else 200
    return render(request, "registers/import_run.html", context, status=status)


def import_errors(request: ZoneRequest, register: Register, pk: int) -> HttpResponse:
    """Download the error report of a checked workbook."""
    run = queries.import_run(register, pk)
    if run is None:
        raise Http404
    return exports.error_report(run)
