"""
When a letter may leave: at once, or when the quiet hours are over.

Saturday and Sunday are free days; the State Council's calendar of holidays and make-up days is
versioned data of its own and not here, so that a holiday in the week counts as a working day.
"""

from datetime import datetime, timedelta

from django.utils import timezone

from ..models import Preference, Way

_SATURDAY = 5
_MONDAY = 0
_A_DAY = timedelta(days=1)


def mail_at(way: str, preference: Preference, at: datetime) -> datetime | None:
    """Return the instant from which a notice of this instant may be mailed, None for never."""
    match way:
        case Way.MAIL:
            return _when_open(preference, at)
        case Way.DAILY:
            return _next_opening(preference, at)
        case Way.WEEKLY:
            return _next_opening(preference, at, weekday=_MONDAY)
    return None


def is_open(preference: Preference, at: datetime) -> bool:
    """Return whether the person may be disturbed at the instant."""
    local = timezone.localtime(at)
    start, end = preference.quiet_from, preference.quiet_until
    quiet = start <= local.hour < end if start < end else local.hour >= start or local.hour < end
    return not (quiet and start != end) and not _is_free(preference, local)


def _is_free(preference: Preference, local: datetime) -> bool:
    return preference.workdays_only and local.weekday() >= _SATURDAY


def _when_open(preference: Preference, at: datetime) -> datetime:
    if is_open(preference, at):
        return at
    start = timezone.localtime(at).replace(minute=0, second=0, microsecond=0)
    hours = (start + timedelta(hours=ahead) for ahead in range(1, 24 * 8))
    return next(hour for hour in hours if is_open(preference, hour))


def _next_opening(preference: Preference, at: datetime, *, weekday: int | None = None) -> datetime:
    """Return the next end of the quiet hours on a day that is worked, or on that weekday."""
    day = timezone.localtime(at).replace(
        hour=preference.quiet_until, minute=0, second=0, microsecond=0
    )
    while day <= at or _is_free(preference, day) or weekday not in {None, day.weekday()}:
        day += _A_DAY
    return day
