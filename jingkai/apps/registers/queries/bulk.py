"""Batches: which rows one is about, what came of them, who may do it."""

from typing import Any

from django.db.models import Count, QuerySet
from django.http import QueryDict

from jingkai.apps.accounts.roles import Permission

from .. import filters
from ..declaration import BoundColumn, Register, Transition
from ..models import Batch, BatchRow
from .lists import rows_of

MOST = 20_000  # rows of one batch; more would keep other writers waiting too long
HERE = 1_000  # rows that a request does itself; more is a job
CHANGE, DELETE = "change", "delete"


def rows_asked(register: Register, query: str) -> QuerySet[Any]:
    """Return the records that a query string chooses: by ``pk``, or by the list's filters."""
    data = QueryDict(query)
    keys = [int(text) for text in data.getlist("pk") if text.isdecimal() and len(text) < 19]
    rows = rows_of(register)
    if keys:
        return rows.filter(pk__in=keys[:HERE]).order_by("-pk")
    return filters.read(register, data, as_listed=True).apply(rows)


def settable(register: Register) -> list[BoundColumn]:
    """Return the columns that can be set for many records: not the number, nothing masked."""
    if not register.is_editable:
        return []
    return [c for c in register.typed if c.name != register.key and not c.is_masked]


def transitions(register: Register, permissions: frozenset[Permission]) -> list[Transition]:
    """Return the verbs that somebody with these permissions may call."""
    return [found for found in register.transitions if found.permission in permissions]


def transition(register: Register, name: str) -> Transition | None:
    """Return the verb of that name."""
    return next((found for found in register.transitions if found.name == name), None)


def permission_for(register: Register, verb: str) -> Permission:
    """Return the permission that the verb needs."""
    found = transition(register, verb)
    return found.permission if found else register.edit


def batch(register: Register, pk: int) -> Batch | None:
    """Return one batch of the register in scope."""
    found = Batch.objects.select_related("zone").filter(kind=register.kind, pk=pk)
    return found.first()


def batch_rows(found: Batch) -> QuerySet[BatchRow]:
    """Return what is to become or has become of each row, in the order of the list."""
    return BatchRow.objects.filter(batch=found).order_by("position")


def batch_counts(found: Batch) -> dict[str, int]:
    """Return how many rows have which outcome."""
    counted = BatchRow.objects.filter(batch=found).order_by().values("outcome")
    return {row["outcome"]: row["count"] for row in counted.annotate(count=Count("pk"))}
