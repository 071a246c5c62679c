"""An officer with work of every kind, and those to whom it may go."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from itertools import count
from typing import Any

import pytest

from jingkai.apps.accounts import scope
from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.accounts.roles import Role
from jingkai.apps.investment.models import Investor, Lead, Negotiation, Visit
from jingkai.apps.notes.models import FollowUp
from jingkai.apps.projects.models import OfficerAssignment, Project
from jingkai.apps.work.models import Job

NUMBERS = count(1)
DAY = date(2024, 3, 1)


@pytest.fixture
def inside(zone: Zone) -> Iterator[Zone]:
    with scope.zones(zone.pk):
        yield zone


@pytest.fixture
def leaver(zone: Zone, hire: Callable[[Zone, Role], User]) -> User:
    return hire(zone, Role.INVESTMENT)


@pytest.fixture
def successor(zone: Zone, hire: Callable[[Zone, Role], User]) -> User:
    return hire(zone, Role.SERVICES)


@pytest.fixture
def leader(zone: Zone, hire: Callable[[Zone, Role], User]) -> User:
    return hire(zone, Role.LEADER)


@pytest.fixture
def row(inside: Zone, clock: datetime) -> Callable[..., Any]:
    """Return a function that keeps one record."""

    def made(model: Any, **values: Any) -> Any:
        return model.everywhere.create(
            zone=inside,
            code=f"{model.__name__}-{next(NUMBERS)}",
            recorded_at=clock,
            recorded_by="system",
            changed_at=clock,
            changed_by="system",
            **values,
        )

    return made


@pytest.fixture
def work(zone: Zone, leaver: User, row: Callable[..., Any], clock: datetime) -> dict[str, Any]:
    """Return records that name the officer: open ones, and some that are over."""
    investor = row(Investor, name="示范企业")
    lead = {"investor": investor, "origin": "visit", "found_on": DAY}
    mine = {"assigned_to": leaver, "assigned_on": DAY}
    visit = {"direction": "inbound", "visited_on": DAY, "officer": leaver}
    project = row(Project, name="示范项目", entered_on=DAY)
    beside = {
        "zone": zone,
        "kind": "leads",
        "object_id": "1",
        "label": "示范线索",
        "permission": "investment.read",
        "by": leaver.username,
        "at": clock,
        "person": leaver.username,
        "due_on": DAY,
        "what": "回访",
    }
    job = {"zone": zone, "kind": "x", "by": leaver.username, "at": clock, "due_at": clock}
    return {
        "lead": row(Lead, name="在跟线索", **lead, **mine),
        "lost": row(Lead, name="已流失线索", **lead, **mine, lost_on=DAY, lost_reason="other"),
        "visit": row(Visit, delegation="待落实", **visit, follow_up_on=DAY),
        "visited": row(Visit, delegation="已了结", **visit),
        "talk": row(
            Negotiation, negotiated_on=DAY, investor=investor, topic="洽谈", officer=leaver
        ),
        "assignment": row(OfficerAssignment, project=project, officer=leaver, since=DAY),
        "follow_up": FollowUp.everywhere.create(**beside),
        "followed": FollowUp.everywhere.create(**beside, done_at=clock, done_by=leaver.username),
        "job": Job.everywhere.create(**job, key="1"),
        "ended": Job.everywhere.create(**job, key="2", state="done", finished_at=clock),
    }


@pytest.fixture
def hand(
    zone: Zone, leaver: User, successor: User, leader: User, log_in: Callable[[User], Any]
) -> Callable[..., Any]:
    """Return a function by which the leader hands the officer's work over."""

    def handed(**values: str) -> Any:
        usual = {
            "before": leaver.username,
            "to": successor.username,
            "scope": "open",
            "reason": "轮岗",
        }
        return log_in(leader).post(f"/z/{zone.code}/hand-overs/new/", usual | values)

    return handed
