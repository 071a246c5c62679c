"""Reads of the area: pipeline, maturity, duplicates, promises, and what is to be done."""

from .duplicates import Duplicate, Ground, duplicates, lead_duplicates, protections
from .funnel import Cohort, first_negotiated_on, formally_signed_on, funnel
from .maturity import (
    assessment,
    card,
    library,
    mature_leads,
    maturity_of,
    open_leads,
    verdict,
)
from .pipeline import (
    Contact,
    StateOf,
    contacts_of,
    is_formally_signed,
    lead,
    lead_state,
    people,
    signing,
    signings_of,
)
from .promises import (
    obligations_due,
    obligations_of,
    unlawful_promises,
)
from .todos import Task, leads_of, todos, unassigned_leads

__all__ = [
    "Cohort",
    "Contact",
    "Duplicate",
    "Ground",
    "StateOf",
    "Task",
    "assessment",
    "card",
    "contacts_of",
    "duplicates",
    "first_negotiated_on",
    "formally_signed_on",
    "funnel",
    "is_formally_signed",
    "lead",
    "lead_duplicates",
    "lead_state",
    "leads_of",
    "library",
    "mature_leads",
    "maturity_of",
    "obligations_due",
    "obligations_of",
    "open_leads",
    "people",
    "protections",
    "signing",
    "signings_of",
    "todos",
    "unassigned_leads",
    "unlawful_promises",
    "verdict",
]
