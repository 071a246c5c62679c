"""A verb of an area done to many records, and taken back as if it had not been done."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

import pytest

from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.accounts.roles import Permission
from jingkai.apps.audit import queries as trail
from jingkai.apps.audit.models import Event
from jingkai.apps.idle import actions as idle
from jingkai.apps.idle.models import CaseStep, IdleCase
from jingkai.apps.investment.models import Lead
from jingkai.apps.land.models import Parcel, Plant
from jingkai.apps.notes import actions as notes
from jingkai.apps.projects.models import Project, Stage, Transition
from jingkai.apps.registers import actions, queries
from jingkai.apps.registers.models import Batch, BatchState
from jingkai.apps.reuse import actions as reuse
from jingkai.apps.reuse.models import Disposal, DisposalStep
from jingkai.core.land.axes import Measure
from jingkai.core.land.measures import ROUTES
from tests.apps.projects.conftest import Making

RIGHTS = frozenset(Permission)
NOT_CONTENT = {"version", "changed_at", "changed_by"}
DAY = date(2024, 12, 1)
TABLES = (Lead, Project, Transition, Parcel, Plant, Disposal, DisposalStep, IdleCase, CaseStep)


@pytest.fixture
def make(inside: Zone, clock: datetime, officer: User) -> Making:
    """Return what makes leads and projects."""
    return Making(inside, clock, officer)


@pytest.fixture
def do(inside: Zone, clock: datetime) -> Callable[..., Batch]:
    """Return a function that previews and confirms a verb on some records."""

    def done(kind: str, verb: str, records: list[Any], values: dict[str, Any]) -> Batch:
        register = queries.registers()[kind]
        query = urlencode([("pk", record.pk) for record in records])
        asked = actions.WantedOfMany(verb=verb, query=query, values=values)
        batch, _count = actions.open_batch(
            register=register, zone=inside, wanted=asked, by="system", at=clock
        )
        may: dict[str, Any] = {"register": register, "permissions": RIGHTS, "at": clock}
        planned = actions.plan_batch(batch=batch, **may)
        return actions.apply_batch(batch=planned, by="system", **may)

    return done


@pytest.fixture
def undo(clock: datetime) -> Callable[..., Batch]:
    """Return a function that takes a batch back."""

    def undone(batch: Batch, rights: frozenset[Permission] = RIGHTS) -> Batch:
        return actions.undo_batch(
            register=queries.registers()[batch.kind],
            batch=batch,
            permissions=rights,
            by="system",
            at=clock,
        )

    return undone


def _content() -> list[dict[str, Any]]:
    """Return all that the tables say, but for who wrote last."""
    return [
        {name: value for name, value in row.items() if name not in NOT_CONTENT}
        for model in TABLES
        for row in model.everywhere.order_by("pk").values()
    ]


def _leads(make: Making, **values: Any) -> list[Lead]:
    investor = make.signing().investor
    usual = {"investor": investor, "origin": "visit", "found_on": date(2024, 6, 1)}
    return [make.row(Lead, name=name, **usual | values) for name in ("一号", "二号")]


def _lost(make: Making) -> list[Lead]:
    return _leads(make, lost_on=date(2024, 7, 1), lost_reason="no_site", lost_note="没有厂房")


def _projects(make: Making) -> list[Project]:
    return [make.ready_project() for _number in range(2)]


def _started(make: Making) -> list[Project]:
    projects = _projects(make)
    for project in projects:
        make.move(project, Stage.STARTED, date(2024, 10, 1))
    return projects


def _parcels(make: Making) -> list[Parcel]:
    return [make.row(Parcel, name=name, follow_up="watched") for name in ("一号地", "二号地")]


def _plants(make: Making) -> list[Plant]:
    return [make.row(Plant, name=name, follow_up="watched") for name in ("一号", "二号")]


def _disposals(make: Making) -> list[Disposal]:
    known = {"supply": "below_target", "statutory": "not_idle"}
    return [
        reuse.plan_disposal(
            zone=make.zone,
            values={
                "code": f"CZ-{number}",
                "measure": "redevelopment",
                "parcel": make.row(Parcel, name=f"{number}号地", **known),
                "planned_on": date(2024, 3, 1),
            },
            by="system",
            at=make.at,
        )
        for number in (1, 2)
    ]


def _to_finish(make: Making) -> list[Disposal]:
    found = _disposals(make)
    for disposal in found:
        for step in ROUTES[Measure.REDEVELOPMENT].steps:
            reuse.record_step(
                disposal=disposal,
                step=step.code.value,
                done_on=date(2024, 5, 1),
                document="文〔2024〕1号",
                by="system",
                at=make.at,
            )
    return found


def _cases(make: Making) -> list[IdleCase]:
    return [
        idle.open_case(parcel=parcel, opened_on=date(2024, 3, 1), by="system", at=make.at)
        for parcel in _parcels(make)
    ]


FOLLOW_UP = {"follow_up": "matched", "measure": None}
OBSTACLE = {"obstacle": "plan", "obstacle_owner": None}
OFFICER = {
    "assign": "to",
    "parcel-officer": "officer",
    "plant-officer": "officer",
    "disposal-officer": "officer",
    "case-officer": "officer",
}
FINISH = {"on": DAY, "proof": "production", "document": "示范凭证", "reused_area_m2": None}
LOSE = {"on": DAY, "lost_reason": "no_funds", "note": "示范"}
CASES: dict[str, tuple[str, str, Callable[[Making], list[Any]], dict[str, Any]]] = {
    "lose": ("leads", "lose", _leads, LOSE),
    "assign": ("leads", "assign", _leads, {"protected_until": date(2025, 3, 1), "reason": None}),
    "revive": ("leads", "revive", _lost, {"on": DAY, "note": "客商重新联系"}),
    "forward": ("projects", "move", _projects, {"to": "started", "on": DAY, "reason": None}),
    "back": ("projects", "move", _started, {"to": "signed", "on": DAY, "reason": "手续不全"}),
    "status": ("projects", "status", _projects, {"status": "dormant", "on": DAY, "reason": "停"}),
    "parcel-follow-up": ("parcels", "follow-up", _parcels, FOLLOW_UP),
    "parcel-obstacle": ("parcels", "obstacle", _parcels, OBSTACLE),
    "parcel-officer": ("parcels", "officer", _parcels, {}),
    "plant-follow-up": ("plants", "follow-up", _plants, FOLLOW_UP),
    "plant-obstacle": ("plants", "obstacle", _plants, OBSTACLE),
    "plant-officer": ("plants", "officer", _plants, {}),
    "disposal-officer": ("disposals", "officer", _disposals, {}),
    "disposal-withdraw": ("disposals", "withdraw", _disposals, {"reason": "企业放弃"}),
    "disposal-finish": ("disposals", "finish", _to_finish, FINISH),
    "case-officer": ("idle-cases", "assign", _cases, {}),
}


@pytest.mark.parametrize("case", CASES)
def test_a_verb_done_to_many_is_one_event_and_undone_leaves_all_as_it_was(
    case: str, make: Making, do: Any, undo: Any, officer: User
) -> None:
    kind, verb, build, values = CASES[case]
    values = values | ({OFFICER[case]: officer} if case in OFFICER else {})
    records = build(make)
    before, events = _content(), Event.objects.count()

    batch = do(kind, verb, records, values)
    done = _content()
    undone = undo(batch)

    _previewed, applied, taken_back = Event.objects.order_by("pk")[events:]
    assert done != before
    assert _content() == before
    assert undone.state == BatchState.UNDONE
    assert applied.verb == f"registers.{kind}.bulk-done"
    assert taken_back.verb == f"registers.{kind}.bulk-undone"
    assert applied.change_count == taken_back.change_count >= len(records)


def test_every_verb_that_an_area_offers_for_many_is_tried_here() -> None:
    offered = {
        (kind, verb.name)
        for kind, register in queries.registers().items()
        for verb in register.transitions
    }

    assert offered == {(kind, verb) for kind, verb, *_rest in CASES.values()}


def test_the_history_of_a_record_tells_the_verb_of_a_batch(make: Making, do: Any) -> None:
    first, _second = leads = _leads(make)

    do("leads", "lose", leads, LOSE)

    (change,) = trail.history("leads", str(first.pk))
    assert change.event.details["verbs"] == {"investment.lead.lost": 2}
    assert change.after["lost_reason"] == "no_funds"


def test_nothing_is_taken_back_where_somebody_worked_on_one_of_the_records(
    make: Making, do: Any, undo: Any, clock: datetime
) -> None:
    first, second = _leads(make)
    batch = do("leads", "lose", [first, second], LOSE)
    second.refresh_from_db()
    actions.change_record(
        register=queries.registers()["leads"],
        record=second,
        values={"lost_note": "更正"},
        version=second.version,
        by="c",
        at=clock,
    )
    before = _content()

    with pytest.raises(actions.NotApplied, match="二号|" + second.code):
        undo(batch)

    assert _content() == before


def test_nothing_is_taken_back_where_somebody_wrote_about_a_record_that_a_verb_added(
    make: Making, do: Any, undo: Any, inside: Zone, officer: User, clock: datetime
) -> None:
    batch = do("projects", "move", _projects(make), {"to": "signed", "on": DAY, "reason": None})
    step = Transition.objects.order_by("pk")[0]
    notes.add_comment(
        about=notes.About(
            zone=inside,
            kind="project-transitions",
            object_id=str(step.pk),
            label=str(step),
            permission=Permission.READ_PROJECTS,
            url="/",
        ),
        text="请补材料",
        by=officer.username,
        at=clock,
    )

    with pytest.raises(actions.NotApplied):
        undo(batch)

    assert Transition.objects.count() >= 2


def test_who_lost_the_right_to_the_verb_can_not_take_it_back(
    make: Making, do: Any, undo: Any
) -> None:
    batch = do("projects", "move", _projects(make), {"to": "signed", "on": DAY, "reason": None})

    with pytest.raises(actions.NotApplied):
        undo(batch, rights=RIGHTS - {Permission.MOVE_PROJECTS})

    assert set(Project.objects.values_list("stage", flat=True)) == {"signed"}
