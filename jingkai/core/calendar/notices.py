"""
The State Council's notices: what each arranges for a year, and how a later one changes it.

国务院办公厅 tells every autumn which days of the next year are off and which weekends are worked
for them; now and then a second notice changes a holiday (劳动节 2019, 春节 2020).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from .statutory import Festival

# What a notice for the whole year names at least; one without them changes such a notice.
_WHOLE = {Festival.NEW_YEAR.value, Festival.SPRING.value, Festival.NATIONAL.value}


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """
    One holiday: the days off and the weekend days that are worked for it (调休上班).

    ``extends_to``: the holiday, arranged before, lasts until that day.
    """

    name: str
    off: tuple[date, ...] = ()
    working: tuple[date, ...] = ()
    extends_to: date | None = None

    @property
    def names(self) -> frozenset[str]:
        """Return the holidays that are arranged together: 国庆节、中秋节."""
        return frozenset(self.name.split("、"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A notice with where it stands; an unconfirmed one is used, and all it moves is 暂定."""

    year: int
    document_number: str
    issued_on: date | None
    source: str
    arrangements: tuple[Arrangement, ...]
    is_confirmed: bool = True

    @property
    def is_whole(self) -> bool:
        """Return whether it arranges the year rather than changing a notice that does."""
        named = {name for found in self.arrangements for name in found.names}
        return named >= _WHOLE

    @property
    def order(self) -> tuple[int, date, str]:
        """Return what notices are sorted by: one of unknown date comes after those of the year."""
        return self.year, self.issued_on or date.max, self.document_number


def merged(notices: Iterable[Notice]) -> list[Arrangement]:
    """Return what holds in the end; of two notices that name a holiday, the later."""
    years: dict[int, list[Arrangement]] = {}
    for notice in notices:
        standing = years.setdefault(notice.year, [])
        for change in notice.arrangements:
            _change(standing, change)
    return [found for standing in years.values() for found in standing]


def _change(standing: list[Arrangement], change: Arrangement) -> None:
    before = [found for found in standing if found.names & change.names]
    if change.extends_to is not None:
        change = _extended(before, change, change.extends_to)
    standing[:] = [found for found in standing if found not in before]
    standing.append(change)


def _extended(before: Sequence[Arrangement], change: Arrangement, until: date) -> Arrangement:
    """Return the holiday with every day off from its own last one until the new one."""
    off = {day for found in before for day in found.off}
    first = max(off, default=until)
    off |= {first + timedelta(days=number) for number in range((until - first).days + 1)}
    working = {day for found in before for day in found.working} - off
    return replace(change, off=tuple(sorted(off)), working=tuple(sorted(working)))
