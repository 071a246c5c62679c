"""What a standard found of a parcel, and how far the stock of a year is disposed of."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.paginator import Page
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jingkai.web.parts import Pages, Tone

from .. import queries
from ..models import Appraisal, Fact, Operator, StockItem
from .areas import mu

VERDICTS: dict[str, Tone] = {
    Appraisal.Verdict.INEFFICIENT.value: "red",
    Appraisal.Verdict.EFFICIENT.value: "green",
    Appraisal.Verdict.UNKNOWN.value: "amber",
}
HOLDS: dict[bool | None, tuple[Tone, Promise]] = {
    True: ("red", gettext_lazy("符合")),
    False: ("green", gettext_lazy("不符合")),
    None: ("amber", gettext_lazy("未登记")),
}
FIRST_VERDICT = Appraisal.Verdict.INEFFICIENT.value


def verdict_name(code: str) -> str:
    """Return the name of a verdict."""
    return str(Appraisal.Verdict(code).label)


def appraisals(rows: Iterable[Any]) -> list[tuple[Any, str | None, str, list[dict[str, Any]]]]:
    """Return what was found of parcels: each with its area in 亩, in short and in full."""
    return [
        (row, mu(row.parcel.area_m2), in_short(row.findings), findings(row.findings))
        for row in rows
    ]


def findings(kept: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return what each criterion said of a parcel, as a sentence with its gap."""
    return [_finding(one) for one in kept]


def in_short(rows: Iterable[Mapping[str, Any]]) -> str:
    """Return how many criteria are met, and how many nobody can judge."""
    holds = [row["holds"] for row in rows]
    said = {"met": holds.count(True), "all": len(holds), "unknown": holds.count(None)}
    return _("符合 %(met)s / %(all)s 条，未登记 %(unknown)s 条") % said


def _finding(one: Mapping[str, Any]) -> dict[str, Any]:
    tone, word = HOLDS[one["holds"]]
    return {
        "fact": Fact(one["fact"]).label,
        "limit": f"{Operator(one['operator']).label} {one['limit']}",
        "value": one["value"],
        "gap": one["gap"],
        "tone": tone,
        "word": word,
    }


def linkage(found: queries.Linkage) -> dict[str, Any]:
    """Return a target with its stock and rate, ready to read."""
    target = found.target
    return {
        "target": target,
        "base": mu(found.rate.base_area_m2),
        "disposed": mu(found.rate.disposed_area_m2),
        "share": found.rate.share,
        "target_share": found.target_share,
        "is_reached": found.is_reached,
        "count": found.count,
        "without_area": len(found.rate.missing),
    }


def stock_items(found: queries.Linkage, rows: Iterable[Any], zone: str) -> list[dict[str, Any]]:
    """Return rows of what belonged to the stock, each with the page of its record."""
    return [
        {
            "thing": row.parcel or row.approval,
            "url": _stocked_url(row, zone),
            "area": mu(row.area_m2),
            "disposed": mu(found.rate.counted.get(str(row.pk))),
            "on": found.gone_on.get(str(row.pk)),
        }
        for row in rows
    ]


def pages(page: Page[Any], **kept: str) -> Pages:
    """Return the way through the pages of a list, with what else was asked for."""

    def url(number: int) -> str:
        return f"?{urlencode(kept | {'page': number})}"

    return Pages(
        first=page.start_index(),
        last=page.end_index(),
        total=page.paginator.count,
        previous_url=url(page.previous_page_number()) if page.has_previous() else "",
        next_url=url(page.next_page_number()) if page.has_next() else "",
    )


def _stocked_url(row: StockItem, zone: str) -> str:
    if row.parcel_id:
        return reverse("parcel", args=[zone, row.parcel_id])
    return reverse("land-approvals-detail", args=[zone, row.approval_id])
