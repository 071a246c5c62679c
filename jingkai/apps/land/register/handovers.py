"""What of land and plants a person hands over who leaves."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from jingkai.apps.accounts.roles import Permission
from jingkai.apps.registers.queries import Work

from ..models import FollowUp
from .contracts import WORKS_PROGRESS
from .parcels import PARCELS
from .plants import PLANTS


def _standing(rows: "QuerySet[Any]", _on: date) -> "QuerySet[Any]":
    return rows.filter(retired_on__isnull=True).exclude(follow_up=FollowUp.SETTLED)


def _unsettled(rows: "QuerySet[Any]", _on: date) -> "QuerySet[Any]":
    return rows.exclude(follow_up=FollowUp.SETTLED)


HANDED_OVER = (
    Work(
        kind="parcels",
        label=PARCELS.name,
        permission=Permission.READ_LAND,
        column="officer",
        open=_standing,
    ),
    Work(
        kind="plants",
        label=PLANTS.name,
        permission=Permission.READ_LAND,
        column="officer",
        open=_unsettled,
    ),
    # A statement is made once: who made it changes only with everything.
    Work(
        kind="works-progress",
        label=WORKS_PROGRESS.name,
        permission=Permission.READ_LAND,
        column="officer",
    ),
)
