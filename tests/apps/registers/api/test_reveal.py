"""A program looks behind a mask as a person does: for a reason, and the trail says so."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.accounts.roles import ROLE_PERMISSIONS, Permission, Role
from jingkai.apps.audit.models import Event
from jingkai.apps.registers import actions, fitting, queries
from tests.apps.registers.api.asking import fields, send

PHONE = "13977310246"
REASON = "回访确认行程"
INVESTORS = "/api/z/home/registers/investors"


@pytest.fixture
def address(inside: Zone, clock: datetime) -> str:
    """Return the address behind which the phone of an investor is told."""
    register = fitting.fit(queries.registers()["investors"], inside)
    values = {"code": "I-1", "name": "远方公司", "kind": "enterprise", "contact_phone": PHONE}
    made = actions.create_record(register=register, zone=inside, values=values, by="x", at=clock)
    return f"{INVESTORS}/{made.pk}/reveal"


def test_a_value_is_told_for_a_reason_that_the_trail_keeps(program: Client, address: str) -> None:
    listed = program.get(INVESTORS).content.decode()

    answer = send(program, "POST", address, {"column": "contact_phone", "reason": REASON})

    assert PHONE not in listed
    assert answer.json() == {"column": "contact_phone", "value": PHONE}
    assert answer["Cache-Control"] == "no-store"
    event = Event.objects.get(verb="registers.investors.revealed")
    assert (event.actor, event.reason) == ("home-investment", REASON)


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ({"column": "contact_phone", "reason": " "}, "reason"),
        ({"column": "contact_phone", "reason": 5}, "reason"),
        ({"column": "contact_phone"}, "reason"),
        ({"column": "name", "reason": REASON}, "column"),
        ({"column": "nonsense", "reason": REASON}, "column"),
    ],
)
def test_without_a_reason_or_a_masked_column_nothing_is_told(
    body: dict[str, Any], wrong: str, program: Client, address: str
) -> None:
    answer = send(program, "POST", address, body)

    assert set(fields(answer)) == {wrong}
    assert not Event.objects.filter(verb="registers.investors.revealed").exists()


def test_who_may_not_read_personal_data_and_who_is_of_another_zone_is_refused(
    zone: Zone,
    hire: Callable[[Zone, Role], User],
    log_in: Callable[[User], Client],
    stranger: Client,
    address: str,
) -> None:
    role = next(
        role
        for role, may in ROLE_PERMISSIONS.items()
        if Permission.READ_INVESTMENT in may and Permission.READ_PERSONAL not in may
    )
    body = {"column": "contact_phone", "reason": REASON}

    refused = send(log_in(hire(zone, role)), "POST", address, body)
    absent = send(stranger, "POST", address.replace("home", "neighbour"), body)

    assert (refused.status_code, absent.status_code) == (403, 404)
    assert PHONE not in refused.content.decode() + absent.content.decode()


def test_a_value_told_once_is_kept_nowhere_for_a_repetition(program: Client, address: str) -> None:
    def ask() -> Any:
        return program.generic(
            "POST",
            address,
            '{"column": "contact_phone", "reason": "回访确认行程"}',
            content_type="application/json",
            headers={"Idempotency-Key": "a" * 32},
        )

    first, again = ask(), ask()

    assert (first.status_code, again.status_code) == (200, 409)
    assert PHONE not in again.content.decode()
