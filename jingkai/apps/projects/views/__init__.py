"""The pages of projects: board, 六未, one project, and the forms of what can be done there."""

from .forms import acknowledge, add_evidence, move, officer, status
from .pages import board, project, stalls

__all__ = [
    "acknowledge",
    "add_evidence",
    "board",
    "move",
    "officer",
    "project",
    "stalls",
    "status",
]
