"""
The offset of a named zone of the IANA database, in seconds east of UTC.

Python's zones end at the years 1 and 9999. Before, a place has its mean solar time, which does
not change; after, today's rules go on, and they repeat with the calendar's 400 years.
"""

import re
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from .calendar import YEARS_PER_CYCLE

# No leading slash and no "..": the name becomes a path in the database.
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*")
_NO_PLACES = {"Factory", "localtime", "posix", "posixrules", "right"}  # of this machine's files
_EARLIEST, _LATEST = 400, 9599

Clock = tuple[int, int, int, int, int, int]  # year, month, day, hour, minute, second


def known(name: str) -> bool:
    """Return whether the database has a zone of this name; capitals matter."""
    return _zone(name) is not None


def offset_of_local(name: str, local: Clock) -> int:
    """
    Return the offset when the clock of the zone shows this year, month … second.

    Of an hour that comes twice it is the first; in an hour left out the offset before it.
    """
    return _offset(_moment(local, _zone(name)))


def offset_of_instant(name: str, utc: Clock) -> int:
    """Return the offset at the moment that is this year, month … second in UTC."""
    return _offset(_moment(utc, UTC).astimezone(_zone(name)))


def standard_offset(name: str) -> int:
    """Return the offset of a time without a date: the zone's own, not that of its summer."""
    moments = [datetime(2024, month, 1, tzinfo=_zone(name)) for month in (1, 7)]
    plain = [moment for moment in moments if not moment.dst()]
    return _offset((plain or moments)[0])


def _moment(clock: Clock, zone: tzinfo | None) -> datetime:
    year, month, day, hour, minute, second = clock
    return datetime(_likened(year), month, day, hour, minute, second, tzinfo=zone)


def _offset(moment: datetime) -> int:
    return int((moment.utcoffset() or timedelta()).total_seconds())


def _likened(year: int) -> int:
    if _EARLIEST <= year <= _LATEST:
        return year
    cycle = _EARLIEST if year < _EARLIEST else _LATEST + 1 - YEARS_PER_CYCLE
    return cycle + year % YEARS_PER_CYCLE


def _is_place(name: str) -> bool:
    return _NAME.fullmatch(name) is not None and name.split("/", 1)[0] not in _NO_PLACES


@lru_cache(maxsize=1024)
def _zone(name: str) -> ZoneInfo | None:
    if len(name) > 100 or not _is_place(name):
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
