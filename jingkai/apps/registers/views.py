"""The pages of a register: list, record, form, import, export. Bound to each register by urls."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from jingkai.apps.accounts import queries as accounts
from jingkai.apps.accounts.access import ZoneRequest
from jingkai.apps.accounts.roles import Permission
from jingkai.apps.audit import queries as trail
from jingkai.web import clock

from . import actions, exports, filters, presentation, queries, workbooks
from .declaration import Register
from .forms import RecordForm, UploadForm
from .kinds import Refused
from .models import Record

MOST_RUNS = 10  # imports that the upload page recalls


def listing(
    request: ZoneRequest, register: Register, rows: QuerySet[Any] | None = None
) -> dict[str, Any]:
    """Return the context of ``registers/_list.html``: the rows given, or all, as asked."""
    asked = filters.read(register, request.GET)
    chosen = queries.rows_of(register)
    if rows is not None:
        chosen = queries.with_expressions(register, rows)
    columns = [column for column in register.bound if column.listed]
    base = reverse(f"{register.kind}-list", args=[request.zone.code])
    page = queries.page(register, asked, chosen, base=base, columns=[c.name for c in columns])
    return {
        "register": register,
        "links": presentation.links(register, request.zone.code, asked.query),
        "asked": asked,
        "columns": [presentation.heading(asked, column) for column in columns],
        "page": page,
        "pages": presentation.pages(asked, page),
        "total_url": "" if page.is_exact or rows is not None else f"{base}total/?{asked.query}",
        "kept": presentation.kept(request.GET),
        "can_edit": _can_edit(request, register),
        "can_export": Permission.EXPORT in request.permissions,
        "search": request.GET.get("q", ""),
        "embedded": rows is not None,
    }


def index(request: ZoneRequest, register: Register) -> HttpResponse:
    """Show the list."""
    context = listing(request, register)
    context["widgets"] = filters.widgets(register, request.GET)
    status = 400 if context["asked"].errors else 200
    return render(request, "registers/list.html", context, status=status)


def total(request: ZoneRequest, register: Register) -> HttpResponse:
    """Answer the exact number of rows that the filters leave."""
    asked = filters.read(register, request.GET)
    number = queries.total(asked, queries.rows_of(register))
    return HttpResponse(f"{number:,}", content_type="text/plain; charset=utf-8")


def suggest(request: ZoneRequest, register: Register) -> HttpResponse:
    """Answer the records that a reference may mean, as options of a datalist."""
    text = next(iter(request.GET.dict().values()), "")[:40]
    found = queries.suggestions(register, text)
    return render(request, "registers/_suggestions.html", {"found": found})


def detail(request: ZoneRequest, register: Register, pk: int) -> HttpResponse:
    """Show one record with its history."""
    record = _record(register, pk)
    if register.page:
        return redirect(register.page, zone=request.zone.code, pk=pk)
    context = {
        "register": register,
        "links": presentation.links(register, request.zone.code, pk=pk),
        "record": record,
        "terms": presentation.terms(queries.details(register, record)),
        "entries": presentation.history(register, trail.history(register.kind, str(pk))),
        "warnings": _warnings(register, record),
        "can_edit": _can_edit(request, register) and register.is_editable,
    }
    if register.panel_context:
        context |= register.panel_context(record)
    return render(request, "registers/detail.html", context)


def new(request: ZoneRequest, register: Register) -> HttpResponse:
    """Add a record by hand."""
    _require_leaf(request)
    data = request.POST if request.method == "POST" else None
    initial = {register.key: queries.next_code(register)} | request.GET.dict()
    form = RecordForm(register, request.zone, data, initial=initial)
    if data is not None and form.is_valid():
        try:
            record = actions.create_record(
                register=register,
                zone=request.zone,
                values=form.cleaned_data,
                by=request.user.username,
                at=clock.now(),
            )
        except Refused as reason:
            _show(form, reason)
        else:
            return _saved(request, register, record)
    return _form_page(request, register, form, None)


def edit(request: ZoneRequest, register: Register, pk: int) -> HttpResponse:
    """Change a record; the loser of a concurrent edit sees what stands now."""
    record = _record(register, pk)
    data = request.POST if request.method == "POST" else None
    form = RecordForm(register, record.zone, data, record)
    if data is None or not form.is_valid():
        return _form_page(request, register, form, record)
    try:
        changed = actions.change_record(
            register=register,
            record=record,
            values=form.cleaned_data,
            version=int(data.get("version", "0") or 0),
            by=request.user.username,
            at=clock.now(),
            reason=data.get("reason", ""),
        )
    except Refused as reason:
        _show(form, reason)
        return _form_page(request, register, form, record)
    except actions.Conflict as conflict:
        return _conflict_page(request, register, form, conflict)
    return _saved(request, register, changed)


def delete(request: ZoneRequest, register: Register, pk: int) -> HttpResponse:
    """Take a record out, with a reason."""
    record = _record(register, pk)
    reason = request.POST.get("reason", "")
    by = request.user.username
    try:
        actions.delete_record(
            register=register, record=record, by=by, at=clock.now(), reason=reason
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(f"{register.kind}-detail", zone=request.zone.code, pk=pk)
    messages.success(request, _("已删除“%(record)s”，内容留存于操作留痕") % {"record": record})
    return redirect(f"{register.kind}-list", zone=request.zone.code)


def template(request: ZoneRequest, register: Register) -> HttpResponse:
    """Download the empty workbook."""
    name = _("%(name)s（导入模板）") % {"name": register.name}
    return exports.download(workbooks.template(register), f"{name}.xlsx")


def export(request: ZoneRequest, register: Register) -> HttpResponse:
    """Download the filtered list as xlsx or csv."""
    return exports.answer(request, register, queries.rows_of(register))


def upload(request: ZoneRequest, register: Register) -> HttpResponse:
    """Take a workbook and check it."""
    _require_leaf(request)
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


def _record(register: Register, pk: int) -> Record:
    found = queries.record(register, pk)
    if found is None:
        raise Http404
    return found


def _can_edit(request: ZoneRequest, register: Register) -> bool:
    return register.edit in request.permissions and accounts.is_leaf(request.zone)


def _require_leaf(request: ZoneRequest) -> None:
    if not accounts.is_leaf(request.zone):
        raise Http404


def _warnings(register: Register, record: Record) -> list[str]:
    if register.warn is None:
        return []
    return register.warn(
        {c.name: getattr(record, c.name) for c in register.typed} | {"pk": record.pk}
    )


def _show(form: RecordForm, reason: Refused) -> None:
    form.add_error(reason.column if reason.column in form.fields else None, str(reason))


def _form_page(
    request: ZoneRequest, register: Register, form: RecordForm, record: Record | None
) -> HttpResponse:
    links = presentation.links(register, request.zone.code)
    context = {"register": register, "links": links, "form": form, "record": record}
    return render(request, "registers/form.html", context, status=400 if form.errors else 200)


def _conflict_page(
    request: ZoneRequest, register: Register, form: RecordForm, conflict: actions.Conflict
) -> HttpResponse:
    current = RecordForm(register, request.zone, record=conflict.current).initial
    differences = [
        (column.label, form.data.get(column.name, ""), current[column.name])
        for column in register.typed
        if form.data.get(column.name, "") != current[column.name]
    ]
    context = {
        "register": register,
        "links": presentation.links(register, request.zone.code),
        "record": conflict.current,
        "form": form,
        "conflict": str(conflict),
        "differences": differences,
    }
    return render(request, "registers/form.html", context, status=409)


def _saved(request: ZoneRequest, register: Register, record: Record) -> HttpResponse:
    messages.success(request, _("已保存“%(record)s”") % {"record": record})
    for warning in _warnings(register, record):
        messages.warning(request, warning)
    return redirect(f"{register.kind}-detail", zone=request.zone.code, pk=record.pk)
