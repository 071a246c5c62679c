"""What is to be done about a record, by whom and until when."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.audit import actions as audit
from jingkai.apps.notices import actions as notices
from jingkai.apps.notices import queries as readers

from .. import queries
from ..models import FollowUp
from ..queries import page_of
from .records import About, record


class NotPlanned(Exception):
    """The follow-up stays as it is; the message says why."""


@transaction.atomic
def plan_follow_up(
    *, about: About, person: User, due_on: date, what: str, by: str, at: datetime
) -> FollowUp:
    """
    Plan what a person does about the record until the day; another than oneself is told.

    :raises NotPlanned: when nothing is to be done, or the person may not read the record
    """
    if not what.strip():
        raise NotPlanned(_("请填写跟进事项"))
    today = timezone.localdate(at)
    if not readers.may_read(person.username, about.zone, about.permission, on=today):
        raise NotPlanned(_("%(person)s无权查看这条记录，请改选他人") % {"person": person})
    made = FollowUp.everywhere.create(
        **about.fields,
        person=person.username,
        due_on=due_on,
        what=what.strip()[:200],
        by=by,
        at=at,
    )
    after = {"person": made.person, "due_on": made.due_on, "what": made.what}
    changes = [audit.Changed("follow-ups", str(made.pk), made.label, None, after)]
    record(verb="follow-up.planned", beside=made, by=by, at=at, changes=changes)
    notices.send(
        zone=about.zone,
        to=[made.person],
        kind="assigned",
        title=_("请跟进：%(what)s") % {"what": made.what},
        text=_("%(record)s，%(day)s 前") % {"record": made.label, "day": made.due_on},
        url=f"{about.url}#notes",
        by=by,
        at=at,
        permission=about.permission,
        about=about.key,
    )
    return made


@transaction.atomic
def finish_follow_up(*, follow_up: FollowUp, result: str, by: str, at: datetime) -> FollowUp:
    """
    Say that it is done, and what came of it; the one who does it or who planned it may.

    :raises NotPlanned: when it is done already, or somebody else says so
    """
    rows = FollowUp.everywhere.select_for_update(of=("self",)).select_related("zone")
    found = rows.get(pk=follow_up.pk)
    if found.done_at is not None:
        raise NotPlanned(_("这项跟进已经办结"))
    if by not in {found.person, found.by}:
        raise NotPlanned(_("只有跟进人或安排人可以办结"))
    found.done_at, found.done_by, found.result = at, by, result.strip()[:200]
    found.save(update_fields=["done_at", "done_by", "result"])
    before, after = {"done_by": "", "result": ""}, {"done_by": by, "result": found.result}
    changes = [audit.Changed("follow-ups", str(found.pk), found.label, before, after)]
    record(verb="follow-up.done", beside=found, by=by, at=at, changes=changes)
    return found


@transaction.atomic
def give_follow_ups(*, zone: Zone, before: str, to: str, everything: bool) -> list[audit.Changed]:
    """Hand a person's follow-ups on; part of a hand-over, whose event carries these changes."""
    rows = queries.to_hand_over(before, everything=everything).select_for_update(of=("self",))
    held = list(rows.filter(zone=zone))
    FollowUp.everywhere.filter(pk__in=[row.pk for row in held]).update(person=to)
    return [
        audit.Changed("follow-ups", str(row.pk), row.label, {"person": before}, {"person": to})
        for row in held
    ]


def remind(*, zone: Zone, at: datetime) -> int:
    """Tell everybody once of what is due for them in the zone in scope; return how many."""
    due = queries.due(timezone.localdate(at)).filter(zone=zone)
    return sum(_remind(row, at) for row in due.select_related("zone")[:1_000])


@transaction.atomic
def _remind(row: FollowUp, at: datetime) -> int:
    """Tell of one; whoever marks it first tells."""
    mine = FollowUp.everywhere.filter(pk=row.pk, reminded_at=None).update(reminded_at=at)
    if not mine:
        return 0
    notices.send(
        zone=row.zone,
        to=[row.person],
        kind="follow-up",
        title=_("跟进到期：%(what)s") % {"what": row.what},
        text=_("%(record)s，%(day)s 前") % {"record": row.label, "day": row.due_on},
        url=page_of(row),
        by="system",
        at=at,
        permission=row.permission,
        about=f"{row.kind}:{row.object_id}",
    )
    return 1
