"""How a last day comes about, day by day: what was counted, and why each other day was not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby

from . import clocks
from .clocks import Clock, Suspension
from .days import ONE_DAY, Calendar, Mark
from .limits import Limit, Unit


class Step(StrEnum):
    """What a stretch of days is to the limit."""

    STARTED = "started"  # the day it starts is not counted
    COUNTED = "counted"
    SWAPPED = "swapped"  # a weekend day that is worked, and counted
    RESTED = "rested"  # not counted: weekend or holiday
    PAUSED = "paused"  # not counted: suspended
    PASSED = "passed"  # within a limit of months or years, where no day is counted by itself
    ROLLED = "rolled"  # after the last day, which was one of rest
    DUE = "due"  # the day to which a last day of rest moved


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Days in a row that are the same to the limit; ``total``: counted up to its end."""

    first: date
    last: date
    step: Step
    name: str
    total: int

    @property
    def days(self) -> int:
        """Return how many days it has."""
        return (self.last - self.first).days + 1


def explain(
    calendar: Calendar, start: date, limit: Limit, suspensions: Sequence[Suspension] = ()
) -> tuple[Stretch, ...]:
    """Return every day from the start to the last one; empty while that day is not known."""
    clock = Clock(started_on=start, limit=limit, suspensions=tuple(suspensions))
    found = clocks.due(calendar, clock)
    if found is None:
        return ()
    told = [(start, Step.STARTED, "")]
    day = start
    while day < found.on:
        day += ONE_DAY
        is_over = day > found.nominal_on
        step, name = _step(calendar, day, limit, suspensions)
        if is_over:
            step = Step.DUE if day == found.on else Step.ROLLED
            name = calendar.day(day).name
        told.append((day, step, name))
    return tuple(_stretches(told))


def _step(
    calendar: Calendar, day: date, limit: Limit, suspensions: Sequence[Suspension]
) -> tuple[Step, str]:
    for one in suspensions:
        if one.from_on <= day and (one.until_on is None or day < one.until_on):
            return Step.PAUSED, one.cause.value
    if limit.unit is not Unit.WORKING_DAY:
        return (Step.COUNTED if limit.counts_days else Step.PASSED), ""
    found = calendar.day(day)
    if found.mark is Mark.SWAPPED_WORKING:
        return Step.SWAPPED, found.name
    return (Step.COUNTED, "") if found.is_working else (Step.RESTED, found.name)


def _stretches(told: Sequence[tuple[date, Step, str]]) -> Iterator[Stretch]:
    total = 0
    for (step, name), group in groupby(told, lambda entry: entry[1:]):
        days = [entry[0] for entry in group]
        total += len(days) if step in {Step.COUNTED, Step.SWAPPED} else 0
        yield Stretch(first=days[0], last=days[-1], step=step, name=name, total=total)
