"""
What work a person has, kind by kind: the setting HANDED_OVER lists every kind by its dotted name.

A column of a register that names the person is one kind; what moves by a verb of its own (a
project's service officer) gives ``give``, and what lies beside the registers likewise.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from jingkai.apps.accounts import scope
from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.audit import actions as audit
from jingkai.web.parts import Todo

from ..models import HandOver
from .catalogue import find

NAMED = 20  # records of a kind that the preview names


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One person's work on its way to another."""

    zone: Zone
    before: User
    to: User
    everything: bool
    reason: str
    by: str
    at: datetime
    on: date


@dataclass(frozen=True, kw_only=True)
class Work:
    """
    One kind of work.

    ``open`` narrows the rows that name the person to what is not over yet; None: nothing of this
    kind stays open, it moves only with everything. ``also`` are further columns to set on the day.
    ``give`` returns how many it moved and the changes that its own events do not tell. ``sign``
    acknowledges what moved, called ``(zone, person, at)``.
    """

    kind: str
    label: str | Promise
    permission: str = ""
    column: str = ""
    open: Callable[["QuerySet[Any]", date], "QuerySet[Any]"] | None = None
    also: Callable[[date], dict[str, Any]] | None = None
    mine: Callable[[Zone, User, bool, date], "QuerySet[Any]"] | None = None
    give: Callable[[Given], tuple[int, list[audit.Changed]]] | None = None
    sign: Callable[[Zone, User, datetime], None] | None = None

    def rows(self, zone: Zone, person: User, on: date, *, everything: bool) -> "QuerySet[Any]":
        """Return the rows of this kind that name the person, open or all."""
        if self.mine is not None:
            return self.mine(zone, person, everything, on)
        register = find(self.kind)
        assert register is not None  # noqa: S101 - the declaration names a register
        named = register.model.objects.filter(zone=zone, **{self.column: person}).order_by("pk")
        if everything:
            return named
        return self.open(named, on) if self.open else named.none()


@cache
def kinds_of_work() -> tuple[Work, ...]:
    """Return every kind of work, as the settings list them."""
    return tuple(work for path in settings.HANDED_OVER for work in import_string(path))


def work_of(
    zone: Zone, person: User, *, everything: bool, on: date
) -> list[tuple[Work, int, list[Any]]]:
    """Return the person's work by kind: how many there are, and the first of them."""
    found = []
    for work in kinds_of_work():
        with scope.unsealed():  # sealed records move too, but are not named
            count = work.rows(zone, person, on, everything=everything).count()
        named = work.rows(zone, person, on, everything=everything)[:NAMED]
        found.append((work, count, list(named)))
    return found


def hand_overs(person: str, *, sees_all: bool) -> QuerySet[HandOver]:
    """Return the hand-overs that the person may see, newest first."""
    found = HandOver.objects.select_related("zone").order_by("-id")
    return found if sees_all else found.filter(Q(before=person) | Q(to=person))


def to_sign(person: str) -> QuerySet[HandOver]:
    """Return what was handed to the person and not signed for yet."""
    return hand_overs(person, sees_all=False).filter(to=person, acknowledged_at=None)


def todos(*, user: User) -> list[Todo]:
    """Return what the person has to sign for, as to-dos."""
    return [
        Todo(
            kind="sign_hand_over",
            title=_("签收移交的工作：%(reason)s") % {"reason": made.reason},
            due_on=timezone.localdate(made.at),
            url_name="hand-over",
            url_kwargs={"zone": made.zone.code, "pk": made.pk},
        )
        for made in to_sign(user.username)
    ]
