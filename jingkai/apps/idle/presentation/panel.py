"""The panel on a parcel's page: what the law says of it, its cases."""

from datetime import date
from typing import Any

from jingkai.apps.accounts import queries as accounts
from jingkai.apps.accounts.access import ZoneRequest
from jingkai.apps.accounts.roles import Permission
from jingkai.apps.land.models import Parcel
from jingkai.core import idle_land

from .. import facts, queries
from .determinations import explained


def panel(*, record: Parcel, request: ZoneRequest, on: date) -> tuple[str, dict[str, Any]] | None:
    """Return what the page of a parcel shows of idle land; nothing of one that is retired."""
    if record.retired_on is not None:
        return None
    known = facts.of_parcel(record, on=on)
    found = idle_land.determine(known, on=on)
    cases = list(queries.cases_of(record))
    here = accounts.is_leaf(request.zone)
    is_open = any(case.closed_on is None for case in cases)
    return (
        "idle/_panel.html",
        {
            "explained": explained(record, known, found, request),
            "parcel": record,
            "cases": cases,
            "may_open": here
            and not is_open
            and Permission.HANDLE_IDLE_LAND in request.permissions,
            "may_read_anew": here and Permission.APPROVE_LAND in request.permissions,
        },
    )
