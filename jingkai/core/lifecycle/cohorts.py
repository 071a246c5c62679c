"""
The funnel by cohort: of those that came in together, how many came how far, and how fast.

Works for any ordered steps: the stages of a project, or those of a lead.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil
from statistics import median
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)

SLOW_SHARE = Fraction(9, 10)


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortStep(Generic[K]):
    """
    One row of the funnel; shares and days are None where there is no case to tell.

    Days are counted from the step before; ``timed`` is the number of cases with both days on
    record. ``slow_days`` is the 90th percentile: nine of ten cases were not slower.
    """

    step: K
    reached: int
    of_previous: Fraction | None
    of_first: Fraction | None
    timed: int
    median_days: Fraction | None
    slow_days: int | None


def cohort(
    cases: Sequence[Mapping[K, date]], *, steps: Sequence[K], on: date
) -> tuple[CohortStep[K], ...]:
    """
    Return how the cases came through the steps, as far as it had happened on the given day.

    A case maps each step to the day on which it was first reached. Who reached a later step counts
    as having reached those before, since a step may be skipped or its day not be on record.
    """
    reached = [_reached(cases, steps[place:], on) for place in range(len(steps))]
    return tuple(
        _step(
            step,
            reached=reached[place],
            before=reached[place - 1] if place else None,
            first=reached[0],
            days=_days(cases, steps[place - 1], step, on) if place else [],
        )
        for place, step in enumerate(steps)
    )


def percentile_days(days: Sequence[int], share: Fraction) -> int | None:
    """Return the least of the days that the share of cases did not exceed (nearest rank)."""
    if not days:
        return None
    rank = max(1, ceil(share * len(days)))
    return sorted(days)[rank - 1]


def _step(
    step: K, *, reached: int, before: int | None, first: int, days: list[int]
) -> CohortStep[K]:
    return CohortStep(
        step=step,
        reached=reached,
        of_previous=Fraction(reached, before) if before else None,
        of_first=Fraction(reached, first) if first else None,
        timed=len(days),
        median_days=Fraction(median(days)) if days else None,
        slow_days=percentile_days(days, SLOW_SHARE),
    )


def _reached(cases: Sequence[Mapping[K, date]], steps: Sequence[K], on: date) -> int:
    return sum(any(step in case and case[step] <= on for step in steps) for case in cases)


def _days(cases: Sequence[Mapping[K, date]], before: K, step: K, on: date) -> list[int]:
    return [
        (case[step] - case[before]).days
        for case in cases
        if before in case and step in case and case[before] <= case[step] <= on
    ]
