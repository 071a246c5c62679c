"""Suspensions of a case's clocks."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jingkai.apps.audit import actions as audit

from ..models import IdleCase, Suspension
from ..models.choices import Clock, Pause
from . import keeping, told

_KIND = "idle-case-suspensions"


class NotSuspended(Exception):
    """The clock runs on, or stands; the message says why."""


@transaction.atomic
def suspend_clock(  # noqa: PLR0913 - the fields of a suspension
    *,
    case: IdleCase,
    clock: Clock,
    cause: Pause,
    from_on: date,
    by: str,
    at: datetime,
    until_on: date | None = None,
    told_on: date | None = None,
    document: str = "",
) -> Suspension:
    """
    Let a clock of the case stand from a day on; the party has to be told in writing.

    :raises NotSuspended: for a day before the case, or another suspension that goes on
    :raises CaseClosed: if the case has ended
    """
    case = keeping.locked_open(case=case)
    _refuse_told_later(told_on, at)
    _refuse_days(case, from_on, until_on, timezone.localdate(at))
    going_on = Suspension.everywhere.filter(case=case, clock=clock, until_on=None)
    if going_on.exists():
        raise NotSuspended(_("该期限已在中止，请先恢复计时"))
    made = Suspension.everywhere.create(
        zone=case.zone,
        case=case,
        clock=clock,
        cause=cause,
        document=document.strip(),
        from_on=from_on,
        until_on=until_on,
        told_on=told_on,
        recorded_at=at,
        recorded_by=by,
    )
    _tell("idle.clock.suspended", made, case, None, by, at)
    return made


@transaction.atomic
def resume_clock(
    *,
    suspension: Suspension,
    until_on: date,
    by: str,
    at: datetime,
    told_on: date | None = None,
) -> Suspension:
    """
    Let the clock run again from a day on; when the party was told may be added.

    :raises NotSuspended: when it runs already, or for a day that can't be
    :raises CaseClosed: if the case has ended
    """
    case = keeping.locked_open(case=suspension.case)
    found = Suspension.everywhere.select_for_update(of=("self",)).get(pk=suspension.pk)
    if found.until_on is not None:
        raise NotSuspended(_("该期限已于 %(day)s 恢复计时") % {"day": found.until_on})
    if not found.from_on < until_on <= timezone.localdate(at):
        raise NotSuspended(_("恢复日期应在中止起始日期之后，且不晚于今天"))
    _refuse_told_later(told_on, at)
    before = {"until_on": None, "told_on": told.plain(value=found.told_on)}
    found.until_on, found.told_on = until_on, told_on or found.told_on
    found.save(update_fields=["until_on", "told_on"])
    _tell("idle.clock.resumed", found, case, before, by, at)
    return found


def _refuse_days(case: IdleCase, from_on: date, until_on: date | None, today: date) -> None:
    if not case.opened_on <= from_on <= today:
        raise NotSuspended(_("中止起始日期应在立案日期与今天之间"))
    if until_on is not None and until_on <= from_on:
        raise NotSuspended(_("截止日期应晚于起始日期"))


def _refuse_told_later(told_on: date | None, at: datetime) -> None:
    if told_on is not None and told_on > timezone.localdate(at):
        raise NotSuspended(_("书面告知日期不能晚于今天"))


def _tell(  # noqa: PLR0917 - one event
    verb: str,
    row: Suspension,
    case: IdleCase,
    before: dict[str, object] | None,
    by: str,
    at: datetime,
) -> None:
    after = {
        "clock": row.clock,
        "cause": row.cause,
        "from_on": told.plain(value=row.from_on),
        "until_on": told.plain(value=row.until_on),
        "told_on": told.plain(value=row.told_on),
        "document": row.document,
    }
    shown = after if before is None else {name: after[name] for name in before}
    change = audit.Changed(_KIND, str(row.pk), str(row), before, shown)
    changes = [change, *keeping.keep(case=case, by=by, at=at)]
    told.record(verb=verb, case=case, changes=changes, by=by, at=at)
