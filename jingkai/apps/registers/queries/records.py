"""One record: its values, the next number, what a reference may mean."""

import re
from typing import Any

from jingkai.apps.accounts import scope
from jingkai.apps.search import bigrams

from ..declaration import BoundColumn, Register
from ..filters import searched
from ..models import Record
from .lists import rows_of, values


def record(register: Register, pk: int) -> Record | None:
    """Return one record in scope."""
    return rows_of(register).select_related("zone").filter(pk=pk).first()


def details(register: Register, found: Record) -> list[tuple[BoundColumn, Any]]:
    """Return every column of one record with its value."""
    rows = rows_of(register).filter(pk=found.pk)
    row = next(values(rows, register.bound))
    return [(column, row[column.name]) for column in register.bound]


def suggestions(register: Register, text: str) -> list[tuple[str, str]]:
    """Return up to twenty records, as natural key and label, that a reference may mean."""
    rows = rows_of(register)
    for condition in searched(register, bigrams.words(text)):
        rows = rows.filter(condition)
    rows = rows.order_by("-pk")[:20]
    return [(getattr(found, register.key), str(found)) for found in rows]


def next_code(register: Register) -> str:
    """Return the newest record's number, one on: LF-2024-152 leads to LF-2024-153."""
    with scope.unsealed():  # a sealed record's number is taken too
        return _next_code(register)


def _next_code(register: Register) -> str:
    newest = register.model.objects.order_by("-pk").values_list(register.key, flat=True).first()
    match = re.search(r"\d+$", newest or "")
    if newest is None or match is None:
        return ""
    digits = match.group()
    code = f"{newest[: match.start()]}{int(digits) + 1:0{len(digits)}d}"
    taken = register.model.objects.filter(**{register.key: code}).exists()
    return "" if taken else code
