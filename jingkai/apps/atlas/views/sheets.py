"""The map on paper."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from jingkai.apps.accounts import access
from jingkai.apps.accounts.access import ZoneRequest
from jingkai.apps.accounts.roles import Permission
from jingkai.apps.registers import actions as registers
from jingkai.apps.registers import exports, filters
from jingkai.web import clock

from .. import presentation, queries
from ..forms import SheetForm
from ..presentation import sheet

MAY = (Permission.READ_LAND, Permission.EXPORT)


@access.page(*MAY)
def index(request: ZoneRequest) -> HttpResponse:
    """Ask for the sheet's title and shape, and show it as it would be: all of it unless asked."""
    seen = _seen(request)
    first = {"title": _title(request, seen), "unit": request.zone.name, "format": "pdf"}
    first |= {"layer": seen.layer.name, "window": presentation.whole(seen)}
    data = first | {name: request.GET[name] for name in request.GET}
    form = SheetForm(data)
    context: dict[str, Any] = {"form": form, "back": presentation.map_url(request)}
    context["is_empty"] = not data["window"] and "window" not in request.GET
    context["kept"] = [
        (n, v) for n in request.GET if n not in form.fields for v in request.GET.getlist(n)
    ]
    context["page_url"] = request.path
    context["file_url"] = reverse("map-sheet-file", args=[request.zone.code])
    if form.is_valid():
        shown = reverse("map-sheet-preview", args=[request.zone.code])
        context["preview_url"] = f"{shown}?{_encoded(request, first)}"
    status = 400 if form.errors and not context["is_empty"] else 200
    return render(request, "atlas/sheet.html", context, status=status)


@access.page(*MAY)
def download(request: ZoneRequest) -> HttpResponse:
    """Answer the sheet: PDF or PNG to keep, which the trail notes, or SVG to look at."""
    seen = _seen(request)
    form = SheetForm(request.GET)
    asked = filters.read(seen.register, request.GET)
    if not form.is_valid() or asked.errors:
        raise Http404
    drawn = presentation.sheet_of(seen, asked, form.cleaned_data, clock.today())
    match request.GET["format"]:
        case "png":
            content = sheet.png(drawn)
        case _:
            content = sheet.pdf(drawn, at=int(clock.now().timestamp()))
    registers.note_export(
        register=seen.register,
        zone=request.zone,
        query=request.GET.urlencode(),
        shape=form.cleaned_data["format"],
        by=request.user.username,
        at=clock.now(),
    )
    return exports.download(content, f"{drawn.title}.{form.cleaned_data['format']}")


@access.page(*MAY)
def preview(request: ZoneRequest) -> HttpResponse:
    """Answer the sheet as a picture of lines, for a look before it is printed."""
    seen = _seen(request)
    form = SheetForm(request.GET)
    asked = filters.read(seen.register, request.GET)
    if not form.is_valid() or asked.errors:
        raise Http404
    drawn = presentation.sheet_of(seen, asked, form.cleaned_data, clock.today())
    return HttpResponse(sheet.svg(drawn), content_type="image/svg+xml")


def _seen(request: ZoneRequest) -> queries.Seen:
    seen = queries.readable(request)
    if not seen:
        raise Http404
    return presentation.active(seen, request.GET)


def _encoded(request: ZoneRequest, more: dict[str, str]) -> str:
    """Return the query string of the request with what else the sheet is asked for."""
    data = request.GET.copy()
    for name, value in more.items():
        if name not in data:
            data[name] = value
    return data.urlencode()


def _title(request: ZoneRequest, seen: queries.Seen) -> str:
    names = {"zone": request.zone.local_name, "layer": seen.layer.label}
    return _("%(zone)s%(layer)s分布图") % names
