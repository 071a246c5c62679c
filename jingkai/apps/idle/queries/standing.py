"""Where a case stands on a day: what was done, on which way it is, and what its clocks show."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from jingkai.apps.calendar import queries as calendars
from jingkai.core import calendar as statutory
from jingkai.core import idle_land
from jingkai.core.idle_land import Facts, procedure
from jingkai.core.idle_land.documents import PaperKind
from jingkai.core.idle_land.procedure import Starts, StepCode
from jingkai.core.idle_land.results import Determination, Disposal
from jingkai.core.land import axes

from .. import facts
from ..models import CaseStep, IdleCase, Suspension
from ..models.choices import Attribution, Result

# The steps by which a case has taken a way, the gravest way first.
_WAYS = {
    Disposal.RECOVERY: (
        *(StepCode.RECOVERY_APPROVAL, StepCode.RECOVERY_DECISION),
        *(StepCode.DEREGISTRATION, StepCode.CANCELLATION),
    ),
    Disposal.FEE: (StepCode.FEE_APPROVAL, StepCode.FEE_DECISION, StepCode.FEE_PAYMENT),
    Disposal.OPTIONS: (StepCode.PLAN, StepCode.PLAN_APPROVAL, StepCode.AGREEMENT),
}
# What the holder may do, or leave: nobody is late when it lapses.
_RIGHTS = {"answer", "reconsideration", "suit"}
_ENDED = {statutory.State.DONE, statutory.State.DONE_LATE, statutory.State.DONE_UNKNOWN}


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A clock of the case that has started, and what it shows."""

    clock: procedure.Clock
    step: StepCode  # what is to be done within it, or only after it
    started_on: date
    reading: statutory.Reading
    suspensions: tuple[Suspension, ...]

    @property
    def is_open(self) -> bool:
        """Whether something must still be done within the time."""
        is_duty = not self.clock.is_waiting and self.clock.code not in _RIGHTS
        return is_duty and self.reading.state not in _ENDED

    @property
    def is_over(self) -> bool:
        """Whether the time has run out."""
        return self.reading.state is statutory.State.OVERDUE


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a case stands: the last standing row of each step that counts, and its clocks."""

    case: IdleCase
    on: date
    known: Facts
    determination: Determination
    done: Mapping[StepCode, CaseStep]
    drafts: tuple[CaseStep, ...]
    way: procedure.Case
    clocks: tuple[Running, ...]

    @property
    def next_clock(self) -> Running | None:
        """Return the open clock with the nearest last day; none where all is performed."""
        if self.is_closed or StepCode.PERFORMANCE in self.done:
            return None
        dated = [one for one in self.clocks if one.is_open and one.reading.due is not None]
        return min(dated, key=lambda one: one.reading.due.on, default=None)  # type: ignore[union-attr]

    @property
    def is_overdue(self) -> bool:
        """Whether the last day of the nearest open clock has passed."""
        clock = self.next_clock
        due = clock.reading.due if clock is not None else None
        return due is not None and due.on < self.on

    @property
    def is_closed(self) -> bool:
        """Whether the case had ended by the day."""
        return self.case.closed_on is not None and self.case.closed_on <= self.on


def standing(case: IdleCase, *, on: date) -> Standing:
    """Return where the case stood on the day, by the steps that were done until then."""
    days = calendars.calendar(case.zone_id)
    rows = _Rows(list(case.steps.all()), list(case.suspensions.all()))
    return _standing(case, rows, facts.of_parcel(case.parcel, on=on), days, on)


def day_of_paper(case: IdleCase, kind: PaperKind, *, on: date) -> date:
    """Return the day that the document speaks of: that of its step, else the day itself."""
    days = [
        row.done_on
        for row in case.steps.all()
        if row.withdrawn_at is None and procedure.STEPS[StepCode(row.step)].paper is kind
    ]
    return max(days, default=on)


def papers_on_way(found: Standing) -> frozenset[PaperKind]:
    """Return the documents that the case comes to; of the agreements, that of an extension."""
    plan = found.done.get(StepCode.PLAN)
    kinds = {step.paper for step in procedure.steps_of(found.way) if step.paper is not None}
    if plan is not None and plan.option != idle_land.Option.EXTENSION:
        kinds.discard(PaperKind.EXTENSION_AGREEMENT)
    return frozenset(kinds)


def standings(cases: QuerySet[IdleCase], *, on: date) -> Iterator[Standing]:
    """Yield where each of the cases stood on the day; a bounded number of queries for all."""
    found = list(cases.select_related("parcel").order_by("pk"))
    rows = _rows([case.pk for case in found])
    days = {zone: calendars.calendar(zone) for zone in {case.zone_id for case in found}}
    known = facts.of_parcels([case.parcel for case in found], on=on)
    for case, (_parcel, facts_of_day) in zip(found, known, strict=True):
        yield _standing(case, rows[case.pk], facts_of_day, days[case.zone_id], on)


@dataclass(frozen=True, slots=True)
class _Rows:
    """What is on record of one case."""

    steps: list[CaseStep] = field(default_factory=list)
    suspensions: list[Suspension] = field(default_factory=list)


def _rows(cases: Sequence[int]) -> Mapping[int, _Rows]:
    """Return what is on record of each case; a query set for each case would cost a third more."""
    found: dict[int, _Rows] = defaultdict(_Rows)
    for step in CaseStep.everywhere.filter(case__in=cases):
        found[step.case_id].steps.append(step)
    for suspension in Suspension.everywhere.filter(case__in=cases):
        found[suspension.case_id].suspensions.append(suspension)
    return found


def _standing(
    case: IdleCase, held: _Rows, known: Facts, days: statutory.Calendar, on: date
) -> Standing:
    rows = [row for row in held.steps if row.withdrawn_at is None and row.done_on <= on]
    rows.sort(key=lambda row: (row.done_on, row.pk))
    done = {StepCode(row.step): row for row in rows if _counts(row)}
    found = idle_land.determine(known, on=on)
    way = procedure.Case(
        disposal=_disposal(case, done, found),
        is_mortgaged=known.is_mortgaged,
        decided=frozenset(done.keys() & procedure.ENFORCEABLE),
    )
    return Standing(
        case=case,
        on=on,
        known=known,
        determination=found,
        done=done,
        drafts=tuple(row for row in rows if not _counts(row)),
        way=way,
        clocks=tuple(_clocks(held.suspensions, done, way, days, on)),
    )


def statutory_state(found: Standing) -> tuple[axes.Statutory, str]:
    """Return what the authority has said of the parcel by the steps that count, and its number."""
    done, case = found.done, found.case
    if case.result == Result.NOT_IDLE:
        return axes.Statutory.NOT_IDLE, ""
    for code, decided, state in _SAID:
        number = done[decided].document_number if decided in done else ""
        if code in done and (number or state is axes.Statutory.DISPOSED):
            return state, number
    if StepCode.DETERMINATION in done:
        by_holder = case.cause == Attribution.HOLDER
        state = axes.Statutory.IDLE_BY_HOLDER if by_holder else axes.Statutory.IDLE_BY_GOVERNMENT
        return state, done[StepCode.DETERMINATION].document_number
    is_asked = StepCode.INQUIRY in done
    return (axes.Statutory.UNDER_INQUIRY if is_asked else axes.Statutory.SUSPECTED), ""


# The last word first, each with the step that decided it: a fee that was paid ends no idleness.
_SAID = (
    (StepCode.DEREGISTRATION, StepCode.RECOVERY_DECISION, axes.Statutory.RECOVERED),
    (StepCode.CANCELLATION, StepCode.RECOVERY_DECISION, axes.Statutory.RECOVERED),
    (StepCode.FEE_DECISION, StepCode.FEE_DECISION, axes.Statutory.FEE_DECIDED),
    (StepCode.PERFORMANCE, StepCode.AGREEMENT, axes.Statutory.DISPOSED),
)


def _counts(row: CaseStep) -> bool:
    return not row.needs_approval or row.approved_at is not None


def _disposal(
    case: IdleCase, done: Mapping[StepCode, CaseStep], found: Determination
) -> Disposal | None:
    """
    Return the way that the law opens today, that of the case where it opens none.

    Once all is performed the way taken stands: what time adds afterwards changes it no more.
    """
    taken = next((way for way, codes in _WAYS.items() if done.keys() & set(codes)), None)
    if taken is not None and (StepCode.PERFORMANCE in done or found.disposal in {None, taken}):
        return taken
    if found.disposal is not None:
        return found.disposal
    return Disposal(case.disposal) if case.disposal else None


def _clocks(
    held: Sequence[Suspension],
    done: Mapping[StepCode, CaseStep],
    way: procedure.Case,
    days: statutory.Calendar,
    on: date,
) -> Iterable[Running]:
    for step in procedure.steps_of(way):
        for clock in step.clocks:
            start = _started_on(done.get(clock.since), clock)
            if start is None:
                continue
            paused = tuple(row for row in held if row.clock == clock.code)
            yield Running(
                clock=clock,
                step=step.code,
                started_on=start,
                suspensions=paused,
                reading=statutory.read(
                    days,
                    statutory.Clock(
                        started_on=start,
                        limit=clock.limit,
                        suspensions=tuple(map(_suspension, paused)),
                        done_on=_done_on(done.get(step.code), clock),
                    ),
                    on=on,
                ),
            )


def _started_on(row: CaseStep | None, clock: procedure.Clock) -> date | None:
    if row is None:
        return None
    return row.served_on if clock.starts is Starts.SERVED else row.done_on


def _done_on(row: CaseStep | None, clock: procedure.Clock) -> date | None:
    return None if row is None or clock.is_waiting else row.done_on


def _suspension(row: Suspension) -> statutory.Suspension:
    return statutory.Suspension(
        cause=statutory.Cause(row.cause),
        from_on=row.from_on,
        until_on=row.until_on,
        told_on=row.told_on,
        document=row.document,
    )
