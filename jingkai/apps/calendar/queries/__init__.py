"""
The statutory calendar of a zone, and how its limits and states are called.

    calendar = calendars.calendar(zone.pk)
    calendar.add(day, working_days(20))
"""

from .reading import Missing, active, calendar, find, missing_notices, notices_of, shipped_of
from .words import (
    alarm_words,
    cause_words,
    due_words,
    limit_words,
    remark_words,
    state_words,
    unit_choices,
)

__all__ = [
    "Missing",
    "active",
    "alarm_words",
    "calendar",
    "cause_words",
    "due_words",
    "find",
    "limit_words",
    "missing_notices",
    "notices_of",
    "remark_words",
    "shipped_of",
    "state_words",
    "unit_choices",
]
