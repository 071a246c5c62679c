"""Rows -> notices of core, and their days as the row keeps them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from jingkai.core.calendar import Arrangement, Notice

from .models import HolidayNotice


def notice(row: HolidayNotice) -> Notice:
    """Return the notice of the row."""
    return Notice(
        year=row.year,
        document_number=row.document_number,
        issued_on=row.issued_on,
        source=row.source,
        arrangements=tuple(_arrangement(kept) for kept in row.arrangements),
        is_confirmed=row.confirmed_at is not None,
    )


def kept(arrangements: Iterable[Arrangement]) -> list[dict[str, Any]]:
    """Return the days as the row keeps them."""
    return [
        {
            "name": one.name,
            "off": [day.isoformat() for day in one.off],
            "working": [day.isoformat() for day in one.working],
            "extends_to": one.extends_to.isoformat() if one.extends_to else None,
        }
        for one in arrangements
    ]


def _arrangement(kept: dict[str, Any]) -> Arrangement:
    until = kept["extends_to"]
    return Arrangement(
        name=kept["name"],
        off=tuple(map(date.fromisoformat, kept["off"])),
        working=tuple(map(date.fromisoformat, kept["working"])),
        extends_to=date.fromisoformat(until) if until else None,
    )
