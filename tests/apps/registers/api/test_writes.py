"""What a program writes into a register."""

from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jingkai.apps.accounts.models import Zone
from jingkai.apps.audit.models import Event
from jingkai.apps.registers import queries
from jingkai.apps.registers.declaration import Register
from tests.apps.registers.api.asking import GOOD, LIST, NONSENSE, fields, send
from tests.environment import rounds


def test_a_record_is_created_and_the_trail_says_by_whom(
    program: Client, visits: Register, inside: Zone
) -> None:
    answer = send(program, "POST", LIST, {"values": GOOD})

    assert answer.status_code == 201
    assert answer.json()["values"] | GOOD == answer.json()["values"]
    assert visits.model.objects.get().recorded_by == "home-investment"
    event = Event.objects.get(verb="registers.visits.created")
    assert (event.actor, event.target_id) == ("home-investment", str(answer.json()["pk"]))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("nonsense", "1"),
        ("investor__name", "derived"),
        ("people", "many"),
        ("people", True),
        ("people", 1.5),
        ("people", [1]),
        ("people", 10**28),
        ("visited_on", 20240506),
        ("visited_on", "2024-02-30"),
        ("direction", "sideways"),
        ("delegation", 5),
        ("delegation", None),
        ("delegation", {"name": "团"}),
        ("delegation", "\0"),
        ("delegation", "\ud800"),
        ("investor", "no such investor"),
        ("code", "x" * 41),
    ],
)
def test_a_value_that_breaks_a_rule_is_named_and_nothing_is_written(
    program: Client, visits: Register, inside: Zone, name: str, value: Any
) -> None:
    answer = send(program, "POST", LIST, {"values": GOOD | {name: value}})

    assert set(fields(answer)) == {name}
    assert not visits.model.objects.exists()


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("", 400),
        ("{", 400),
        ("[]", 400),
        ('{"values": NaN}', 400),
        ("[" * 100_000, 400),
        (b"\xff\xfe\xff", 400),
        ("{}", 422),
        ('{"values": []}', 422),
        ('{"values": {}, "more": 1}', 422),
    ],
)
def test_a_body_of_another_shape_is_refused(program: Client, body: Any, status: int) -> None:
    answer = send(program, "POST", LIST, body)

    assert answer.status_code == status
    assert answer.json()["error"] in {"bad_request", "invalid"}


def test_a_number_on_record_is_not_given_twice(program: Client, visit: Any) -> None:
    answer = send(program, "POST", LIST, {"values": GOOD | {"code": visit.code}})

    assert set(fields(answer)) == {"code"}


def test_a_change_touches_only_what_is_given(program: Client, visit: Any) -> None:
    body = {"version": 1, "values": {"people": 12}, "reason": "电话更正"}

    answer = send(program, "PATCH", f"{LIST}/{visit.pk}", body).json()

    assert answer["version"] == 2
    assert answer["values"]["people"] == 12
    assert answer["values"]["delegation"] == "考察团（示范）"
    assert Event.objects.get(verb="registers.visits.changed").reason == "电话更正"


def test_the_loser_of_two_changes_is_given_the_present_record(program: Client, visit: Any) -> None:
    path = f"{LIST}/{visit.pk}"
    send(program, "PATCH", path, {"version": 1, "values": {"people": 12}})

    answer = send(program, "PATCH", path, {"version": 1, "values": {"people": 13}})

    assert answer.status_code == 409
    assert answer.json()["error"] == "conflict"
    assert answer.json()["current"]["version"] == 2
    assert answer.json()["current"]["values"]["people"] == 12


@pytest.mark.parametrize("version", [None, "1", True, 1.0, []])
def test_a_change_needs_the_version_read(program: Client, visit: Any, version: Any) -> None:
    body = {"version": version, "values": {"people": 12}}

    assert set(fields(send(program, "PATCH", f"{LIST}/{visit.pk}", body))) == {"version"}


def test_the_number_of_a_record_stays(program: Client, visit: Any) -> None:
    path = f"{LIST}/{visit.pk}"

    same = send(program, "PATCH", path, {"version": 1, "values": {"code": visit.code}})
    other = send(program, "PATCH", path, {"version": 1, "values": {"code": "LF-2"}})

    assert same.status_code == 200
    assert set(fields(other)) == {"code"}


def test_a_record_is_deleted_with_a_reason_only(
    program: Client, visits: Register, visit: Any
) -> None:
    without = program.delete(f"{LIST}/{visit.pk}")
    assert visits.model.objects.exists()

    with_reason = program.delete(f"{LIST}/{visit.pk}?reason=重复登记")

    assert set(fields(without)) == {"reason"}
    assert with_reason.status_code == 204
    assert not visits.model.objects.exists()
    assert Event.objects.get(verb="registers.visits.deleted").reason == "重复登记"


def test_what_a_verb_has_written_is_not_changed(program: Client, zone: Zone) -> None:
    answer = send(program, "PATCH", "/api/z/home/registers/project-transitions/1", {})

    assert answer.status_code == 405


@settings(
    max_examples=rounds(60, 5_000),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_no_body_makes_the_product_fail(data: Any, program: Client, visit: Any) -> None:
    register = data.draw(st.sampled_from(list(queries.registers().values())))
    names = st.sampled_from([column.name for column in register.typed])
    plain = st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False)
    )
    values = st.one_of(plain, st.sampled_from(NONSENSE), st.text(max_size=30), st.lists(plain))
    body = {"values": data.draw(st.dictionaries(names, values))}

    answer = send(program, "POST", f"/api/z/home/registers/{register.kind}", body)

    assert answer.status_code in {201, 403, 409, 422}
