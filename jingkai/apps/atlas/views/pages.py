"""The page of the map, and the parts that it fetches."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from jingkai.apps.accounts import access
from jingkai.apps.accounts.access import ZoneRequest
from jingkai.apps.accounts.roles import Permission
from jingkai.apps.registers import filters
from jingkai.apps.registers import presentation as registers
from jingkai.web.middleware import content_policy

from .. import presentation, queries

READ = Permission.READ_LAND


@access.page(READ)
def index(request: ZoneRequest) -> HttpResponse:
    """Show the map, coloured and filtered as the query string asks."""
    seen = queries.readable(request)
    if not seen:
        raise Http404
    active = presentation.active(seen, request.GET)
    asked = filters.read(active.register, request.GET)
    context = presentation.page(request, seen, active, asked)
    answer = render(request, "atlas/map.html", context, status=400 if asked.errors else 200)
    answer["Content-Security-Policy"] = content_policy(presentation.outside())
    return answer


def legend(request: ZoneRequest, seen: queries.Seen) -> HttpResponse:
    """Answer the legend of an axis: its classes with their counts."""
    asked = filters.read(seen.register, request.GET)
    context = presentation.legend(seen, asked, request.GET.get("axis", ""))
    return render(request, "atlas/_legend.html", context)


def card(request: ZoneRequest, seen: queries.Seen, pk: int) -> HttpResponse:
    """Answer the card of a record: what it is, and the way to its page."""
    spot = queries.spot(seen, pk)
    if spot is None:
        raise Http404
    url = registers.links(seen.register, request.zone.code, pk=pk)["detail"]
    context = {"layer": seen.layer, "spot": spot, "url": url}
    context["terms"] = registers.terms(queries.facts(seen, pk))
    return render(request, "atlas/_card.html", context)


@access.page(READ)
def search(request: ZoneRequest) -> HttpResponse:
    """Answer the records whose number, name or holder has the words, layer by layer."""
    text = request.GET.get("text", "")[: filters.MOST_TEXT]
    found = [(seen, queries.spots(seen, text)) for seen in queries.readable(request)]
    most = queries.MOST_FOUND
    shown = [(seen, spots[:most], len(spots) > most) for seen, spots in found if spots]
    context = {"found": shown, "most": most, "text": text}
    return render(request, "atlas/_found.html", context)
