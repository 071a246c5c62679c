"""A person's notices and how they want them."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jingkai.apps.accounts import access
from jingkai.apps.accounts import queries as accounts
from jingkai.apps.accounts.access import ZoneRequest
from jingkai.web import clock

from . import actions, presentation, queries
from .forms import PreferenceForm

LENGTH = 50


@access.page()
def index(request: ZoneRequest) -> HttpResponse:
    """Show what the person was told, newest first, by kind or only what is unread."""
    kind, only = request.GET.get("kind", ""), request.GET.get("unread", "")
    before = request.GET.get("before", "")
    found = queries.of_person(request.user.username, request.permissions)
    if kind in queries.KINDS:
        found = found.filter(kind=kind)
    if only:
        found = found.filter(read_at=None)
    if before.isdecimal() and len(before) < 19:
        found = found.filter(pk__lt=int(before))
    rows = list(found.select_related("zone")[: LENGTH + 1])
    kept = urlencode({"kind": kind, "unread": only})
    context = {
        "notices": presentation.lines(rows[:LENGTH]),
        "newest": rows[0].pk if rows else 0,
        "older": f"?{kept}&before={rows[LENGTH - 1].pk}" if len(rows) > LENGTH else "",
        "is_first": not before,
        "is_filtered": bool(kind or only),
        "tabs": presentation.tabs(reverse("notices", args=[request.zone.code]), kind, only),
    }
    return render(request, "notices/notices.html", context)


@access.page()
def follow(request: ZoneRequest, pk: int) -> HttpResponse:
    """Lead to what the notice is about, which the person has then read."""
    found = queries.find(pk, request.user.username, request.permissions)
    if found is None:
        raise Http404
    actions.read(notice=found, at=clock.now())
    return redirect(found.url or reverse("notices", args=[request.zone.code]))


@access.verb()
def read_all(request: ZoneRequest) -> HttpResponse:
    """Take everything on the page and before it as read."""
    newest = request.POST.get("newest", "")
    up_to = int(newest) if newest.isdecimal() and len(newest) < 19 else 0
    count = actions.read_all(to=request.user.username, up_to=up_to, at=clock.now())
    said = ngettext("已将 %(count)s 条消息标为已读", "已将 %(count)s 条消息标为已读", count)
    messages.success(request, said % {"count": count})
    return redirect("notices", zone=request.zone.code)


@access.form()
def preferences(request: ZoneRequest) -> HttpResponse:
    """Choose how to be told."""
    if not accounts.is_leaf(request.zone):
        raise Http404
    person = request.user.username
    held = queries.preference(request.zone, person)
    held.email = held.email or request.user.email
    form = PreferenceForm(held, request.POST or None)
    if form.is_valid():
        actions.choose_ways(
            zone=request.zone, person=person, values=form.values(), by=person, at=clock.now()
        )
        messages.success(request, _("提醒设置已保存"))
        return redirect("notices", zone=request.zone.code)
    context = {"form": form, "has_mail": bool(settings.MAIL_FROM)}
    status = 400 if form.errors else 200
    return render(request, "notices/preferences.html", context, status=status)
