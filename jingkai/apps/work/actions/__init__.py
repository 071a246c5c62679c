"""Writes on jobs, on what is due by the clock, and on the keys of forms."""

from .jobs import NotCancelled, UnknownKind, cancel, give, start
from .running import Interrupted, NotDone, Report, run, run_next
from .turns import run_due

__all__ = [
    "Interrupted",
    "NotCancelled",
    "NotDone",
    "Report",
    "UnknownKind",
    "cancel",
    "give",
    "run",
    "run_due",
    "run_next",
    "start",
]
