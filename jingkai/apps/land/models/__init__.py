"""Parcels and plants, the contracts and works on them, leases, 标准地, splits and mergers."""

from .changes import ParcelChange, ParcelChangePart
from .choices import (
    FollowUp,
    Measure,
    Obstacle,
    ObstacleOwner,
    Occupancy,
    Right,
    Stage,
    Statutory,
    Supply,
    Use,
)
from .contracts import Cause, Delay, Foundation, GrantContract, Option, WorksProgress
from .obligations import CEILINGS, StandardIndicator, StandardObligation
from .parcels import DECIDED, LandApproval, Parcel
from .plants import FireClass, Hall, HazardClass, Lease, Plant, Structure

__all__ = [
    "CEILINGS",
    "DECIDED",
    "Cause",
    "Delay",
    "FireClass",
    "FollowUp",
    "Foundation",
    "GrantContract",
    "Hall",
    "HazardClass",
    "LandApproval",
    "Lease",
    "Measure",
    "Obstacle",
    "ObstacleOwner",
    "Occupancy",
    "Option",
    "Parcel",
    "ParcelChange",
    "ParcelChangePart",
    "Plant",
    "Right",
    "Stage",
    "StandardIndicator",
    "StandardObligation",
    "Statutory",
    "Structure",
    "Supply",
    "Use",
    "WorksProgress",
]
