"""What the rows of a table give: which give the same, and which has priority."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from jingkai.core.rules.dmn import computing_tables
from jingkai.core.rules.dmn.boxed import DecisionTable, Literal, Rule
from jingkai.core.rules.dmn.computing import Computing, Notes
from jingkai.core.rules.dmn.items import Types
from jingkai.core.rules.feel.scopes import Scope, Value, Work
from jingkai.core.rules.feel.writing import write

from .conditions import constant, is_plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """
    What a row gives: ``key`` is equal for rows that certainly give the same.

    Where it ``is_fixed``, another key is certainly another result. ``rank`` is its priority by
    the order of the output values, the least first; None where it can't be told.
    """

    key: Hashable
    is_fixed: bool
    rank: tuple[int, ...] | None


def outcomes(table: DecisionTable, types: Types) -> tuple[Outcome, ...]:
    """Return what each row gives."""
    computing = Computing(types=types, notes=Notes())
    return tuple(_outcome(computing, table, rule) for rule in table.rules)


def _outcome(computing: Computing, table: DecisionTable, rule: Rule) -> Outcome:
    read = [_value(cell) for cell in rule.outputs]
    is_fixed = all(known for known, _ in read)
    return Outcome(
        key=tuple(map(_key, rule.outputs, read)),
        is_fixed=is_fixed,
        rank=_rank(computing, table, [value for _, value in read]) if is_fixed else None,
    )


def _rank(computing: Computing, table: DecisionTable, row: Sequence[Value]) -> tuple[int, ...]:
    return computing_tables.rank(computing, table, row, Scope(work=Work()))


def _value(cell: Literal) -> tuple[bool, Value]:
    node = cell.feel.node
    if node is None or cell.feel.fault is not None:
        return False, None
    known, value = constant(node)
    return known and is_plain(value), value


def _key(cell: Literal, read: tuple[bool, Value]) -> Hashable:
    known, value = read
    if known:
        return type(value), value
    node = cell.feel.node
    return None, cell.feel.text if node is None else write(node)
