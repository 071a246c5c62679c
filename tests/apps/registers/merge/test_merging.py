"""Two edits of one record: what only one side changed is merged, what both changed is asked."""

import re
from collections.abc import Callable
from datetime import datetime
from html import unescape
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.registers import actions
from jingkai.apps.registers.declaration import Register
from jingkai.apps.registers.presentation import Side, side_of

LIST = "/z/home/visits/"
TEXT = st.sampled_from(["", "甲", "乙", "丙"])


@given(base=TEXT, mine=TEXT, theirs=TEXT)
def test_a_merge_loses_neither_what_i_typed_nor_what_they_saved(
    base: str, mine: str, theirs: str
) -> None:
    side = side_of(base, mine, theirs)

    assert (side is Side.NOBODY) == (mine == theirs)
    assert (side is Side.ASKED) == (len({base, mine, theirs}) == 3)
    if side is Side.MINE:
        assert theirs == base
    if side is Side.THEIRS:
        assert mine == base


def test_where_nobody_knows_what_was_opened_every_difference_is_asked() -> None:
    assert side_of(None, "甲", "乙") is Side.ASKED
    assert side_of(None, "甲", "甲") is Side.NOBODY


@pytest.fixture
def browser(officer: User, log_in: Callable[[User], Client]) -> Client:
    """Return the officer's browser."""
    return log_in(officer)


@pytest.fixture
def visit(
    visits: Register, inside: Zone, values: Callable[..., dict[str, Any]], clock: datetime
) -> Any:
    """Return one visit on record."""
    return actions.create_record(register=visits, zone=inside, values=values(), by="a", at=clock)


def _opened(browser: Client, pk: int) -> dict[str, str]:
    """Return what a browser would send back of the form."""
    return _fields(browser.get(f"{LIST}{pk}/edit/").content.decode())


def _fields(page: str) -> dict[str, str]:
    form = page[page.index('name="version"') - 60 :]
    found: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and 'type="radio"' not in tag:
            found.setdefault(name[1], unescape(value[1]) if value else "")
    for name, text in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>\n?([^<]*)<', form):
        found[name] = unescape(text)
    for name, options in re.findall(
        r'<select[^>]*name="([^"]*)".*?>(.*?)</select>', form, re.DOTALL
    ):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = unescape(chosen[1]) if chosen else ""
    found.pop("form-key", None)
    return found


def test_changes_of_different_columns_are_merged_and_saved_with_one_more_click(
    browser: Client, visits: Register, visit: Any
) -> None:
    mine = theirs = _opened(browser, visit.pk)
    browser.post(f"{LIST}{visit.pk}/edit/", theirs | {"people": "8"})

    answer = browser.post(f"{LIST}{visit.pk}/edit/", mine | {"purpose": "考察厂房"})

    assert answer.status_code == 409
    again = _fields(answer.content.decode())
    assert (again["people"], again["purpose"]) == ("8", "考察厂房")
    assert browser.post(f"{LIST}{visit.pk}/edit/", again).status_code == 302
    visit.refresh_from_db()
    assert (visit.people, visit.purpose, visit.version) == (8, "考察厂房", 3)


@pytest.mark.parametrize("chosen", ["8", "9"])
def test_where_both_changed_the_same_column_one_of_the_two_is_chosen(
    chosen: str, browser: Client, visits: Register, visit: Any
) -> None:
    mine = _opened(browser, visit.pk)
    browser.post(f"{LIST}{visit.pk}/edit/", mine | {"people": "8"})

    answer = browser.post(f"{LIST}{visit.pk}/edit/", mine | {"people": "9"})

    page = answer.content.decode()
    offered = re.findall(r'<input type="radio"[^>]*name="people" value="(\d+)"', page)
    assert (answer.status_code, offered) == (409, ["9", "8"])
    browser.post(f"{LIST}{visit.pk}/edit/", _fields(page) | {"people": chosen})
    visit.refresh_from_db()
    assert visit.people == int(chosen)


def test_one_can_go_back_to_the_form_with_everything_that_was_typed(
    browser: Client, visit: Any
) -> None:
    mine = _opened(browser, visit.pk)
    browser.post(f"{LIST}{visit.pk}/edit/", mine | {"people": "8"})
    page = browser.post(f"{LIST}{visit.pk}/edit/", mine | {"purpose": "看地"}).content.decode()

    form = browser.post(f"{LIST}{visit.pk}/edit/", _fields(page) | {"again": "1"})

    again = _fields(form.content.decode())
    assert form.status_code == 200
    assert (again["people"], again["purpose"], again["version"]) == ("8", "看地", "2")


def test_an_entry_that_is_refused_keeps_the_version_it_was_opened_at(
    browser: Client, visit: Any
) -> None:
    mine = _opened(browser, visit.pk)
    browser.post(f"{LIST}{visit.pk}/edit/", mine | {"people": "8"})

    refused = browser.post(f"{LIST}{visit.pk}/edit/", mine | {"people": "many"})

    again = _fields(refused.content.decode())
    assert (refused.status_code, again["version"]) == (400, "1")
    assert browser.post(f"{LIST}{visit.pk}/edit/", again | {"people": "9"}).status_code == 409


@pytest.mark.parametrize("version", ["", "x", "-1", "９", "1" * 40])
def test_a_version_that_is_none_is_a_conflict_not_a_failure(
    version: str, browser: Client, visit: Any
) -> None:
    data = _opened(browser, visit.pk) | {"version": version, "base": "[", "people": "9"}

    assert browser.post(f"{LIST}{visit.pk}/edit/", data).status_code == 409


def test_each_value_opens_its_own_history(browser: Client, visit: Any) -> None:
    mine = _opened(browser, visit.pk)
    browser.post(f"{LIST}{visit.pk}/edit/", mine | {"people": "8", "reason": "复核名单"})

    page = browser.get(f"{LIST}{visit.pk}/").content.decode()

    (history,) = re.findall(r'<details class="jk-term-history">.*?</details>', page, re.DOTALL)
    assert "3 → 8" in history
    assert "复核名单" in history
