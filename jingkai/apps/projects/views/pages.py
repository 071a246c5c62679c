"""What is read: the board, the 六未, one project."""

from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from jingkai.apps.accounts import access
from jingkai.apps.accounts.access import ZoneRequest
from jingkai.apps.accounts.roles import Permission
from jingkai.core.lifecycle import StallKind
from jingkai.web import clock

from .. import queries
from ..forms import STALLS, BoardForm
from . import dossier


@access.page(Permission.READ_PROJECTS)
def board(request: ZoneRequest) -> HttpResponse:
    """Show the projects by stage."""
    today = clock.today()
    form = BoardForm(request.GET, people=queries.people(request.zone, on=today))
    asked = form.cleaned_data if form.is_valid() else {}
    found = queries.board(asked, on=today)
    listed = reverse("projects-list", args=[request.zone.code])
    columns = [
        (
            column,
            f"{listed}?{_same_in_list(asked, column)}",
            dossier.cards(column, request.zone.code),
        )
        for column in found.columns
    ]
    context = {"form": form, "board": found, "columns": columns}
    return render(request, "projects/board.html", context, status=400 if form.errors else 200)


@access.page(Permission.READ_PROJECTS)
def stalls(request: ZoneRequest) -> HttpResponse:
    """Show how many projects are in each of the 六未, and those of one."""
    today = clock.today()
    asked = request.GET.get("kind", StallKind.SIGNED_NOT_SETTLED.value)
    if asked not in list(StallKind):
        raise Http404
    kind, counts = StallKind(asked), queries.stall_counts(on=today)
    here = reverse("stalls", args=[request.zone.code])
    context = {
        "kind": STALLS[kind],
        "stats": [
            dossier.stall_stat(k, *counts[k], f"{here}?kind={k}", k is kind) for k in StallKind
        ],
        "rows": dossier.stall_rows(queries.stall_rows(kind, on=today), request.zone.code),
        "count": counts[kind][0],
        "today": today,
    }
    return render(request, "projects/stalls.html", context)


@access.page(Permission.READ_PROJECTS)
def project(request: ZoneRequest, pk: int) -> HttpResponse:
    """Show one project: how far it came, on what evidence, what is missing, what was promised."""
    found = queries.project(pk)
    if found is None:
        raise Http404
    context = dossier.page(found, request, on=clock.today())
    return render(request, "projects/project.html", context)


def _same_in_list(asked: dict[str, object], column: queries.Column) -> str:
    """Return the list's query for what the board shows; the 六未 have a page of their own."""
    pairs = {"stage": column.stage.value}
    for name in ("light", "status", "lacking"):
        value = asked.get(name)
        if value and value != queries.READY:
            pairs[name] = str(value)
    if asked.get("officer"):
        pairs["service_officer"] = str(asked["officer"])
    return urlencode(pairs)
