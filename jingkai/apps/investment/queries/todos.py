"""What a person has to do, derived from the state of the records each time it is asked."""

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from jingkai.apps.accounts import queries as accounts
from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.accounts.roles import Permission
from jingkai.apps.investment.facts import DUE_SOON
from jingkai.apps.investment.models import Lead, Visit
from jingkai.web.parts import Todo

from .maturity import open_leads
from .promises import obligations_due

AHEAD = timedelta(days=3)
PROTECTION_AHEAD = timedelta(days=7)
MOST = 100  # of one kind; the list behind it has them all


class Task(StrEnum):
    """What is to be done."""

    FOLLOW_UP_LEAD = "follow_up_lead"
    FOLLOW_UP_VISIT = "follow_up_visit"
    CHECK_OBLIGATION = "check_obligation"
    RENEW_PROTECTION = "renew_protection"
    ASSIGN_LEAD = "assign_lead"


def todos(*, user: User, on: date) -> list[Todo]:
    """Return what the person has to do in the zones in scope, the most urgent first."""
    return accounts.todos(_READERS, user=user, on=on)


def unassigned_leads(on: date) -> QuerySet[Lead]:
    """Return the open leads that nobody follows."""
    return open_leads(on).filter(assigned_to__isnull=True)


def leads_of(user: User, *, on: date) -> QuerySet[Lead]:
    """Return the open leads that the person follows."""
    return open_leads(on).filter(assigned_to=user)


def _leads_to_follow_up(zone: Zone, user: User, on: date) -> Iterator[Todo]:
    mine = _open(zone, on).filter(assigned_to=user, next_follow_up_on__lte=on + AHEAD)
    for lead in mine.order_by("next_follow_up_on", "pk")[:MOST]:
        title = _("跟进线索：%(name)s") % {"name": lead}
        yield _of_lead(Task.FOLLOW_UP_LEAD, zone, lead, title, lead.next_follow_up_on)


def _protections_that_end(zone: Zone, user: User, on: date) -> Iterator[Todo]:
    ending = Q(protected_until__gt=on, protected_until__lte=on + PROTECTION_AHEAD)
    for lead in (
        _open(zone, on).filter(ending, assigned_to=user).order_by("protected_until")[:MOST]
    ):
        title = _("保护期即将届满：%(name)s") % {"name": lead}
        yield _of_lead(Task.RENEW_PROTECTION, zone, lead, title, lead.protected_until)


def _leads_without_officer(zone: Zone, _user: User, on: date) -> Iterator[Todo]:
    for lead in unassigned_leads(on).filter(zone=zone).order_by("found_on")[:MOST]:
        yield _of_lead(
            Task.ASSIGN_LEAD, zone, lead, _("分派线索：%(name)s") % {"name": lead}, None
        )


def _visits_to_follow_up(zone: Zone, user: User, on: date) -> Iterator[Todo]:
    due = Visit.objects.filter(zone=zone, officer=user, follow_up_on__lte=on + AHEAD)
    for visit in due.filter(followed_up_on__isnull=True).order_by("follow_up_on", "pk")[:MOST]:
        yield Todo(
            kind=Task.FOLLOW_UP_VISIT,
            title=_("落实来访跟进事项：%(name)s") % {"name": visit.delegation},
            due_on=visit.follow_up_on,
            url_name="visits-detail",
            url_kwargs={"zone": zone.code, "pk": visit.pk},
        )


def _obligations_to_check(zone: Zone, _user: User, on: date) -> Iterator[Todo]:
    due = obligations_due(on=on, by=on + DUE_SOON).filter(zone=zone)
    for row in due.select_related("signing").order_by("due_on", "pk")[:MOST]:
        yield Todo(
            kind=Task.CHECK_OBLIGATION,
            title=_("核查履约：%(signing)s · %(kind)s")
            % {"signing": row.signing, "kind": row.get_kind_display()},
            due_on=row.due_on,
            url_name="obligations-detail",
            url_kwargs={"zone": zone.code, "pk": row.pk},
        )


def _open(zone: Zone, on: date) -> QuerySet[Lead]:
    return open_leads(on).filter(zone=zone)


def _of_lead(kind: Task, zone: Zone, lead: Lead, title: str, due_on: date | None) -> Todo:
    return Todo(
        kind=kind,
        title=title,
        due_on=due_on,
        url_name="leads-detail",
        url_kwargs={"zone": zone.code, "pk": lead.pk},
    )


_READERS: tuple[accounts.TodoReader, ...] = tuple(
    (Permission.EDIT_INVESTMENT, read)
    for read in (
        _leads_to_follow_up,
        _protections_that_end,
        _leads_without_officer,
        _visits_to_follow_up,
        _obligations_to_check,
    )
)
