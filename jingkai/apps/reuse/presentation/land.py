"""What a standard found of a parcel, and how far the stock of a year is disposed of."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jingkai.web.parts import Tone

from .. import queries
from ..models import Appraisal, Fact, Operator
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
        "count": len(found.items),
        "done": sum(item.disposed_m2 is not None for item in found.items),
        "without_area": len(found.rate.missing),
    }


def stock_items(found: queries.Linkage, zone: str) -> list[dict[str, Any]]:
    """Return what belonged to the stock, each with the page of its record."""
    return [
        {
            "thing": item.row.parcel or item.row.approval,
            "url": _stocked_url(item, zone),
            "area": mu(item.row.area_m2),
            "disposed": mu(item.disposed_m2),
            "on": item.on,
        }
        for item in found.items
    ]


def _stocked_url(item: queries.Item, zone: str) -> str:
    if item.row.parcel_id:
        return reverse("parcel", args=[zone, item.row.parcel_id])
    return reverse("land-approvals-detail", args=[zone, item.row.approval_id])
