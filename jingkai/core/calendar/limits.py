"""
期限: so many working days, calendar days, months or years, each a unit of its own.

The first day is not counted (《民法典》第二百零一条); a month ends on the corresponding day, where
there is none on the last of the month (第二百零二条); a last day of rest moves to the first day
after it (第二百零三条). That administrative limits follow these too is the usual reading, not a
quoted rule, so that rolling is a property of the limit.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

ROLL_BASIS = "《民法典》第二百零三条"
MONTHS = 12


class NotALimit(ValueError):
    """A limit was described that no law could mean."""


class Unit(StrEnum):
    """What is counted; none is ever turned into another."""

    WORKING_DAY = "working_day"
    CALENDAR_DAY = "calendar_day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """
    A limit with its basis: 二十个工作日（《行政许可法》第四十二条）.

    ``is_unmarked``: the law says just 日, so that it is kept as calendar days and shown as
    日（未注明工作日）. ``rolls``: a last day of rest moves to the next working day.
    """

    count: int
    unit: Unit
    document: str = ""
    article: str = ""
    is_unmarked: bool = False
    rolls: bool = True

    def __post_init__(self) -> None:
        """Refuse what could not be counted."""
        if self.count < 1:
            raise NotALimit(f"期限须至少为 1，给出的是 {self.count}")
        if self.is_unmarked and self.unit is not Unit.CALENDAR_DAY:
            raise NotALimit("只有以日计的期限才可能未注明工作日")

    @property
    def counts_days(self) -> bool:
        """Whether days are counted one by one."""
        return self.unit in {Unit.WORKING_DAY, Unit.CALENDAR_DAY}


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """
    The last day of a limit.

    ``nominal_on`` is the last day before it was moved from a day of rest. ``awaited`` are the
    years whose notice could still move the day: it is 暂定 until they are on record.
    """

    on: date
    nominal_on: date
    limit: Limit
    awaited: tuple[int, ...] = ()

    @property
    def is_provisional(self) -> bool:
        """Return whether the day is 暂定."""
        return bool(self.awaited)

    @property
    def is_rolled(self) -> bool:
        """Return whether the last day was one of rest."""
        return self.on != self.nominal_on


def working_days(count: int, document: str = "", article: str = "") -> Limit:
    """Return a limit of so many 工作日."""
    return Limit(count=count, unit=Unit.WORKING_DAY, document=document, article=article)


def calendar_days(
    count: int, document: str = "", article: str = "", *, is_unmarked: bool = False
) -> Limit:
    """Return a limit of so many 日; ``is_unmarked``: the law doesn't say which."""
    return Limit(
        count=count,
        unit=Unit.CALENDAR_DAY,
        document=document,
        article=article,
        is_unmarked=is_unmarked,
    )


def months(count: int, document: str = "", article: str = "") -> Limit:
    """Return a limit of so many 个月."""
    return Limit(count=count, unit=Unit.MONTH, document=document, article=article)


def years(count: int, document: str = "", article: str = "") -> Limit:
    """Return a limit of so many 年."""
    return Limit(count=count, unit=Unit.YEAR, document=document, article=article)


def corresponding(day: date, months_later: int) -> date:
    """Return the same day of that many months later, the month's last where it has none."""
    year, month = divmod(day.year * MONTHS + day.month - 1 + months_later, MONTHS)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def term_end(first: date, years: int) -> date:
    """Return the exclusive end of a term that the day begins; from 29 February it ends with it."""
    day = corresponding(first, MONTHS * years)
    return day if day.day == first.day else day + timedelta(days=1)
