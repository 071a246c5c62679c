"""The board, and the measures for one parcel or plant side by side."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from jingkai.apps.accounts import access
from jingkai.apps.accounts import queries as accounts
from jingkai.apps.accounts.access import ZoneRequest
from jingkai.apps.accounts.roles import Permission
from jingkai.core.indicators import year
from jingkai.web import clock

from .. import presentation, queries

EARLIEST, LATEST = 2000, 2100


@access.page(Permission.READ_LAND)
def board(request: ZoneRequest) -> HttpResponse:
    """Show what there is to dispose of, how far it is, and what it brought in a year."""
    today, zone = clock.today(), request.zone.code
    asked = request.GET.get("year", "")
    number = int(asked) if asked.isascii() and asked.isdigit() else today.year
    if not EARLIEST <= number <= LATEST:
        raise Http404
    period = year(number)
    found = queries.board(period)
    context = {
        "board": found,
        "year": number,
        "years": range(today.year, today.year - 5, -1),
        "survey": presentation.survey_stats(found, zone),
        "maps": presentation.map_links(zone),
        "results": presentation.result_stats(found, period, zone),
        "groups": presentation.group_rows(found, zone),
        "statuses": presentation.status_names(),
        "slow": presentation.disposal_rows(found.slow, zone, on=today),
        "may_edit": _may_edit(request),
    }
    return render(request, "reuse/board.html", context)


@access.page(Permission.READ_LAND)
def parcel_measures(request: ZoneRequest, pk: int) -> HttpResponse:
    """Show the measures for a parcel side by side."""
    found = queries.parcel(pk)
    if found is None:
        raise Http404
    return _measures(request, found, found, None)


@access.page(Permission.READ_LAND)
def plant_measures(request: ZoneRequest, pk: int) -> HttpResponse:
    """Show the measures for a plant side by side."""
    found = queries.plant(pk)
    if found is None:
        raise Http404
    return _measures(request, found, None, found)


def _measures(request: ZoneRequest, subject: Any, parcel: Any, plant: Any) -> HttpResponse:
    zone = request.zone.code
    found = queries.comparison(parcel, plant, on=clock.today())
    name = "plant" if plant else "parcel"
    context: dict[str, Any] = {
        "subject": subject,
        "subject_url": reverse(name, args=[zone, subject.pk]),
        "choices": presentation.choices(found, parcel, plant, zone),
        "may_edit": _may_edit(request),
    }
    return render(request, "reuse/measures.html", context)


def _may_edit(request: ZoneRequest) -> bool:
    return Permission.EDIT_LAND in request.permissions and accounts.is_leaf(request.zone)
