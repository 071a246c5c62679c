"""What a program reads of a register."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.accounts.roles import Role
from jingkai.apps.registers import actions, filters, kinds, queries
from jingkai.apps.registers.api import schemas
from jingkai.apps.registers.declaration import Register
from tests.apps.registers.api.asking import LIST, NONSENSE, fields
from tests.environment import rounds

Browser = Callable[[User], Client]


def test_the_catalogue_names_what_one_may_read(
    program: Client, zone: Zone, hire: Callable[[Zone, Role], User], log_in: Browser
) -> None:
    liaison = log_in(hire(zone, Role.LIAISON))

    of_officer = program.get("/api/z/home/registers").json()["items"]
    of_liaison = liaison.get("/api/z/home/registers").json()["items"]

    assert {entry["kind"] for entry in of_officer} == set(queries.registers())
    assert "visits" not in {entry["kind"] for entry in of_liaison}
    columns = {
        c["name"]: c for c in next(e for e in of_officer if e["kind"] == "visits")["columns"]
    }
    assert columns["visited_on"]["type"] == "day"
    assert {"value": "inbound", "label": "来访"} in columns["direction"]["choices"]
    assert columns["investor"]["refers_to"] == "investors"


def test_the_list_filters_sorts_and_searches_as_the_page(program: Client, visit: Any) -> None:
    def found(query: str) -> int:
        answer = program.get(f"{LIST}?{query}").json()
        assert len(answer["items"]) == answer["count"]
        return answer["count"]

    assert found("direction=inbound") == 1
    assert found("direction=outbound") == 0
    assert found("people__from=3&people__to=3") == 1
    assert found("people__from=4") == 0
    assert found("q=考察") == 1
    assert found("sort=-people") == 1


def test_a_record_is_given_with_its_values(program: Client, visit: Any) -> None:
    item = program.get(LIST).json()["items"][0]
    record = program.get(f"{LIST}/{visit.pk}").json()

    assert item["pk"] == record["pk"] == visit.pk
    assert item["version"] == record["version"] == 1
    assert item["values"] == record["values"]
    assert record["values"]["visited_on"] == "2024-12-31"
    assert record["values"]["people"] == 3
    assert record["values"]["purpose"] is None
    assert "考察团（示范）".encode() in program.get(LIST).content


def test_pages_follow_one_another_to_the_end(
    program: Client,
    visits: Register,
    inside: Zone,
    values: Callable[..., dict[str, Any]],
    clock: datetime,
) -> None:
    for number in range(5):
        actions.create_record(
            register=visits, zone=inside, values=values(code=f"LF-{number}"), by="a", at=clock
        )
    path, codes = f"{LIST}?limit=2&sort=code", []

    while path:
        answer = program.get(path).json()
        codes += [item["values"]["code"] for item in answer["items"]]
        path = answer["next"]

    assert answer["count"] == 5
    assert codes == ["LF-0", "LF-1", "LF-2", "LF-3", "LF-4"]


@pytest.mark.parametrize("limit", ["1", "200"])
def test_a_limit_within_its_bounds_is_kept(program: Client, visit: Any, limit: str) -> None:
    assert program.get(f"{LIST}?limit={limit}").json()["limit"] == int(limit)


@pytest.mark.parametrize("value", ["0", "201", "-1", "1.5", "٣", str(10**28), "", "many"])
def test_a_limit_out_of_bounds_is_refused(program: Client, value: str) -> None:
    assert set(fields(program.get(LIST, {"limit": value}))) == {"limit"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("nonsense", "1"),
        ("sort", "nonsense"),
        ("visited_on__from", "yesterday"),
        ("direction", "sideways"),
        ("people__from", "many"),
        ("q", "a" * 201),
        ("delegation", "\0"),
    ],
)
def test_a_parameter_that_cannot_be_understood_is_named(
    program: Client, name: str, value: str
) -> None:
    wrong = fields(program.get(LIST, {name: value, "people__to": "9"}))

    assert set(wrong) == {name}
    assert wrong[name]


def test_every_parameter_told_is_one_that_the_list_reads() -> None:
    idle = []

    for register in queries.registers().values():
        for parameter in schemas.parameters(register):
            name, *_part = parameter["name"].rpartition("__")
            column = register.by_name.get(name)
            if column and not _conditions(register, parameter["name"], column.kind):
                idle.append((register.kind, parameter["name"]))

    assert idle == []


def _conditions(register: Register, name: str, kind: kinds.Kind) -> list[Any]:
    text = "1"
    if isinstance(kind, kinds.Day) and not name.endswith("__empty"):
        text = "2024-01-01"
    if isinstance(kind, kinds.Whole) and not name.endswith("__empty"):
        text = str(kind.least)
    if name.endswith("__within"):
        text = "117,36,118,37"
    return filters.read(register, QueryDict(f"{name}={text}")).conditions


@pytest.mark.parametrize("pk", ["999999", str(10**28)])
def test_a_record_that_is_not_there_is_told_as_json(program: Client, zone: Zone, pk: str) -> None:
    answer = program.get(f"{LIST}/{pk}")

    assert answer.status_code == 404
    assert answer.json()["error"] == "not_found"


@settings(
    max_examples=rounds(60, 5_000),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_no_query_string_makes_the_product_fail(data: Any, program: Client, visit: Any) -> None:
    register = data.draw(st.sampled_from(list(queries.registers().values())))
    names = st.sampled_from([*sorted(schemas.names(register)), "nonsense"])
    texts = st.one_of(st.sampled_from(NONSENSE), st.text(max_size=30), st.integers().map(str))
    query = data.draw(st.dictionaries(names, texts, max_size=4))

    answer = program.get(f"/api/z/home/registers/{register.kind}", query)

    assert answer.status_code in {200, 422}
