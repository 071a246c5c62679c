"""The steps of a case: recorded by one person, approved by another, served, withdrawn."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jingkai.apps.accounts.roles import Permission
from jingkai.core.idle_land import Disposal, procedure
from jingkai.core.idle_land.procedure import StepCode

from .. import facts
from ..models import CaseStep, IdleCase
from ..models.choices import Result, Step
from ..queries import Lack, Standing, lacks, standing
from . import keeping, told
from .cases import next_code
from .keeping import CaseClosed

__all__ = [
    "CaseClosed",
    "NotApproved",
    "NotRecorded",
    "NotWithdrawn",
    "StepRefused",
    "Telling",
    "approve_step",
    "record_step",
    "serve_step",
    "withdraw_step",
]

_MAY_REPEAT = {StepCode.ANSWER, StepCode.INVESTIGATION, StepCode.MORTGAGEE_NOTICE}
_RESULTS = {
    Disposal.OPTIONS: Result.BY_OPTION,
    Disposal.FEE: Result.FEE_PAID,
    Disposal.RECOVERY: Result.RECOVERED,
}


class NotRecorded(Exception):
    """The step is not recorded; the message says why."""


class StepRefused(NotRecorded):
    """The law or the procedure stands against the step."""

    def __init__(self, found: Collection[Lack]) -> None:
        """Keep what stands against it."""
        self.lacks = tuple(found)
        super().__init__(_("；").join(map(str, found)))


class NotApproved(Exception):
    """The step is not approved; the message says why."""


class NotWithdrawn(Exception):
    """The step stands; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """A step as it is told; the days of an option are read as the option means them."""

    step: StepCode
    done_on: date
    served_on: date | None = None
    document_number: str = ""
    option: str = ""
    from_on: date | None = None
    until_on: date | None = None
    amount_wan: Decimal | None = None
    note: str = ""
    code: str = ""
    source: str = ""


@transaction.atomic
def record_step(
    *,
    case: IdleCase,
    telling: Telling,
    permissions: Collection[Permission],
    by: str,
    at: datetime,
    force_reason: str = "",
) -> CaseStep:
    """
    Record a step and return it; one that must be approved counts only from then on.

    :raises StepRefused: with the articles, where something stands against it and is not forced
    :raises NotRecorded: for a day that can't be, or a step that is on record already
    :raises CaseClosed: if the case has ended
    """
    case = keeping.locked_open(case=case)
    row = _row(case, telling, by, at)
    found = standing(case, on=telling.done_on)
    _refuse_wrong_day(case, row, timezone.localdate(at))
    _refuse_repeated(case, telling.step)
    _pass(row, lacks(found, row), force_reason.strip(), permissions)
    row.save(force_insert=True)
    also = _close(case, row, found)
    changes = [
        *told.step_changed(step=row),
        *keeping.keep(case=case, by=by, at=at, also=also),
    ]
    verb = "idle.step.drafted" if row.needs_approval else "idle.step.recorded"
    told.record(verb=verb, case=case, changes=changes, by=by, at=at, reason=row.force_reason)
    return row


@transaction.atomic
def approve_step(
    *,
    step: CaseStep,
    by: str,
    at: datetime,
    document_number: str = "",
    served_on: date | None = None,
) -> CaseStep:
    """
    Approve what another person drafted, with the number of the authority's document.

    :raises NotApproved: by who drafted it, without the number, or where it stands already
    :raises StepRefused: if something stands against it by now
    :raises CaseClosed: if the case has ended
    """
    case = keeping.locked_open(case=step.case)
    row = _locked(step)
    before = told.of_step(step=row)
    _refuse_approval(row, by)
    row.document_number = document_number.strip() or row.document_number
    row.served_on = served_on or row.served_on
    row.approved_by, row.approved_at = by, at
    _refuse_wrong_day(case, row, timezone.localdate(at))
    found = standing(case, on=row.done_on)
    still = [lack for lack in lacks(found, row) if lack.code not in row.missing]
    if still:
        raise StepRefused(still)
    _keep_row(row, by, at)
    changes = [
        *told.step_changed(step=row, before=before),
        *keeping.keep(case=case, by=by, at=at),
    ]
    told.record(verb="idle.step.approved", case=case, changes=changes, by=by, at=at)
    return row


@transaction.atomic
def serve_step(*, step: CaseStep, served_on: date, by: str, at: datetime) -> CaseStep:
    """
    Record the day on which the step's document was served, from which its clocks run.

    :raises NotRecorded: for a day that can't be, or before the step counts
    :raises CaseClosed: if the case has ended
    """
    case = keeping.locked_open(case=step.case)
    row = _locked(step)
    before = told.of_step(step=row)
    if row.withdrawn_at is not None or (row.needs_approval and row.approved_at is None):
        raise NotRecorded(_("步骤尚未审核或已撤回，不能登记送达"))
    row.served_on = served_on
    _refuse_wrong_day(case, row, timezone.localdate(at))
    _keep_row(row, by, at)
    changes = [
        *told.step_changed(step=row, before=before),
        *keeping.keep(case=case, by=by, at=at),
    ]
    told.record(verb="idle.step.served", case=case, changes=changes, by=by, at=at)
    return row


@transaction.atomic
def withdraw_step(
    *,
    step: CaseStep,
    reason: str,
    permissions: Collection[Permission],
    by: str,
    at: datetime,
) -> CaseStep:
    """
    Let a step that was recorded in error count no longer; it stays visible.

    :raises NotWithdrawn: without a reason or the right, or where later steps rest on it
    :raises CaseClosed: if the case has ended
    """
    case = keeping.locked_open(case=step.case)
    row = _locked(step)
    before = told.of_step(step=row)
    _refuse_withdrawal(case, row, reason, permissions)
    row.withdrawn_by, row.withdrawn_at, row.withdrawn_reason = by, at, reason.strip()
    _keep_row(row, by, at)
    changes = [
        *told.step_changed(step=row, before=before),
        *keeping.keep(case=case, by=by, at=at),
    ]
    told.record(
        verb="idle.step.withdrawn", case=case, changes=changes, by=by, at=at, reason=reason.strip()
    )
    return row


def _row(case: IdleCase, telling: Telling, by: str, at: datetime) -> CaseStep:
    amount: Any = telling.amount_wan
    return CaseStep(
        zone=case.zone,
        code=telling.code or next_code(case=case),
        case=case,
        step=telling.step.value,
        done_on=telling.done_on,
        served_on=telling.served_on,
        document_number=telling.document_number.strip(),
        option=telling.option,
        from_on=telling.from_on,
        until_on=telling.until_on,
        amount_wan=amount,
        note=telling.note.strip(),
        needs_approval=procedure.STEPS[telling.step].needs_approval,
        source=telling.source,
        recorded_at=at,
        recorded_by=by,
        changed_at=at,
        changed_by=by,
    )


def _locked(step: CaseStep) -> CaseStep:
    rows = CaseStep.everywhere.select_for_update(of=("self",)).select_related("case", "zone")
    return rows.get(pk=step.pk)


def _keep_row(row: CaseStep, by: str, at: datetime) -> None:
    row.version += 1
    row.changed_at, row.changed_by = at, by
    row.save()


def _refuse_wrong_day(case: IdleCase, row: CaseStep, today: date) -> None:
    if row.done_on > today or (row.served_on is not None and row.served_on > today):
        raise NotRecorded(_("日期不能晚于今天"))
    earliest = max([case.opened_on, *_days_before(case, row)])
    if row.done_on < earliest:
        raise NotRecorded(_("日期不能早于前一步骤的 %(day)s") % {"day": earliest})
    latest = min(_days_after_service(case, row), default=None)
    if row.served_on is not None and latest is not None and row.served_on > latest:
        raise NotRecorded(_("送达日期不能晚于以送达为前提的步骤的 %(day)s") % {"day": latest})
    if row.served_on is not None and row.served_on < row.done_on:
        raise NotRecorded(_("送达日期不能早于办理日期"))
    if row.until_on is not None and row.from_on is not None and row.until_on <= row.from_on:
        raise NotRecorded(_("截止日期应晚于起始日期"))


def _days_before(case: IdleCase, row: CaseStep) -> Iterator[date]:
    """Yield the days of the steps before this one; where it answers a document, of its service."""
    step = procedure.STEPS[StepCode(row.step)]
    answered = set(procedure.served_before(step.code))
    rows = CaseStep.everywhere.filter(
        case=case, step__in={*step.after, *answered}, withdrawn_at=None
    )
    for before in rows:
        is_answered = StepCode(before.step) in answered
        yield (before.served_on if is_answered else None) or before.done_on


def _days_after_service(case: IdleCase, row: CaseStep) -> list[date]:
    """Return the days of the steps that answer this one's document."""
    code = StepCode(row.step)
    answers = [each for each in StepCode if code in procedure.served_before(each)]
    rows = CaseStep.everywhere.filter(case=case, step__in=answers, withdrawn_at=None)
    return list(rows.values_list("done_on", flat=True))


def _refuse_repeated(case: IdleCase, code: StepCode) -> None:
    if code in _MAY_REPEAT:
        return
    if CaseStep.everywhere.filter(case=case, step=code.value, withdrawn_at=None).exists():
        raise NotRecorded(
            _("“%(step)s”已登记；登记有误的，先撤回再重新登记") % {"step": Step(code).label}
        )


def _pass(
    row: CaseStep,
    found: Collection[Lack],
    force_reason: str,
    permissions: Collection[Permission],
) -> None:
    """Let the step pass, by force where that is open to the person and a reason is given."""
    if not found:
        return
    if not force_reason or not all(lack.may_force for lack in found):
        raise StepRefused(found)
    if Permission.APPROVE_LAND not in permissions:
        raise NotRecorded(_("强制登记需要“审核土地处置”权限；请补齐前置步骤，或请审核人强制登记"))
    row.force_reason, row.missing = force_reason, [lack.code for lack in found]


def _close(case: IdleCase, row: CaseStep, found: Standing) -> tuple[str, ...]:
    if row.step != Step.CLOSING:
        return ()
    way = found.way.disposal if StepCode.PERFORMANCE in found.done else None
    case.closed_on = row.done_on
    case.result = _RESULTS.get(way, Result.OTHER) if way is not None else Result.OTHER
    return ("closed_on", "result")


def _refuse_approval(row: CaseStep, by: str) -> None:
    if row.withdrawn_at is not None or not row.needs_approval or row.approved_at is not None:
        raise NotApproved(_("该步骤无须审核、已经审核或已撤回"))
    if row.recorded_by == by:
        raise NotApproved(_("经办人不得审核自己办理的步骤，请由另一人审核"))


def _refuse_withdrawal(
    case: IdleCase, row: CaseStep, reason: str, permissions: Collection[Permission]
) -> None:
    if not reason.strip():
        raise NotWithdrawn(_("撤回必须说明理由"))
    if row.withdrawn_at is not None or row.step == Step.SUSPICION:
        raise NotWithdrawn(_("该步骤已撤回，或是案件的起点，不能撤回"))
    if row.approved_at is not None and Permission.APPROVE_LAND not in permissions:
        raise NotWithdrawn(_("已审核的步骤须由有“审核土地处置”权限的人员撤回"))
    resting = _resting_on(case, row)
    if resting:
        names = _("、").join(str(Step(code).label) for code in resting)
        raise NotWithdrawn(_("以下步骤以此为前提，请先撤回：%(names)s") % {"names": names})


def _resting_on(case: IdleCase, row: CaseStep) -> tuple[StepCode, ...]:
    """Return the steps that rest on this one; none where the same step was done once more."""
    rows = CaseStep.everywhere.filter(case=case, withdrawn_at=None).exclude(pk=row.pk)
    steps = {StepCode(step) for step in rows.values_list("step", flat=True)}
    code = StepCode(row.step)
    if code in steps:
        return ()
    is_mortgaged = facts.of_parcel(case.parcel, on=row.done_on).is_mortgaged
    return procedure.resting_on(code, steps, procedure.Case(is_mortgaged=is_mortgaged))
