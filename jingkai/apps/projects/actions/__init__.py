"""The writes of the area: stages, status, evidence, service officers."""

from .evidence import NotAccepted, add_evidence
from .officers import NotAssigned, acknowledge, assign_officer, hand_over
from .stages import GateClosed, NotMoved, NotReported, move_project, set_status

__all__ = [
    "GateClosed",
    "NotAccepted",
    "NotAssigned",
    "NotMoved",
    "NotReported",
    "acknowledge",
    "add_evidence",
    "assign_officer",
    "hand_over",
    "move_project",
    "set_status",
]
