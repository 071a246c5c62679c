"""驾驶舱: the zone's year."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from jingkai.apps.accounts import access
from jingkai.apps.accounts.access import ZoneRequest
from jingkai.apps.accounts.roles import Permission
from jingkai.web import clock, figures
from jingkai.web.parts import Chart, Series

from .. import forms, queries
from ..queries import land
from ..queries.dashboard import Overview, overview
from ..queries.land import Ground
from ..queries.links import Links
from . import cards


@access.page(Permission.READ_FIGURES)
def dashboard(request: ZoneRequest) -> HttpResponse:
    """Show the year's figures as of a day."""
    today = clock.today()
    asked = forms.asked(request.GET, today=today)
    found = overview(asked.period)
    links = Links(request.zone.code, asked.year, asked.as_of)
    context = _context(found, links) | {
        "chosen": asked,
        "links": links,
        "today": today,
        "years": queries.years(today),
        "land": None,
    }
    if Permission.READ_LAND in request.permissions:
        context["land"] = _land(land.ground(asked.period), links)
    return render(request, "reporting/dashboard.html", context)


def _context(found: Overview, links: Links) -> dict[str, Any]:
    return {
        "headlines": [cards.stat(one, links) for one in found.headlines],
        "money": [cards.stat(one, links) for one in found.money],
        "construction": [cards.stat(one, links) for one in found.construction],
        "stalls": [cards.stat(one, links) for one in found.stalls],
        "partitions": [_partition(found, *pair) for pair in found.partitions],
        "charts": _charts(found, links),
        "freshness": None if found.freshness is None else figures.minute(found.freshness),
    }


def _land(found: Ground, links: Links) -> dict[str, Any]:
    """Return the group of land; without a parcel on record it has no chart."""
    return {
        "figures": [cards.stat(one, links) for one in found.headlines],
        "chart": None if found.is_bare else cards.by_supply(found.by_supply, links),
    }


def _partition(found: Overview, partition: Any, discrepancy: Any) -> dict[str, Any]:
    """Return whole and parts with their numbers, and by how much they fail to add up."""
    figure_of = found.figures
    return {
        "whole": figure_of[partition.whole],
        "parts": [figure_of[code] for code in partition.parts],
        "difference": None if discrepancy is None else discrepancy.difference,
        "is_known": discrepancy is None or discrepancy.difference is not None,
    }


def _charts(found: Overview, links: Links) -> list[tuple[str, Chart]]:
    signings = found.figures["signings"]
    return [
        ("stages", _stages(found, links)),
        ("months", cards.by_month(found.months, signings, links)),
        (
            "industries",
            cards.by_part(found.industries, "signings", "industry", _("签约项目按行业"), links),
        ),
        (
            "origins",
            cards.by_part(found.origins, "signings", "origin", _("签约项目按来源地"), links),
        ),
    ]


def _stages(found: Overview, links: Links) -> Chart:
    return Chart(
        kind="funnel",
        title=_("项目阶段（达到该阶段及以上）"),
        summary=_("截至%(day)s各阶段的项目数") % {"day": links.as_of.isoformat()},
        categories=[str(row.stage.label) for row in found.stages],
        series=[Series(name=_("项目"), values=_reached(found))],
        unit=_("个"),
    )


def _reached(found: Overview) -> list[int | None]:
    """Return the projects of each stage; without any on record there is no data, not none."""
    numbers = [row.reached for row in found.stages]
    return [number if any(numbers) else None for number in numbers]
