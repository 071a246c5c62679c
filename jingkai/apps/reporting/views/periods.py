"""Frozen periods: the list, the act of freezing, and what has changed since."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from jingkai.apps.accounts import access
from jingkai.apps.accounts import queries as accounts
from jingkai.apps.accounts.access import ZoneRequest
from jingkai.apps.accounts.roles import Permission
from jingkai.web import clock

from .. import actions, forms, queries


@access.page(Permission.READ_FIGURES)
def periods(request: ZoneRequest) -> HttpResponse:
    """Show the frozen periods and, to those who may, the form that freezes one."""
    return _page(request, forms.FreezeForm(initial=forms.year_before(clock.today())))


@access.verb(Permission.FREEZE_PERIODS)
def freeze(request: ZoneRequest) -> HttpResponse:
    """Freeze a period."""
    form = forms.FreezeForm(request.POST)
    if not accounts.is_leaf(request.zone):
        raise Http404
    if not form.is_valid():
        return _page(request, form)
    try:
        found = actions.freeze_period(
            zone=request.zone,
            label=form.cleaned_data["label"],
            period=form.cleaned_data["period"],
            by=request.user.username,
            at=clock.now(),
            today=clock.today(),
            note=form.cleaned_data["note"],
        )
    except actions.NotOver as reason:
        form.add_error("ends_on", str(reason))
        return _page(request, form)
    messages.success(request, _("已封存“%(label)s”") % {"label": found.label})
    return redirect("period", zone=request.zone.code, pk=found.pk)


@access.page(Permission.READ_FIGURES)
def period(request: ZoneRequest, pk: int) -> HttpResponse:
    """Show one frozen period beside the same figures today, record by record."""
    found = queries.freeze(pk)
    if found is None:
        raise Http404
    since = [queries.difference(figure) for figure in queries.frozen_figures(found)]
    context = {
        "freeze": found,
        "frozen_by": accounts.names([found.frozen_by])[found.frozen_by],
        "since": since,
        "changed": [one for one in since if not one.is_same],
    }
    return render(request, "reporting/period.html", context)


def _page(request: ZoneRequest, form: forms.FreezeForm) -> HttpResponse:
    freezes = list(queries.freezes())
    names = accounts.names(one.frozen_by for one in freezes)
    context = {
        "form": form,
        "freezes": [(one, names[one.frozen_by]) for one in freezes],
        "may_freeze": Permission.FREEZE_PERIODS in request.permissions
        and accounts.is_leaf(request.zone),
    }
    return render(request, "reporting/periods.html", context, status=400 if form.errors else 200)
