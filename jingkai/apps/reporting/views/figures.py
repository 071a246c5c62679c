"""The catalogue of figures, and one figure down to its records."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from jingkai.apps.accounts import access, scope
from jingkai.apps.accounts.access import ZoneRequest
from jingkai.apps.accounts.roles import Permission
from jingkai.apps.registers import exports, fitting
from jingkai.apps.registers import queries as registers
from jingkai.apps.registers import views as register_pages
from jingkai.apps.registers.declaration import Register
from jingkai.apps.registers.indicator import Dimension, Indicator
from jingkai.core.indicators import Period
from jingkai.web import clock
from jingkai.web.parts import Link

from .. import forms, queries
from ..forms import Asked
from ..queries import dashboard
from ..queries.links import Links
from . import cards

Rows = QuerySet[Any]
MOST_INCOMPLETE = 50


@access.page(Permission.READ_FIGURES)
def figures(request: ZoneRequest) -> HttpResponse:
    """Show every figure of the year with its definition."""
    today = clock.today()
    asked = forms.asked(request.GET, today=today)
    links = Links(request.zone.code, asked.year, asked.as_of)
    standings = dashboard.everything(asked.period)
    headings, rows = cards.catalogue(standings.values(), links)
    context = {
        "chosen": asked,
        "today": today,
        "years": queries.years(today),
        "headings": headings,
        "rows": rows,
        "discrepancies": queries.discrepancies(standings),
    }
    return render(request, "reporting/figures.html", context)


@access.page(Permission.READ_FIGURES)
def figure(request: ZoneRequest, code: str) -> HttpResponse:
    """Show one figure: definition, number, months, what it lacks, and its records."""
    indicator = _indicator(code)
    today = clock.today()
    asked = forms.asked(request.GET, today=today)
    links = Links(request.zone.code, asked.year, asked.as_of)
    may_read = _register(request, indicator).read in request.permissions
    cut = _cut(request, indicator) if may_read else None
    whole_year = queries.to_date(asked.year, asked.as_of)
    found = dashboard.one(indicator, asked.period, of_year=whole_year, cut=cut)
    standing = found.standing
    context = {
        "chosen": asked,
        "today": today,
        "years": queries.years(today),
        "standing": standing,
        "name": indicator.definition.name,
        "stat": cards.stat(standing, links, is_exact=True),
        "terms": cards.definition(standing),
        "months": cards.by_month(found.months, standing, links),
        "frozen": queries.frozen_of(code),
        "may_read": may_read,
    }
    if may_read:
        context |= _records(request, indicator, asked)
    if cut:
        context |= _parts(request, found, cut, links)
    return render(request, "reporting/figure.html", context)


@access.page(Permission.EXPORT)
def figure_export(request: ZoneRequest, code: str) -> HttpResponse:
    """Download the records behind the figure."""
    indicator = _indicator(code)
    register = _register(request, indicator)
    if register.read not in request.permissions:
        raise Http404
    asked = forms.asked(request.GET, today=clock.today())
    rows, _part = _chosen(request, indicator, asked.period)
    return exports.answer(request, register, registers.with_expressions(register, rows))


def _indicator(code: str) -> Indicator:
    try:
        return queries.find(code)
    except queries.UnknownIndicator:
        raise Http404 from None


def _register(request: ZoneRequest, indicator: Indicator) -> Register:
    found = registers.find(indicator.register)
    if found is None:
        raise Http404
    return fitting.of(request, found)


def _records(request: ZoneRequest, indicator: Indicator, asked: Asked) -> dict[str, Any]:
    """Return the list behind the figure."""
    register = _register(request, indicator)
    rows, part = _chosen(request, indicator, asked.period)
    shown = rows.count()
    sealed = _counted_unsealed(request, indicator, asked) - shown if scope.present_seal() else 0
    export = reverse("figure-export", args=[request.zone.code, indicator.code])
    lacking = queries.incomplete(indicator, asked.period)
    return register_pages.listing(request, register, rows=rows) | {
        "part": part,
        "records": shown,
        "sealed": sealed,
        "export_url": f"{export}?{request.GET.urlencode()}",
        "incomplete": [
            (str(row), reverse(f"{register.kind}-detail", args=[request.zone.code, row.pk]))
            for row in lacking.order_by("pk")[:MOST_INCOMPLETE]
        ],
        "lacking": lacking.count(),
    }


def _counted_unsealed(request: ZoneRequest, indicator: Indicator, asked: Asked) -> int:
    """Return how many records there are: that is in the figure, whoever reads it."""
    with scope.unsealed():
        return _chosen(request, indicator, asked.period)[0].count()


def _cut(request: ZoneRequest, indicator: Indicator) -> Dimension | None:
    """Return the property asked for, or the first that the figure's records have, if any."""
    known = queries.dimensions(indicator)
    asked = request.GET.get("cut") or request.GET.get("by", "")
    return known.get(asked) or next(iter(known.values()), None)


def _parts(
    request: ZoneRequest, found: dashboard.Figure, cut: Dimension, links: Links
) -> dict[str, Any]:
    """Return the figure cut by the property."""
    indicator = found.standing.indicator
    key = request.GET.get("part", "") if request.GET.get("by") == cut.code else ""
    headings, rows = cards.by_dimension(found.parts, indicator, cut, links, key)
    chosen = next((part for part in found.parts if key and part.key == key), None)
    return {
        "part_stat": cards.part_stat(chosen, found.standing, cut) if chosen else None,
        "cut": cut,
        "cuts": [
            Link(label=str(one.name), url=links.cut(indicator.code, one.code), active=one is cut)
            for one in queries.dimensions(indicator).values()
        ],
        "part_headings": headings,
        "part_rows": rows,
        "map_url": links.map(indicator, cut, key),
    }


def _chosen(request: ZoneRequest, indicator: Indicator, period: Period) -> tuple[Rows, str]:
    """Return the records of the figure, or of the part asked for with its name."""
    rows = indicator.rows(period)
    by, key = request.GET.get("by", ""), request.GET.get("part", "")
    if not by:
        return rows, ""
    found = {one.code: one for one in queries.of_register(indicator.register)}.get(by)
    if found is None:
        raise Http404
    part = _("%(dimension)s：%(part)s") % {"dimension": found.name, "part": found.label(key)}
    return queries.restrict(rows, found, key, period), part
