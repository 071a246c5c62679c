"""
When a letter may leave: at once, or when the quiet hours are over.

Which days are free the zone's calendar says: a holiday in the week is, a Saturday that makes up
for one is worked.
"""

from datetime import datetime, timedelta

from django.utils import timezone

from jingkai.core.calendar import Calendar

from ..models import Preference, Way

_A_DAY = timedelta(days=1)
_A_WEEK = timedelta(days=7)
_HOURS_AHEAD = range(1, 24 * 31)  # no holiday is nearly as long


def mail_at(way: str, preference: Preference, at: datetime, calendar: Calendar) -> datetime | None:
    """
    Return the instant from which a notice of this instant may be mailed, None for never.

    What is gathered for a day leaves at the next end of the quiet hours, for a week at that of the
    next Monday, or of the first day after it that is worked.
    """
    local = timezone.localtime(at)
    match way:
        case Way.MAIL:
            return _when_open(preference, at, calendar)
        case Way.DAILY:
            return _next_opening(preference, local, calendar)
        case Way.WEEKLY:
            monday = local - timedelta(days=local.weekday())
            this_week = _opening(preference, monday)
            begins = this_week if this_week > local else this_week + _A_WEEK
            return _next_opening(preference, begins - _A_DAY, calendar)
    return None


def is_open(preference: Preference, at: datetime, calendar: Calendar) -> bool:
    """Return whether the person may be disturbed at the instant."""
    local = timezone.localtime(at)
    start, end = preference.quiet_from, preference.quiet_until
    quiet = start <= local.hour < end if start < end else local.hour >= start or local.hour < end
    return not (quiet and start != end) and not _is_free(preference, local, calendar)


def _is_free(preference: Preference, local: datetime, calendar: Calendar) -> bool:
    return preference.workdays_only and not calendar.is_working(local.date())


def _when_open(preference: Preference, at: datetime, calendar: Calendar) -> datetime:
    if is_open(preference, at, calendar):
        return at
    start = timezone.localtime(at).replace(minute=0, second=0, microsecond=0)
    hours = (start + timedelta(hours=ahead) for ahead in _HOURS_AHEAD)
    return next(hour for hour in hours if is_open(preference, hour, calendar))


def _next_opening(preference: Preference, local: datetime, calendar: Calendar) -> datetime:
    """Return the next end of the quiet hours after the instant, on a day that is worked."""
    day = _opening(preference, local)
    while day <= local or _is_free(preference, day, calendar):
        day += _A_DAY
    return day


def _opening(preference: Preference, local: datetime) -> datetime:
    """Return the end of the quiet hours on the day of the instant."""
    return local.replace(hour=preference.quiet_until, minute=0, second=0, microsecond=0)
