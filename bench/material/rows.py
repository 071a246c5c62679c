"""
Fictional rows by the thousand, the same at every call, written past the actions by bulk_create.

The dates of the years 2022 to 2024 and all choices come round in turn; every row's source says
that it is made up.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.investment.models import Investor, Negotiation, Visit
from jingkai.apps.registers.models import Record
from jingkai.web import clock

SOURCE = "测速虚构数据"
BATCH = 5_000
FIRST_DAY = date(2022, 1, 1)
DAYS = 1_090
PROVINCES = ("山东", "江苏", "浙江", "上海", "广东", "北京", "河南", "安徽")
INDUSTRIES = ("3484", "2614", "3670", "1310", "3821", "2770", "3971", "2641")

Row = TypeVar("Row", bound=Record)


def day(number: int) -> date:
    """Return a day of the three years; neighbouring numbers lie far apart."""
    return FIRST_DAY + timedelta(days=number * 37 % DAYS)


def pick(choices: Sequence[Any], number: int) -> Any:
    """Return one of the choices in turn."""
    return choices[number % len(choices)]


def wan(number: int) -> Decimal:
    """Return an amount from a million to 3.5 hundred million yuan, in 万元."""
    return Decimal(100 + number * 7_919 % 34_900)


def stored(zone: Zone, model: type[Row], rows: Iterable[dict[str, Any]]) -> list[Row]:
    """Store the rows with who recorded them, when, and that they are fictional."""
    at = clock.now()
    kept = {
        "zone": zone,
        "source": SOURCE,
        "recorded_at": at,
        "recorded_by": "system",
        "changed_at": at,
        "changed_by": "system",
    }
    made = [model(**kept, **row) for row in rows]
    return model.everywhere.bulk_create(made, batch_size=BATCH)


def investors(zone: Zone, count: int) -> list[Investor]:
    """Store investors."""
    return stored(
        zone,
        Investor,
        (
            {
                "code": f"KS{number:06}",
                "name": f"虚构客商{number:06}",
                "origin_province": pick(PROVINCES, number),
                "is_foreign": number % 9 == 0,
                "industry_code": pick(INDUSTRIES, number),
            }
            for number in range(count)
        ),
    )


def visits(
    zone: Zone, count: int, *, to: Sequence[Investor] = (), by: User | None = None
) -> list[Visit]:
    """Store visits, by the investors and with the officer given."""
    return stored(zone, Visit, _visits(count, to, by))


def _visits(count: int, to: Sequence[Investor], by: User | None) -> Iterator[dict[str, Any]]:
    for number in range(count):
        yield {
            "code": f"LF{number:06}",
            "direction": pick(Visit.Direction.values, number // 3),
            "visited_on": day(number),
            "delegation": f"虚构考察团{number:06}",
            "investor": pick(to, number) if to else None,
            "people": 2 + number % 17 if number % 11 else None,
            "level": pick(Visit.Level.values, number),
            "purpose": pick(("考察新材料项目", "对接装备制造", "洽谈厂房租赁"), number),
            "result": "初步形成合作意向",
            "follow_up_on": day(number) + timedelta(days=14) if number % 5 == 0 else None,
            "followed_up_on": day(number) + timedelta(days=9) if number % 10 == 0 else None,
            "officer": by,
        }


def negotiations(zone: Zone, count: int, *, to: Sequence[Investor]) -> list[Negotiation]:
    """Store negotiations with the investors."""
    return stored(
        zone,
        Negotiation,
        (
            {
                "code": f"QT{number:06}",
                "negotiated_on": day(number),
                "investor": pick(to, number),
                "mode": pick(Negotiation.Mode.values, number),
                "topic": "虚构洽谈",
            }
            for number in range(count)
        ),
    )
