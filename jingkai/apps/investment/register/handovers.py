"""What of investment promotion a person hands over who leaves."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from jingkai.apps.accounts.roles import Permission
from jingkai.apps.registers.queries import Work

from .. import queries
from .contacts import NEGOTIATIONS, VISITS
from .leads import LEADS


def _open_leads(rows: "QuerySet[Any]", on: date) -> "QuerySet[Any]":
    return rows.filter(pk__in=queries.open_leads(on).values("pk"))


def _open_visits(rows: "QuerySet[Any]", _on: date) -> "QuerySet[Any]":
    """Return the visits that promised something which is not done."""
    return rows.filter(follow_up_on__isnull=False, followed_up_on__isnull=True)


def _assigned_today(on: date) -> dict[str, Any]:
    return {"assigned_on": on}


HANDED_OVER = (
    Work(
        kind="leads",
        label=LEADS.name,
        permission=Permission.READ_INVESTMENT,
        column="assigned_to",
        open=_open_leads,
        also=_assigned_today,
    ),
    Work(
        kind="visits",
        label=VISITS.name,
        permission=Permission.READ_INVESTMENT,
        column="officer",
        open=_open_visits,
    ),
    # A talk is over when it is written down: its officer changes only with everything.
    Work(
        kind="negotiations",
        label=NEGOTIATIONS.name,
        permission=Permission.READ_INVESTMENT,
        column="officer",
    ),
)
