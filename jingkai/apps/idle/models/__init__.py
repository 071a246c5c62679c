"""The tables of idle land: what is derived of parcels, and the cases with their steps."""

from .cases import CaseStep, IdleCase
from .papers import Paper, Suspension
from .statuses import Authority, IdleStatus, Mark, Reading, Warned, WarningPlan

__all__ = [
    "Authority",
    "CaseStep",
    "IdleCase",
    "IdleStatus",
    "Mark",
    "Paper",
    "Reading",
    "Suspension",
    "Warned",
    "WarningPlan",
]
