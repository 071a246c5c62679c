"""
The stages of a project's life, and where it stood on any day.

Completion (竣工), land supply (供地) and settling (注册落地) are dated facts of a project, not
stages.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Stage(StrEnum):
    """How far a project has come. The order of the members is the order of life."""

    IN_LIBRARY = "in_library"  # 在库
    SIGNED = "signed"  # 签约
    TO_START = "to_start"  # 拟开工
    STARTED = "started"  # 开工
    IN_PRODUCTION = "in_production"  # 投产
    AT_CAPACITY = "at_capacity"  # 达产
    AT_TARGET = "at_target"  # 达效


class Status(StrEnum):
    """How a project fares, apart from how far it has come."""

    ONGOING = "ongoing"
    DELAYED = "delayed"
    DORMANT = "dormant"
    LOST = "lost"


STAGES = tuple(Stage)
_PLACE = {stage: place for place, stage in enumerate(STAGES)}


@dataclass(frozen=True, slots=True)
class Transition:
    """A project came to the stage on that day."""

    stage: Stage
    on: date


def next_stage(stage: Stage) -> Stage | None:
    """Return the stage that follows, None after the last."""
    place = _PLACE[stage] + 1
    return STAGES[place] if place < len(STAGES) else None


def is_back(now: Stage, to: Stage) -> bool:
    """Return whether the move undoes a stage that was reached."""
    return _PLACE[to] < _PLACE[now]


def stages_passed(now: Stage, to: Stage) -> tuple[Stage, ...]:
    """Return the stages that a move forward enters, in order; none for a move back."""
    return STAGES[_PLACE[now] + 1 : _PLACE[to] + 1]


def stage_on(transitions: Iterable[Transition], day: date) -> Stage | None:
    """
    Return the stage in which the project ended the given day, None before its first transition.

    Of several transitions on one day the later of the sequence counts.
    """
    known = _until(transitions, day)
    return known[-1].stage if known else None


def days_in_stage(transitions: Iterable[Transition], *, on: date) -> int | None:
    """Return for how many days the project has been in its stage, None before its first."""
    known = _until(transitions, on)
    if not known:
        return None
    since = known[-1].on
    for transition in reversed(known):
        if transition.stage != known[-1].stage:
            break
        since = transition.on
    return (on - since).days


def first_reached(transitions: Iterable[Transition]) -> dict[Stage, date]:
    """Return the day on which each stage was first entered; a stage that was skipped is absent."""
    reached: dict[Stage, date] = {}
    for transition in transitions:
        earlier = reached.get(transition.stage, transition.on)
        reached[transition.stage] = min(earlier, transition.on)
    return reached


def _until(transitions: Iterable[Transition], day: date) -> list[Transition]:
    known = [transition for transition in transitions if transition.on <= day]
    return sorted(known, key=lambda transition: transition.on)
