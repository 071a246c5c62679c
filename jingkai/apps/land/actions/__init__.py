"""Verbs of land and plants; each is one transaction and leaves its audit event."""

from .axes import (
    Retired,
    Undecided,
    assign_officer,
    note_follow_up,
    note_obstacle,
    note_statutory,
)
from .changes import NotChanged, Part, merge_parcels, split_parcel, undo_parcel_change

__all__ = [
    "NotChanged",
    "Part",
    "Retired",
    "Undecided",
    "assign_officer",
    "merge_parcels",
    "note_follow_up",
    "note_obstacle",
    "note_statutory",
    "split_parcel",
    "undo_parcel_change",
]
