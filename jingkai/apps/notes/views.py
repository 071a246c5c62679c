"""A person's own follow-ups, bookmarks and recently opened records."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from jingkai.apps.accounts import access
from jingkai.apps.accounts import queries as accounts
from jingkai.apps.accounts.access import ZoneRequest
from jingkai.web import clock
from jingkai.web.parts import Pages

from . import actions, presentation, queries

LENGTH = 50


@access.page()
def follow_ups(request: ZoneRequest) -> HttpResponse:
    """Show what the person has to follow up, or what is done."""
    is_done = request.GET.get("done") == "1"
    found = queries.mine(request.user.username, request.permissions, is_done=is_done)
    page = _page(request, found.order_by("-done_at", "-id") if is_done else found)
    base = reverse("follow-ups", args=[request.zone.code])
    context = {
        "rows": presentation.planned(page, accounts.authors(_people(page)), on=clock.today()),
        "is_done": is_done,
        "tabs": presentation.tabs(base, is_done=is_done),
        "pages": _pages(page, "done=1&" if is_done else ""),
    }
    return render(request, "notes/follow_ups.html", context)


@access.verb()
def finish(request: ZoneRequest, pk: int) -> HttpResponse:
    """Say that one of the person's follow-ups is done."""
    person = request.user.username
    found = queries.one_of_mine(pk, person, request.permissions)
    if found is None:
        raise Http404
    result = request.POST.get("result", "")
    try:
        actions.finish_follow_up(follow_up=found, result=result, by=person, at=clock.now())
    except actions.NotPlanned as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("已办结：%(what)s") % {"what": found.what})
    return redirect("follow-ups", zone=request.zone.code)


@access.page()
def bookmarks(request: ZoneRequest) -> HttpResponse:
    """Show the records that the person keeps at hand."""
    page = _page(request, queries.bookmarks(request.user.username, request.permissions))
    context = {"rows": presentation.marked(page), "pages": _pages(page)}
    return render(request, "notes/bookmarks.html", context)


@access.page()
def recent(request: ZoneRequest) -> HttpResponse:
    """Show what the person opened last; as a menu where the top bar asks for it."""
    rows = presentation.marked(queries.recent(request.user.username, request.permissions))
    is_menu = request.headers.get("HX-Request") == "true"
    template = "notes/_recent.html" if is_menu else "notes/recent.html"
    return render(request, template, {"rows": rows})


def _page(request: ZoneRequest, found: QuerySet[Any]) -> "Page[Any]":
    return Paginator(found, LENGTH).get_page(request.GET.get("page"))


def _people(page: "Page[Any]") -> set[str]:
    return {name for row in page for name in (row.by, row.person, row.done_by) if name}


def _pages(page: "Page[Any]", kept: str = "") -> Pages:
    before = f"?{kept}page={page.previous_page_number()}" if page.has_previous() else ""
    after = f"?{kept}page={page.next_page_number()}" if page.has_next() else ""
    return Pages(
        first=page.start_index(),
        last=page.end_index(),
        total=page.paginator.count,
        previous_url=before,
        next_url=after,
    )
