"""A small zone's projects, made one by one with what a test does not care about."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from itertools import count
from typing import Any

import pytest

from jingkai.apps.accounts import scope
from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.accounts.roles import Permission, Role
from jingkai.apps.investment.models import Investor, Signing
from jingkai.apps.projects import actions
from jingkai.apps.projects.models import (
    Evidence,
    FundsReceipt,
    OfficerAssignment,
    Project,
    Stage,
    Transition,
)
from jingkai.apps.registers.models import Record
from jingkai.core import lifecycle

NUMBERS = count(1)
FORCE = frozenset({Permission.FORCE_PROJECTS})


class Making:
    """Makes records of one zone."""

    def __init__(self, zone: Zone, at: datetime, officer: User) -> None:
        self.zone = zone
        self.at = at
        self.officer = officer

    def row(self, model: type[Record], **values: Any) -> Any:
        values.setdefault("code", f"{model.__name__}-{next(NUMBERS)}")
        return model.everywhere.create(
            zone=self.zone,
            recorded_at=self.at,
            recorded_by="test",
            changed_at=self.at,
            changed_by="test",
            **values,
        )

    def signing(self, signed_on: date = date(2024, 2, 1), **values: Any) -> Signing:
        investor = self.row(Investor, name=f"示范企业{next(NUMBERS)}号")
        usual = {"name": "示范签约", "kind": "formal", "signed_on": signed_on}
        return self.row(Signing, **usual | {"investor": investor} | values)

    def project(self, **values: Any) -> Project:
        usual = {"name": f"示范项目{next(NUMBERS)}号", "entered_on": date(2024, 1, 10)}
        return self.row(Project, **usual | values)

    def evidence(self, project: Project, kind: str, **values: Any) -> Evidence:
        usual = {"title": "示范材料", "dated_on": project.entered_on}
        return self.row(Evidence, project=project, kind=kind, **usual | values)

    def receipt(
        self, project: Project, on: date, wan: int, kind: str = "domestic"
    ) -> FundsReceipt:
        return self.row(FundsReceipt, project=project, received_on=on, amount_wan=wan, kind=kind)

    def ready_project(self, **values: Any) -> Project:
        """Return a project in the library that lacks nothing for any gate."""
        usual = {
            "signing": self.signing(values.get("entered_on", date(2024, 1, 10))),
            "planned_wan": 10_000,
            "industry_code": "3484",
            "site": "new_land",
            "agreed_start_on": date(2024, 6, 1),
        }
        project = self.project(**usual | values)
        for kind in Evidence.Kind.values:
            self.evidence(project, kind)
        self.row(
            OfficerAssignment, project=project, officer=self.officer, since=project.entered_on
        )
        return project

    def move(self, project: Project, to: Stage, on: date, **values: Any) -> Transition:
        usual = {"by": "system", "at": self.at, "permissions": frozenset()}
        return actions.move_project(project=project, to=to, on=on, **usual | values)

    def forced(self, project: Project, to: Stage, on: date) -> Transition:
        return self.move(project, to, on, permissions=FORCE, force_reason="补录历史数据")


@pytest.fixture
def officer(zone: Zone, hire: Callable[..., Any]) -> User:
    return hire(zone, Role.SERVICES)


@pytest.fixture
def leader(zone: Zone, hire: Callable[..., Any]) -> User:
    return hire(zone, Role.LEADER)


@pytest.fixture
def colleague(zone: Zone, hire: Callable[..., Any]) -> User:
    """Return somebody of the zone who may read but not write."""
    return hire(zone, Role.SAFETY)


@pytest.fixture
def stranger(neighbour: Zone, hire: Callable[..., Any]) -> User:
    return hire(neighbour, Role.LEADER)


@pytest.fixture
def make(zone: Zone, clock: datetime, officer: User) -> Iterator[Making]:
    """Return what makes records of the zone, with the zone in scope."""
    with scope.zones(zone.pk):
        yield Making(zone, clock, officer)


@pytest.fixture
def core_stage() -> Callable[[Project, date], str | None]:
    """Return the core's reading of a project's stage on a day, from its steps one by one."""

    def read(project: Project, on: date) -> str | None:
        made = Transition.everywhere.filter(project=project).order_by("pk")
        steps = [
            lifecycle.Transition(lifecycle.Stage.IN_LIBRARY, project.entered_on),
            *(lifecycle.Transition(lifecycle.Stage(s.to_stage), s.moved_on) for s in made),
        ]
        stage = lifecycle.stage_on(steps, on)
        return stage.value if stage else None

    return read
