"""Investors, leads and their assessments, visits, negotiations, signings and what they promise."""

from .contacts import Negotiation, Visit
from .leads import Investor, Lead, LeadAssessment, MaturityCard
from .signings import Obligation, Signing

__all__ = [
    "Investor",
    "Lead",
    "LeadAssessment",
    "MaturityCard",
    "Negotiation",
    "Obligation",
    "Signing",
    "Visit",
]
