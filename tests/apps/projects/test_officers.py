"""Service officers, to-dos, and the registers' ways in."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from jingkai.apps.audit.models import Event
from jingkai.apps.projects import actions, queries
from jingkai.apps.projects.models import OfficerAssignment, Project, Stage, Transition
from jingkai.apps.projects.queries import Task
from jingkai.apps.projects.register import PROJECT_OFFICERS, PROJECT_TRANSITIONS
from jingkai.apps.registers.kinds import Refused

pytestmark = pytest.mark.django_db

ON = date(2024, 12, 31)


def _assign(make: Any, project: Project, officer: Any, **values: Any) -> OfficerAssignment:
    usual = {"since": date(2024, 2, 1), "by": "system", "at": make.at}
    return actions.assign_officer(project=project, officer=officer, **usual | values)


def test_a_project_has_one_service_officer_at_a_time(make: Any, officer: Any, leader: Any) -> None:
    project = make.project()
    _assign(make, project, officer)

    with pytest.raises(actions.NotAssigned, match="移交"):
        _assign(make, project, leader)
    with pytest.raises(IntegrityError), transaction.atomic():
        make.row(OfficerAssignment, project=project, officer=leader, since=ON)


def test_somebody_of_another_zone_serves_nobody_here(make: Any, stranger: Any) -> None:
    with pytest.raises(actions.NotAssigned, match="在任"):
        _assign(make, make.project(), stranger)


def test_a_hand_over_closes_the_one_and_opens_the_other(
    make: Any, officer: Any, leader: Any
) -> None:
    project = make.project()
    first = _assign(make, project, officer)

    second = actions.hand_over(
        project=project, to=leader, on=date(2024, 5, 1), note="材料齐", by="system", at=make.at
    )

    first.refresh_from_db()
    assert first.until == second.since == date(2024, 5, 1)
    assert Event.objects.filter(verb="projects.officer.handed-over").count() == 1


@pytest.mark.parametrize(
    ("on", "note", "message"),
    [
        (date(2024, 5, 1), "  ", "交接说明"),
        (date(2024, 1, 31), "材料齐", "早于"),
        (date(2025, 1, 1), "材料齐", "今天"),
    ],
)
def test_a_hand_over_needs_a_note_and_a_day_within_the_assignment(
    make: Any, officer: Any, leader: Any, on: date, note: str, message: str
) -> None:
    project = make.project()
    _assign(make, project, officer)

    with pytest.raises(actions.NotAssigned, match=message):
        actions.hand_over(project=project, to=leader, on=on, note=note, by="system", at=make.at)


def test_only_the_officer_acknowledges_and_once(make: Any, officer: Any, leader: Any) -> None:
    assignment = _assign(make, make.project(), officer)

    with pytest.raises(actions.NotAssigned, match="本人"):
        actions.acknowledge(assignment=assignment, by=leader.username, at=make.at)
    actions.acknowledge(assignment=assignment, by=officer.username, at=make.at)
    with pytest.raises(actions.NotAssigned, match="已签收"):
        actions.acknowledge(assignment=assignment, by=officer.username, at=make.at)


def test_to_dos_are_derived_for_the_officer(make: Any, officer: Any, leader: Any) -> None:
    project = make.ready_project()

    mine = {(todo.kind, todo.due_on) for todo in queries.todos(user=officer, on=ON)}

    assert mine == {
        (Task.ACKNOWLEDGE, project.entered_on),
        (Task.KEEP_PROMISE, date(2024, 6, 1)),
        (Task.MOVE_PROJECT, None),
    }
    assert queries.todos(user=leader, on=ON) == []


def test_a_signed_project_without_officer_is_a_leaders_to_do(make: Any, leader: Any) -> None:
    make.project()
    make.forced(make.project(), Stage.SIGNED, date(2024, 3, 1))

    found = [todo.kind for todo in queries.todos(user=leader, on=ON)]

    assert found == [Task.ASSIGN_OFFICER]


def test_an_imported_step_passes_the_gates_and_forces_none(make: Any) -> None:
    ready, bare = make.ready_project(), make.project()
    write = PROJECT_TRANSITIONS.write
    assert write is not None
    said = {"code": "T1", "to_stage": "signed", "moved_on": date(2024, 3, 1), "source": "历史"}
    how = {"zone": make.zone, "by": "system", "at": make.at}

    made = write(values=said | {"project": ready}, **how)

    assert (made.code, made.source) == ("T1", "历史")
    with pytest.raises(Refused, match="投资协议"):
        write(values=said | {"project": bare}, **how)
    assert Transition.objects.filter(project=bare).count() == 0


def test_an_imported_officer_is_assigned_then_handed_over(
    make: Any, officer: Any, leader: Any
) -> None:
    project, write = make.project(), PROJECT_OFFICERS.write
    assert write is not None
    said = {"project": project, "since": date(2024, 3, 1), "note": "材料齐"}
    how = {"zone": make.zone, "by": "system", "at": make.at}

    write(values=said | {"code": "Z1", "officer": officer}, **how)
    write(values=said | {"code": "Z2", "officer": leader}, **how)

    assert [row.officer for row in OfficerAssignment.objects.order_by("pk")] == [officer, leader]


@pytest.mark.parametrize(
    "values",
    [
        {"planned_wan": 1, "fixed_investment_wan": 2},
        {"agreed_start_on": ON, "agreed_completion_on": date(2024, 12, 30)},
        {"stage": "started"},
        {"started_on": ON},
        {"status": "lost"},
    ],
)
def test_the_database_refuses_what_can_not_be(make: Any, values: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make.project(**values)


def test_funds_are_more_than_nothing(make: Any) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make.receipt(make.project(), ON, 0)
