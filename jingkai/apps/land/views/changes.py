"""Splitting a parcel, merging parcels, and taking that back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from jingkai.apps.accounts import access
from jingkai.apps.accounts import queries as accounts
from jingkai.apps.accounts.access import ZoneRequest
from jingkai.apps.accounts.roles import Permission
from jingkai.apps.registers.kinds import Refused
from jingkai.web import clock

from .. import actions, presentation, queries
from ..forms import FEWEST_PARTS, MOST_PARTS, ChangeForm, MergeForm, SplitForm, UndoForm


@access.form(Permission.EDIT_LAND)
def split(request: ZoneRequest, pk: int) -> HttpResponse:
    """Cut a parcel into parts, each with what goes with it."""
    parcel = _parcel(request, pk)
    data = request.POST if request.method == "POST" else None
    form = SplitForm(data, parcel=parcel, parts=_count(request), today=clock.today())

    def act(said: dict[str, Any]) -> Any:
        return actions.split_parcel(parcel=parcel, parts=form.wanted(), **said)

    context = presentation.split_page(form, range(FEWEST_PARTS, MOST_PARTS + 1))
    return _answer(request, form, "land/split.html", context, act)


@access.form(Permission.EDIT_LAND)
def merge(request: ZoneRequest, pk: int) -> HttpResponse:
    """Merge a parcel with others into one."""
    parcel = _parcel(request, pk)
    data = request.POST if request.method == "POST" else None
    form = MergeForm(data, parcel=parcel, today=clock.today())

    def act(said: dict[str, Any]) -> Any:
        parcels = form.cleaned_data["parcels"]
        return actions.merge_parcels(parcels=parcels, into=form.wanted(), **said)

    return _answer(request, form, "land/merge.html", presentation.merge_page(form), act)


@access.verb(Permission.EDIT_LAND)
def undo_change(request: ZoneRequest, pk: int) -> HttpResponse:
    """Take back the split or merger that retired the parcel."""
    parcel = _parcel(request, pk)
    change, form = queries.change_to(parcel), UndoForm(request.POST)
    if change is None:
        raise Http404
    try:
        reason = form.data.get("reason", "")
        by, at = request.user.username, clock.now()
        actions.undo_parcel_change(change=change, by=by, at=at, reason=reason)
    except actions.NotChanged as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("已撤销，原宗地恢复"))
    return redirect("parcel", zone=request.zone.code, pk=pk)


def _parcel(request: ZoneRequest, pk: int) -> Any:
    """Return the parcel; what is rolled up in a city is written in its own zone only."""
    found = queries.parcel(pk) if accounts.is_leaf(request.zone) else None
    if found is None:
        raise Http404
    return found


def _count(request: ZoneRequest) -> int:
    asked = request.GET.get("parts", "")
    return int(asked) if asked.isdecimal() else FEWEST_PARTS


def _answer(
    request: ZoneRequest,
    form: ChangeForm,
    template: str,
    context: dict[str, Any],
    act: Callable[[dict[str, Any]], Any],
) -> HttpResponse:
    """Show the form, or do what it says and lead to the first parcel that came of it."""
    if form.is_valid():
        try:
            made = act(form.said() | {"by": request.user.username, "at": clock.now()})
        except Refused as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("已保存，原宗地转为历史"))
            first = queries.first_made(made)
            return redirect("parcel", zone=request.zone.code, pk=first.pk)
    return render(request, template, context, status=400 if form.errors else 200)
