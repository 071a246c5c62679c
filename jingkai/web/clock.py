"""The clock, read once at the edge (a view, a command) and passed on from there."""

from datetime import date, datetime, time

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone


def now() -> datetime:
    """Return the present instant, or the one that JINGKAI_NOW sets (tests, demonstrations)."""
    if not settings.CLOCK:
        return timezone.now()
    try:
        moment = datetime.fromisoformat(settings.CLOCK)
    except ValueError as reason:
        message = f"JINGKAI_NOW={settings.CLOCK!r}: 应为 2024-12-31 或 2024-12-31T09:00:00+08:00"
        raise ImproperlyConfigured(message) from reason
    if "T" not in settings.CLOCK and " " not in settings.CLOCK:
        moment = datetime.combine(moment.date(), time(9))
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)


def today() -> date:
    """Return the present day in Beijing time."""
    return timezone.localdate(now())
