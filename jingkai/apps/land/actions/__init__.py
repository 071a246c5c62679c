"""Verbs of land and plants; each is one transaction and leaves its audit event."""

from .axes import (
    Retired,
    Undecided,
    Unsupplied,
    assign_officer,
    note_follow_up,
    note_obstacle,
    note_statutory,
    note_supplied,
)
from .changes import NotChanged, Part, merge_parcels, split_parcel, undo_parcel_change

__all__ = [
    "NotChanged",
    "Part",
    "Retired",
    "Undecided",
    "Unsupplied",
    "assign_officer",
    "merge_parcels",
    "note_follow_up",
    "note_obstacle",
    "note_statutory",
    "note_supplied",
    "split_parcel",
    "undo_parcel_change",
]
