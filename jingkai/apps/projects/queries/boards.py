"""The board by stage, and the 六未."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, F, Q, QuerySet, Sum

from jingkai.core import lifecycle
from jingkai.core.lifecycle import StallKind

from .. import facts
from ..models import Project, Stage, Status
from .gates import lacking, ready
from .lights import light
from .pages import officer_name
from .stages import ORDER, forced, stalled

MOST_CARDS = 50
READY = "ready"

# The agreed date that a project at the stage is working towards.
_NEXT_AGREED = {
    Stage.IN_LIBRARY: "agreed_start_on",
    Stage.SIGNED: "agreed_start_on",
    Stage.TO_START: "agreed_start_on",
    Stage.STARTED: "agreed_production_on",
    Stage.IN_PRODUCTION: "agreed_capacity_on",
    Stage.AT_CAPACITY: "agreed_target_on",
    Stage.AT_TARGET: "agreed_target_on",
}


@dataclass(frozen=True, slots=True)
class Card:
    """A project on the board; ``due_on`` is the agreed date it is working towards."""

    project: Project
    light: lifecycle.Light
    officer: str | None
    due_on: date | None
    is_forced: bool


@dataclass(frozen=True, slots=True)
class Column:
    """A stage of the board with its most pressing projects."""

    stage: Stage
    count: int
    planned_wan: Decimal | None
    cards: list[Card]

    @property
    def more(self) -> int:
        """Return how many projects the list has beyond the cards."""
        return self.count - len(self.cards)


@dataclass(frozen=True, slots=True)
class Board:
    """The columns in the order of life."""

    columns: list[Column]

    @property
    def count(self) -> int:
        """Return how many projects are on the board."""
        return sum(column.count for column in self.columns)


def board(filters: Mapping[str, object], *, on: date) -> Board:
    """
    Return the board of the day; lost projects only where their status is asked for.

    ``filters`` may name officer (key of a person), status, light, stalled (StallKind) and lacking
    (code of a requirement, or READY).
    """
    found = _filtered(filters, on)
    counts = {
        row["stage"]: row
        for row in found.values("stage").annotate(n=Count("pk"), wan=Sum("planned_wan")).order_by()
    }
    return Board(
        [
            Column(
                stage,
                counts[stage]["n"] if stage in counts else 0,
                counts[stage]["wan"] if stage in counts else None,
                _cards(found, stage, on) if stage in counts else [],
            )
            for stage in ORDER
        ]
    )


def stall_counts(*, on: date) -> dict[StallKind, tuple[int, int]]:
    """Return how many projects are in each of the 六未, and how many of them are overdue."""
    return {
        kind: (stalled(kind, on=on).count(), stalled(kind, on=on, overdue=True).count())
        for kind in StallKind
    }


def stall_rows(kind: StallKind, *, on: date) -> Sequence[tuple[Project, lifecycle.Stall]]:
    """Return up to 200 projects in one of the 六未, the longest first."""
    found = stalled(kind, on=on).annotate(officer_name=officer_name())
    rows = [
        (project, stall)
        for project in found.order_by("entered_on", "pk")[:2_000]
        for stall in lifecycle.stalls(facts.life_dates(project), on=on)
        if stall.kind is kind
    ]
    return sorted(rows, key=lambda row: row[1].since)[:200]


def _filtered(filters: Mapping[str, object], on: date) -> QuerySet[Project]:
    stall = filters.get("stalled")
    found = stalled(StallKind(str(stall)), on=on) if stall else Project.objects.all()
    status = filters.get("status")
    found = found.filter(status=status) if status else found.exclude(status=Status.LOST)
    if filters.get("officer"):
        mine = Q(assignments__until__isnull=True, assignments__officer=filters["officer"])
        found = found.filter(mine)
    if filters.get("light"):
        found = found.alias(colour=light(on=on)).filter(colour=filters["light"])
    code = filters.get("lacking")
    if code:
        found = found.filter(ready() if code == READY else lacking(str(code)))
    return found


def _cards(found: QuerySet[Project], stage: Stage, on: date) -> list[Card]:
    agreed = _NEXT_AGREED[stage]
    here = found.filter(stage=stage).annotate(officer_name=officer_name(), forced=forced())
    first = here.order_by(F(agreed).asc(nulls_last=True), "-pk")[:MOST_CARDS]
    return [
        Card(
            project,
            facts.light(project, on=on),
            project.officer_name,
            getattr(project, agreed),
            project.forced,
        )
        for project in first
    ]
