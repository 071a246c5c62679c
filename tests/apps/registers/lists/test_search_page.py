"""One box for all: what a person finds, and what they must not."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client

from jingkai.apps.accounts import scope
from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.accounts.roles import Role
from jingkai.apps.registers import actions, filters, queries
from jingkai.apps.registers.declaration import Register
from jingkai.apps.registers.presentation.search import marked
from jingkai.apps.search import index
from jingkai.apps.search import queries as search

PAGE = "/z/home/search/"
Browser = Callable[[User], Client]


@pytest.fixture
def stored(
    visits: Register, inside: Zone, values: Callable[..., dict[str, Any]], clock: datetime
) -> None:
    """Store seven visits and an investor whose texts share a word."""
    for number in range(7):
        row = values(f"LF-2024-15{number}", delegation=f"<装备> {number} 号团")
        actions.create_record(register=visits, zone=inside, values=row, by="a", at=clock)
    actions.create_record(
        register=queries.registers()["investors"],
        zone=inside,
        values={"code": "KS-1", "name": "某装备公司", "contact_person": "欧阳某"},
        by="a",
        at=clock,
    )


@pytest.mark.parametrize("is_indexed", [True, False])
def test_the_findings_stand_by_register_with_their_words_marked(
    is_indexed: bool,
    stored: None,
    officer: User,
    log_in: Browser,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if not is_indexed:
        monkeypatch.setattr(index, "HERE", 0)

    answer = log_in(officer).get(PAGE, {"q": "装备"})

    page = answer.content.decode()
    assert [(heap["count"], heap["more"]) for heap in answer.context["heaps"]] == [(7, 2), (1, 0)]
    assert "&lt;<mark>装备</mark>&gt; 6 号团" in page
    assert "某<mark>装备</mark>公司" in page
    assert "/z/home/visits/?q=%E8%A3%85%E5%A4%87" in page


@pytest.mark.parametrize("most", [0, 100])
def test_a_list_says_when_the_index_is_still_being_built(
    most: int, stored: None, officer: User, log_in: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "HERE", most)

    page = log_in(officer).get("/z/home/visits/", {"q": "装备"}).content.decode()

    assert ("检索索引正在更新" in page) is (most == 0)
    assert "LF-2024-156" in page


def test_many_and_few_findings_are_paged_alike(
    stored: None, visits: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    def found() -> tuple[list[int], int]:
        asked = filters.read(visits, QueryDict("q=装备&sort=delegation"))
        page = queries.page(visits, asked, None, base="", columns=["code"])
        return [pk for pk, _cells in page.rows], page.counted

    few = found()
    monkeypatch.setattr(search, "FEW", 2)

    assert found() == few
    assert few[1] == len(few[0]) == 7


def test_a_number_is_found_by_its_tail(stored: None, officer: User, log_in: Browser) -> None:
    page = log_in(officer).get(PAGE, {"q": "153"}).content.decode()

    assert "LF-2024-<mark>153</mark>" in page
    assert "LF-2024-154" not in page


def test_who_may_not_read_a_register_finds_nothing_of_it(
    stored: None, zone: Zone, hire: Callable[[Zone, Role], User], log_in: Browser
) -> None:
    answer = log_in(hire(zone, Role.LIAISON)).get(PAGE, {"q": "装备"})

    assert answer.context["heaps"] == []


def test_nobody_finds_somebody_by_a_name_that_is_personal(
    stored: None, zone: Zone, hire: Callable[[Zone, Role], User], log_in: Browser
) -> None:
    browser = log_in(hire(zone, Role.LEADER))

    named = browser.get(PAGE, {"q": "欧阳"}).content.decode()
    shown = browser.get(PAGE, {"q": "装备公司"}).content.decode()

    assert "KS-1" not in named
    assert "KS-1" in shown
    assert "欧阳" not in shown


def test_another_zones_records_are_not_found(
    stored: None, neighbour: Zone, hire: Callable[[Zone, Role], User], log_in: Browser
) -> None:
    with scope.zones(neighbour.pk):
        browser = log_in(hire(neighbour, Role.LEADER))

    assert browser.get("/z/neighbour/search/", {"q": "装备"}).context["heaps"] == []


def test_while_one_types_the_first_findings_show(
    stored: None, officer: User, log_in: Browser
) -> None:
    browser = log_in(officer)

    found = browser.get(f"{PAGE}quick/", {"q": "装备"}).content.decode()
    none = browser.get(f"{PAGE}quick/", {"q": "没有的"}).content.decode()
    nothing = browser.get(f"{PAGE}quick/", {"q": " "}).content.decode()

    assert found.count("<a href=") == 3
    assert "没有找到" in none
    assert nothing.strip() == ""


@pytest.mark.parametrize("text", ["长" * 60_000, "a\0b"])
def test_what_no_index_takes_is_refused(text: str, officer: User, log_in: Browser) -> None:
    assert log_in(officer).get(PAGE, {"q": text}).status_code == 400


def test_the_page_asks_a_bounded_number_of_queries(
    stored: None, officer: User, log_in: Browser, django_assert_max_num_queries: Any
) -> None:
    browser = log_in(officer)
    browser.get(PAGE, {"q": "装备"})

    with django_assert_max_num_queries(30):
        browser.get(PAGE, {"q": "装备"})


def test_every_page_has_the_box(officer: User, log_in: Browser) -> None:
    page = log_in(officer).get("/z/home/visits/").content.decode()

    assert 'action="/z/home/search/"' in page


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        ("ＡＢｃ", ["bc"], "Ａ<mark>Ｂｃ</mark>"),
        ("aaa", ["aa"], "<mark>aaa</mark>"),
        ("<b>", ["b"], "&lt;<mark>b</mark>&gt;"),
        ("没有", ["装备"], "没有"),
    ],
)
def test_a_word_is_marked_as_it_was_found(text: str, words: list[str], shown: str) -> None:
    assert marked(text, words) == shown


def test_of_a_long_text_the_part_around_the_word_is_shown() -> None:
    shown = marked("前" * 100 + "装备" + "后" * 100, ["装备"])

    assert shown.startswith("…前")
    assert "<mark>装备</mark>" in shown
    assert shown.endswith("后…")
