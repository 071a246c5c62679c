"""The verbs on a lead and a signing, and the funnel."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from jingkai.apps.accounts import access
from jingkai.apps.accounts.access import ZoneRequest
from jingkai.apps.accounts.roles import Permission
from jingkai.apps.registers.kinds import Refused
from jingkai.web import clock
from jingkai.web.parts import Chart, Series

from . import actions, queries
from .forms import AssignForm, FunnelForm, LoseForm, ReviveForm
from .queries import Cohort

T = TypeVar("T")


@access.page(Permission.READ_INVESTMENT)
def funnel(request: ZoneRequest) -> HttpResponse:
    """Show what became of the leads found in each quarter of a year."""
    today = clock.today()
    form = FunnelForm({"year": request.GET.get("year") or today.year})
    if not form.is_valid():
        raise Http404
    year = form.cleaned_data["year"]
    quarters, whole = queries.funnel(year, on=today)
    leads_url = reverse("leads-list", args=[request.zone.code])
    rows = [(cohort, _links(leads_url, cohort, today)) for cohort in quarters]
    context = {
        "year_text": str(year),
        "years": [(str(y), str(y)) for y in range(today.year, today.year - 6, -1)],
        "today": today,
        "rows": rows,
        "whole": (whole, _links(leads_url, whole, today)),
        "chart": _chart(year, quarters, [links["leads"] for _cohort, links in rows]),
    }
    return render(request, "investment/funnel.html", context)


@access.verb(Permission.EDIT_INVESTMENT)
def assign(request: ZoneRequest, pk: int) -> HttpResponse:
    """Give a lead to an officer."""
    lead = _found(queries.lead(pk))
    form = AssignForm(queries.people(lead.zone, on=clock.today()), request.POST)
    return _done(request, pk, form, lambda said: actions.assign_lead(lead=lead, **said))


@access.verb(Permission.EDIT_INVESTMENT)
def lose(request: ZoneRequest, pk: int) -> HttpResponse:
    """Record that a lead was lost."""
    lead = _found(queries.lead(pk))
    return _done(
        request, pk, LoseForm(request.POST), lambda said: actions.lose_lead(lead=lead, **said)
    )


@access.verb(Permission.EDIT_INVESTMENT)
def revive(request: ZoneRequest, pk: int) -> HttpResponse:
    """Follow a lost lead again."""
    lead = _found(queries.lead(pk))
    return _done(
        request, pk, ReviveForm(request.POST), lambda said: actions.revive_lead(lead=lead, **said)
    )


@access.verb(Permission.EDIT_INVESTMENT)
def track(request: ZoneRequest, pk: int) -> HttpResponse:
    """Follow what an agreement promises."""
    signing = _found(queries.signing(pk))
    by, at = request.user.username, clock.now()
    try:
        made = actions.track_promises(signing=signing, by=by, at=at)
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("已纳入跟踪：%(count)s 项承诺") % {"count": len(made)})
    return redirect("signings-detail", zone=request.zone.code, pk=pk)


def _done(
    request: ZoneRequest, pk: int, form: forms.Form, act: Callable[[dict[str, Any]], object]
) -> HttpResponse:
    """Do what the form of a lead's page says, and lead back to the page with what came of it."""
    answer = redirect("leads-detail", zone=request.zone.code, pk=pk)
    if not form.is_valid():
        for name, errors in form.errors.items():
            label = form.fields[name].label if name in form.fields else ""
            messages.error(request, f"{label} {errors[0]}".strip())
        return answer
    try:
        act(form.cleaned_data | {"by": request.user.username, "at": clock.now()})
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("已保存"))
    return answer


def _found(record: T | None) -> T:
    if record is None:
        raise Http404
    return record


def _links(base: str, cohort: Cohort, today: date) -> dict[str, str]:
    """Return the lists behind a cohort's counts; what is dated after today is not counted yet."""
    last = min(cohort.last, today)
    leads = f"{base}?found_on__from={cohort.first}&found_on__to={last}"
    return {
        "leads": leads,
        "negotiated": f"{leads}&first_negotiated_on__to={today}",
        "signed": f"{leads}&formally_signed_on__to={today}",
    }


def _chart(year: int, quarters: list[Cohort], urls: list[str]) -> Chart:
    return Chart(
        kind="bar",
        title=_("各季度线索的转化"),
        summary=_("%(year)s 年各季度获得的线索中，已洽谈与已正式签约的条数") % {"year": year},
        categories=[
            _("%(quarter)s 季度") % {"quarter": number} for number in range(1, len(quarters) + 1)
        ],
        series=[
            Series(name=_("获得线索"), values=[cohort.leads for cohort in quarters]),
            Series(name=_("已洽谈"), values=[cohort.negotiated for cohort in quarters]),
            Series(name=_("已签约"), values=[cohort.signed for cohort in quarters]),
        ],
        unit=_("条"),
        urls=urls,
    )
