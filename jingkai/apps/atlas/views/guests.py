"""
The map that everybody may open, without logging in: 招商地图.

A zone that shows none answers as a zone that does not exist. Guests are in scope of the one zone
with sensitive records sealed, and see the columns that the zone has set, of the records that the
layer says that guests may see.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from jingkai.apps.accounts import access, scope, wall
from jingkai.apps.accounts import queries as accounts
from jingkai.apps.registers import filters
from jingkai.web.middleware import content_policy

from .. import presentation, queries
from . import tiles
from .meters import Meter, metered

GUEST = "guest"
MOST_ZOOM = 18
_FRESH_SECONDS = 300
_METER = Meter(most=1_200, seconds=60)


@access.public()
@metered(_METER)
def index(request: HttpRequest, code: str) -> HttpResponse:
    """Show the map of the zone to a guest."""
    with _opened(code) as opened:
        answer = render(request, "atlas/guest.html", presentation.guest_page(opened))
    answer["Content-Security-Policy"] = content_policy(presentation.outside())
    answer["Cache-Control"] = "no-cache"
    return answer


@access.public()
@metered(_METER)
def tile(
    request: HttpRequest, *, code: str, kind: str, version: str, z: int, x: int, y: int
) -> HttpResponse:
    """Answer a tile of a layer that guests see."""
    if z > MOST_ZOOM:
        raise Http404
    with _opened(code) as opened:
        seen = _layer(opened, kind)
        nothing = filters.read(seen.register, QueryDict())
        answer, _is_fresh = tiles.answered(request, seen, nothing, version, (z, x, y))
    answer["Cache-Control"] = f"public, max-age={_FRESH_SECONDS}"
    return answer


@access.public()
@metered(_METER)
def card(request: HttpRequest, code: str, kind: str, pk: int) -> HttpResponse:
    """Answer what guests see of a record."""
    with _opened(code) as opened:
        seen = _layer(opened, kind)
        spot = queries.spot(seen, pk)
        if spot is None:
            raise Http404
        context = {"layer": seen.layer, "spot": spot, "publication": opened.publication}
        context["terms"] = presentation.guest_terms(seen, pk)
        return render(request, "atlas/_card.html", context)


@contextmanager
def _opened(code: str) -> Iterator[queries.Opened]:
    """
    Let the block see what guests may see of the zone, if it shows a map to them.

    :raises Http404: if it does not, or is none
    """
    zone = accounts.zone(code)
    if zone is None:
        raise Http404
    wall.confine([zone.pk])
    with scope.zones(zone.pk), scope.sealed(GUEST):
        opened = queries.opened(zone)
        if opened is None:
            raise Http404
        yield opened


def _layer(opened: queries.Opened, name: str) -> queries.Seen:
    found = next((seen for seen in opened.layers if seen.layer.name == name), None)
    if found is None:
        raise Http404
    return found
