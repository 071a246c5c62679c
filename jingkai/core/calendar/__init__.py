"""
The statutory calendar: which days are worked, limits in their own units, clocks that pause.

    found = shipped.calendar().add(date(2026, 9, 24), working_days(20))
    found.on, found.is_provisional      # 2026-10-29, False
"""

from .clocks import (
    Alarm,
    Cause,
    Clock,
    Reading,
    Remark,
    RemarkCode,
    State,
    Suspension,
    due,
    read,
)
from .counting import Step, Stretch, explain
from .days import Calendar, Day, Mark, OutsideCalendar, Standing
from .limits import (
    ROLL_BASIS,
    Due,
    Limit,
    NotALimit,
    Unit,
    calendar_days,
    corresponding,
    months,
    term_end,
    working_days,
    years,
)
from .notices import Arrangement, Notice

__all__ = [
    "ROLL_BASIS",
    "Alarm",
    "Arrangement",
    "Calendar",
    "Cause",
    "Clock",
    "Day",
    "Due",
    "Limit",
    "Mark",
    "NotALimit",
    "Notice",
    "OutsideCalendar",
    "Reading",
    "Remark",
    "RemarkCode",
    "Standing",
    "State",
    "Step",
    "Stretch",
    "Suspension",
    "Unit",
    "calendar_days",
    "corresponding",
    "due",
    "explain",
    "months",
    "read",
    "term_end",
    "working_days",
    "years",
]
