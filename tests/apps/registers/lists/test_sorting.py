"""A long list is sorted by what an index orders; a short one by anything."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.registers import filters, queries
from jingkai.apps.registers.declaration import Register, Secrecy
from jingkai.apps.registers.queries import ordering
from jingkai.apps.registers.queries.paging import slice_of

GROWING = sorted(kind for kind, found in queries.registers().items() if found.grows)
WITH_AN_INDEX = ("code", "people", "level", "purpose", "delegation", "direction", "visited_on")
LIST = "/z/home/visits/"


@pytest.fixture
def store(visits: Register, inside: Zone, clock: datetime) -> Callable[[int], None]:
    """Return a function that stores so many visits."""
    kept = {"zone": inside, "recorded_at": clock, "changed_at": clock, "visited_on": clock.date()}

    def stored(count: int) -> None:
        visits.model.everywhere.bulk_create(
            visits.model(**kept, code=f"LF-{number:04}", people=number % 3 or None)
            for number in range(count)
        )

    return stored


@pytest.mark.parametrize("kind", GROWING)
def test_a_register_that_grows_has_an_index_for_each_column_of_its_own_that_it_lists(
    kind: str,
) -> None:
    register = queries.registers()[kind]
    own = {field.name for field in register.model._meta.concrete_fields if not field.is_relation}
    listed = {
        column.name
        for column in register.bound
        if column.listed and column.sortable and column.secrecy is Secrecy.OPEN
    }

    assert sorted((listed & own) - ordering.indexed(register.model)) == []


@pytest.mark.parametrize("kind", GROWING)
def test_the_usual_order_of_a_register_that_grows_has_an_index(kind: str) -> None:
    register = queries.registers()[kind]

    assert register.order.removeprefix("-") in ordering.indexed(register.model)


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite tells its plan in words")
@pytest.mark.parametrize("sort", [*WITH_AN_INDEX, *(f"-{name}" for name in WITH_AN_INDEX)])
def test_no_row_is_sorted_where_an_index_orders_them(
    sort: str, visits: Register, store: Callable[[int], None]
) -> None:
    store(300)
    asked = filters.read(visits, QueryDict(f"sort={sort}"))
    rows = queries.rows_of(visits)

    with CaptureQueriesContext(connection) as captured:
        asked.place = slice_of(asked, rows).next
        slice_of(asked, rows)
        asked.place = queries.LAST
        slice_of(asked, rows)

    ordered = [found["sql"] for found in captured if "ORDER BY" in found["sql"]]
    assert ordered
    assert not [sql for sql in ordered if "TEMP B-TREE" in _plan(sql)]


def _plan(sql: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}".replace("%", "%%"))
        return "; ".join(step for *_numbers, step in cursor.fetchall())


def test_a_short_list_is_sorted_by_every_column_a_long_one_by_those_with_an_index(
    store: Callable[[int], None],
    officer: User,
    log_in: Callable[[User], Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store(3)
    browser = log_in(officer)

    short = _offered(browser)
    monkeypatch.setattr(ordering, "MOST_SORTED", 2)
    long = _offered(browser)

    assert {"people", "investor__name", "officer__name"} <= short
    assert "people" in long
    assert not {"investor__name", "officer__name"} & long
    assert _offered(browser, "sort=-officer__name") == long


def _offered(browser: Client, query: str = "") -> set[str]:
    headings = browser.get(f"{LIST}?{query}").context["columns"]
    return {heading["column"].name for heading in headings if heading["link"]}


@pytest.mark.parametrize("sort", ["people", "-people", "code", "-officer__name"])
@pytest.mark.parametrize("count", [0, 1, 3, 7])
@pytest.mark.django_db
def test_the_last_page_is_the_one_that_turning_the_pages_ends_on(
    sort: str, count: int, visits: Register, store: Callable[[int], None]
) -> None:
    store(count)
    asked = filters.read(visits, QueryDict(f"sort={sort}"))
    asked.length = 3
    rows = queries.rows_of(visits)
    turned = slice_of(asked, rows)
    while turned.next:
        asked.place = turned.next
        turned = slice_of(asked, rows)

    asked.place = queries.LAST

    assert slice_of(asked, rows) == turned


def test_the_list_leads_to_its_last_page_and_back_to_the_first(
    store: Callable[[int], None], officer: User, log_in: Callable[[User], Client]
) -> None:
    store(120)
    browser = log_in(officer)

    first = browser.get(f"{LIST}?sort=code").context["pages"]
    last = browser.get(f"{LIST}{first.last_url}").context["pages"]

    assert (first.first_url, last.last_url) == ("", "")
    assert (last.first, last.last, last.total) == (101, 120, 120)
    assert browser.get(f"{LIST}{last.first_url}").context["pages"] == first


@pytest.mark.django_db
def test_an_order_that_would_tell_what_one_may_not_read_is_not_taken(visits: Register) -> None:
    columns = tuple(
        replace(column, may_read=False) if column.name in {"delegation", "visited_on"} else column
        for column in visits.columns
    )
    veiled = replace(visits, columns=columns)

    def order(query: str) -> Any:
        return filters.read(veiled, QueryDict(query)).order

    assert order("sort=people") == "people"
    assert order("sort=delegation") == "-id"
    assert order("") == "-id"
