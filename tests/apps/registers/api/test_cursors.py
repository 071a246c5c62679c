"""A program that reads page after page misses no row and reads none twice."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.core import signing
from django.test import Client

from jingkai.apps.accounts.models import Zone
from jingkai.apps.registers.declaration import Register
from tests.apps.registers.api.asking import LIST, fields


@pytest.fixture
def store(visits: Register, inside: Zone, clock: datetime) -> Callable[..., None]:
    """Return a function that stores visits of these numbers of people."""
    kept = {"zone": inside, "recorded_at": clock, "changed_at": clock, "visited_on": clock.date()}

    def stored(people: list[int | None], prefix: str = "LF") -> None:
        visits.model.everywhere.bulk_create(
            visits.model(**kept, code=f"{prefix}-{number}", people=count)
            for number, count in enumerate(people)
        )

    return stored


def _rest(program: Client, path: str | None) -> list[str]:
    codes: list[str] = []
    while path:
        answer = program.get(path).json()
        codes += [item["values"]["code"] for item in answer["items"]]
        path = answer["next"]
    return codes


@pytest.mark.parametrize("sort", ["code", "-people", "people", "-visited_on", "investor__name"])
def test_rows_that_come_in_meanwhile_neither_repeat_nor_hide_one(
    sort: str, program: Client, store: Callable[..., None]
) -> None:
    store([3, None, 1, 2, 3, None, 2])
    whole = _rest(program, f"{LIST}?limit=200&sort={sort}")
    first = program.get(f"{LIST}?limit=2&sort={sort}").json()

    store([None, 1, 2, 3, 4], prefix="LA")
    seen = [item["values"]["code"] for item in first["items"]] + _rest(program, first["next"])

    assert len(seen) == len(set(seen))
    assert [code for code in seen if code.startswith("LF")] == whole


@pytest.mark.parametrize("change", [{"people": 9}, None])
def test_the_row_at_the_edge_may_be_changed_or_taken_out(
    change: dict[str, Any] | None,
    program: Client,
    visits: Register,
    store: Callable[..., None],
) -> None:
    store([1, 2, 3, 4, 5])
    first = program.get(f"{LIST}?limit=2&sort=people").json()
    edge = visits.model.objects.filter(code="LF-1")

    if change:
        edge.update(**change)
    else:
        edge.delete()

    assert _rest(program, first["next"])[:3] == ["LF-2", "LF-3", "LF-4"]


def test_a_cursor_made_up_or_of_another_order_is_refused(
    program: Client, store: Callable[..., None]
) -> None:
    store([1, 2, 3])
    cursor = program.get(f"{LIST}?limit=1&sort=code").json()["next"].partition("cursor=")[2]

    wrong = [
        f"{LIST}?cursor=nonsense",
        f"{LIST}?cursor={cursor}",
        f"{LIST}?sort=-code&cursor={cursor}",
        f"{LIST}?cursor={signing.dumps(['visits', '-visited_on', '', 1, 1], salt='other')}",
        f"/api/z/home/registers/investors?sort=code&cursor={cursor}",
    ]

    assert [set(fields(program.get(path))) for path in wrong] == [{"cursor"}] * len(wrong)
    assert program.get(f"{LIST}?limit=1&sort=code&cursor={cursor}").status_code == 200


def test_a_page_has_no_number_any_more(program: Client) -> None:
    assert set(fields(program.get(LIST, {"page": "2"}))) == {"page"}
