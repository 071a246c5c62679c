"""The pages of a list join up whatever it is ordered by, and whatever comes in meanwhile."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from django.db import transaction
from django.http import QueryDict
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.investment.models import Investor
from jingkai.apps.registers import filters, kinds, queries
from jingkai.apps.registers.declaration import Column, Register
from jingkai.apps.registers.queries.paging import Slice, slice_of
from tests.environment import rounds

SORTS = ("code", "-visited_on", "people", "-people", "investor__name", "-investor__name")
OWN = ("x1_whole", "-x1_whole", "x2_text")
LIST = "/z/home/visits/"


@pytest.fixture
def wide(visits: Register) -> Register:
    """Return the register with two fields of a zone's own."""
    own = (
        Column(
            name,
            label=name,
            kind=kinds.custom.kind_of(name),
            expression=kinds.custom.expression(name),
            custom=True,
        )
        for name in ("x1_whole", "x2_text")
    )
    return replace(visits, columns=(*visits.columns, *own))


@pytest.fixture
def store(visits: Register, inside: Zone, clock: datetime) -> Callable[..., list[int]]:
    """Return a function that stores visits of these numbers of people, None for unknown."""
    kept = {"zone": inside, "recorded_at": clock, "changed_at": clock}
    investors = [Investor(**kept, code=f"KS-{number}", name=f"公司{number}") for number in (1, 2)]
    Investor.everywhere.bulk_create(investors)

    def stored(people: list[int | None], prefix: str = "LF") -> list[int]:
        rows = [
            visits.model(
                **kept,
                code=f"{prefix}-{number}",
                people=count,
                visited_on=clock.date(),
                investor=None if count is None else investors[count % 2],
                custom={} if count is None else {"x1_whole": count, "x2_text": f"字{count % 3}"},
            )
            for number, count in enumerate(people)
        ]
        return [row.pk for row in visits.model.everywhere.bulk_create(rows)]

    return stored


def _asked(register: Register, sort: str, place: str = "", length: int = 3) -> filters.Filters:
    asked = filters.read(register, QueryDict(f"sort={sort}&page={place}"))
    asked.length = length
    return asked


def _page(register: Register, sort: str, place: str = "") -> Slice:
    return slice_of(_asked(register, sort, place), queries.rows_of(register))


def _forward(register: Register, sort: str) -> list[Slice]:
    pages = [_page(register, sort)]
    while pages[-1].has_next:
        pages.append(_page(register, sort, pages[-1].next))
    return pages


def _plain(register: Register, sort: str) -> list[int]:
    rows = _asked(register, sort).apply(queries.rows_of(register))
    return list(rows.values_list("pk", flat=True))


@settings(
    max_examples=rounds(10, 200), suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(people=st.lists(st.none() | st.integers(1, 4), max_size=12))
def test_forward_and_back_the_pages_show_every_row_once_in_order(
    people: list[int | None], wide: Register, store: Callable[..., list[int]]
) -> None:
    with transaction.atomic():
        store(people)
        for sort in (*SORTS, *OWN):
            pages = _forward(wide, sort)
            back = [_page(wide, sort, page.previous) for page in pages[1:]]

            assert [pk for page in pages for pk in page.keys] == _plain(wide, sort), sort
            assert [page.before for page in pages] == list(range(0, len(people), 3)) or [0]
            assert [page.keys for page in back] == [page.keys for page in pages[:-1]], sort
            assert pages[0].previous == ""
        transaction.set_rollback(True)


@pytest.mark.parametrize("sort", ["people", "-people", "x1_whole", "-x1_whole"])
def test_what_has_no_value_comes_last_whichever_way_one_sorts(
    sort: str, wide: Register, store: Callable[..., list[int]]
) -> None:
    unknown, *_others = store([None, 3, 1, 2])

    assert _page(wide, sort).keys[-1] != unknown
    assert _forward(wide, sort)[-1].keys == [unknown]
    assert _plain(wide, sort)[-1] == unknown


@pytest.mark.parametrize("sort", [*SORTS, *OWN])
def test_rows_that_come_in_meanwhile_neither_repeat_nor_hide_one(
    sort: str, wide: Register, store: Callable[..., list[int]]
) -> None:
    first_ones = store([1, None, 2, 3, 1, None, 4])
    whole = _plain(wide, sort)
    first = _page(wide, sort)

    store([1, 2, 3, 4, None], prefix="LE")
    seen = list(first.keys)
    page = first
    while page.has_next:
        page = _page(wide, sort, page.next)
        seen += page.keys

    assert len(set(seen)) == len(seen)
    assert [pk for pk in seen if pk in first_ones] == whole


def test_where_the_row_at_the_edge_is_gone_the_rows_are_counted(
    visits: Register, store: Callable[..., list[int]]
) -> None:
    store([1, 2, 3, 4, 5])
    place = _page(visits, "people").next
    whole = _plain(visits, "people")

    visits.model.objects.filter(pk=whole[2]).delete()

    assert _page(visits, "people", place).keys == [whole[4]]


@pytest.mark.parametrize(
    "place", ["after-1", "after--1-1", "after-1-x", f"after-1-{10**28}", "before-0-1", "-1"]
)
def test_a_place_that_is_none_opens_the_first_page(
    place: str, visits: Register, store: Callable[..., list[int]]
) -> None:
    store([1, 2, 3, 4])

    assert _page(visits, "people", place) == _page(visits, "people")


def test_a_page_can_be_asked_for_by_its_number(
    visits: Register, store: Callable[..., list[int]]
) -> None:
    store([1, 2, 3, 4, 5])

    assert _page(visits, "people", "2").keys == _plain(visits, "people")[3:]


def test_a_place_of_another_zone_tells_nothing(
    visits: Register, store: Callable[..., list[int]], neighbour: Zone, clock: datetime
) -> None:
    store([1, 2, 3, 4])
    kept = {"zone": neighbour, "recorded_at": clock, "changed_at": clock}
    theirs = visits.model.everywhere.create(**kept, code="N-1", people=2, visited_on=clock.date())

    page = _page(visits, "people", f"after-3-{theirs.pk}")

    assert page == _page(visits, "people", "after-3-987654321")


def test_the_links_of_a_list_lead_on_and_back(
    store: Callable[..., list[int]], officer: User, log_in: Callable[[User], Client]
) -> None:
    store(list(range(1, 61)))
    browser = log_in(officer)

    def shown(query: str) -> tuple[str, Any]:
        answer = browser.get(f"{LIST}?{query}")
        return answer.content.decode(), answer.context["pages"]

    first_html, first = shown("sort=people")
    second_html, second = shown(first.next_url.removeprefix("?"))
    back_html, back = shown(second.previous_url.removeprefix("?"))

    assert "LF-0<" in first_html
    assert "LF-59<" not in first_html
    assert "LF-59<" in second_html
    assert (second.first, second.last, second.total) == (51, 60, 60)
    assert (back.first, back.next_url) == (1, first.next_url)
    assert "LF-0<" in back_html
