"""The notices that ship, 2004 to 2026; their texts are in ``tests/core/calendar/texts``."""

import csv
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib import resources
from itertools import groupby

from .days import Calendar
from .notices import Arrangement, Notice

OFF, WORKED, UNTIL = "off", "worked", "until"


@cache
def notices() -> tuple[Notice, ...]:
    """Return the notices of the State Council that are on record with the product."""
    days = _rows("holidays.csv")
    told = {number: list(rows) for number, rows in groupby(days, lambda row: row["notice"])}
    return tuple(
        Notice(
            year=int(row["year"]),
            document_number=row["notice"],
            issued_on=date.fromisoformat(row["issued_on"]),
            source=row["source"],
            arrangements=tuple(_arrangements(told[row["notice"]])),
        )
        for row in _rows("holiday_notices.csv")
    )


@cache
def calendar() -> Calendar:
    """Return the calendar that these notices make."""
    return Calendar(notices())


def _arrangements(rows: list[dict[str, str]]) -> Iterator[Arrangement]:
    for name, found in groupby(rows, lambda row: row["name"]):
        days = [(row["what"], date.fromisoformat(row["day"])) for row in found]
        yield Arrangement(
            name=name,
            off=tuple(day for what, day in days if what == OFF),
            working=tuple(day for what, day in days if what == WORKED),
            extends_to=next((day for what, day in days if what == UNTIL), None),
        )


def _rows(name: str) -> list[dict[str, str]]:
    source = resources.files("jingkai.core") / "data" / name
    return list(csv.DictReader(source.read_text(encoding="utf-8").splitlines()))
