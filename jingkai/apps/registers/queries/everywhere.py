"""What a person finds with one box in every register that they may read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from jingkai.apps.accounts import scope
from jingkai.apps.search import index
from jingkai.apps.search import queries as search

from ..declaration import BoundColumn, Register
from ..filters import searched
from .lists import COUNTED, rows_of, values


@dataclass(frozen=True, slots=True)
class Finding:
    """One record that holds the words: its key, and its columns in the register's order."""

    pk: int
    cells: list[tuple[BoundColumn, Any]]


@dataclass(frozen=True, slots=True)
class Heap:
    """What one register has: how many records, and the newest of them."""

    register: Register
    count: int
    findings: list[Finding]


def holders(registers: Iterable[Register], words: Sequence[str]) -> dict[str, int]:
    """Return how many records of each register hold every word; none where none does."""
    zones = scope.current()
    readable = {register.kind: register for register in registers}
    if scope.present_seal() is None and index.is_current(zones):  # it counts sealed records too
        return search.counts(zones, words, readable)
    counted = {
        kind: _rows(register, words)[:COUNTED].count() for kind, register in readable.items()
    }
    return {kind: count for kind, count in counted.items() if count}


def newest(register: Register, words: Sequence[str], count: int, most: int) -> Heap:
    """Return the newest records of the register that hold every word."""
    shown = [column for column in register.bound if column.compute is None and column.may_read]
    rows = values(_rows(register, words).order_by("-pk")[:most], shown)
    findings = [Finding(row["pk"], [(c, row[c.name]) for c in shown]) for row in rows]
    return Heap(register, count, findings)


def _rows(register: Register, words: Sequence[str]) -> Any:
    rows = rows_of(register)
    for condition in searched(register, list(words)):
        rows = rows.filter(condition)
    return rows.order_by()
