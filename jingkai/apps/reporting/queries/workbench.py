"""What a person finds on their workbench: derived from states each time, never stored."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet

from jingkai.apps.accounts.models import User, Zone, beside_unsealed
from jingkai.apps.audit import queries as trail
from jingkai.apps.audit.models import Event
from jingkai.apps.idle import queries as idle
from jingkai.apps.investment import queries as investment
from jingkai.apps.land import queries as land
from jingkai.apps.notes import queries as notes
from jingkai.apps.projects import queries as projects
from jingkai.apps.registers import queries as registers
from jingkai.apps.reuse import queries as reuse
from jingkai.apps.reuse.models import OPEN
from jingkai.web.parts import Todo

from . import duties

WEEK = timedelta(days=7)
MOST_CHANGES = 8
UNFINISHED = tuple(status.value for status in OPEN)
MOST_NAMED = 3  # records of a heap that are named; the list behind it has them all


class Heap(StrEnum):
    """Records that ask for attention, or that are one's own."""

    MY_PROJECTS = "my_projects"
    MY_LEADS = "my_leads"
    OVERDUE_PROJECTS = "overdue_projects"
    OVERDUE_PROMISES = "overdue_promises"
    UNSERVED_PROJECTS = "unserved_projects"
    UNASSIGNED_LEADS = "unassigned_leads"
    MY_PARCELS = "my_parcels"
    IDLE_WITHOUT_CASE = "idle_without_case"
    OVERDUE_CASES = "overdue_cases"
    LATE_DISPOSALS = "late_disposals"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heaped:
    """How many records lie on a heap, and the first of them."""

    heap: Heap
    count: int
    first: list[Any]  # records, or what is derived of one


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A person's to-dos by urgency."""

    overdue: list[Todo]
    today: list[Todo]
    this_week: list[Todo]
    later: list[Todo]

    @property
    def is_free(self) -> bool:
        """Whether there is nothing to do at all."""
        return not (self.overdue or self.today or self.this_week or self.later)


def day(*, user: User, permissions: Collection[str], on: date) -> Day:
    """Return the person's to-dos in scope, those without a date among the later ones."""
    found: list[Todo] = [
        *registers.todos(user=user),
        *notes.todos(user=user, permissions=permissions),
        *investment.todos(user=user, on=on),
        *projects.todos(user=user, on=on),
        *land.todos(user=user, on=on),
        *idle.todos(user=user, on=on),
        *duties.todos(permissions=permissions, on=on),
    ]
    return by_urgency(found, on=on)


def by_urgency(todos: Iterable[Todo], *, on: date) -> Day:
    """Return the to-dos grouped by how far away their day is, the nearest first."""
    found = Day(overdue=[], today=[], this_week=[], later=[])
    for todo in sorted(todos, key=lambda todo: (todo.due_on is None, todo.due_on or on)):
        _group(found, todo.due_on, on).append(todo)
    return found


def _group(found: Day, due_on: date | None, on: date) -> list[Todo]:
    if due_on is None or due_on > on + WEEK:
        return found.later
    if due_on < on:
        return found.overdue
    return found.today if due_on == on else found.this_week


def mine(*, user: User, on: date) -> list[Heaped]:
    """Return the projects, the leads and the parcels that the person looks after."""
    parcels = land.standing(on).filter(officer=user)
    found = (
        _heaped(Heap.MY_PROJECTS, projects.served_by(user).order_by("-entered_on", "pk")),
        _heaped(Heap.MY_LEADS, investment.leads_of(user, on=on).order_by("-found_on", "pk")),
        _heaped(Heap.MY_PARCELS, parcels.order_by("code", "pk")),
    )
    return _filled(found)


def watched(*, on: date) -> list[Heaped]:
    """Return what goes wrong or lies idle in the zones in scope; no empty heap."""
    yesterday = on - timedelta(days=1)
    promises = investment.obligations_due(on=on, by=yesterday)
    found = (
        _heaped(Heap.OVERDUE_PROJECTS, projects.overdue(on=on).order_by("pk")),
        _heaped(Heap.OVERDUE_PROMISES, promises.select_related("signing").order_by("due_on")),
        _heaped(Heap.UNSERVED_PROJECTS, projects.unserved().order_by("pk")),
        _heaped(Heap.UNASSIGNED_LEADS, investment.unassigned_leads(on).order_by("found_on")),
    )
    return _filled(found)


def watched_land(*, on: date) -> list[Heaped]:
    """Return what goes wrong with the land of the zones in scope; no empty heap."""
    cases = idle.overdue_cases(on=on).select_related("parcel").order_by("due_on", "pk")
    unopened = idle.without_case().order_by("-idle_days", "parcel_id")
    found = (
        _heaped(Heap.OVERDUE_CASES, cases),
        _heaped(Heap.IDLE_WITHOUT_CASE, unopened),
        _heaped(Heap.LATE_DISPOSALS, reuse.slow_ones().filter(due_on__lt=on)),
    )
    return _filled(found)


def _filled(found: Iterable[Heaped]) -> list[Heaped]:
    return [heaped for heaped in found if heaped.count]


def _heaped(heap: Heap, rows: QuerySet[Any]) -> Heaped:
    return Heaped(heap=heap, count=rows.count(), first=list(rows[:MOST_NAMED]))


def my_changes(*, user: User, zone: Zone) -> list[Event]:
    """Return what the person did last in the zone."""
    mine = trail.events(zone.code).filter(actor=user.username)
    return list(beside_unsealed(mine, "target_kind", "target_id")[:MOST_CHANGES])
