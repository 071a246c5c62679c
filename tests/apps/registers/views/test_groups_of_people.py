"""Whoever groups by an officer reads names, and the numbers open to just that officer's rows."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from jingkai.apps.accounts import actions as accounts
from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.registers.declaration import Register

PAGE = "/z/home/visits/groups/"


@pytest.fixture
def people(visits: Register, inside: Zone, clock: datetime) -> list[User]:
    """Return two officers of one name and a third, with a visit, two, and one of nobody's."""
    found = [
        accounts.sign_up(
            username=login,
            name=name,
            password="long enough for this",
            is_demonstration=True,
            by="x",
            at=clock,
        )
        for login, name in (("li-1", "李专员"), ("li-2", "李专员"), ("sun", "孙专员"))
    ]
    kept = {"zone": inside, "recorded_at": clock, "changed_at": clock, "visited_on": clock.date()}
    owners = [found[0], found[1], found[1], found[2], None]
    visits.model.everywhere.bulk_create(
        visits.model(**kept, code=f"LF-{number}", officer=owner, people=number + 1)
        for number, owner in enumerate(owners)
    )
    return found


@pytest.mark.parametrize("group", ["officer", "officer__name"])
def test_people_go_by_their_names_and_two_of_one_name_stay_two(
    group: str, people: list[User], officer: User, log_in: Callable[[User], Client]
) -> None:
    answer = log_in(officer).get(f"{PAGE}?group={group}&then=visited_on:year")

    labels = [row["label"] for row in answer.context["rows"] if row["depth"] == 0]
    assert labels == ["李专员 (li-1)", "李专员 (li-2)", "孙专员", "未登记"]
    assert answer.context["by"][0].label == "经办人姓名"


def test_each_group_opens_to_its_rows(
    people: list[User], officer: User, log_in: Callable[[User], Client]
) -> None:
    browser = log_in(officer)

    rows: list[Any] = browser.get(f"{PAGE}?group=officer").context["rows"]
    opened = [len(browser.get(row["url"]).context["page"].rows) for row in rows]

    assert opened == [row["count"] for row in rows] == [1, 2, 1, 1]
