"""Vector tiles."""

import gzip

from django.http import Http404, HttpRequest, HttpResponse

from jingkai.apps.accounts.access import ZoneRequest
from jingkai.apps.registers import filters
from jingkai.apps.registers.filters import Filters

from .. import queries

TYPE = "application/vnd.mapbox-vector-tile"
YEAR = 31_536_000
_FRESH = f"max-age={YEAR}, immutable"
_STALE = "no-cache"


def tile(
    request: ZoneRequest, seen: queries.Seen, *, version: str, z: int, x: int, y: int
) -> HttpResponse:
    """Answer a tile; one that is asked for by its version may be kept for good."""
    asked = filters.read(seen.register, request.GET)
    if asked.errors:
        return HttpResponse(asked.errors[0], status=400, content_type="text/plain; charset=utf-8")
    answer, is_fresh = answered(request, seen, asked, version, (z, x, y))
    is_kept = is_fresh and not asked.words
    answer["Cache-Control"] = f"private, {_FRESH if is_kept else _STALE}"
    return answer


def answered(
    request: HttpRequest,
    seen: queries.Seen,
    asked: Filters,
    version: str,
    place: tuple[int, int, int],
) -> tuple[HttpResponse, bool]:
    """Return the tile as an answer, and whether the version asked for is the present one."""
    zoom, column, row = place
    if zoom > queries.MOST_ZOOM or max(column, row) >= 1 << zoom:
        raise Http404
    now = queries.version(seen)
    packed = queries.tile(seen, asked, place, now)
    return _packed(request, packed), version == now


def _packed(request: HttpRequest, packed: bytes) -> HttpResponse:
    if not packed:
        return HttpResponse(status=204)
    takes = "gzip" in request.headers.get("Accept-Encoding", "")
    answer = HttpResponse(packed if takes else gzip.decompress(packed), content_type=TYPE)
    if takes:
        answer["Content-Encoding"] = "gzip"
    answer["Vary"] = "Accept-Encoding"
    return answer
