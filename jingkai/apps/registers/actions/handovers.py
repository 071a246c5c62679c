"""All of one person's work handed to another, and signed for: one event a batch."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jingkai.apps.accounts import queries as accounts
from jingkai.apps.accounts import scope
from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.accounts.roles import Permission
from jingkai.apps.audit import actions as audit
from jingkai.apps.notes import actions as notes
from jingkai.apps.notes import queries as follow_ups
from jingkai.apps.notices import actions as notices
from jingkai.apps.notices import queries as readers
from jingkai.apps.work import actions as work_actions
from jingkai.apps.work import queries as jobs

from .. import writing
from ..kinds import Refused
from ..models import HandOver
from ..queries.catalogue import find
from ..queries.handovers import Given, Work, kinds_of_work

KIND = "hand-overs"


class NotHandedOver(Exception):
    """Everything stays where it is; the message says why and what to do."""


@transaction.atomic
def hand_over_work(
    *,
    zone: Zone,
    before: User,
    to: User,
    everything: bool,
    reason: str,
    by: str,
    at: datetime,
) -> HandOver:
    """
    Hand all of a person's work in the zone to another: every kind, or nothing at all.

    :raises NotHandedOver: without a reason, without work, or to somebody who may not read it
    """
    given = Given(
        zone=zone,
        before=before,
        to=to,
        everything=everything,
        reason=reason.strip(),
        by=by,
        at=at,
        on=timezone.localdate(at),
    )
    _refuse(given)
    counts, changes = _give_sealed(given)
    if not counts:
        raise NotHandedOver(_("%(person)s没有需要移交的工作") % {"person": before})
    made = _kept(given, counts)
    _note(made, "handed-over", by, at, changes)
    _tell(made, before, by, at)
    return made


@transaction.atomic
def acknowledge_hand_over(*, hand_over: HandOver, by: str, at: datetime) -> HandOver:
    """
    Let the receiver sign for the whole batch; what waits for a signature of its own is signed too.

    :raises NotHandedOver: when somebody else signs, or it is signed already
    """
    rows = HandOver.everywhere.select_for_update(of=("self",)).select_related("zone")
    found = rows.get(pk=hand_over.pk)
    if found.to != by:
        raise NotHandedOver(_("只有接手人本人可以签收"))
    if found.acknowledged_at is not None:
        raise NotHandedOver(_("这次移交已经签收"))
    person = accounts.person(by)
    found.acknowledged_at = at
    found.save(update_fields=["acknowledged_at"])
    for work in kinds_of_work():
        if work.sign is not None and work.kind in found.counts and person is not None:
            work.sign(found.zone, person, at)
    _note(found, "acknowledged", by, at, [])
    return found


def _kept(given: Given, counts: dict[str, int]) -> HandOver:
    return HandOver.everywhere.create(
        zone=given.zone,
        before=given.before.username,
        to=given.to.username,
        everything=given.everything,
        reason=given.reason[:300],
        counts=counts,
        by=given.by,
        at=given.at,
    )


def _give_sealed(given: Given) -> tuple[dict[str, int], list[audit.Changed]]:
    """Move sealed records too, without naming them to somebody who may not see them."""
    is_sealed = scope.present_seal() is not None
    with scope.unsealed():
        try:
            return _give(given)
        except Refused:
            if not is_sealed:
                raise
            raise NotHandedOver(_("有记录不能移交，且您无权查看；请由有权限的人员办理")) from None


def _give(given: Given) -> tuple[dict[str, int], list[audit.Changed]]:
    """Move every kind; return how many of each, and the changes that the batch's event tells."""
    counts: dict[str, int] = {}
    changes: list[audit.Changed] = []
    for work in kinds_of_work():
        _refuse_sealed(work, given)
        moved, told = work.give(given) if work.give else _give_column(work, given)
        if moved:
            _refuse_blind(work, given)
            counts[work.kind] = moved
            changes += told
    return counts, changes


def _refuse(given: Given) -> None:
    if not given.reason:
        raise NotHandedOver(_("请填写移交原因"))
    if given.before.pk == given.to.pk:
        raise NotHandedOver(_("接手人不能是移交人本人"))
    if not accounts.people_of(given.zone, on=given.on).filter(pk=given.to.pk).exists():
        raise NotHandedOver(_("%(person)s不是本园区在任人员") % {"person": given.to})


def _refuse_blind(work: Work, given: Given) -> None:
    """Refuse to give work to somebody who could not open it."""
    username = given.to.username
    if not readers.may_read(username, given.zone, work.permission, on=given.on):
        raise NotHandedOver(
            _("%(person)s无权查看“%(work)s”，不能接手；请改选他人，或先授予相应角色")
            % {"person": given.to, "work": work.label}
        )


def _refuse_sealed(work: Work, given: Given) -> None:
    """Refuse to give sensitive records to somebody who may not see them."""
    username, cleared = given.to.username, Permission.READ_SENSITIVE
    if readers.may_read(username, given.zone, cleared, on=given.on):
        return
    rows = work.rows(given.zone, given.before, given.on, everything=given.everything)
    with scope.sealed(username):
        seen = work.rows(given.zone, given.before, given.on, everything=given.everything)
        is_less = seen.count() < rows.count()
    if is_less:
        raise NotHandedOver(
            _("“%(work)s”中有敏感记录，%(person)s无权查看，不能接手；请改选他人")
            % {"person": given.to, "work": work.label}
        )


def _give_column(work: Work, given: Given) -> tuple[int, list[audit.Changed]]:
    """Put the successor into the column of every row that names the person."""
    register = find(work.kind)
    assert register is not None  # noqa: S101 - the declaration names a register
    found = work.rows(given.zone, given.before, given.on, everything=given.everything)
    rows = register.model.everywhere.select_for_update(of=("self",)).filter(
        pk__in=list(found.values_list("pk", flat=True))
    )
    values = {work.column: given.to} | (work.also(given.on) if work.also else {})
    changes = []
    for row in rows.select_related(work.column).order_by("pk"):
        before = writing.plain(register, {name: getattr(row, name) for name in values})
        writing.assign(row, values, given.by, given.at)
        row.save(update_fields=writing.model_fields(type(row), values))
        after = writing.plain(register, values)
        changes.append(audit.Changed(work.kind, str(row.pk), str(row), before, after))
    return len(changes), changes


def _note(made: HandOver, verb: str, by: str, at: datetime, changes: list[audit.Changed]) -> None:
    audit.record(
        verb=f"registers.work.{verb}",
        actor=by,
        target_kind=KIND,
        target_id=str(made.pk),
        target_label=str(made),
        zone_code=made.zone.code,
        at=at,
        reason=made.reason,
        details={"before": made.before, "to": made.to, "counts": made.counts},
        changes=changes,
    )


def _tell(made: HandOver, before: User, by: str, at: datetime) -> None:
    notices.send(
        zone=made.zone,
        to=[made.to],
        kind="hand-over",
        title=_("%(person)s的工作已移交给您，请签收") % {"person": before},
        text=made.reason,
        url=reverse("hand-over", args=[made.zone.code, made.pk]),
        by=by,
        at=at,
    )


def _follow_ups(zone: Zone, person: User, everything: bool, _on: date) -> QuerySet[Any]:  # noqa: FBT001 - as Work calls it
    return follow_ups.to_hand_over(person.username, everything=everything).filter(zone=zone)


def _give_follow_ups(given: Given) -> tuple[int, list[audit.Changed]]:
    changes = notes.give_follow_ups(
        zone=given.zone,
        before=given.before.username,
        to=given.to.username,
        everything=given.everything,
    )
    return len(changes), changes


def _jobs(zone: Zone, person: User, _everything: bool, _on: date) -> QuerySet[Any]:  # noqa: FBT001 - as Work calls it
    return jobs.unfinished(person.username).filter(zone=zone)


def _give_jobs(given: Given) -> tuple[int, list[audit.Changed]]:
    changes = work_actions.give(
        zone=given.zone, before=given.before.username, to=given.to.username
    )
    return len(changes), changes


# What lies beside the registers.
BESIDE = (
    Work(
        kind="follow-ups",
        label=gettext_lazy("跟进事项"),
        mine=_follow_ups,
        give=_give_follow_ups,
    ),
    Work(kind="job", label=gettext_lazy("后台作业"), mine=_jobs, give=_give_jobs),
)
