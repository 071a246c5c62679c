"""What is read: the statuses of all parcels, the board of cases, one case, a paper's file."""

from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from jingkai.apps.accounts import access
from jingkai.apps.accounts.access import ZoneRequest
from jingkai.apps.accounts.roles import Permission
from jingkai.apps.files import disk
from jingkai.web import clock

from .. import presentation, queries
from ..forms import BoardFilter, StatusFilter
from . import loading


@access.page(Permission.READ_LAND)
def index(request: ZoneRequest) -> HttpResponse:
    """Show what the law says of every parcel today."""
    form = StatusFilter(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    number = request.GET.get("page", "1")
    page = int(number) if number.isdecimal() and len(number) < 7 else 1
    context = presentation.status_page(asked, max(page, 1), request, on=clock.today())
    context |= {"form": form, "may_settle": Permission.HANDLE_IDLE_LAND in request.permissions}
    return render(request, "idle/index.html", context, status=400 if form.errors else 200)


@access.page(Permission.READ_LAND)
def board(request: ZoneRequest) -> HttpResponse:
    """Show the open cases by where they stand."""
    today = clock.today()
    form = BoardFilter(request.GET, people=loading.people(request))
    asked = form.cleaned_data if form.is_valid() else {}
    found = queries.board(on=today, officer=asked.get("officer"))
    context = {
        "form": form,
        "columns": presentation.board(found, request.zone.code, on=today),
        "count": sum(column.count for column in found),
        "list_url": reverse("idle-cases-list", args=[request.zone.code]),
    }
    return render(request, "idle/board.html", context, status=400 if form.errors else 200)


@access.page(Permission.READ_LAND)
def case(request: ZoneRequest, pk: int) -> HttpResponse:
    """Show one case: the procedure with its clocks, what is next and why not yet."""
    found = queries.case(pk)
    if found is None:
        raise Http404
    context = presentation.case_page(found, request, on=clock.today())
    return render(request, "idle/case.html", context)


@access.page(Permission.READ_LAND)
def paper_file(request: ZoneRequest, pk: int) -> HttpResponseBase:
    """Download a paper as it was drafted."""
    found = queries.paper(pk)
    if found is None:
        raise Http404
    place = disk.root() / found.file.path
    if not place.exists():
        raise Http404
    return FileResponse(
        place.open("rb"),
        as_attachment=True,
        filename=found.file.name,
        content_type=found.file.media_type,
    )
