"""Where a parcel came from and what became of it, as nested lists."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from jingkai.apps.accounts import queries as accounts
from jingkai.web import figures

from .. import queries
from ..models import Parcel, ParcelChange
from ..queries import Branch


def lineage(parcel: Parcel, zone: str) -> dict[str, Any] | None:
    """Return both ways of the parcel's lineage; None where it was never split nor merged."""
    before, after = queries.ancestry(parcel), queries.descent(parcel)
    if before.change is None and after.change is None:
        return None
    return {
        "before": _branch(before, zone),
        "after": _branch(after, zone),
        "undo_url": reverse("parcel-change-undo", args=[zone, parcel.pk]) if after.change else "",
    }


def _branch(branch: Branch, zone: str) -> dict[str, Any]:
    return {
        "label": str(branch.parcel),
        "code": branch.parcel.code,
        "area_m2": branch.parcel.area_m2,
        "url": reverse("parcel", args=[zone, branch.parcel.pk]),
        "change": _told(branch.change) if branch.change else "",
        "branches": [_branch(below, zone) for below in branch.branches],
    }


def _told(change: ParcelChange) -> str:
    said = {
        "on": figures.day(change.changed_on),
        "kind": change.get_kind_display(),
        "by": accounts.authors([change.recorded_by])[change.recorded_by],
    }
    parts = [_("%(on)s %(kind)s（%(by)s登记）") % said, change.document]
    if change.difference_m2:
        parts.append(_("面积差 %(area)s 平方米") % {"area": figures.number(change.difference_m2)})
    parts.append(change.reason)
    return " · ".join(part for part in parts if part)
