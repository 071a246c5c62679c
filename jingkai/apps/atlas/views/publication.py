"""What a zone shows of its map to everybody: set, changed, withdrawn."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from jingkai.apps.accounts import access
from jingkai.apps.accounts import queries as accounts
from jingkai.apps.accounts.access import ZoneRequest
from jingkai.apps.accounts.roles import Permission
from jingkai.web import clock

from .. import actions, queries
from ..forms import PublicationForm


@access.form(Permission.PUBLISH_MAP)
def publication(request: ZoneRequest) -> HttpResponse:
    """Show what guests see, and let it be changed."""
    _require_leaf(request)
    found = queries.publication(request.zone)
    data = request.POST if request.method == "POST" else None
    form = PublicationForm(data, found=found)
    if data is not None and form.is_valid() and _published(request, form):
        return redirect("map-publication", zone=request.zone.code)
    address = request.build_absolute_uri(reverse("atlas", args=[request.zone.code]))
    context = {"form": form, "found": found, "address": address}
    status = 400 if form.errors else 200
    return render(request, "atlas/publication.html", context, status=status)


@access.verb(Permission.PUBLISH_MAP)
def withdraw(request: ZoneRequest) -> HttpResponse:
    """Show the map to guests no more."""
    _require_leaf(request)
    try:
        actions.withdraw_map(zone=request.zone, by=request.user.username, at=clock.now())
    except actions.NotPublished as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("招商地图已撤下，访客不能再打开"))
    return redirect("map-publication", zone=request.zone.code)


def _published(request: ZoneRequest, form: PublicationForm) -> bool:
    by = request.user.username
    try:
        actions.publish_map(zone=request.zone, shown=form.shown(), by=by, at=clock.now())
    except actions.NotPublished as reason:
        form.add_error(None, str(reason))
        return False
    messages.success(request, _("招商地图已公开，凭链接即可打开，无需登录"))
    return True


def _require_leaf(request: ZoneRequest) -> None:
    if not accounts.is_leaf(request.zone):
        raise Http404
