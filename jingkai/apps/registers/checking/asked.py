"""What a register and its zone ask of a row, whichever way it comes in."""

from typing import Any

from ..declaration import Condition, Effect, Register, Row
from ..kinds import Refused
from ..models import Record
from .values import stored


def of_record(register: Register, record: Record | None) -> dict[str, Any]:
    """Return what the record holds, by column; of a record to come, nothing."""
    return {c.name: stored(record, c.name) if record else None for c in register.held}


def broken_rules(
    register: Register, values: dict[str, Any], existing: Record | None
) -> list[Refused]:
    """Return the rules that the row breaks, the register's and the zone's, and whose column."""
    before = of_record(register, existing)
    row = before | values
    return [
        *(
            Refused(str(rule.message), rule.columns[0])
            for rule in register.rules
            if not rule.check(row)
        ),
        *_refusals(register, row, before if existing else None),
    ]


def lacking(register: Register, record: Record) -> list[Condition]:
    """Return what the zone now requires and the record, perhaps older than the rule, lacks."""
    row = of_record(register, record)
    return [found for found in register.conditions if _lacks(found, row)]


def left_out(register: Register, row: Row) -> set[str]:
    """Return the columns that the zone does without in such a row."""
    return {
        found.column
        for found in register.conditions
        if found.effect is Effect.HIDDEN and found.applies(row)
    }


def _refusals(register: Register, row: Row, before: Row | None) -> list[Refused]:
    return [
        Refused(str(condition.message), condition.column)
        for condition in register.conditions
        if _breaks(condition, row, before)
    ]


def _breaks(condition: Condition, row: Row, before: Row | None) -> bool:
    """Whether the row breaks it anew: a record older than the rule may stay as it is."""
    column = condition.column
    is_same = before is not None and before[column] == row[column]
    match condition.effect:
        case Effect.REQUIRED:
            return _lacks(condition, row) and (before is None or not _lacks(condition, before))
        case Effect.HIDDEN:
            return condition.applies(row) and row[column] is not None and not is_same
        case Effect.READ_ONLY:
            return before is not None and condition.applies(before) and not is_same


def _lacks(condition: Condition, row: Row) -> bool:
    is_required = condition.effect is Effect.REQUIRED
    return is_required and condition.applies(row) and row[condition.column] is None
