"""The grid: typed over like a workbook, checked by the same rules, saved wholly or not at all."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.audit.models import Event
from jingkai.apps.registers import actions
from jingkai.apps.registers.declaration import Register

GRID = "/z/home/visits/grid/"
Values = Callable[..., dict[str, Any]]


@pytest.fixture
def browser(officer: User, log_in: Callable[[User], Client]) -> Client:
    """Return the officer's browser."""
    return log_in(officer)


@pytest.fixture
def two(visits: Register, inside: Zone, values: Values, clock: datetime) -> list[Any]:
    """Return two visits on record."""
    return [
        actions.create_record(register=visits, zone=inside, values=values(code), by="a", at=clock)
        for code in ("LF-1", "LF-2")
    ]


def _send(browser: Client, verb: str, *rows: dict[str, Any], **besides: Any) -> Any:
    body = json.dumps({"rows": rows} | besides)
    return browser.post(f"{GRID}{verb}/", body, content_type="application/json")


def _edit(record: Any, **values: str) -> dict[str, Any]:
    return {"pk": record.pk, "version": record.version, "values": values}


def _added(**values: str) -> dict[str, Any]:
    usual = {"code": "LF-9", "direction": "来访", "visited_on": "2024/3/1", "delegation": "团"}
    return {"pk": None, "version": None, "values": usual | {"people": "4"} | values}


def _data(page: str) -> Any:
    start = page.index('<script id="grid-data"')
    return json.loads(page[page.index(">", start) + 1 : page.index("</script>", start)])


def test_the_page_gives_texts_that_mean_the_same_when_they_come_back(
    browser: Client, visits: Register, two: list[Any]
) -> None:
    data = _data(browser.get(GRID).content.decode())
    names = [column["name"] for column in data["columns"]]

    sent = [
        {
            "pk": row["pk"],
            "version": row["version"],
            "values": {
                name: text
                for name, text in zip(names, row["cells"], strict=True)
                if name != "code"
            },
        }
        for row in data["rows"]
    ]

    assert _send(browser, "save", *sent).json() == {"saved": 0}
    assert set(visits.model.objects.values_list("version", flat=True)) == {1}


def test_edits_and_new_rows_are_saved_together_with_one_event(
    browser: Client, visits: Register, two: list[Any]
) -> None:
    before = Event.objects.count()

    answer = _send(
        browser,
        "save",
        _edit(two[0], people="7"),
        _edit(two[1], purpose="看厂房"),
        _added(),
        reason="年末补录",
    )

    assert answer.json() == {"saved": 3}
    (event,) = Event.objects.order_by("pk")[before:]
    assert (event.verb, event.change_count) == ("registers.visits.grid-changed", 3)
    assert event.reason == "年末补录"
    assert dict(visits.model.objects.values_list("code", "people")) == {
        "LF-1": 7,
        "LF-2": 3,
        "LF-9": 4,
    }


def test_one_wrong_cell_keeps_everything_from_being_saved_and_is_named(
    browser: Client, visits: Register, two: list[Any]
) -> None:
    answer = _send(browser, "save", _edit(two[0], people="7"), _edit(two[1], people="many"))

    assert answer.status_code == 422
    (problem,) = answer.json()["problems"]
    assert (problem["place"], problem["column"]) == (1, "people")
    assert set(visits.model.objects.values_list("people", flat=True)) == {3}


def test_the_loser_of_a_concurrent_edit_gets_the_row_as_it_stands(
    browser: Client, visits: Register, two: list[Any], clock: datetime
) -> None:
    actions.change_record(
        register=visits, record=two[0], values={"people": 5}, version=1, by="b", at=clock
    )

    answer = _send(browser, "save", _edit(two[0], people="7"))

    assert answer.status_code == 409
    (problem,) = answer.json()["problems"]
    assert (problem["current"]["version"], "5" in problem["current"]["cells"]) == (2, True)


def test_a_number_is_given_once_in_the_table_and_in_the_block(
    browser: Client, visits: Register, two: list[Any]
) -> None:
    answer = _send(browser, "check", _added(code="LF-1"), _added(), _added())

    told = [(problem["place"], problem["column"]) for problem in answer.json()["problems"]]
    assert told == [(0, "code"), (2, "code")]


def test_a_check_writes_nothing(browser: Client, visits: Register, two: list[Any]) -> None:
    before = Event.objects.count()

    answer = _send(browser, "check", _edit(two[0], people="7"), _added())

    assert answer.json() == {"problems": []}
    assert Event.objects.count() == before
    assert visits.model.objects.count() == 2


def test_the_number_of_a_record_stands(browser: Client, two: list[Any]) -> None:
    answer = _send(browser, "save", _edit(two[0], code="LF-8"))

    assert answer.status_code == 422


def test_another_zones_record_is_as_if_it_were_gone(
    browser: Client,
    visits: Register,
    neighbour: Zone,
    inside: Zone,
    values: Values,
    clock: datetime,
) -> None:
    theirs = actions.create_record(
        register=visits, zone=neighbour, values=values(), by="x", at=clock
    )

    answer = _send(browser, "save", _edit(theirs, people="7"))
    gone = _send(browser, "save", {"pk": 999_999, "version": 1, "values": {"people": "7"}})

    assert answer.status_code == gone.status_code == 422
    assert answer.content == gone.content


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "{",
        '{"rows": 1}',
        '{"rows": [1]}',
        '{"rows": [{"values": {"people": 1}}]}',
        '{"rows": [{"pk": "1", "version": 1, "values": {}}]}',
        '{"rows": [{"pk": true, "version": 1, "values": {}}]}',
    ],
)
def test_what_is_no_block_of_rows_is_refused(browser: Client, body: str) -> None:
    for verb in ("check", "save"):
        answer = browser.post(f"{GRID}{verb}/", body, content_type="application/json")
        assert answer.status_code == 400


def test_a_column_that_is_not_there_is_refused_by_name(browser: Client, two: list[Any]) -> None:
    answer = _send(browser, "save", _edit(two[0], zone="2"))

    assert answer.json()["problems"][0]["column"] == "zone"
