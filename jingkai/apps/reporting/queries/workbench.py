"""What a person finds on their workbench: derived from states each time, never stored."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.audit import queries as trail
from jingkai.apps.audit.models import Event
from jingkai.apps.investment import queries as investment
from jingkai.apps.projects import queries as projects

Todo = investment.Todo | projects.Todo
WEEK = timedelta(days=7)
MOST_CHANGES = 8


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


def day(*, user: User, on: date) -> Day:
    """Return the person's to-dos in scope, those without a date among the later ones."""
    found: list[Todo] = [*investment.todos(user=user, on=on), *projects.todos(user=user, on=on)]
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


def my_changes(*, user: User, zone: Zone) -> list[Event]:
    """Return what the person did last in the zone."""
    mine = trail.events(zone.code).filter(actor=user.username)
    return list(mine[:MOST_CHANGES])
