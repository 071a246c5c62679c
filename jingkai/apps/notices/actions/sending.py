"""
Telling people.

A notice is a consequence of an action and stands under that action's event in the trail; it leaves
none of its own, and neither does reading it.
"""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction

from jingkai.apps.accounts.models import Zone
from jingkai.apps.calendar import queries as calendars
from jingkai.core.calendar import Calendar
from jingkai.core.identifiers import scrub

from .. import queries
from ..models import Notice, Way


class Unknown(LookupError):
    """The setting NOTICE_KINDS does not name the kind."""


@transaction.atomic
def send(  # noqa: PLR0913 - the fields of a notice
    *,
    zone: Zone,
    to: Iterable[str],
    kind: str,
    title: str,
    text: str,
    url: str,
    by: str,
    at: datetime,
    permission: str = "",
    about: str = "",
) -> list[Notice]:
    """
    Tell each of the people (log-ins) once; nobody is told what they did themselves.

    Inside the transaction of what happened: no notice of what was rolled back. Mobile and identity
    numbers in the words are masked.

    :param permission: what reading the record behind it needs; asked again at delivery
    :param about: that record as ``kind:id``, so that ``forget`` finds the notice
    :raises Unknown: when the settings do not name the kind
    """
    if kind not in settings.NOTICE_KINDS:
        raise Unknown(kind)
    words = {"title": scrub(title)[:200], "text": scrub(text)[:500], "url": url}
    named = {"kind": kind, "permission": permission, "about": about, "by": by, "at": at}
    calendar = calendars.calendar(zone.pk) if settings.MAIL_FROM else None
    told = [
        Notice(zone=zone, to=person, **words, **named, **_timing(zone, person, kind, at, calendar))
        for person in dict.fromkeys(to)
        if person != by
    ]
    return Notice.everywhere.bulk_create(told)


@transaction.atomic
def read(*, notice: Notice, at: datetime) -> None:
    """Remember that the person has seen the notice."""
    Notice.everywhere.filter(pk=notice.pk, read_at=None).update(read_at=max(at, notice.at))


@transaction.atomic
def read_all(*, to: str, up_to: int, at: datetime) -> int:
    """Remember that the person has seen every notice up to that one; return how many."""
    return Notice.objects.filter(to=to, read_at=None, pk__lte=up_to, at__lte=at).update(read_at=at)


@transaction.atomic
def forget(*, zone: Zone, about: Iterable[str]) -> None:
    """Take back what was said about records that are gone; what left by letter stays on record."""
    held = Notice.everywhere.filter(zone=zone, about__in=list(about))
    held.filter(letter=None).delete()
    held.update(url="", about="")


def _timing(
    zone: Zone, person: str, kind: str, at: datetime, calendar: Calendar | None
) -> dict[str, object]:
    """Return the way of the notice and when it leaves; without a calendar nothing is mailed."""
    preference = queries.preference(zone, person)
    way = queries.way_of(preference, kind)
    mail_at = queries.mail_at(way, preference, at, calendar) if calendar else None
    return {"way": way, "mail_at": mail_at, "read_at": at if way == Way.OFF else None}
