"""The pages of a register as three people see them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.accounts.roles import Role
from jingkai.apps.registers import actions, queries
from jingkai.apps.registers.declaration import Register
from tests.apps.registers.imports.making import GOOD, HEADINGS, book

Browser = Callable[[User], Client]
LIST = "/z/home/visits/"


@pytest.fixture
def browser(officer: User, log_in: Browser) -> Client:
    """Return the officer's browser."""
    return log_in(officer)


@pytest.fixture
def visit(
    visits: Register, inside: Zone, values: Callable[..., dict[str, Any]], clock: datetime
) -> Any:
    """Return one visit on record."""
    return actions.create_record(register=visits, zone=inside, values=values(), by="a", at=clock)


def test_an_empty_register_says_what_to_do(browser: Client) -> None:
    page = browser.get(LIST).content.decode()

    assert "台账还是空的" in page


def test_the_list_filters_sorts_and_searches(browser: Client, visit: Any) -> None:
    def found(query: str) -> bool:
        return "考察团（示范）" in browser.get(f"{LIST}?{query}").content.decode()

    assert found("direction=inbound")
    assert not found("direction=outbound")
    assert found("people__from=3&people__to=3")
    assert not found("people__from=4")
    assert found("q=考察")
    assert not found("q=没有")
    assert found("sort=-people")
    assert found("sort=nonsense")


def test_a_filter_that_cannot_be_understood_says_so(browser: Client, visit: Any) -> None:
    answer = browser.get(f"{LIST}?visited_on__from=yesterday")

    assert answer.status_code == 400
    assert "yesterday" in answer.content.decode()


def test_a_page_far_beyond_the_last_is_empty_not_an_error(browser: Client, visit: Any) -> None:
    assert browser.get(f"{LIST}?page={10**28}").status_code == 200


def test_a_record_is_added_through_the_form(
    browser: Client, visits: Register, inside: Zone
) -> None:
    answer = browser.post(
        f"{LIST}new/",
        {"code": "LF-9", "direction": "inbound", "visited_on": "2024-05-06", "delegation": "团"},
    )

    assert answer.status_code == 302
    assert visits.model.objects.get().recorded_by == "home-investment"


def test_a_form_with_an_error_keeps_what_was_typed(browser: Client) -> None:
    answer = browser.post(f"{LIST}new/", {"code": "LF-9", "people": "many", "delegation": "某团"})

    page = answer.content.decode()
    assert answer.status_code == 400
    assert "某团" in page
    assert "不是数字" in page


def test_a_stale_edit_shows_both_sides(browser: Client, visit: Any) -> None:
    data = {
        "code": "LF-1",
        "direction": "inbound",
        "visited_on": "2024-12-31",
        "delegation": "甲的说法",
        "version": "1",
    }
    browser.post(f"{LIST}{visit.pk}/edit/", data)

    answer = browser.post(f"{LIST}{visit.pk}/edit/", data | {"delegation": "乙的说法"})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "甲的说法" in page
    assert "乙的说法" in page


def test_a_workbook_is_checked_confirmed_and_imported(
    browser: Client, visits: Register, inside: Zone
) -> None:
    upload = SimpleUploadedFile("来访.xlsx", book([HEADINGS, GOOD]))

    checked = browser.post(f"{LIST}import/", {"file": upload})
    assert not visits.model.objects.exists()
    browser.post(checked.url)

    assert visits.model.objects.get().code == "LF-1"


def test_errors_of_a_workbook_can_be_downloaded(browser: Client) -> None:
    upload = SimpleUploadedFile("来访.xlsx", book([HEADINGS, ["LF-1", "路过", *GOOD[2:]]]))

    checked = browser.post(f"{LIST}import/", {"file": upload})
    page = browser.get(checked.url).content.decode()
    report = browser.get(f"{checked.url}errors/")

    assert "路过" in page
    assert report["Content-Type"].startswith("application/vnd.openxmlformats")


def test_somebody_without_the_right_sees_no_button_and_gets_403(
    zone: Zone, hire: Callable[[Zone, Role], User], log_in: Browser
) -> None:
    auditor = log_in(hire(zone, Role.AUDITOR))

    assert f"{LIST}new/" not in auditor.get(LIST).content.decode()
    assert auditor.get(f"{LIST}new/").status_code == 403


def test_another_zones_record_answers_as_one_that_does_not_exist(
    visit: Any, neighbour: Zone, hire: Callable[[Zone, Role], User], log_in: Browser
) -> None:
    stranger = log_in(hire(neighbour, Role.INVESTMENT))

    theirs = stranger.get(f"/z/neighbour/visits/{visit.pk}/")
    none = stranger.get("/z/neighbour/visits/987654/")

    assert theirs.status_code == none.status_code == 404
    path = f"/visits/{visit.pk}/".encode()
    assert theirs.content.replace(path, b"/visits/987654/") == none.content


@pytest.mark.parametrize("rows", [1, 60])
def test_a_list_page_asks_a_bounded_number_of_queries(
    rows: int,
    browser: Client,
    visits: Register,
    inside: Zone,
    values: Callable[..., dict[str, Any]],
    clock: datetime,
    django_assert_max_num_queries: Any,
) -> None:
    for number in range(rows):
        actions.create_record(
            register=visits, zone=inside, values=values(f"LF-{number}"), by="a", at=clock
        )

    with django_assert_max_num_queries(25):
        browser.get(LIST)


def test_every_register_names_its_columns_once_and_offers_every_page(
    officer: User, hire: Callable[[Zone, Role], User], zone: Zone, log_in: Browser
) -> None:
    leader = log_in(hire(zone, Role.LEADER))

    for register in queries.registers().values():
        labels = [str(column.label) for column in register.bound]
        assert len(set(labels)) == len(labels), register.kind
        assert leader.get(f"/z/home/{register.kind}/").status_code == 200


def test_a_new_record_is_offered_the_next_number(browser: Client, visit: Any) -> None:
    page = browser.get(f"{LIST}new/").content.decode()

    assert 'value="LF-2"' in page


def test_a_reference_is_suggested_while_one_types(browser: Client, visit: Any) -> None:
    page = browser.get(f"{LIST}suggest/?visit=考察").content.decode()

    assert '<option value="LF-1">' in page


@pytest.mark.parametrize("text", ["长" * 60_000, "a\0b"])
def test_a_filter_that_no_database_takes_is_refused(text: str, browser: Client) -> None:
    assert browser.get(LIST, {"q": text}).status_code == 400
    assert browser.get(LIST, {"purpose": text}).status_code == 400


def test_a_second_target_for_the_same_figure_and_year_is_a_sentence(
    zone: Zone, hire: Callable[[Zone, Role], User], log_in: Browser
) -> None:
    leader = log_in(hire(zone, Role.LEADER))
    target = {"code": "MB-1", "year": "2024", "indicator": "visits", "value": "10"}

    first = leader.post("/z/home/targets/new/", target)
    second = leader.post("/z/home/targets/new/", target | {"code": "MB-2"})

    assert (first.status_code, second.status_code) == (302, 400)
