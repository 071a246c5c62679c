"""What the database answers for a list is what the core answers one by one."""

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from jingkai.apps.projects import facts, queries
from jingkai.apps.projects.models import Evidence, OfficerAssignment, Project, Site, Stage, Status
from jingkai.core import lifecycle
from jingkai.core.lifecycle import Colour, StallKind

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

ON = date(2024, 12, 31)
AGREED = (
    "agreed_start_on",
    "agreed_completion_on",
    "agreed_production_on",
    "agreed_capacity_on",
    "agreed_target_on",
)


@pytest.fixture
def projects(make: Any) -> list[Project]:
    """Return projects with random dates, evidence, sites, officers and statuses."""
    random = Random(7)
    made = [_project(make, random) for _number in range(60)]
    return [project for project in made if project is not None]


def _project(make: Any, random: Random) -> Project:
    agreed = sorted(ON + timedelta(days=random.randint(-300, 200)) for _name in AGREED)
    values = {name: day for name, day in zip(AGREED, agreed, strict=True) if random.random() < 0.7}
    status = random.choice([Status.ONGOING, Status.ONGOING, Status.DORMANT, Status.LOST])
    project = make.project(
        site=random.choice(["", *Site.values]),
        planned_wan=random.choice([None, 100]),
        industry_code=random.choice(["", "3484"]),
        signing=random.choice([None, make.signing(), make.signing(kind="framework")]),
        settled_on=_perhaps(random),
        land_supplied_on=_perhaps(random),
        agreed_settle_on=_perhaps(random),
        **values,
    )
    for kind in Evidence.Kind.values:
        if random.random() < 0.6:
            make.evidence(project, kind, dated_on=random.choice([None, date(2024, 1, 5)]))
    if random.random() < 0.5:
        make.row(OfficerAssignment, project=project, officer=make.officer, since=ON)
    stage = random.choice(list(Stage))
    if stage != Stage.IN_LIBRARY:
        make.forced(project, stage, ON - timedelta(days=random.randint(0, 250)))
    since = {"status_since": ON + timedelta(days=random.randint(-2, 1)), "status_reason": "示范"}
    if status != Status.ONGOING:
        Project.objects.filter(pk=project.pk).update(status=status, **since)
    return queries.project(project.pk)  # type: ignore[return-value]


def _perhaps(random: Random) -> date | None:
    return random.choice([None, ON, ON - timedelta(days=40), ON + timedelta(days=10)])


def test_lights(projects: list[Project]) -> None:
    found = dict(queries.with_light(Project.objects.all(), on=ON).values_list("pk", "light"))

    expected = {p.pk: facts.light(p, on=ON).colour.value for p in projects}
    assert found == expected
    assert set(expected.values()) == {colour.value for colour in Colour}


def test_missing_evidence_filters_what_the_page_lists(projects: list[Project]) -> None:
    wanted = [(p, queries.next_stage(p)) for p in projects]
    listed = queries.missing_of([(p, stage) for p, stage in wanted if stage is not None])

    for code in queries.requirement_codes():
        found = set(Project.objects.filter(queries.lacking(code)).values_list("pk", flat=True))
        assert found == {
            key for key, lacks in listed.items() if code in {lack.code for lack in lacks}
        }
    ready = set(Project.objects.filter(queries.ready()).values_list("pk", flat=True))
    assert ready == {key for key, lacks in listed.items() if not lacks}
    told = Project.objects.annotate(codes=queries.lacking_codes()).values_list("pk", "codes")
    assert {key: set(codes.split(",")) - {""} for key, codes in told} == {
        p.pk: {lack.code for lack in listed.get(p.pk, ())} for p in projects
    }


@pytest.mark.parametrize("kind", list(StallKind))
def test_stalls(projects: list[Project], kind: StallKind) -> None:
    known = {
        p.pk: {stall.kind: stall.overdue for stall in _stalls(p)}
        for p in projects
        if not (p.status == Status.LOST and p.status_since and p.status_since <= ON)
    }

    found = set(queries.stalled(kind, on=ON).values_list("pk", flat=True))
    overdue = set(queries.stalled(kind, on=ON, overdue=True).values_list("pk", flat=True))

    assert found == {key for key, kinds in known.items() if kind in kinds}
    assert overdue == {key for key, kinds in known.items() if kinds.get(kind)}


def _stalls(project: Project) -> tuple[lifecycle.Stall, ...]:
    return lifecycle.stalls(facts.life_dates(project), on=ON)


def test_a_list_asks_the_same_number_of_queries_for_more_projects(
    projects: list[Project], django_assert_num_queries: Any
) -> None:
    wanted = [(p, Stage.STARTED) for p in projects]

    with django_assert_num_queries(2):
        queries.missing_of(wanted)
