"""The 台账 of investment promotion."""

from .contacts import INVESTORS, NEGOTIATIONS, VISITS
from .handovers import HANDED_OVER
from .leads import LEAD_ASSESSMENTS, LEADS, MATURITY_CARDS
from .signings import OBLIGATIONS, SIGNINGS

REGISTERS = (
    INVESTORS,
    VISITS,
    NEGOTIATIONS,
    LEADS,
    LEAD_ASSESSMENTS,
    SIGNINGS,
    OBLIGATIONS,
    MATURITY_CARDS,
)

__all__ = ["HANDED_OVER", "REGISTERS"]
