"""Syntax tree -> value: the scalar interpreter, slow, obvious, the reference of all engines."""

from .evaluating import call, call_named, compute, evaluate, evaluate_tests, known_from
from .testing import compared

__all__ = [
    "call",
    "call_named",
    "compared",
    "compute",
    "evaluate",
    "evaluate_tests",
    "known_from",
]
