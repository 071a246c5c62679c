"""What a person has to do about idle land, derived each time it is asked."""

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _

from jingkai.apps.accounts import queries as accounts
from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.accounts.roles import Permission
from jingkai.web.parts import Todo

from .boards import open_cases, to_approve
from .determinations import without_case

MOST = 50
_NEAR = timedelta(days=15)


class Task(StrEnum):
    """What is to be done."""

    KEEP_LIMIT = "keep_idle_case_limit"
    APPROVE_STEP = "approve_idle_case_step"
    OPEN_CASES = "open_idle_cases"


def todos(*, user: User, on: date) -> list[Todo]:
    """Return what the person has to do in the zones in scope, the most urgent first."""
    return accounts.todos(_READERS, user=user, on=on)


def _limits(zone: Zone, user: User, on: date) -> Iterator[Todo]:
    """Yield the cases whose limit is near or past: one's own, and those that nobody handles."""
    near = open_cases().filter(zone=zone, due_on__lte=on + _NEAR)
    mine = near.filter(officer=user) | near.filter(officer=None)
    for case in mine.select_related("parcel").order_by("due_on", "pk")[:MOST]:
        said = {"step": case.get_due_step_display(), "parcel": case.parcel}
        title = _("闲置土地案件：%(parcel)s 须办理“%(step)s”") % said
        yield _of(Task.KEEP_LIMIT, zone, case.pk, title, case.due_on)


def _approvals(zone: Zone, user: User, _on: date) -> Iterator[Todo]:
    waiting = to_approve().filter(zone=zone).exclude(recorded_by=user.username)
    for step in waiting.select_related("case", "case__parcel").order_by("pk")[:MOST]:
        said = {"step": step.get_step_display(), "parcel": step.case.parcel}
        title = _("审核闲置土地步骤：%(parcel)s “%(step)s”") % said
        yield _of(Task.APPROVE_STEP, zone, step.case_id, title, None)


def _unopened(zone: Zone, _user: User, _on: date) -> Iterator[Todo]:
    count = without_case().filter(zone=zone).count()
    if count:
        yield Todo(
            kind=Task.OPEN_CASES,
            title=_("%(count)s 宗地已构成或可以认定为闲置土地，尚未立案") % {"count": count},
            due_on=None,
            url_name="idle",
            url_kwargs={"zone": zone.code},
        )


def _of(kind: Task, zone: Zone, case: int, title: str, due_on: date | None) -> Todo:
    return Todo(
        kind=kind,
        title=title,
        due_on=due_on,
        url_name="idle-case",
        url_kwargs={"zone": zone.code, "pk": case},
    )


_READERS: tuple[accounts.TodoReader, ...] = (
    (Permission.HANDLE_IDLE_LAND, _limits),
    (Permission.APPROVE_LAND, _approvals),
    (Permission.HANDLE_IDLE_LAND, _unopened),
)
