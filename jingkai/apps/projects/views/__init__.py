"""The pages of projects: board, 六未, one project, and the forms of what can be done there."""

from .forms import acknowledge, add_evidence, attach, move, officer, status
from .pages import board, evidence_file, project, stalls

__all__ = [
    "acknowledge",
    "add_evidence",
    "attach",
    "board",
    "evidence_file",
    "move",
    "officer",
    "project",
    "stalls",
    "status",
]
