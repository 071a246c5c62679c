"""One record of a register: its page, its form."""

import json

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from jingkai.apps.accounts.access import ZoneRequest
from jingkai.apps.audit import queries as trail
from jingkai.web import clock

from .. import actions, checking, presentation, queries
from ..declaration import Register
from ..forms import RecordForm
from ..kinds import Refused
from ..models import Record
from ..presentation import Side
from . import loading


def detail(request: ZoneRequest, register: Register, pk: int) -> HttpResponse:
    """Show one record with its history."""
    record = loading.record(register, pk)
    if register.page:
        return redirect(register.page, zone=request.zone.code, pk=pk)
    changes = list(trail.history(register.kind, str(pk)))
    context = {
        "register": register,
        "links": presentation.links(register, request.zone.code, pk=pk),
        "record": record,
        "terms": presentation.terms_with_history(queries.details(register, record), changes),
        "entries": presentation.history(register, changes),
        "warnings": _warnings(register, record),
        "can_edit": loading.can_edit(request, register) and register.is_editable,
        "can_attach": loading.can_edit(request, register),
        "proofs": presentation.proofs(register, request.zone.code, record),
        "notes": presentation.beside(register, record, request, on=clock.today()),
        "revealable": presentation.revealable(register, record),
    }
    if register.panel_context:
        context |= register.panel_context(record)
    return render(request, "registers/detail.html", context)


def new(request: ZoneRequest, register: Register) -> HttpResponse:
    """Add a record by hand."""
    loading.require_leaf(request)
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
    record = loading.record(register, pk)
    data = request.POST if request.method == "POST" else None
    form = RecordForm(register, record.zone, data, record)
    if data is None or not form.is_valid() or "again" in data:
        return _form_page(request, register, form, record)
    try:
        changed = actions.change_record(
            register=register,
            record=record,
            values=form.cleaned_data,
            version=_version(data),
            by=request.user.username,
            at=clock.now(),
            reason=data.get("reason", ""),
        )
    except Refused as reason:
        _show(form, reason)
        return _form_page(request, register, form, record)
    except actions.Conflict as conflict:
        return _merge_page(request, register, form, conflict)
    return _saved(request, register, changed)


def delete(request: ZoneRequest, register: Register, pk: int) -> HttpResponse:
    """Take a record out, with a reason."""
    record = loading.record(register, pk)
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


def _warnings(register: Register, record: Record) -> list[str]:
    found = presentation.lacking(register, record)
    if register.warn is None:
        return found
    unread = {column.name: None for column in register.held if not column.may_read}
    row = checking.of_record(register, record) | unread | {"pk": record.pk}
    return found + register.warn(row)


def _show(form: RecordForm, reason: Refused) -> None:
    form.add_error(reason.column if reason.column in form.fields else None, str(reason))


def _form_page(
    request: ZoneRequest, register: Register, form: RecordForm, record: Record | None
) -> HttpResponse:
    links = presentation.links(register, request.zone.code)
    version = form.data.get("version") or (record.version if record else 0)
    context = {"register": register, "links": links, "form": form, "record": record}
    context["version"] = version
    return render(request, "registers/form.html", context, status=400 if form.errors else 200)


def _merge_page(
    request: ZoneRequest, register: Register, form: RecordForm, conflict: actions.Conflict
) -> HttpResponse:
    current = RecordForm(register, request.zone, record=conflict.current)
    merged = presentation.merge(register, _opened(form), form.data, current.initial)
    context = {
        "register": register,
        "links": presentation.links(register, request.zone.code, pk=conflict.current.pk),
        "record": conflict.current,
        "base": current.base,
        "reason": form.data.get("reason", ""),
        "conflict": str(conflict),
        "same": [column for column in merged if column.side is Side.NOBODY],
        "taken": [column for column in merged if column.side in {Side.MINE, Side.THEIRS}],
        "asked": [column for column in merged if column.side is Side.ASKED],
    }
    return render(request, "registers/merge.html", context, status=409)


def _opened(form: RecordForm) -> dict[str, str]:
    """Return the texts that the form was opened with; what is no such thing counts as unknown."""
    try:
        found = json.loads(form.base)
    except (ValueError, RecursionError):
        return {}
    return {n: t for n, t in found.items() if isinstance(t, str)} if type(found) is dict else {}


def _version(data: QueryDict) -> int:
    """Return the version that the form was opened at, 0 where it is none."""
    text = data.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _saved(request: ZoneRequest, register: Register, record: Record) -> HttpResponse:
    messages.success(request, _("已保存“%(record)s”") % {"record": record})
    for warning in _warnings(register, record):
        messages.warning(request, warning)
    return redirect(f"{register.kind}-detail", zone=request.zone.code, pk=record.pk)
