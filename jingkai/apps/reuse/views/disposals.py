"""One disposal, and what is done with it: each a form on a page of its own, fit for a phone."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from jingkai.apps.accounts import access
from jingkai.apps.accounts import queries as accounts
from jingkai.apps.accounts.access import ZoneRequest
from jingkai.apps.accounts.roles import Permission
from jingkai.apps.audit import queries as trail
from jingkai.apps.registers import fitting
from jingkai.apps.registers import presentation as records
from jingkai.apps.registers.kinds import Refused
from jingkai.web import clock

from .. import actions, presentation, queries
from ..forms import ChangeForm, FinishForm, StepForm, WithdrawForm
from ..register import DISPOSALS

READ, EDIT = Permission.READ_LAND, Permission.EDIT_LAND


@access.page(READ)
def disposal(request: ZoneRequest, pk: int) -> HttpResponse:
    """Show one disposal: its steps with their gates, its money, its history."""
    found = queries.disposal(pk)
    if found is None:
        raise Http404
    today, zone = clock.today(), request.zone.code
    register = fitting.of(request, DISPOSALS)
    is_open = queries.is_open(found)
    steps = presentation.steps(queries.step_states(found, on=today))
    context = {
        "disposal": found,
        "subject": found.plant or found.parcel,
        "subject_url": _subject_url(found, zone),
        "tone": presentation.STATUSES[found.status],
        "steps": steps,
        "is_ready": all(one["is_done"] or one["is_optional"] for one in steps),
        "terms": presentation.terms(found),
        "outcome": presentation.outcome(found),
        "money": presentation.money(found.money.all()),
        "may_edit": is_open and EDIT in request.permissions and accounts.is_leaf(request.zone),
        "links": records.links(register, zone, pk=pk),
        "notes": records.beside(register, found, request, on=today),
        "history": presentation.history(register, trail.history(register.kind, str(pk))),
    }
    return render(request, "reuse/disposal.html", context)


@access.form(READ, EDIT)
def step(request: ZoneRequest, pk: int) -> HttpResponse:
    """Record a step, planned or done."""
    found = _disposal(request, pk)
    form = StepForm(
        _data(request),
        initial={"done_on": clock.today(), **request.GET.dict()},
        disposal=found,
        zone=request.zone,
        today=clock.today(),
    )

    def act(said: dict[str, Any]) -> None:
        actions.record_step(disposal=found, **said)

    return _answer(request, found, form, _("登记步骤"), act)


@access.form(READ, EDIT)
def change(request: ZoneRequest, pk: int) -> HttpResponse:
    """Change what was agreed."""
    found = _disposal(request, pk)
    initial = {name: getattr(found, name) for name in actions.AGREED}
    form = ChangeForm(_data(request), initial=initial, zone=request.zone, today=clock.today())

    def act(said: dict[str, Any]) -> None:
        by, at = said.pop("by"), said.pop("at")
        actions.change_disposal(disposal=found, values=said, by=by, at=at)

    return _answer(request, found, form, _("修改约定"), act)


@access.form(READ, EDIT)
def finish(request: ZoneRequest, pk: int) -> HttpResponse:
    """Record that the land or plant is in use again."""
    found = _disposal(request, pk)
    form = FinishForm(_data(request), initial={"on": clock.today()}, disposal=found)

    def act(said: dict[str, Any]) -> None:
        actions.finish_disposal(disposal=found, **said)

    return _answer(request, found, form, _("办结处置"), act)


@access.form(READ, EDIT)
def withdraw(request: ZoneRequest, pk: int) -> HttpResponse:
    """Give the disposal up."""
    found = _disposal(request, pk)
    form = WithdrawForm(_data(request))

    def act(said: dict[str, Any]) -> None:
        actions.withdraw_disposal(disposal=found, **said)

    return _answer(request, found, form, _("撤销处置"), act)


def _disposal(request: ZoneRequest, pk: int) -> Any:
    """Return the disposal; what is rolled up in a city is written in its own zone only."""
    found = queries.disposal(pk) if accounts.is_leaf(request.zone) else None
    if found is None:
        raise Http404
    return found


def _subject_url(found: Any, zone: str) -> str:
    name, pk = ("plant", found.plant_id) if found.plant_id else ("parcel", found.parcel_id)
    return reverse(name, args=[zone, pk])


def _data(request: ZoneRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _answer(
    request: ZoneRequest,
    found: Any,
    form: forms.Form,
    title: str,
    act: Callable[[dict[str, Any]], None],
) -> HttpResponse:
    """Show the form, or do what it says and lead back to the disposal."""
    back = redirect("disposal", zone=request.zone.code, pk=found.pk)
    if not queries.is_open(found):
        messages.error(request, _("处置已办结或撤销，不能再办理"))
        return back
    if form.is_valid():
        try:
            act(form.cleaned_data | {"by": request.user.username, "at": clock.now()})
        except Refused as reason:
            form.add_error(reason.column if reason.column in form.fields else None, str(reason))
        else:
            messages.success(request, _("已保存"))
            return back
    context = {"disposal": found, "form": form, "title": title}
    return render(request, "reuse/form.html", context, status=400 if form.errors else 200)
