"""What lies in a figure that somebody drew: counted, listed, as a list of the register, a file."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from jingkai.apps.accounts.access import ZoneRequest
from jingkai.apps.accounts.roles import Permission
from jingkai.apps.registers import exports, filters
from jingkai.apps.registers import views as registers

from .. import presentation, queries


def selection(request: ZoneRequest, seen: queries.Seen) -> HttpResponse:
    """Answer how many records the figure touches, over what area, and the first of them."""
    try:
        found = _found(request, seen)
    except queries.NotDrawn:
        return render(request, "atlas/_selection.html", {"refused": True}, status=400)
    context = presentation.selection(seen, found, request)
    context["can_export"] = Permission.EXPORT in request.permissions
    return render(request, "atlas/_selection.html", context)


def as_list(request: ZoneRequest, seen: queries.Seen) -> HttpResponse:
    """Show the list of the register, of the records that the figure touches alone."""
    rows, refusal = _rows(request, seen)
    context = registers.listing(request, seen.register, rows=rows)
    context |= {"layer": seen.layer, "refusal": refusal, "back": presentation.map_url(request)}
    return render(request, "atlas/list.html", context, status=400 if refusal else 200)


def export(request: ZoneRequest, seen: queries.Seen) -> HttpResponse:
    """Download the records that the figure touches; all on the map where none is asked for."""
    rows, refusal = _rows(request, seen) if "figure" in request.GET else (seen.rows(), "")
    if refusal:
        return render(request, "atlas/list.html", _refused(request, seen, refusal), status=400)
    return exports.answer(request, seen.register, rows)


def _rows(request: ZoneRequest, seen: queries.Seen) -> tuple[QuerySet[Any], str]:
    """Return the records of the figure, or none and why."""
    try:
        found = _found(request, seen)
    except queries.NotDrawn:
        return seen.rows().none(), _("图上没有画出范围，或范围过大，请回到地图重新框选")
    if len(found.keys) > queries.MOST_LISTED:
        most = f"{queries.MOST_LISTED:,}"
        refusal = _("框选的记录超过 %(most)s 条，请缩小范围或先筛选") % {"most": most}
        return seen.rows().none(), refusal
    return seen.rows().filter(pk__in=found.keys), ""


def _found(request: ZoneRequest, seen: queries.Seen) -> queries.Found:
    drawn = queries.figure(request.GET.get("figure", ""))
    asked = filters.read(seen.register, request.GET)
    return queries.found(seen, queries.touched(seen, asked, drawn), drawn)


def _refused(request: ZoneRequest, seen: queries.Seen, refusal: str) -> dict[str, Any]:
    context = registers.listing(request, seen.register, rows=seen.rows().none())
    back = presentation.map_url(request)
    return context | {"layer": seen.layer, "refusal": refusal, "back": back}
