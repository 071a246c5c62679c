"""What the officers do about idle land: cases, and how far each has come."""

from datetime import date
from typing import Any

from jingkai.demo import names

from . import days
from .land import Holding

Row = dict[str, Any]

FOUND = 140  # days before the story's end on which the suspicion is noted
# Each further step: its name, the days after the suspicion, whether it is a document.
STEPS = (
    ("inquiry", 18, True),
    ("answer", 45, False),
    ("investigation", 62, False),
    ("determination", 78, False),
)
OF_PARCELS = ("idle over a year", "idle over two years", "delayed by the government")
SUSPENDED = "suspended, may be idle"


def case_rows(held: list[Holding], officers: list[str], until: date) -> list[Row]:
    """Return the cases: of parcels that are or may be idle."""
    return [
        {
            "code": f"XZ-{until.year}-{number:02d}",
            "parcel": holding.code,
            "opened_on": days.after(until, -FOUND),
            "ground": "年度摸排（示范）",
            "officer": officers[number % len(officers)],
            "source": names.SOURCE,
        }
        for number, holding in enumerate(_looked_into(held, until), 1)
    ]


def step_rows(held: list[Holding], until: date) -> list[Row]:
    """Return the steps in the order of their days; each case has come one further than another."""
    found = []
    for number, _holding in enumerate(_looked_into(held, until), 1):
        case = f"XZ-{until.year}-{number:02d}"
        for step, after, is_document in STEPS[: number % (len(STEPS) + 1)]:
            day = days.after(until, after - FOUND)
            row: Row = {
                "code": f"{case}-{step}",
                "case": case,
                "step": step,
                "done_on": day,
                "note": "示范步骤",
                "source": names.SOURCE,
            }
            if is_document:
                row |= {
                    "served_on": days.after(day, 2),
                    "document_number": f"示范自然资调〔{until.year}〕{number}号",
                }
            found.append(row)
    return sorted(found, key=lambda row: row["done_on"])


def _looked_into(held: list[Holding], until: date) -> list[Holding]:
    """Return the parcels with a case; of those never started, the ones idle when it is opened."""
    late = days.after(until, -FOUND - 370)
    never = [
        one
        for one in held
        if one.situation.name in OF_PARCELS and one.start_on and one.start_on < late
    ]
    known = [one for one in never if not one.agrees_none]
    return known + [one for one in held if one.situation.name == SUSPENDED][:4]
