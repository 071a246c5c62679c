"""
A clock on the statutory calendar: a limit that runs, pauses, and is kept, near or passed.

What 《行政许可法》第四十五条 names (听证、招标、拍卖、检验、检测、检疫、鉴定和专家评审) is not
counted, but the applicant must be told in writing how long it takes. A promised limit
(《优化营商环境条例》第三十六条) runs beside the statutory one: its passing warns, that of the
statutory one escalates.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from .days import ONE_DAY, Calendar
from .limits import Due, Limit, Unit

Intervals = tuple[tuple[date, date | None], ...]


class Cause(StrEnum):
    """Why a limit is not counted for a while."""

    HEARING = "hearing"  # 听证
    TENDER = "tender"  # 招标
    AUCTION = "auction"  # 拍卖
    INSPECTION = "inspection"  # 检验
    TESTING = "testing"  # 检测
    QUARANTINE = "quarantine"  # 检疫
    APPRAISAL = "appraisal"  # 鉴定
    EXPERT_REVIEW = "expert_review"  # 专家评审
    OTHER = "other"  # another ground, which the document names


class State(StrEnum):
    """Where a clock stands on a day."""

    NOT_STARTED = "not_started"
    RUNNING = "running"
    PAUSED = "paused"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    DONE = "done"  # in time
    DONE_LATE = "done_late"
    DONE_UNKNOWN = "done_unknown"  # whether in time can't be told


class Alarm(StrEnum):
    """What the state asks of others; in order of weight."""

    NONE = "none"
    WARN = "warn"
    ESCALATE = "escalate"


class RemarkCode(StrEnum):
    """What must be known beside the state."""

    SUSPENSION_OPEN = "suspension_open"  # it goes on, so that the last day is not known
    NOT_TOLD = "not_told"  # nobody was told in writing of a suspension
    PROVISIONAL = "provisional"  # a notice is awaited that may move the day
    ROLLED = "rolled"  # the last day was one of rest
    UNMARKED = "unmarked"  # 日（未注明工作日）
    PROMISE_PASSED = "promise_passed"
    STATUTE_PASSED = "statute_passed"
    NEAR = "near"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspension:
    """
    Days that are not counted: from one until, not including, another; None: it goes on.

    ``told_on``: when the party was told in writing; None: not on record.
    """

    cause: Cause
    from_on: date
    until_on: date | None = None
    told_on: date | None = None
    document: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """
    A limit that runs from a day, which is not counted itself.

    ``near``: from how many units before the last day it is due soon.
    """

    started_on: date
    limit: Limit
    promised: Limit | None = None
    suspensions: tuple[Suspension, ...] = ()
    done_on: date | None = None
    near: int = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A remark, with the day or the number of units that it is about."""

    code: RemarkCode
    on: date | None = None
    count: int | None = None
    years: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """
    What a clock shows on a day.

    ``due`` None: not known while a suspension goes on. ``used`` and ``remaining`` count working
    days where the limit does, else calendar days; ``remaining`` is negative once the last day is
    past, None where that day is not known and the limit is one of months.
    """

    state: State
    alarm: Alarm
    due: Due | None
    promised_due: Due | None
    used: int
    remaining: int | None
    remarks: tuple[Remark, ...]


def due(calendar: Calendar, clock: Clock) -> Due | None:
    """Return the statutory last day, None while a suspension that bears on it goes on."""
    return _due(calendar, clock.started_on, clock.limit, _paused(clock.suspensions))


def read(calendar: Calendar, clock: Clock, *, on: date) -> Reading:
    """Return what the clock shows on the day."""
    paused = _paused(clock.suspensions)
    last = _due(calendar, clock.started_on, clock.limit, paused)
    promised = clock.promised and _due(calendar, clock.started_on, clock.promised, paused)
    day = min(on, clock.done_on) if clock.done_on else on
    used = _counted(calendar, clock.limit.unit, clock.started_on, day, paused)
    remaining = _remaining(calendar, clock, day, last, used, paused)
    state = _state(clock, on, last, remaining, paused)
    remarks = tuple(_remarks(clock, day, last, promised or None, remaining))
    return Reading(
        state=state,
        alarm=_alarm(state, remarks),
        due=last,
        promised_due=promised or None,
        used=used,
        remaining=remaining,
        remarks=remarks,
    )


def _paused(suspensions: Sequence[Suspension]) -> Intervals:
    """Return the days of all suspensions once, in order, as half-open intervals."""
    found: list[tuple[date, date | None]] = []
    for one in sorted(suspensions, key=lambda one: one.from_on):
        if one.until_on is not None and one.until_on <= one.from_on:
            continue
        if found and (found[-1][1] is None or one.from_on <= found[-1][1]):
            first, until = found[-1]
            ends = None if until is None or one.until_on is None else max(until, one.until_on)
            found[-1] = (first, ends)
        else:
            found.append((one.from_on, one.until_on))
    return tuple(found)


def _due(calendar: Calendar, start: date, limit: Limit, paused: Intervals) -> Due | None:
    """
    Return the last day: the first that has so many counted days up to it.

    Each round adds what the suspensions took before the day found so far, until nothing is added;
    a limit of months or years keeps its own last day and is moved by the days that were paused.
    """
    closed = tuple((begins, ends) for begins, ends in paused if ends is not None)
    nominal = first = calendar.nominal(start, limit)
    lost = -1
    while closed and lost != (lost := _lost(calendar, limit.unit, start, nominal, closed)):
        if limit.counts_days:
            nominal = calendar.nominal(start, replace(limit, count=limit.count + lost))
        else:
            nominal = first + timedelta(days=lost)
    if any(ends is None and begins <= nominal for begins, ends in paused):
        return None
    return calendar.due(start, nominal, limit)


def _lost(calendar: Calendar, unit: Unit, start: date, until: date, paused: Intervals) -> int:
    """Return how many days of the unit after the start and up to the other were paused."""
    total = 0
    for first, ends in paused:
        after = max(first - ONE_DAY, start)
        last = until if ends is None else min(ends - ONE_DAY, until)
        if after < last:
            total += _between(calendar, unit, after, last)
    return total


def _counted(calendar: Calendar, unit: Unit, start: date, until: date, paused: Intervals) -> int:
    """Return how many days of the unit were counted after the start and up to the other."""
    lost = _lost(calendar, unit, start, until, paused)
    return _between(calendar, unit, start, until) - lost


def _between(calendar: Calendar, unit: Unit, after: date, until: date) -> int:
    """Return the days between, worked ones for a limit of such; months are told in days."""
    told = unit if unit is Unit.WORKING_DAY else Unit.CALENDAR_DAY
    return calendar.between(after, until, told)


def _remaining(  # noqa: PLR0917 - the parts of one reading, computed once
    calendar: Calendar, clock: Clock, day: date, last: Due | None, used: int, paused: Intervals
) -> int | None:
    unit = clock.limit.unit
    if last is None:
        return clock.limit.count - used if clock.limit.counts_days else None
    if day > last.on:
        return -_between(calendar, unit, last.on, day)
    return _counted(calendar, unit, max(day, clock.started_on), last.on, paused)


def _state(
    clock: Clock, on: date, last: Due | None, remaining: int | None, paused: Intervals
) -> State:
    if clock.done_on is not None and clock.done_on <= on:
        return _done(clock.done_on, last)
    if on < clock.started_on:
        return State.NOT_STARTED
    if last is not None and on > last.on:
        return State.OVERDUE
    if any(first <= on and (ends is None or on < ends) for first, ends in paused):
        return State.PAUSED
    is_near = last is not None and remaining is not None and remaining <= clock.near
    return State.DUE_SOON if is_near else State.RUNNING


def _done(done_on: date, last: Due | None) -> State:
    if last is None:
        return State.DONE_UNKNOWN
    return State.DONE if done_on <= last.on else State.DONE_LATE


def _remarks(
    clock: Clock, day: date, last: Due | None, promised: Due | None, remaining: int | None
) -> Iterator[Remark]:
    for one in clock.suspensions:
        if one.told_on is None:
            yield Remark(code=RemarkCode.NOT_TOLD, on=one.from_on)
    if clock.limit.is_unmarked:
        yield Remark(code=RemarkCode.UNMARKED)
    if promised is not None and day > promised.on:
        yield Remark(code=RemarkCode.PROMISE_PASSED, on=promised.on)
    if last is None:
        going_on = next(one for one in clock.suspensions if one.until_on is None)
        yield Remark(code=RemarkCode.SUSPENSION_OPEN, on=going_on.from_on)
        return
    if last.is_rolled:
        yield Remark(code=RemarkCode.ROLLED, on=last.nominal_on)
    if last.is_provisional:
        yield Remark(code=RemarkCode.PROVISIONAL, on=last.on, years=last.awaited)
    if day > last.on:
        yield Remark(code=RemarkCode.STATUTE_PASSED, on=last.on, count=-(remaining or 0))
    elif clock.done_on is None and remaining is not None and remaining <= clock.near:
        yield Remark(code=RemarkCode.NEAR, on=last.on, count=remaining)


def _alarm(state: State, remarks: Sequence[Remark]) -> Alarm:
    codes = {remark.code for remark in remarks}
    if state in {State.OVERDUE, State.DONE_LATE}:
        return Alarm.ESCALATE
    if state is State.DUE_SOON or RemarkCode.PROMISE_PASSED in codes:
        return Alarm.WARN
    return Alarm.NONE
