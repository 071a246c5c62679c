"""The 台账 of land and plants."""

from .contracts import DELAYS, GRANT_CONTRACTS, WORKS_PROGRESS
from .handovers import HANDED_OVER
from .obligations import STANDARD_OBLIGATIONS
from .parcels import LAND_APPROVALS, PARCELS
from .plants import HALLS, LEASES, PLANTS

REGISTERS = (
    LAND_APPROVALS,
    PARCELS,
    GRANT_CONTRACTS,
    WORKS_PROGRESS,
    DELAYS,
    PLANTS,
    HALLS,
    LEASES,
    STANDARD_OBLIGATIONS,
)

__all__ = ["HANDED_OVER", "REGISTERS"]
