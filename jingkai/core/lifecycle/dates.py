"""The dated facts of a project's life, and what was agreed for each."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeDates:
    """
    What is on record of one project. ``None`` always means *not on record*.

    ``agreed_…`` is the last day by which the investor promised the fact of the same name.
    """

    signed_on: date | None = None
    settled_on: date | None = None  # 注册落地
    land_supplied_on: date | None = None  # 供地
    started_on: date | None = None
    completed_on: date | None = None  # 竣工
    production_started_on: date | None = None
    at_capacity_on: date | None = None
    at_target_on: date | None = None

    agreed_settle_on: date | None = None
    agreed_start_on: date | None = None
    agreed_completion_on: date | None = None
    agreed_production_on: date | None = None
    agreed_capacity_on: date | None = None
    agreed_target_on: date | None = None


class Milestone(StrEnum):
    """What an investor promises by a day, in the order of life."""

    SETTLE = "settle"
    START = "start"
    COMPLETION = "completion"
    PRODUCTION = "production"
    CAPACITY = "capacity"
    TARGET = "target"


def agreed_on(dates: LifeDates, milestone: Milestone) -> date | None:
    """Return the day by which the milestone was promised, None if no promise is on record."""
    return {
        Milestone.SETTLE: dates.agreed_settle_on,
        Milestone.START: dates.agreed_start_on,
        Milestone.COMPLETION: dates.agreed_completion_on,
        Milestone.PRODUCTION: dates.agreed_production_on,
        Milestone.CAPACITY: dates.agreed_capacity_on,
        Milestone.TARGET: dates.agreed_target_on,
    }[milestone]


def met_on(dates: LifeDates, milestone: Milestone) -> date | None:
    """Return the day on which the milestone was met, None if none is on record."""
    return {
        Milestone.SETTLE: dates.settled_on,
        Milestone.START: dates.started_on,
        Milestone.COMPLETION: dates.completed_on,
        Milestone.PRODUCTION: dates.production_started_on,
        Milestone.CAPACITY: dates.at_capacity_on,
        Milestone.TARGET: dates.at_target_on,
    }[milestone]


def has_happened(happened_on: date | None, *, on: date) -> bool:
    """Return whether a fact is on record with a day not after the given one."""
    return happened_on is not None and happened_on <= on
