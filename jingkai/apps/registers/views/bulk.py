"""Many records at once: choose what to do, look at what it would do, confirm, undo."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from jingkai.apps.accounts.access import ZoneRequest
from jingkai.apps.work import actions as work
from jingkai.apps.work import queries as jobs
from jingkai.web import clock
from jingkai.web.parts import Link

from .. import actions, presentation, queries
from ..declaration import BoundColumn, Register
from ..forms import ManyForm
from ..models import Batch, BatchState, RowOutcome
from . import loading

JOB = "registers.bulk"
SHOWN = 200
NOT_FILTERS = {"page", "every", "pk", "verb", "columns", "view"}
PREFIX = "set-"


def choose(request: ZoneRequest, register: Register) -> HttpResponse:
    """Ask what to do to the records chosen, and lead on to its preview."""
    loading.require_leaf(request)
    query = _query(request)
    if not query:
        messages.error(request, _("请先在列表中勾选记录"))
        return redirect(f"{register.kind}-list", zone=request.zone.code)
    verbs = presentation.verbs(register, request.permissions, can_edit=True)
    verb = request.POST.get("verb") or request.GET.get("verb") or verbs[0][0]
    if verb not in dict(verbs):
        raise Http404
    columns = _columns(register, verb)
    form = ManyForm(columns, request.zone, request.POST, chosen=_chosen(request, verb, columns))
    if request.method == "POST" and form.is_valid():
        try:
            return _previewed(request, register, verb, query, form)
        except actions.NotApplied as reason:
            form.add_error(None, str(reason))
    return _choice_page(request, register, (verb, verbs, query), form)


def batch(request: ZoneRequest, register: Register, pk: int) -> HttpResponse:
    """Show what a batch would do or has done; do it on confirmation."""
    loading.require_leaf(request)
    found = _found(register, pk)
    if request.method == "POST" and found.state == BatchState.READY:
        return _confirmed(request, register, found)
    return _batch_page(request, register, found)


def undo(request: ZoneRequest, register: Register, pk: int) -> HttpResponse:
    """Put the records of a batch back as they were."""
    loading.require_leaf(request)
    found = _found(register, pk)
    try:
        actions.undo_batch(
            register=register,
            batch=found,
            permissions=request.permissions,
            by=request.user.username,
            at=clock.now(),
        )
    except actions.NotApplied as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("已撤销这次批量操作"))
    return redirect(f"{register.kind}-batch", zone=request.zone.code, pk=pk)


def _query(request: ZoneRequest) -> str:
    """Return what chooses the rows: the records ticked, or the filters where all were asked."""
    if "every" not in request.GET:
        return urlencode([("pk", pk) for pk in request.GET.getlist("pk")])
    pairs = [(n, v) for n in request.GET for v in request.GET.getlist(n) if v]
    return urlencode([("every", "1"), *(pair for pair in pairs if pair[0] not in NOT_FILTERS)])


def _columns(register: Register, verb: str) -> list[BoundColumn]:
    if verb == queries.CHANGE:
        return queries.settable(register)
    found = queries.transition(register, verb)
    return list(found.bound) if found else []


def _chosen(request: ZoneRequest, verb: str, columns: list[BoundColumn]) -> set[str]:
    if verb != queries.CHANGE:
        return {column.name for column in columns}
    return {column.name for column in columns if f"{PREFIX}{column.name}" in request.POST}


def _previewed(
    request: ZoneRequest, register: Register, verb: str, query: str, form: ManyForm
) -> HttpResponse:
    opened, count = actions.open_batch(
        register=register,
        zone=request.zone,
        wanted=actions.WantedOfMany(
            verb=verb,
            query=query,
            values=form.values,
            reason=form.cleaned_data["reason"],
            is_whole=form.cleaned_data["is_whole"],
        ),
        by=request.user.username,
        at=clock.now(),
    )
    if count > queries.HERE:
        _start(request, register, (opened, "plan", count))
    else:
        actions.plan_batch(
            register=register, batch=opened, permissions=request.permissions, at=clock.now()
        )
    return redirect(f"{register.kind}-batch", zone=request.zone.code, pk=opened.pk)


def _confirmed(request: ZoneRequest, register: Register, found: Batch) -> HttpResponse:
    answer = redirect(f"{register.kind}-batch", zone=request.zone.code, pk=found.pk)
    ready = queries.batch_counts(found).get(RowOutcome.READY, 0)
    if ready > queries.HERE:
        _start(request, register, (found, "apply", ready))
        return answer
    try:
        actions.apply_batch(
            register=register,
            batch=found,
            permissions=request.permissions,
            by=request.user.username,
            at=clock.now(),
        )
    except actions.NotApplied as reason:
        return _batch_page(request, register, found, error=str(reason))
    messages.success(request, _("批量操作已执行"))
    return answer


def _start(request: ZoneRequest, register: Register, step: tuple[Batch, str, int]) -> None:
    found, name, rows = step
    back = reverse(f"{register.kind}-batch", args=[request.zone.code, found.pk])
    work.start(
        zone=request.zone,
        kind=JOB,
        key=f"{found.pk}-{name}",
        payload={
            "batch": found.pk,
            "step": name,
            "rows": rows,
            "url": back,
            "back_url": back,
            "permission": register.edit,
        },
        by=request.user.username,
        at=clock.now(),
        label=_("批量操作：%(name)s") % {"name": register.name},
    )


def _found(register: Register, pk: int) -> Batch:
    found = queries.batch(register, pk)
    if found is None:
        raise Http404
    return found


def _choice_page(
    request: ZoneRequest,
    register: Register,
    asked: tuple[str, list[tuple[str, str]], str],
    form: ManyForm,
) -> HttpResponse:
    verb, verbs, query = asked
    rows = queries.rows_asked(register, query)
    links = presentation.links(register, request.zone.code)
    context = {
        "register": register,
        "links": links,
        "form": form,
        "verb": verb,
        "verbs": [
            Link(label=label, url=f"?{query}&verb={name}", active=name == verb)
            for name, label in verbs
        ],
        "is_change": verb == queries.CHANGE,
        "is_delete": verb == queries.DELETE,
        "count": rows.order_by().count(),
        "most": queries.MOST,
        "narrower": f"{links['list']}?{query.removeprefix('every=1').removeprefix('&')}",
        "entries": [(form[column.name], column.name in form.chosen) for column in form.columns],
        "action": f"?{query}&verb={verb}",
    }
    return render(request, "registers/bulk.html", context, status=400 if form.errors else 200)


def _batch_page(
    request: ZoneRequest, register: Register, found: Batch, error: str = ""
) -> HttpResponse:
    outcome = request.GET.get("outcome", "")
    rows = queries.batch_rows(found)
    if outcome in RowOutcome.values:
        rows = rows.filter(outcome=outcome)
    counts = queries.batch_counts(found)
    context: dict[str, Any] = {
        "register": register,
        "links": presentation.links(register, request.zone.code),
        "batch": found,
        "verb": presentation.verb_name(register, found),
        "asked": presentation.asked(register, found),
        "counts": presentation.outcome_links(counts, outcome),
        "ready": counts.get(RowOutcome.READY, 0),
        "lines": presentation.batch_lines(register, found, rows[:SHOWN]),
        "more": max(rows.count() - SHOWN, 0),
        "job": _job(found),
        "error": error,
        "may_undo": found.state == BatchState.APPLIED
        and queries.permission_for(register, found.verb) in request.permissions
        and actions.may_be_undone(batch=found),
        "undo_url": reverse(f"{register.kind}-batch-undo", args=[request.zone.code, found.pk]),
    }
    return render(request, "registers/batch.html", context, status=409 if error else 200)


def _job(found: Batch) -> Any:
    """Return the job that still works on the batch, or that failed at it."""
    step = {BatchState.PLANNING: "plan", BatchState.READY: "apply"}.get(BatchState(found.state))
    return jobs.latest(kind=JOB, key=f"{found.pk}-{step}") if step else None
