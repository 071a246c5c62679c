"""What the dialogs of a list hold: fetched when somebody opens one, for few do."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from jingkai.apps.accounts.access import ZoneRequest

from .. import filters, presentation, queries
from ..declaration import Register
from . import saved

_Context = dict[str, Any]


def dialog(request: ZoneRequest, register: Register, name: str) -> HttpResponse:
    """Answer the content of one dialog, for the list that the query string asks for."""
    if name not in _DIALOGS:
        raise Http404
    template, context = _DIALOGS[name]
    return render(request, template, context(request, register))


def _filters(request: ZoneRequest, register: Register) -> _Context:
    asked = filters.read(register, request.GET, as_listed=True)
    counts = reverse(f"{register.kind}-counts", args=[request.zone.code])
    fields = filters.parameters(register) - {register.retires}  # of which it offers the bounds
    return {
        "kept": [pair for pair in presentation.kept(request.GET) if pair[0] not in fields],
        "search": request.GET.get("q", ""),
        "widgets": filters.widgets(register, request.GET),
        "counts_url": f"{counts}?{asked.query}",
    }


def _columns(request: ZoneRequest, register: Register) -> _Context:
    shown = queries.chosen_columns(register, request.GET)
    return {
        "search": request.GET.get("q", ""),
        "kept": presentation.kept(request.GET),
        "choosable": queries.choosable(register, shown),
    }


def _new_view(request: ZoneRequest, register: Register) -> _Context:
    return {
        "links": presentation.links(register, request.zone.code),
        "view_query": queries.view_query(register, request.GET),
        "audiences": presentation.audiences(),
    }


def _own_view(request: ZoneRequest, register: Register) -> _Context:
    views = saved.saved_views(request, register)
    context = presentation.saved_views(register, request.GET, views, request.user.username)
    if not context["is_own"]:
        raise Http404
    chosen = presentation.audience_of(context["opened"])
    links = presentation.links(register, request.zone.code)
    return context | {"links": links, "audiences": presentation.audiences(chosen)}


_DIALOGS: dict[str, tuple[str, Callable[[ZoneRequest, Register], _Context]]] = {
    "filters": ("registers/_filters.html", _filters),
    "columns": ("registers/_choose_columns.html", _columns),
    "save": ("registers/_save_view.html", _new_view),
    "change": ("registers/_change_view.html", _own_view),
}
