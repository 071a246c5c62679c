"""The indicators as a program reads them."""

from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jingkai.apps.accounts.roles import Role
from jingkai.apps.reporting import queries
from tests.environment import rounds

ROOT = "/api/z/home/indicators"
NONSENSE = ("0", "-1", "0001-01-01", "9999-12-31", "2024-13-01", str(10**28), "\0", "٣", "2101")


@pytest.fixture(autouse=True)
def _on_the_last_day(settings):
    settings.CLOCK = "2024-12-31"


@pytest.fixture
def leader(filled, hire, log_in):
    return log_in(hire(filled, Role.LEADER))


def test_all_figures_are_those_of_the_product(leader, zone, year):
    told = leader.get(f"{ROOT}?year=2024").json()

    standings = queries.readings(year).values()
    assert told == queries.told.everything(zone, 2024, year, standings)
    assert len(told["indicators"]) == len(queries.indicators())


def test_one_figure_is_told_with_its_definition(leader):
    told = leader.get(f"{ROOT}/visits?year=2024&as_of=2024-06-30").json()

    assert told["code"] == "visits"
    assert told["period"] == {"start": "2024-01-01", "end": "2024-06-30"}
    assert told["definition"]["counts"]


def test_a_figure_is_told_in_parts_that_make_it_up(leader):
    told = leader.get(f"{ROOT}/idle_plants?year=2024").json()

    cuts = {cut["code"]: cut["parts"] for cut in told["cuts"]}
    assert {"occupancy", "obstacle", "obstacle_owner"} <= cuts.keys()
    for parts in cuts.values():
        assert sum(part["value"] for part in parts) == told["value"]


def test_the_number_of_a_figure_is_the_count_of_its_records(leader):
    for indicator in queries.indicators():
        one = leader.get(f"{ROOT}/{indicator.code}?year=2024").json()
        records = leader.get(f"{ROOT}/{indicator.code}/records?year=2024&limit=1").json()

        assert records["count"] == one["records"], indicator.code
        assert records["register"] == one["register"]


def test_the_records_of_a_figure_are_filtered_and_paged_as_their_register(leader):
    first = leader.get(f"{ROOT}/visits/records?year=2024&limit=2&sort=code").json()
    second = leader.get(first["next"]).json()
    codes = [item["values"]["code"] for item in [*first["items"], *second["items"]]]

    assert codes == sorted(set(codes))
    assert second["period"] == first["period"]
    assert leader.get(f"{ROOT}/visits/records?direction=outbound").json()["count"] == 0


@pytest.mark.parametrize(
    ("path", "name", "value"),
    [
        ("", "year", "1999"),
        ("", "year", "2101"),
        ("", "as_of", "0001-01-01"),
        ("", "as_of", "2024-02-30"),
        ("", "month", "13"),
        ("", "nonsense", "1"),
        ("/visits", "limit", "10"),
        ("/visits/records", "limit", "0"),
        ("/visits/records", "year", str(10**28)),
    ],
)
def test_a_parameter_that_cannot_be_understood_is_named(leader, path, name, value):
    answer = leader.get(f"{ROOT}{path}", {name: value})

    assert answer.status_code == 422
    assert set(answer.json()["fields"]) == {name}


def test_who_may_not_read_the_register_reads_the_figure_alone(zone, hire, log_in):
    liaison = log_in(hire(zone, Role.LIAISON))

    answer = liaison.get(f"{ROOT}/visits")
    assert answer.status_code == 200
    assert "cuts" not in answer.json()
    assert liaison.get(f"{ROOT}/visits/records").status_code == 403


def test_three_who_may_not_read_are_told_why(zone, neighbour, hire, log_in):
    administrator = log_in(hire(zone, Role.ADMINISTRATOR))
    stranger = log_in(hire(neighbour, Role.LEADER))

    refused = [client.get(ROOT) for client in (administrator, stranger, Client())]

    told = [(answer.status_code, answer.json()["error"]) for answer in refused]
    assert told == [(403, "not_allowed"), (404, "not_found"), (401, "not_signed_in")]


def test_a_figure_that_does_not_exist_is_told_as_json(leader):
    assert leader.get(f"{ROOT}/nonsense").json()["error"] == "not_found"
    assert leader.get(f"{ROOT}/nonsense/records").json()["error"] == "not_found"


@settings(
    max_examples=rounds(40, 3_000),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_no_query_string_makes_the_product_fail(data: Any, leader: Client) -> None:
    path = data.draw(st.sampled_from(["/visits", "/signings", "/visits/records"]))
    texts = st.one_of(st.sampled_from(NONSENSE), st.text(max_size=12), st.dates().map(str))
    query = data.draw(st.dictionaries(st.sampled_from(["year", "as_of", "month"]), texts))

    answer = leader.get(f"{ROOT}{path}", query)

    assert answer.status_code in {200, 422}
