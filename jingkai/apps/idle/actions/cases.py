"""Opening a case, describing it, and ending one that did not come to a disposal."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.accounts.roles import Permission
from jingkai.apps.land import queries as land
from jingkai.apps.land.models import Parcel
from jingkai.core import idle_land
from jingkai.core.idle_land import Outcome
from jingkai.core.idle_land.procedure import StepCode

from ..models import CaseStep, IdleCase
from ..models.choices import Result
from ..queries import standing
from . import keeping, told
from .keeping import CaseClosed

__all__ = [
    "CaseClosed",
    "Description",
    "NotDescribed",
    "NotEnded",
    "NotOpened",
    "describe_case",
    "end_case",
    "open_case",
]


_FIRST = StepCode.SUSPICION


class NotOpened(Exception):
    """No case is opened on the parcel; the message says why."""


class NotDescribed(Exception):
    """What is known of the case stays as it is; the message says why."""


class NotEnded(Exception):
    """The case goes on; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What of a case may be told anew at any time."""

    officer: User | None
    is_mortgaged: bool | None
    hoarding_on: date | None
    hoarding_document: str
    note: str


@transaction.atomic
def open_case(  # noqa: PLR0913 - the fields of a new case
    *,
    parcel: Parcel,
    opened_on: date,
    by: str,
    at: datetime,
    ground: str = "",
    officer: User | None = None,
    code: str = "",
    source: str = "",
) -> IdleCase:
    """
    Open a case on a parcel that is suspected to lie idle, with the suspicion as its first step.

    :raises NotOpened: if one is open, the parcel is retired, or the day has not come
    """
    parcel = Parcel.everywhere.select_for_update(of=("self",)).get(pk=parcel.pk)
    _refuse_opening(parcel, opened_on, timezone.localdate(at))
    case = IdleCase(
        zone=parcel.zone,
        code=code or _code(parcel, opened_on),
        parcel=parcel,
        opened_on=opened_on,
        ground=ground.strip(),
        officer=officer,
        statute=_statute_of(opened_on),
        source=source,
        recorded_at=at,
        recorded_by=by,
        changed_at=at,
        changed_by=by,
    )
    _save(case)
    first = add_row(case=case, code=_FIRST, on=opened_on, by=by, at=at, note=case.ground)
    changes = [*told.case_changed(case=case), *told.step_changed(step=first)]
    changes += keeping.keep(case=case, by=by, at=at)
    told.record(verb="idle.case.opened", case=case, changes=changes, by=by, at=at)
    return case


@transaction.atomic
def describe_case(*, case: IdleCase, said: Description, by: str, at: datetime) -> IdleCase:
    """
    Tell anew who handles the case, whether the land is mortgaged, whether its holder hoards land.

    :raises NotDescribed: for a finding of a day to come
    :raises CaseClosed: if it has ended
    """
    case = keeping.locked_open(case=case)
    if said.hoarding_on is not None and said.hoarding_on > timezone.localdate(at):
        raise NotDescribed(_("认定恶意囤地炒地的日期不能晚于今天"))
    before = told.of_case(case=case)
    case.officer, case.is_mortgaged, case.note = said.officer, said.is_mortgaged, said.note
    case.hoarding_on, case.hoarding_document = said.hoarding_on, said.hoarding_document
    if told.of_case(case=case) == before:
        return case
    names = ("officer", "is_mortgaged", "note", "hoarding_on", "hoarding_document")
    changes = keeping.keep(case=case, by=by, at=at, also=names)
    told.record(verb="idle.case.described", case=case, changes=changes, by=by, at=at)
    return case


@transaction.atomic
def end_case(
    *,
    case: IdleCase,
    result: Result,
    on: date,
    reason: str,
    permissions: Collection[Permission],
    by: str,
    at: datetime,
) -> IdleCase:
    """
    End a case that comes to no disposal: not idle, started in time, or for another reason.

    :raises NotEnded: without a reason, after a determination, or where the facts say otherwise
    :raises CaseClosed: if it has ended
    """
    case = keeping.locked_open(case=case)
    _refuse_ending(case, result, on, reason, timezone.localdate(at), permissions)
    row = add_row(case=case, code=StepCode.CLOSING, on=on, by=by, at=at, note=reason.strip())
    case.closed_on, case.result = on, result
    changes = [
        *told.step_changed(step=row),
        *keeping.keep(case=case, by=by, at=at, also=("closed_on", "result")),
    ]
    told.record(
        verb="idle.case.ended", case=case, changes=changes, by=by, at=at, reason=reason.strip()
    )
    return case


def add_row(
    *, case: IdleCase, code: StepCode, on: date, by: str, at: datetime, note: str = ""
) -> CaseStep:
    """Put a step that needs nobody's approval into the table, and return it."""
    row = CaseStep(
        zone=case.zone,
        code=next_code(case=case),
        case=case,
        step=code.value,
        done_on=on,
        note=note,
        source=case.source,
        recorded_at=at,
        recorded_by=by,
        changed_at=at,
        changed_by=by,
    )
    row.save(force_insert=True)
    return row


def next_code(*, case: IdleCase) -> str:
    """Return the number of the case's next step."""
    return f"{case.code}-{CaseStep.everywhere.filter(case=case).count() + 1}"


def _refuse_opening(parcel: Parcel, opened_on: date, today: date) -> None:
    if opened_on > today:
        raise NotOpened(_("发现日期不能晚于今天"))
    signed_on = land.terms(parcel).signed_on
    if signed_on is not None and opened_on < signed_on:
        raise NotOpened(_("发现日期不能早于合同签订日期 %(day)s") % {"day": signed_on})
    if parcel.retired_on is not None:
        raise NotOpened(_("宗地“%(parcel)s”已分割或合并，请在新宗地上立案") % {"parcel": parcel})
    if IdleCase.everywhere.filter(parcel=parcel, closed_on=None).exists():
        raise NotOpened(_("宗地“%(parcel)s”已有未结案件") % {"parcel": parcel})


def _statute_of(day: date) -> str:
    """Return the number of the version by which a case of the day is handled."""
    statute = idle_land.statute_on(day)
    return statute.document_number if statute else ""


def _code(parcel: Parcel, opened_on: date) -> str:
    """Return the zone's next number of the year; two cases at once take turns at the zone."""
    Zone.objects.select_for_update().get(pk=parcel.zone_id)
    start = f"XZ-{opened_on.year}-"
    cases = IdleCase.everywhere.filter(zone=parcel.zone_id, code__startswith=start)
    tails = [code.removeprefix(start) for code in cases.values_list("code", flat=True)]
    last = max((int(tail) for tail in tails if tail.isdecimal()), default=0)
    return f"{start}{last + 1:02d}"


def _save(case: IdleCase) -> None:
    try:
        with transaction.atomic():
            case.save(force_insert=True)
    except IntegrityError:  # somebody else was quicker by a moment, or the number is taken
        raise NotOpened(
            _("宗地已有未结案件，或案件编号“%(code)s”已存在") % {"code": case.code}
        ) from None


def _refuse_ending(  # noqa: PLR0917 - what is told of an ending
    case: IdleCase,
    result: Result,
    on: date,
    reason: str,
    today: date,
    permissions: Collection[Permission],
) -> None:
    if not reason.strip():
        raise NotEnded(_("结案必须说明理由"))
    if not case.opened_on <= on <= today:
        raise NotEnded(
            _("结案日期应在立案日期 %(opened)s 与今天之间") % {"opened": case.opened_on}
        )
    last = _last_day(case)
    if on < last:
        raise NotEnded(_("结案日期不能早于最近一步的 %(day)s") % {"day": last})
    is_gone = case.parcel.retired_on is not None
    if is_gone and result is not Result.OTHER:
        said = {"parcel": case.parcel}
        raise NotEnded(
            _("宗地“%(parcel)s”已分割或合并，请按“其他”结案并说明，再在新宗地上立案") % said
        )
    found = standing(case, on=on)
    if StepCode.DETERMINATION in found.done and result is Result.NOT_IDLE:
        raise NotEnded(_("已下达认定书，不能按“不构成闲置”结案；认定有误的，先撤回认定步骤"))
    if Permission.APPROVE_LAND in permissions:
        return
    if found.way.decided and StepCode.PERFORMANCE not in found.done:
        raise NotEnded(
            _("已批准的方案或已下达的决定尚未履行完毕；请由有“审核土地处置”权限的人员结案")
        )
    is_answered = found.determination.outcome is Outcome.NOT_IDLE and result is not Result.OTHER
    if not is_gone and not is_answered:
        raise NotEnded(
            _("按登记的事实该宗地未排除闲置；请补正事实，或由有“审核土地处置”权限的人员结案")
        )


def _last_day(case: IdleCase) -> date:
    """Return the last day on which a step that stands was done or its document served."""
    rows = CaseStep.everywhere.filter(case=case, withdrawn_at=None)
    days = rows.values_list("done_on", "served_on")
    return max((day for pair in days for day in pair if day is not None), default=case.opened_on)
