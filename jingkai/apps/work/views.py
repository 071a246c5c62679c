"""Jobs: a person's list, one job with its progress, and the way to stop or repeat it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from jingkai.apps.accounts import access
from jingkai.apps.accounts import queries as accounts
from jingkai.apps.accounts.access import ZoneRequest
from jingkai.web import clock
from jingkai.web.parts import Pages

from . import actions, presentation, queries

LENGTH = 50


@access.page()
def index(request: ZoneRequest) -> HttpResponse:
    """Show the jobs that the person started or may see."""
    found = queries.seen_by(request.user.username, request.permissions)
    page = Paginator(found.select_related("zone"), LENGTH).get_page(request.GET.get("page"))
    names = accounts.authors(job.by for job in page)
    context = {
        "headings": presentation.headings(),
        "rows": presentation.rows(page, names),
        "pages": _pages(page),
    }
    return render(request, "work/jobs.html", context)


@access.page()
def job(request: ZoneRequest, pk: int) -> HttpResponse:
    """Show one job; its progress alone where the page itself asks for that every second."""
    found = _job(request, pk)
    if request.headers.get("HX-Request") != "true":
        author = accounts.authors([found.by])[found.by]
        return render(request, "work/job.html", {"job": found, "author": author})
    answer = render(request, "work/_bar.html", {"job": found})
    if found.result_url:
        answer["HX-Redirect"] = found.result_url
    elif not found.is_open:
        answer["HX-Refresh"] = "true"
    return answer


@access.verb()
def cancel(request: ZoneRequest, pk: int) -> HttpResponse:
    """Cancel a job."""
    found = _job(request, pk)
    try:
        actions.cancel(job=found, by=request.user.username, at=clock.now())
    except actions.NotCancelled as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("已要求取消“%(name)s”") % {"name": found})
    return redirect("job", zone=found.zone.code, pk=pk)


@access.verb()
def repeat(request: ZoneRequest, pk: int) -> HttpResponse:
    """Put a job that failed or was cancelled in the queue again."""
    found = _job(request, pk)
    actions.start(
        zone=found.zone,
        kind=found.kind,
        key=found.key,
        payload=found.payload,
        by=request.user.username,
        at=clock.now(),
        label=found.label,
    )
    return redirect("job", zone=found.zone.code, pk=pk)


def _job(request: ZoneRequest, pk: int) -> Any:
    found = queries.job(pk)
    by, permissions = request.user.username, request.permissions
    if found is None or not queries.may_see(found, by=by, permissions=permissions):
        raise Http404
    return found


def _pages(page: Page) -> Pages:
    return Pages(
        first=page.start_index(),
        last=page.end_index(),
        total=page.paginator.count,
        previous_url=f"?page={page.previous_page_number()}" if page.has_previous() else "",
        next_url=f"?page={page.next_page_number()}" if page.has_next() else "",
    )
