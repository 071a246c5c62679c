"""A workbook whose rows are verbs of an area: one event, and taken back by what it tells."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client

from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.accounts.roles import Permission, Role
from jingkai.apps.audit import queries as trail
from jingkai.apps.audit.models import Event
from jingkai.apps.investment.models import MaturityCard
from jingkai.apps.investment.register.leads import WEIGHTS
from jingkai.apps.notes import actions as notes
from jingkai.apps.projects.models import OfficerAssignment, Project, Stage, Transition
from jingkai.apps.registers import actions, jobs, queries
from jingkai.apps.registers.kinds import Refused
from jingkai.apps.registers.models import ImportRun, Outcome, State
from tests.apps.projects.conftest import Making
from tests.apps.registers.imports.making import book

NOT_CONTENT = {"version", "changed_at", "changed_by"}
STEPS = "project-transitions"


@dataclass(frozen=True)
class Material:
    """What a case builds on: rows to make, and people to name in them."""

    make: Making
    officer: User
    successor: User


@pytest.fixture
def material(
    inside: Zone, clock: datetime, officer: User, hire: Callable[[Zone, Role], User]
) -> Material:
    """Return what makes projects and cards."""
    return Material(Making(inside, clock, officer), officer, hire(inside, Role.SERVICES))


@pytest.fixture
def take_in(inside: Zone, clock: datetime) -> Callable[..., ImportRun]:
    """Return a function that imports rows, given by column, into a register."""

    def taken(kind: str, rows: list[dict[str, Any]]) -> ImportRun:
        register = queries.registers()[kind]
        headings = [str(register.by_name[name].label) for name in rows[0]]
        content = book([headings, *(list(row.values()) for row in rows)])
        told: dict[str, Any] = {"register": register, "by": "system", "at": clock}
        run, _same = jobs.receive(zone=inside, content=content, file_name="a.xlsx", **told)
        run = jobs.check(run=run, **told)
        assert run.state == State.READY, run.report["errors"]
        return actions.import_workbook(run=run, **told)

    return taken


@pytest.fixture
def undo(clock: datetime) -> Callable[[ImportRun], ImportRun]:
    """Return a function that takes an import back."""

    def undone(run: ImportRun) -> ImportRun:
        register = queries.registers()[run.kind]
        return actions.undo_import(register=register, run=run, by="system", at=clock)

    return undone


def _content() -> list[dict[str, Any]]:
    """Return all that the tables say, but for who wrote last."""
    return [
        {name: value for name, value in row.items() if name not in NOT_CONTENT}
        for model in (Project, Transition, OfficerAssignment, MaturityCard)
        for row in model.everywhere.order_by("pk").values()
    ]


def _steps(material: Material) -> list[dict[str, Any]]:
    first, second = (material.make.ready_project() for _number in range(2))
    return [
        {"code": "T-1", "project": first.code, "to_stage": "signed", "moved_on": "2024-03-01"},
        {"code": "T-2", "project": second.code, "to_stage": "signed", "moved_on": "2024-03-02"},
        {"code": "T-3", "project": first.code, "to_stage": "started", "moved_on": "2024-10-01"},
    ]


def _officers(material: Material) -> list[dict[str, Any]]:
    new, served = material.make.project(), material.make.ready_project()
    to = material.successor.username
    common = {"officer": to, "since": "2024-11-01", "note": "交接材料齐全"}
    return [
        {"code": "Z-1", "project": new.code} | common,
        {"code": "Z-2", "project": served.code} | common,
    ]


def _cards(material: Material) -> list[dict[str, Any]]:
    weights = dict.fromkeys(WEIGHTS, 100 // len(WEIGHTS))
    weights[WEIGHTS[0]] += 100 - sum(weights.values())
    material.make.row(
        MaturityCard, effective_from=date(2023, 1, 1), basis="旧版", threshold=60, **weights
    )
    card = {"code": "K-2", "effective_from": "2024-12-01", "basis": "新版", "threshold": 70}
    return [card | weights]


CASES = {STEPS: _steps, "project-officers": _officers, "maturity-cards": _cards}


@pytest.mark.parametrize("kind", CASES)
def test_an_import_of_verbs_is_one_event_and_undone_leaves_all_as_it_was(
    kind: str, material: Material, take_in: Any, undo: Any
) -> None:
    rows = CASES[kind](material)
    before, events = _content(), Event.objects.count()

    run = take_in(kind, rows)
    done = _content()
    undone = undo(run)

    told = list(Event.objects.order_by("pk")[events:].values_list("verb", flat=True))
    assert told == [
        f"registers.{kind}.{what}" for what in ("received", "checked", "imported", "import-undone")
    ]
    assert done != before
    assert (undone.state, _content()) == (State.UNDONE, before)


def test_the_event_names_the_verbs_and_stands_in_the_history_of_what_they_changed(
    material: Material, take_in: Any, inside: Zone
) -> None:
    rows = _steps(material)

    run = take_in(STEPS, rows)

    project = Project.objects.get(code=rows[0]["project"])
    event = next(iter(trail.events(inside.code)))
    history = {change.event_id for change in trail.history("projects", str(project.pk))}
    assert event.details["verbs"] == {"projects.project.moved": 3}
    assert (event.target_id, history) == (f"import-{run.pk}", {event.pk})
    assert project.stage == Stage.STARTED


def test_an_import_is_not_taken_back_once_a_project_went_on(
    material: Material, take_in: Any, undo: Any
) -> None:
    rows = _steps(material)
    run = take_in(STEPS, rows)
    second = Project.objects.get(code=rows[1]["project"])
    material.make.move(second, Stage.STARTED, date(2024, 11, 1))
    after = _content()

    with pytest.raises(Refused, match="不能撤销：其中 1 条之后又有人更新"):
        undo(run)

    assert _content() == after


def test_a_comment_on_a_step_that_was_imported_keeps_it(
    material: Material, take_in: Any, undo: Any, inside: Zone, clock: datetime
) -> None:
    run = take_in(STEPS, _steps(material))
    step = Transition.objects.get(code="T-2")
    about = notes.About(
        zone=inside,
        kind=STEPS,
        object_id=str(step.pk),
        label=str(step),
        permission=Permission.READ_PROJECTS,
        url="/",
    )
    notes.add_comment(about=about, text="已核实", by="system", at=clock)

    with pytest.raises(Refused, match="不能撤销"):
        undo(run)


def test_an_import_of_before_its_verbs_were_kept_stays(
    material: Material, take_in: Any, undo: Any
) -> None:
    run = take_in(STEPS, _steps(material))
    run.rows.filter(outcome=Outcome.CREATED).update(before={})

    with pytest.raises(Refused, match="这次导入不能撤销"):
        undo(run)


def test_who_imported_steps_takes_them_back_on_the_page(
    material: Material, take_in: Any, log_in: Callable[[User], Client]
) -> None:
    run = take_in(STEPS, _steps(material))
    ImportRun.objects.filter(pk=run.pk).update(by=material.successor.username)
    browser = log_in(material.successor)

    shown = browser.get(jobs.address(run)).content.decode()
    browser.post(f"{jobs.address(run)}undo/")

    assert "撤销这次导入" in shown
    assert not Transition.objects.exists()
