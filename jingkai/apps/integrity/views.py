"""The trail of a zone: who did what, with before and after, and the proof that it is whole."""

from functools import partial
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from jingkai.apps.accounts import access
from jingkai.apps.accounts.access import ZoneRequest
from jingkai.apps.accounts.roles import Permission
from jingkai.apps.audit import queries as trail
from jingkai.apps.registers import fitting
from jingkai.web import clock

from . import actions, presentation, queries
from .forms import TrailFilters

MOST = 2**62


@access.page(Permission.READ_TRAIL, Permission.READ_SENSITIVE)
def index(request: ZoneRequest) -> HttpResponse:
    """Show the zone's events, newest first."""
    zone = request.zone.code
    form = _filters(request)
    page = trail.page(zone, form.filters(), before=_whole(request.GET.get("before")))
    context = {
        "form": form,
        "chips": presentation.chips(form, request.GET),
        "headings": presentation.headings(),
        "rows": presentation.rows(page.events, zone),
        "older": page.older,
        "kept": presentation.without(request.GET, "before"),
        "is_first": "before" not in request.GET,
        "head": trail.head(zone),
        "verification": queries.last_verification(zone),
        "can_export": Permission.EXPORT in request.permissions,
    }
    return render(request, "integrity/trail.html", context, status=400 if form.errors else 200)


@access.page(Permission.READ_TRAIL, Permission.READ_SENSITIVE)
def event(request: ZoneRequest, sequence: int) -> HttpResponse:
    """Show one event: what it changed, why, and its place on the chain."""
    found = trail.event(request.zone.code, min(sequence, MOST))
    if found is None:
        raise Http404
    known = partial(fitting.find, request)
    changes = list(queries.changes(found, after=_whole(request.GET.get("after")) or 0))
    context = {
        "event": found,
        "sentence": queries.sentence(found.verb, found.target_kind),
        "terms": presentation.terms(found),
        "details": presentation.details(found, known),
        "proof": presentation.proof(found),
        "changed": presentation.changed(changes, request.zone.code, known),
        "next": changes[-1].pk if len(changes) == queries.CHANGES_SHOWN else None,
    }
    return render(request, "integrity/event.html", context)


@access.verb(Permission.READ_TRAIL, Permission.READ_SENSITIVE)
def verify(request: ZoneRequest) -> HttpResponse:
    """Verify the zone's chain and say how it went."""
    zone, by = request.zone, request.user.get_username()
    verdict = actions.verify(zone_code=zone.code, zone_name=zone.name, by=by, at=clock.now())
    if verdict.ok:
        messages.success(request, _("操作留痕完整，未被改动"))
    else:
        messages.error(request, _("操作留痕已被改动，请立即保全数据库并报告纪检监察部门"))
    return redirect("integrity:trail", zone=zone.code)


@access.page(Permission.READ_TRAIL, Permission.READ_SENSITIVE, Permission.EXPORT)
def export(request: ZoneRequest) -> HttpResponseBase:
    """Answer the events that the filters leave as CSV; the trail notes that too."""
    zone, by, now = request.zone, request.user.get_username(), clock.now()
    found = trail.events(zone.code, _filters(request).filters()).filter(
        sequence__lte=trail.head(zone.code).sequence
    )
    query = presentation.without(request.GET, "before")
    actions.note_export(zone_code=zone.code, zone_name=zone.name, query=query, by=by, at=now)
    lines = presentation.csv_lines(found.iterator(chunk_size=2_000))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    name = quote(f"{_('操作留痕')}-{now:%Y%m%d}.csv")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return response


def _filters(request: ZoneRequest) -> TrailFilters:
    zone = request.zone.code
    return TrailFilters(request.GET, people=queries.people(zone), acts=queries.acts(zone))


def _whole(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < len(str(MOST)) else None
