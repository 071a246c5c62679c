"""Three people's programs, and how each is told what it may not."""

from datetime import datetime
from typing import Any

from django.test import Client

from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.registers import actions, queries
from jingkai.apps.registers.declaration import Register
from tests.apps.registers.api.asking import GOOD, LIST, fields, send


def test_a_colleague_reads_and_does_not_write(colleague: Client, visit: Any) -> None:
    record = f"{LIST}/{visit.pk}"

    refused = [
        send(colleague, "POST", LIST, {"values": GOOD}),
        send(colleague, "PATCH", record, {"version": 1, "values": {"people": 1}}),
        colleague.delete(f"{record}?reason=x"),
    ]

    assert colleague.get(LIST).json()["count"] == 1
    assert [(a.status_code, a.json()["error"]) for a in refused] == [(403, "not_allowed")] * 3


def test_a_stranger_finds_no_zone(stranger: Client, visit: Any) -> None:
    record = f"{LIST}/{visit.pk}"
    own = f"/api/z/neighbour/registers/visits/{visit.pk}"

    answers = [
        stranger.get(LIST),
        stranger.get(record),
        stranger.get(own),
        send(stranger, "PATCH", own, {"version": 1, "values": {"people": 1}}),
        stranger.delete(f"{own}?reason=x"),
        send(stranger, "POST", LIST, {"values": GOOD}),
        stranger.get("/api/z/no-such-zone/registers/visits"),
        stranger.get("/api/z/neighbour/registers/no-such-kind"),
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1


def test_another_zones_investor_cannot_be_referred_to(
    program: Client, neighbour: Zone, clock: datetime
) -> None:
    investors = queries.registers()["investors"]
    values = {"code": "KS-1", "name": "邻区客商（示范）", "kind": "enterprise"}
    actions.create_record(register=investors, zone=neighbour, values=values, by="a", at=clock)

    answer = send(program, "POST", LIST, {"values": GOOD | {"investor": "KS-1"}})

    assert set(fields(answer)) == {"investor"}


def test_who_is_not_signed_in_is_told_so(zone: Zone) -> None:
    answer = Client().get(LIST)

    assert (answer.status_code, answer.json()["error"]) == (401, "not_signed_in")


def test_a_method_that_is_not_offered_is_told(program: Client, zone: Zone) -> None:
    answer = send(program, "PUT", LIST, {})

    assert (answer.status_code, answer.json()["error"]) == (405, "method_not_allowed")
    assert answer["Allow"] == "GET, POST"


def test_a_write_by_cookie_carries_the_csrf_token(
    officer: User, visits: Register, inside: Zone
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")

    without = send(client, "POST", LIST, {"values": GOOD})
    client.get("/login/")
    client.get("/z/home/visits/new/")
    token = client.cookies["csrftoken"].value
    sent = client.post(
        LIST, {"values": GOOD}, content_type="application/json", headers={"X-CSRFToken": token}
    )

    assert (without.status_code, without.json()["error"]) == (403, "not_allowed")
    assert sent.status_code == 201
    assert visits.model.objects.count() == 1


def test_problems_are_told_in_the_language_asked_for(program: Client, zone: Zone) -> None:
    chinese = program.get(f"{LIST}/1", headers={"accept-language": "zh-hans"})

    assert chinese.json()["message"] == "没有找到，请检查地址、园区与编号"
    assert chinese["Content-Language"] == "zh-hans"
    assert program.get(f"{LIST}/1", headers={"accept-language": "en"})["Content-Language"] == "en"


def test_the_description_names_every_address_and_every_link_leads_somewhere(
    program: Client, zone: Zone
) -> None:
    told = program.get("/api/openapi.json").json()

    assert told["openapi"].startswith("3.1")
    visits = told["paths"]["/api/z/{zone}/registers/visits"]
    assert set(visits) == {"get", "post"}
    assert {p.get("name") for p in visits["get"]["parameters"]} >= {"zone"}
    operations = [o["operationId"] for path in told["paths"].values() for o in path.values()]
    assert len(operations) == len(set(operations))
    links = set(_links(told))
    assert links
    assert all(_reached(told, link) for link in links)
    assert Client().get("/api/openapi.json").status_code == 401


def _links(told: Any) -> Any:
    if isinstance(told, dict):
        if "$ref" in told:
            yield told["$ref"]
        for part in told.values():
            yield from _links(part)
    elif isinstance(told, list):
        for part in told:
            yield from _links(part)


def _reached(told: Any, link: str) -> bool:
    _root, *steps = link.split("/")
    for step in steps:
        told = told.get(step)
    return told is not None
