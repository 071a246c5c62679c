"""What the page of a parcel or a plant shows of the area; settings.PANELS names these."""

from datetime import date
from typing import Any

from django.urls import reverse

from jingkai.apps.accounts import queries as accounts
from jingkai.apps.accounts.access import ZoneRequest
from jingkai.apps.accounts.roles import Permission
from jingkai.apps.land.models import Parcel, Plant

from .. import queries
from ..models import InefficiencyStandard
from .board import disposal_rows
from .land import VERDICTS, findings

_TEMPLATE = "reuse/_panel.html"
Panel = tuple[str, dict[str, Any]]


def of_parcel(*, record: Parcel, request: ZoneRequest, on: date) -> Panel:
    """Return the disposals of a parcel, the way to others, and whether it is inefficient land."""
    panel = _panel(record, None, request, on)
    standard = queries.standard_in_force(on=on)
    if standard is not None:
        panel |= _appraised(standard, record, on)
    return _TEMPLATE, panel


def of_plant(*, record: Plant, request: ZoneRequest, on: date) -> Panel:
    """Return the disposals of a plant and the way to others."""
    return _TEMPLATE, _panel(None, record, request, on)


def _panel(
    parcel: Parcel | None, plant: Plant | None, request: ZoneRequest, on: date
) -> dict[str, Any]:
    zone = request.zone.code
    name, pk = ("plant", plant.pk) if plant else ("parcel", parcel.pk if parcel else 0)
    return {
        "disposals": disposal_rows(queries.of_subject(parcel, plant), zone, on=on),
        "measures_url": reverse(f"{name}-measures", args=[zone, pk]),
        "may_edit": Permission.EDIT_LAND in request.permissions and accounts.is_leaf(request.zone),
    }


def _appraised(standard: InefficiencyStandard, parcel: Parcel, on: date) -> dict[str, Any]:
    """Return what the standard in force says of the parcel today, whatever was kept before."""
    [(_parcel, verdict)] = queries.judged(standard, [parcel], on=on)
    found = queries.verdict_of(verdict)
    return {
        "standard": standard,
        "verdict": found.label,
        "tone": VERDICTS[found],
        "findings": findings(queries.findings_of(verdict)),
    }
