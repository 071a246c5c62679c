"""
"六未": the six ways in which a project stands still, found from dates instead of reports.

The kinds are those of the provinces' project supervision (market.md B.6, item 26).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .dates import LifeDates, Milestone, agreed_on, has_happened, met_on


class StallKind(StrEnum):
    """A step was made and the next one was not."""

    SIGNED_NOT_SETTLED = "signed_not_settled"  # 签约未落地
    SUPPLIED_NOT_STARTED = "supplied_not_started"  # 供地未开工
    STARTED_NOT_COMPLETED = "started_not_completed"  # 开工未竣工
    COMPLETED_NOT_PRODUCING = "completed_not_producing"  # 竣工未投产
    PRODUCING_NOT_AT_CAPACITY = "producing_not_at_capacity"  # 投产未达产
    AT_CAPACITY_NOT_AT_TARGET = "at_capacity_not_at_target"  # 达产未达效


@dataclass(frozen=True, slots=True, kw_only=True)
class Stall:
    """
    A step that has not followed.

    ``overdue`` is None when no agreed date is on record, so that nobody can say.
    """

    kind: StallKind
    since: date
    days: int
    deadline: date | None
    overdue: bool | None


def stalls(dates: LifeDates, *, on: date) -> tuple[Stall, ...]:
    """Return where the project stands still on the given day; the agreed day itself is in time."""
    return tuple(
        _stall(kind, since, agreed_on(dates, awaited), on)
        for kind, since, awaited in _steps(dates)
        if since is not None and since <= on and not has_happened(met_on(dates, awaited), on=on)
    )


def _stall(kind: StallKind, since: date, deadline: date | None, on: date) -> Stall:
    return Stall(
        kind=kind,
        since=since,
        days=(on - since).days,
        deadline=deadline,
        overdue=None if deadline is None else on > deadline,
    )


def _steps(dates: LifeDates) -> Iterator[tuple[StallKind, date | None, Milestone]]:
    yield StallKind.SIGNED_NOT_SETTLED, dates.signed_on, Milestone.SETTLE
    yield StallKind.SUPPLIED_NOT_STARTED, dates.land_supplied_on, Milestone.START
    yield StallKind.STARTED_NOT_COMPLETED, dates.started_on, Milestone.COMPLETION
    yield StallKind.COMPLETED_NOT_PRODUCING, dates.completed_on, Milestone.PRODUCTION
    yield StallKind.PRODUCING_NOT_AT_CAPACITY, dates.production_started_on, Milestone.CAPACITY
    yield StallKind.AT_CAPACITY_NOT_AT_TARGET, dates.at_capacity_on, Milestone.TARGET
