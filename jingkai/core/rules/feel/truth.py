"""Kleene's logic of true, false and null (DMN 1.5, table 52)."""

from collections.abc import Iterable

Truth = bool | None


def conjunction(operands: Iterable[Truth]) -> Truth:
    """Return false if one is false, else null if one is null; ask no further than needed."""
    return _decided(operands, by=False)


def disjunction(operands: Iterable[Truth]) -> Truth:
    """Return true if one is true, else null if one is null; ask no further than needed."""
    return _decided(operands, by=True)


def negation(operand: Truth) -> Truth:
    """Return the opposite; of null it is null."""
    return None if operand is None else not operand


def _decided(operands: Iterable[Truth], *, by: bool) -> Truth:
    answer: Truth = not by
    for operand in operands:
        if operand is by:
            return by
        if operand is None:
            answer = None
    return answer
