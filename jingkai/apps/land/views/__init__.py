"""The pages of land and plants: one parcel, one plant, split and merger."""

from .changes import merge, split, undo_change
from .pages import parcel, plant

__all__ = ["merge", "parcel", "plant", "split", "undo_change"]
