"""Columns, rules and kinds that several registers of the area share."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jingkai.apps.accounts.roles import Permission
from jingkai.apps.registers.declaration import Column, Row, Rule
from jingkai.apps.registers.kinds import Day, Refused, Whole
from jingkai.web import clock

from .. import queries

READ, EDIT = Permission.READ_LAND, Permission.EDIT_LAND

PARCEL = Column("parcel", listed=False)
PARCEL_NAME = Column("parcel__name", label=_("宗地"))
PLANT = Column("plant", listed=False)
PLANT_NAME = Column("plant__name", label=_("厂房"))
OFFICER = Column("officer", listed=False)
OFFICER_NAME = Column("officer__name", label=_("经办人姓名"))
CLASSIFICATION = Column("classification", listed=False)
SOURCE = Column("source", listed=False)
NOTE = Column("note", listed=False)


def rule(first: str, second: str, message: Any) -> Rule:
    """Return the rule that the first value is no more than the second, shown at the second."""
    return Rule(message, (second, first), in_order(first, second))


def in_order(first: str, second: str) -> Callable[[Row], bool]:
    """Return the check that the first value does not exceed the second, where both are known."""
    return lambda row: row[first] is None or row[second] is None or row[first] <= row[second]


def together(what: str, when: str, message: Any) -> Rule:
    """Return the rule that a row has both values or none of them."""
    return Rule(message, (when, what), lambda row: (row[what] is None) == (row[when] is None))


def by_today(*columns: str) -> tuple[Rule, ...]:
    """Return the rules that none of the days is still to come."""
    return tuple(
        Rule(_("日期不能晚于今天"), (column,), _is_not_to_come(column)) for column in columns
    )


def _is_not_to_come(column: str) -> Callable[[Row], bool]:
    return lambda row: row[column] is None or row[column] <= clock.today()


def since_measured(row: Row) -> str:
    """Return how old a measurement is, as a sentence."""
    on: date | None = row["measured_on"]
    if on is None:
        return str(_("未量测"))
    days = (clock.today() - on).days
    if clock.today() - on > queries.STALE_AFTER:
        return gettext("量测已过 %(days)s 天，应复测") % {"days": days}
    return gettext("%(days)s 天前量测") % {"days": days}


@dataclass(frozen=True, kw_only=True)
class Year(Whole):
    """A year, whose digits are not grouped."""

    least: int = 1900
    most: int = 2100

    def shown(self, value: Any) -> str:
        """Return the year."""
        return self.text(value)


@dataclass(frozen=True, kw_only=True)
class SafetyDay(Day):
    """The day of the safety agreement, without which nothing is let."""

    def parse(self, raw: object) -> date | None:
        """Return the day; the law itself says why it may not be missing."""
        found = super().parse(raw)
        if found is None:
            raise Refused(
                gettext(
                    "出租厂房须与承租单位签订安全生产管理协议或在合同中约定"
                    "（《安全生产法》第四十九条），请填写签订日期"
                )
            )
        return found
