"""What can be wrong with a notice as it was pasted: each with its place, none passed over."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from . import statutory
from .notices import Arrangement

DECEMBER = 12
SATURDAY = 5


class FaultCode(StrEnum):
    """What is wrong."""

    NO_YEAR = "no_year"  # the text doesn't say for which year it is
    NO_DAYS = "no_days"  # no holiday was found in it
    UNREAD = "unread"  # a clause names days, but not whether they are off or worked
    NO_SUCH_DAY = "no_such_day"  # 2月30日
    BACKWARDS = "backwards"  # a range that ends before it starts
    WEEKDAY = "weekday"  # the weekday in brackets is another
    COUNT = "count"  # 共7天, but the range has another number of days
    OUTSIDE = "outside"  # a day that is not of the year
    OVERLAP = "overlap"  # a day told twice, or both off and worked
    WORKED_WEEKDAY = "worked_weekday"  # 上班 on a day that is worked anyway
    MISSING = "missing"  # a statutory holiday is not named
    STATUTORY = "statutory"  # a statutory day is not off
    BALANCE = "balance"  # more or fewer days off than the law gives


# What an official may look at and let stand; all else stops the text from being taken over.
MAY_STAND = frozenset(
    {FaultCode.WORKED_WEEKDAY, FaultCode.MISSING, FaultCode.STATUTORY, FaultCode.BALANCE}
)


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault, the line (from 1; 0: the whole text), the words, and what makes the sentence."""

    code: FaultCode
    line: int = 0
    words: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def blocks(self) -> bool:
        """Return whether the text can't be taken over with it."""
        return self.code not in MAY_STAND


def of_days(year: int, arrangements: tuple[Arrangement, ...]) -> Iterator[Fault]:
    """Yield what is wrong with the days themselves, whatever words told them."""
    seen: dict[date, str] = {}
    for found in arrangements:
        told = [*found.off, *found.working, *filter(None, [found.extends_to])]
        for day in told:
            if day in seen:
                yield Fault(FaultCode.OVERLAP, facts={"day": day, "names": seen[day]})
            seen[day] = found.name
            if not _is_of_year(day, year, found):
                yield Fault(FaultCode.OUTSIDE, facts={"day": day, "year": year})
        for day in found.working:
            if day.weekday() < SATURDAY:
                yield Fault(FaultCode.WORKED_WEEKDAY, facts={"day": day, "name": found.name})


def _is_of_year(day: date, year: int, found: Arrangement) -> bool:
    is_before = statutory.Festival.NEW_YEAR.value in found.names and day.month == DECEMBER
    return day.year == year or (is_before and day.year == year - 1)


def of_year(year: int, arrangements: tuple[Arrangement, ...]) -> Iterator[Fault]:
    """Yield what a notice for the whole year lacks beside the statutory days off."""
    edition = statutory.edition(year)
    if edition is None:
        return
    named = {name for found in arrangements for name in found.names}
    for festival in edition.days:
        if festival.value not in named:
            yield Fault(FaultCode.MISSING, facts={"name": festival.value})
    off = {day for found in arrangements for day in found.off}
    for day, festival in sorted(statutory.days_of(year).items()):
        if festival.value in named and day not in off:
            yield Fault(FaultCode.STATUTORY, facts={"day": day, "name": festival.value})
    balance = _balance(arrangements)
    if balance != edition.count:
        facts = {"days": balance, "law": edition.count, "basis": edition.basis}
        yield Fault(FaultCode.BALANCE, facts=facts)


def _balance(arrangements: tuple[Arrangement, ...]) -> int:
    """Return the weekdays off less the weekend days worked: as many as the law gives (art. 6)."""
    off = {day for found in arrangements for day in found.off if day.weekday() < SATURDAY}
    worked = {day for found in arrangements for day in found.working if day.weekday() >= SATURDAY}
    return len(off) - len(worked)
