"""Load and authorise, show a form or do what it says: as every page of the area does."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from jingkai.apps.accounts import queries as accounts
from jingkai.apps.accounts.access import ZoneRequest
from jingkai.apps.land import queries as land
from jingkai.apps.registers.kinds import Refused
from jingkai.web import clock

from .. import actions, queries

REFUSALS = (
    actions.CaseClosed,
    actions.NotApproved,
    actions.NotDescribed,
    actions.NotDrafted,
    actions.NotEnded,
    actions.NotOpened,
    actions.NotPlanned,
    actions.NotRead,
    actions.NotRecorded,
    actions.NotSuspended,
    actions.NotWithdrawn,
    Refused,
)


def case(request: ZoneRequest, pk: int) -> Any:
    """Return the case; what is rolled up in a city is written in its own zone only."""
    found = queries.case(pk)
    if found is None or not accounts.is_leaf(request.zone):
        raise Http404
    return found


def step(request: ZoneRequest, pk: int) -> Any:
    """Return the step, for a write."""
    found = queries.step(pk)
    if found is None or not accounts.is_leaf(request.zone):
        raise Http404
    return found


def parcel(request: ZoneRequest, pk: int) -> Any:
    """Return the parcel, for a write."""
    found = land.parcel(pk)
    if found is None or not accounts.is_leaf(request.zone):
        raise Http404
    return found


def people(request: ZoneRequest) -> Any:
    """Return who may handle a case of the zone."""
    return accounts.people_of(request.zone, on=clock.today())


def data(request: ZoneRequest) -> Any:
    """Return what was posted, None where nothing was."""
    return request.POST if request.method == "POST" else None


def first(request: ZoneRequest, *names: str) -> dict[str, Any]:
    """Return today for each of the days that a form asks, and what the address says."""
    today: date = clock.today()
    return {**dict.fromkeys(names, today), **request.GET.dict()}


def by_and_at(request: ZoneRequest) -> dict[str, Any]:
    """Return who acts, and when."""
    return {"by": request.user.username, "at": clock.now()}


def answer(
    request: ZoneRequest,
    form: forms.BaseForm,
    context: dict[str, Any],
    act: Callable[[dict[str, Any]], None],
) -> HttpResponse:
    """Show the form, or do what it says and lead back."""
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except REFUSALS as reason:
            _show(form, reason)
        else:
            messages.success(request, _("已保存"))
            return redirect(context["back"])
    return show(request, form, context)


def show(request: ZoneRequest, form: forms.BaseForm, context: dict[str, Any]) -> HttpResponse:
    """Show the form, with what is wrong with it."""
    context = {**context, "form": form}
    return render(request, "idle/form.html", context, status=400 if form.errors else 200)


def _show(form: forms.BaseForm, reason: Exception) -> None:
    """Put each refusal on a line of its own, so that every article can be read."""
    if isinstance(reason, actions.StepRefused):
        for lack in reason.lacks:
            form.add_error(None, str(lack))
        return
    form.add_error(None, str(reason))
