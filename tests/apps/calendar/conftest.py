"""A notice for a year that has none yet, and the two people that it takes."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.accounts.roles import Role
from jingkai.apps.calendar import actions

# 示范: no such notice was issued; the days are those that the law would give, with one swap.
TEXT = """国务院办公厅关于2027年部分节假日安排的通知
国办发明电〔2026〕99号
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（农历除夕、周五）至12日（周五）放假调休，共8天。2月14日（周日）、2月20日（周六）上班。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。5月8日（周六）上班。
五、端午节：6月9日（周三）放假1天，不调休。
六、中秋节：9月15日（周三）放假1天，不调休。
七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。
国务院办公厅
2026年11月20日
"""
NUMBER = "国办发明电〔2026〕99号"
SAID: dict[str, Any] = {
    "document_number": NUMBER,
    "issued_on": date(2026, 11, 20),
    "source": "收文〔2026〕1号（示范）",
}


@pytest.fixture
def clock() -> datetime:
    """Return an instant after the notice was issued."""
    return datetime(2026, 12, 1, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def officer(zone: Zone, hire: Callable[[Zone, Role], User]) -> User:
    return hire(zone, Role.LAND)


@pytest.fixture
def checker(zone: Zone, hire: Callable[[Zone, Role], User]) -> User:
    return hire(zone, Role.ADMINISTRATOR)


@pytest.fixture
def browser(officer: User, log_in: Callable[[User], Client]) -> Client:
    return log_in(officer)


@pytest.fixture
def entered(zone: Zone, officer: User, clock: datetime) -> Any:
    return actions.enter_notice(zone=zone, text=TEXT, said=SAID, by=officer.username, at=clock)
