"""红黄绿灯: whether a project keeps what was agreed, with the reasons."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .dates import LifeDates, Milestone, agreed_on, has_happened, met_on
from .stages import Status


class Colour(StrEnum):
    """What the light shows."""

    RED = "red"  # an agreed day is past and its milestone is not met
    AMBER = "amber"  # an agreed day is near
    GREEN = "green"  # every agreed day is met or far off
    GREY = "grey"  # nothing that is still to come has an agreed day on record
    OFF = "off"  # the project is dormant or lost, and shown apart


class ReasonCode(StrEnum):
    """Why the light has its colour."""

    OVERDUE = "overdue"
    DUE_SOON = "due_soon"
    IN_TIME = "in_time"
    ALL_MET = "all_met"
    NOTHING_AGREED = "nothing_agreed"
    DORMANT = "dormant"
    LOST = "lost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """``days`` are those past the agreed day when overdue, else those left until it."""

    code: ReasonCode
    milestone: Milestone | None = None
    agreed_on: date | None = None
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Light:
    """A colour and why."""

    colour: Colour
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LightRule:
    """How near an agreed day is *near*, in calendar days; ``effective_to`` is exclusive."""

    effective_from: date
    effective_to: date | None = None
    basis: str
    amber_days: int


LIGHT_RULES = (
    LightRule(
        effective_from=date(2000, 1, 1), basis="系统默认：约定时限前30日内亮黄灯", amber_days=30
    ),
)


def light(
    dates: LifeDates,
    *,
    on: date,
    status: Status = Status.ONGOING,
    rule: LightRule = LIGHT_RULES[0],
) -> Light:
    """Return the project's light on the given day; the most pressing reason comes first."""
    apart = {Status.LOST: ReasonCode.LOST, Status.DORMANT: ReasonCode.DORMANT}.get(status)
    if apart is not None:
        return Light(Colour.OFF, (Reason(code=apart),))
    return _of_promises(dates, on, rule)


def _of_promises(dates: LifeDates, on: date, rule: LightRule) -> Light:
    open_promises = tuple(_open_promises(dates, on, rule))
    for colour, code in (
        (Colour.RED, ReasonCode.OVERDUE),
        (Colour.AMBER, ReasonCode.DUE_SOON),
        (Colour.GREEN, ReasonCode.IN_TIME),
    ):
        reasons = tuple(reason for reason in open_promises if reason.code is code)
        if reasons:
            return Light(colour, reasons)
    if has_happened(dates.at_target_on, on=on):
        return Light(Colour.GREEN, (Reason(code=ReasonCode.ALL_MET),))
    return Light(Colour.GREY, (Reason(code=ReasonCode.NOTHING_AGREED),))


def _open_promises(dates: LifeDates, on: date, rule: LightRule) -> Iterator[Reason]:
    for milestone in Milestone:
        agreed = agreed_on(dates, milestone)
        if agreed is None or has_happened(met_on(dates, milestone), on=on):
            continue
        left = (agreed - on).days
        soon = ReasonCode.DUE_SOON if left <= rule.amber_days else ReasonCode.IN_TIME
        code = ReasonCode.OVERDUE if left < 0 else soon
        yield Reason(code=code, milestone=milestone, agreed_on=agreed, days=abs(left))
