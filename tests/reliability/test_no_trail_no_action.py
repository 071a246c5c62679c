"""With a trail that takes nothing, nothing takes effect."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection
from django.test import Client

from jingkai.apps.accounts import scope
from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.accounts.roles import Role
from jingkai.apps.registers import actions, queries
from jingkai.apps.work import actions as work
from jingkai.apps.work.models import Job

pytestmark = pytest.mark.django_db
REFUSAL = "the trail is read-only"
CLOSE = {
    "sqlite": [
        "CREATE TRIGGER read_only BEFORE INSERT ON audit_event"
        f" BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    ],
    "postgresql": [
        "CREATE FUNCTION read_only() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$",
        "CREATE TRIGGER read_only BEFORE INSERT ON audit_event"
        " FOR EACH ROW EXECUTE FUNCTION read_only()",
    ],
}
VISIT = {
    "code": "LF-1",
    "direction": "inbound",
    "visited_on": "2024-05-06",
    "delegation": "考察团（示范）",
}


@pytest.fixture
def officer(zone: Zone, hire: Callable[[Zone, Role], User]) -> User:
    return hire(zone, Role.INVESTMENT)


@pytest.fixture
def visit(zone: Zone, clock: datetime) -> Iterator[Any]:
    """Return a visit on record, whose zone is in scope."""
    register = queries.registers()["visits"]
    values = VISIT | {"visited_on": clock.date()}
    with scope.zones(zone.pk):
        yield actions.create_record(register=register, zone=zone, values=values, by="x", at=clock)


@pytest.fixture
def job(zone: Zone, clock: datetime, settings: Any) -> Job:
    settings.JOBS = {"test": "nowhere.at_all"}
    return work.start(zone=zone, kind="test", key="1", payload={}, by="home-investment", at=clock)


def close_the_trail() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        if connection.vendor == "postgresql":  # which refuses DDL for rows just written
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("RESET ROLE")
        for statement in CLOSE[connection.vendor]:
            cursor.execute(statement)


def everything() -> dict[str, list[Any]]:
    """Return every row of every table, sessions aside."""
    models = [model for model in apps.get_models() if model._meta.app_label != "sessions"]
    return {
        model._meta.label: sorted(map(repr, model._base_manager.values_list())) for model in models
    }


WRITES: dict[str, Callable[[Any, Job], tuple[str, dict[str, object]]]] = {
    "登记": lambda _visit, _job: ("/z/home/visits/new/", VISIT | {"code": "LF-2"}),
    "修改": lambda visit, _job: (
        f"/z/home/visits/{visit.pk}/edit/",
        VISIT | {"delegation": "另一个团", "version": visit.version},
    ),
    "删除": lambda visit, _job: (f"/z/home/visits/{visit.pk}/delete/", {"reason": "重复"}),
    "取消作业": lambda _visit, job: (f"/z/home/jobs/{job.pk}/cancel/", {}),
}


@pytest.mark.parametrize("key", ["", "0123456789abcdef"], ids=["without key", "with key"])
@pytest.mark.parametrize("name", WRITES)
def test_without_its_trail_a_write_takes_no_effect(
    name: str, key: str, visit: Any, job: Job, officer: User, log_in: Callable[[User], Client]
) -> None:
    client = log_in(officer)
    address, fields = WRITES[name](visit, job)
    close_the_trail()
    before = everything()

    with pytest.raises(DatabaseError, match=REFUSAL):
        client.post(address, fields | ({"form-key": key} if key else {}))

    assert everything() == before


@pytest.mark.parametrize("name", WRITES)
def test_with_it_the_same_write_does(
    name: str, visit: Any, job: Job, officer: User, log_in: Callable[[User], Client]
) -> None:
    client = log_in(officer)
    address, fields = WRITES[name](visit, job)
    before = everything()

    answer = client.post(address, fields)

    assert answer.status_code == 302
    assert everything() != before
