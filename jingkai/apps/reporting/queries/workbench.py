"""What a person finds on their workbench: derived from states each time, never stored."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet

from jingkai.apps.accounts.models import User, Zone, beside_unsealed
from jingkai.apps.audit import queries as trail
from jingkai.apps.audit.models import Event
from jingkai.apps.investment import queries as investment
from jingkai.apps.notes import queries as notes
from jingkai.apps.projects import queries as projects
from jingkai.apps.registers import queries as registers
from jingkai.apps.registers.models import Record
from jingkai.web.parts import Todo

WEEK = timedelta(days=7)
MOST_CHANGES = 8
MOST_NAMED = 3  # records of a heap that are named; the list behind it has them all


class Heap(StrEnum):
    """Records that ask for attention, or that are one's own."""

    MY_PROJECTS = "my_projects"
    MY_LEADS = "my_leads"
    OVERDUE_PROJECTS = "overdue_projects"
    OVERDUE_PROMISES = "overdue_promises"
    UNSERVED_PROJECTS = "unserved_projects"
    UNASSIGNED_LEADS = "unassigned_leads"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heaped:
    """How many records lie on a heap, and the first of them."""

    heap: Heap
    count: int
    first: list[Record]


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


def day(*, user: User, permissions: Iterable[str], on: date) -> Day:
    """Return the person's to-dos in scope, those without a date among the later ones."""
    found: list[Todo] = [
        *registers.todos(user=user),
        *notes.todos(user=user, permissions=permissions),
        *investment.todos(user=user, on=on),
        *projects.todos(user=user, on=on),
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
    """Return the projects that the person serves and the leads they follow; no empty heap."""
    found = (
        _heaped(Heap.MY_PROJECTS, projects.served_by(user).order_by("-entered_on", "pk")),
        _heaped(Heap.MY_LEADS, investment.leads_of(user, on=on).order_by("-found_on", "pk")),
    )
    return [heaped for heaped in found if heaped.count]


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
    return [heaped for heaped in found if heaped.count]


def _heaped(heap: Heap, rows: QuerySet[Any]) -> Heaped:
    return Heaped(heap=heap, count=rows.count(), first=list(rows[:MOST_NAMED]))


def my_changes(*, user: User, zone: Zone) -> list[Event]:
    """Return what the person did last in the zone."""
    mine = trail.events(zone.code).filter(actor=user.username)
    return list(beside_unsealed(mine, "target_kind", "target_id")[:MOST_CHANGES])
