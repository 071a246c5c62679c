"""一地一档: everything that a parcel's page shows."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from jingkai.apps.accounts.access import ZoneRequest
from jingkai.core import units
from jingkai.core.land import areas
from jingkai.web import figures
from jingkai.web.parts import Entry, Tone

from .. import queries
from ..models import Parcel, StandardObligation, WorksProgress
from ..register.parcels import PARCELS
from . import shared
from .lineage import lineage

AXES = (
    "supply",
    "stage",
    "occupancy",
    "statutory",
    "follow_up",
    "measure",
    "obstacle",
    "obstacle_owner",
)
FACTS = (
    "code",
    "parcel_code",
    "real_estate_unit_code",
    "certificate_number",
    "approval",
    "location",
    "area_m2",
    "area_mu",
    "use",
    "right",
    "term_years",
    "term_from_on",
    "term_until_on",
    "holder_name",
    "holder_credit_code",
    "mortgagee_name",
    "price_wan",
    "price_paid_wan",
    "price_paid_on",
    "monitoring_number",
    "registered_in_monitoring_on",
    "statutory_document",
    "officer__name",
    "note",
    "source",
)
ADDED = ("grant-contracts", "works-progress", "delays", "plants", "standard-obligations")
STANDINGS: dict[str, Tone] = {
    queries.Standing.KEPT: "green",
    queries.Standing.NOT_KEPT: "red",
    queries.Standing.OVERDUE: "red",
    queries.Standing.DUE_SOON: "amber",
    queries.Standing.RUNNING: "blue",
    queries.Standing.UNDATED: "grey",
}


def parcel_page(parcel: Parcel, request: ZoneRequest, *, on: date) -> dict[str, Any]:
    """Return everything that the page shows on the day."""
    context = shared.frame(PARCELS, parcel, request, on=on)
    zone, agreed = request.zone.code, queries.terms(parcel)
    return context | {
        "parcel": parcel,
        "area_mu": _mu(parcel.area_m2),
        "axes": shared.axes(parcel, AXES),
        "facts": shared.terms(context["register"], parcel, FACTS),
        "warnings": queries.warnings.of_parcel(parcel, on=on),
        "place": _place(parcel, zone),
        "agreed": agreed,
        "contracts": [(row, _url("grant-contracts", zone, row)) for row in parcel.contracts.all()],
        "works": [_told(row) for row in parcel.works.all()],
        "latest": queries.latest_works(parcel, on=on),
        "delays": [(row, _url("delays", zone, row)) for row in parcel.delays.all()],
        "plants": [(row, _url("plants", zone, row)) for row in parcel.plants.all()],
        "leases": [
            lease
            for plant in parcel.plants.all()
            for lease in shared.leases(plant.leases.all(), zone, on=on)
        ],
        "obligations": list(_obligations(parcel.obligations.all(), on)),
        "lineage": lineage(parcel, zone),
        "add": {kind.replace("-", "_"): _new(kind, parcel, zone) for kind in ADDED},
        "shows_prices": context["register"].by_name["price_wan"].may_read,
    }


def _new(kind: str, parcel: Parcel, zone: str) -> str:
    return f"{reverse(f'{kind}-new', args=[zone])}?{urlencode({'parcel': parcel.code})}"


def _url(kind: str, zone: str, row: Any) -> str:
    return reverse(f"{kind}-detail", args=[zone, row.pk])


def _mu(area_m2: Any) -> Decimal | None:
    return None if area_m2 is None else units.rounded(units.mu_from_m2(area_m2), places=2)


def _place(parcel: Any, zone: str) -> dict[str, Any] | None:
    found = shared.place(parcel, zone)
    if found is None:
        return None
    compared = areas.compare(parcel.area_m2, parcel.computed_area_m2)
    share = None if compared.share is None else units.rounded(compared.share * 100, places=2)
    tone = {True: "green", False: "amber", None: "grey"}[compared.agrees]
    return found | {
        "registered_m2": parcel.area_m2,
        "difference": None if share is None else f"{share:+f}%",
        "tone": tone,
    }


def _told(row: WorksProgress) -> Entry:
    """Return a statement of the works as an entry of the timeline."""
    said = [
        _dated(_("施工许可"), row.construction_permit_on),
        _foundation(row),
        _dated(_("动工"), row.commenced_on),
        _area(row),
        _dated(_("中止"), row.suspended_since),
        _dated(_("恢复"), row.resumed_on),
        _dated(_("竣工"), row.completed_on),
        _dated(_("投产"), row.in_production_on),
        row.note,
    ]
    is_suspended = row.suspended_since is not None and row.resumed_on is None
    return Entry(
        on=row.reported_on.isoformat(),
        title=_("核查"),
        text=_("；").join(part for part in said if part),
        by=str(row.officer or ""),
        tone="red" if is_suspended else "green" if row.commenced_on else "grey",
        icon="player-pause" if is_suspended else "building-cottage",
    )


def _dated(word: str, on: date | None) -> str:
    return "" if on is None else f"{word} {figures.day(on)}"


def _foundation(row: WorksProgress) -> str:
    if not row.foundation:
        return ""
    if row.foundation_share is None:
        return str(row.get_foundation_display())
    share = units.rounded(row.foundation_share * 100, places=2).normalize()
    said = {"foundation": row.get_foundation_display(), "share": f"{share:f}"}
    return _("%(foundation)s完成 %(share)s%%") % said


def _area(row: Any) -> str:
    if row.developed_area_m2 is None:
        return ""
    return _("已开发 %(area)s 平方米") % {"area": figures.number(row.developed_area_m2)}


def _obligations(rows: Iterable[StandardObligation], on: date) -> Iterable[dict[str, Any]]:
    for row in rows:
        standing = queries.standing_of(row, on=on)
        yield {"row": row, "label": standing.label, "tone": STANDINGS[standing]}
