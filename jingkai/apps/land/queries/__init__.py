"""Reads of land and plants: one with what belongs to it, what lists derive, to-dos, doubts."""

from . import warnings
from .approvals import approvals_by, supplied_m2, unsupplied_m2, unverified_m2
from .contracts import Terms, latest_works, read_contracts, starting, terms
from .idle import idle_land
from .lineage import Branch, ancestry, change_from, change_to, descent, first_made
from .obligations import Standing, obligations_due, standing_in_lists, standing_of
from .parcels import (
    area_difference,
    area_mu,
    belongings,
    beside,
    parcel,
    parcels_called,
    people,
    standing,
)
from .plants import (
    STALE_AFTER,
    LeaseState,
    days_vacant,
    is_stale,
    lease_state,
    leases_ending,
    plant,
    stale_plants,
    state_of,
    vacant_plants,
)
from .todos import Task, todos

__all__ = [
    "STALE_AFTER",
    "Branch",
    "LeaseState",
    "Standing",
    "Task",
    "Terms",
    "ancestry",
    "approvals_by",
    "area_difference",
    "area_mu",
    "belongings",
    "beside",
    "change_from",
    "change_to",
    "days_vacant",
    "descent",
    "first_made",
    "idle_land",
    "is_stale",
    "latest_works",
    "lease_state",
    "leases_ending",
    "obligations_due",
    "parcel",
    "parcels_called",
    "people",
    "plant",
    "read_contracts",
    "stale_plants",
    "standing",
    "standing_in_lists",
    "standing_of",
    "starting",
    "state_of",
    "supplied_m2",
    "terms",
    "todos",
    "unsupplied_m2",
    "unverified_m2",
    "vacant_plants",
    "warnings",
]
