"""Moving projects: gates, dates, returns, force; and the law that stages follow from steps."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jingkai.apps.accounts.roles import Permission
from jingkai.apps.audit.models import Event
from jingkai.apps.projects import actions, queries
from jingkai.apps.projects.models import STAGE_DATES, Evidence, Project, Stage, Status, Transition

pytestmark = pytest.mark.django_db

ENTERED = date(2024, 1, 10)


def test_a_project_with_every_document_starts(make: Any) -> None:
    project = make.ready_project()

    make.move(project, Stage.SIGNED, date(2024, 2, 1))
    make.move(project, Stage.TO_START, date(2024, 3, 1))
    make.move(project, Stage.STARTED, date(2024, 5, 1))

    project.refresh_from_db()
    assert project.stage == Stage.STARTED
    assert project.started_on == date(2024, 5, 1)
    assert not Transition.objects.filter(is_forced=True).exists()


@pytest.mark.parametrize(
    ("site", "kind", "name"),
    [
        ("new_land", "construction_permit", "施工许可证"),
        ("new_land", "site_photo", "开工现场照片"),
        ("own_land", "construction_permit", "施工许可证"),
        ("leased_plant", "lease_contract", "租赁合同"),
        ("leased_plant", "installation_photo", "设备安装照片"),
    ],
)
def test_a_start_without_its_proof_is_refused_by_name(
    make: Any, site: str, kind: str, name: str
) -> None:
    project = make.ready_project(site=site)
    make.move(project, Stage.TO_START, date(2024, 3, 1))
    Evidence.objects.filter(kind=kind).delete()

    with pytest.raises(actions.GateClosed, match=name) as refused:
        make.move(project, Stage.STARTED, date(2024, 5, 1))

    assert [lack.code for _stage, lacks in refused.value.lacking for lack in lacks] == [kind]


def test_a_leased_plant_starts_without_a_construction_permit(make: Any) -> None:
    project = make.ready_project(site="leased_plant")
    Evidence.objects.filter(kind__in=["construction_permit", "site_photo"]).delete()

    made = make.move(project, Stage.STARTED, date(2024, 5, 1))

    assert made.to_stage == Stage.STARTED


def test_an_undated_photograph_proves_nothing(make: Any) -> None:
    project = make.ready_project()
    Evidence.objects.filter(kind="site_photo").update(dated_on=None)

    with pytest.raises(actions.GateClosed, match="开工现场照片"):
        make.move(project, Stage.STARTED, date(2024, 5, 1))


def test_evidence_dated_after_the_step_does_not_count(make: Any) -> None:
    project = make.ready_project()
    Evidence.objects.filter(kind="construction_permit").update(dated_on=date(2024, 5, 2))

    with pytest.raises(actions.GateClosed, match="施工许可证"):
        make.move(project, Stage.STARTED, date(2024, 5, 1))
    assert make.move(project, Stage.STARTED, date(2024, 5, 2))


def test_a_framework_agreement_passes_no_gate(make: Any) -> None:
    project = make.ready_project(signing=make.signing(kind="framework"))

    with pytest.raises(actions.GateClosed, match="正式协议"):
        make.move(project, Stage.SIGNED, date(2024, 3, 1))


def test_a_skipped_stage_passes_every_gate_between(make: Any) -> None:
    project = make.project()

    with pytest.raises(actions.GateClosed) as refused:
        make.move(project, Stage.STARTED, date(2024, 3, 1))

    stages = [stage for stage, lacks in refused.value.lacking if lacks]
    assert stages == [Stage.SIGNED, Stage.TO_START, Stage.STARTED]


def test_force_needs_the_right(make: Any) -> None:
    project = make.project()

    with pytest.raises(actions.NotMoved, match="权限"):
        make.move(project, Stage.SIGNED, date(2024, 3, 1), force_reason="领导要求")

    project.refresh_from_db()
    assert project.stage == Stage.IN_LIBRARY


def test_a_forced_step_keeps_its_reason_and_what_was_missing(make: Any) -> None:
    project = make.project(planned_wan=100)

    made = make.forced(project, Stage.SIGNED, date(2024, 3, 1))

    assert made.is_forced
    assert made.force_reason == "补录历史数据"
    assert made.missing == ["signed_on", "industry_code", "agreement"]
    event = Event.objects.get(verb="projects.project.moved")
    assert event.details["forced_without"] == made.missing


def test_a_right_to_force_alone_forces_nothing(make: Any) -> None:
    project = make.ready_project()

    made = make.forced(project, Stage.SIGNED, date(2024, 3, 1))

    assert not made.is_forced
    assert made.force_reason == ""


def test_a_person_of_another_role_may_not_let_it_pass(make: Any, colleague: Any) -> None:
    project = make.ready_project()

    with pytest.raises(actions.NotMoved, match="招商专员"):
        make.move(project, Stage.SIGNED, date(2024, 3, 1), by=colleague.username)


def test_a_service_officer_may_let_a_start_pass_but_no_signing(make: Any, officer: Any) -> None:
    signed, fresh = make.ready_project(), make.ready_project()
    make.move(signed, Stage.TO_START, date(2024, 3, 1))

    make.move(signed, Stage.STARTED, date(2024, 5, 1), by=officer.username)

    with pytest.raises(actions.NotMoved, match="须由"):
        make.move(fresh, Stage.SIGNED, date(2024, 5, 1), by=officer.username)


@pytest.mark.parametrize(
    ("on", "message"),
    [(date(2025, 1, 1), "今天"), (date(2024, 1, 9), "早于"), (date(2024, 2, 29), "早于")],
)
def test_a_step_is_neither_in_the_future_nor_before_the_last(
    make: Any, on: date, message: str
) -> None:
    project = make.ready_project()
    make.move(project, Stage.SIGNED, date(2024, 3, 1))

    with pytest.raises(actions.NotMoved, match=message):
        make.move(project, Stage.TO_START, on)


def test_two_steps_of_one_day_are_allowed(make: Any) -> None:
    project = make.ready_project()
    make.move(project, Stage.SIGNED, date(2024, 12, 31))

    assert make.move(project, Stage.TO_START, date(2024, 12, 31))


def test_back_needs_a_reason_and_takes_the_dates_back(make: Any) -> None:
    project = make.ready_project()
    make.move(project, Stage.STARTED, date(2024, 5, 1))

    with pytest.raises(actions.NotMoved, match="说明原因"):
        make.move(project, Stage.SIGNED, date(2024, 6, 1))
    make.move(project, Stage.SIGNED, date(2024, 6, 1), reason="施工许可被撤销")

    project.refresh_from_db()
    assert (project.stage, project.started_on, project.to_start_on) == (Stage.SIGNED, None, None)
    assert project.signed_on == date(2024, 5, 1)


def test_a_return_does_not_rewrite_the_past(make: Any) -> None:
    project = make.ready_project()
    make.move(project, Stage.STARTED, date(2024, 5, 1))
    make.move(project, Stage.SIGNED, date(2024, 6, 1), reason="施工许可被撤销")

    assert project in queries.at_stage(Stage.STARTED, on=date(2024, 5, 31))
    assert project in queries.at_stage(Stage.SIGNED, on=date(2024, 6, 1))
    assert project not in queries.at_stage(Stage.STARTED, on=date(2024, 6, 1))


def test_a_lost_project_stays_until_it_is_restored(make: Any) -> None:
    project = make.ready_project()
    said = {"on": date(2024, 4, 1), "by": "system", "at": make.at}
    actions.set_status(project=project, status=Status.LOST, reason="迁往外地", **said)

    with pytest.raises(actions.NotMoved, match="流失"):
        make.move(project, Stage.SIGNED, date(2024, 5, 1))
    actions.set_status(project=project, status=Status.ONGOING, reason="重新启动", **said)

    assert make.move(project, Stage.SIGNED, date(2024, 5, 1))


@pytest.mark.parametrize(
    ("status", "reason", "on", "message"),
    [
        (Status.DELAYED, " ", date(2024, 4, 1), "原因"),
        (Status.DELAYED, "资金紧张", date(2025, 1, 1), "今天"),
        (Status.ONGOING, "没有变化", date(2024, 4, 1), "已是"),
    ],
)
def test_a_status_needs_a_reason_a_day_that_came_and_a_change(
    make: Any, status: Status, reason: str, on: date, message: str
) -> None:
    project = make.project()

    with pytest.raises(actions.NotReported, match=message):
        actions.set_status(
            project=project, status=status, reason=reason, on=on, by="system", at=make.at
        )


def test_a_start_after_the_completion_on_record_is_refused(make: Any) -> None:
    project = make.ready_project(completed_on=date(2024, 4, 1))

    with pytest.raises(actions.NotMoved, match="竣工"):
        make.move(project, Stage.STARTED, date(2024, 5, 1))


MOVES = st.lists(
    st.tuples(st.sampled_from(list(Stage)), st.integers(0, 40)), min_size=1, max_size=8
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=MOVES)
def test_stage_and_dates_always_equal_what_the_steps_say(
    make: Any, core_stage: Any, moves: list[tuple[Stage, int]]
) -> None:
    """The law of the area: nothing about a project's stage is typed, on any day."""
    project = make.project()
    on = ENTERED
    for to, days in moves:
        on = min(on + timedelta(days=days), date(2024, 12, 31))
        try:
            make.move(
                project,
                to,
                on,
                reason="随机推进",
                force_reason="随机推进",
                permissions={Permission.FORCE_PROJECTS},
            )
        except actions.NotMoved:
            project.refresh_from_db()
            assert project.stage == to

    project.refresh_from_db()
    assert project.stage == core_stage(project, date(2024, 12, 31))
    for stage, field in STAGE_DATES.items():
        standing = queries.steps(stage, on=date(2024, 12, 31)).filter(project=project)
        assert [step.moved_on for step in standing] == [
            day for day in [getattr(project, field)] if day
        ]
    for day in {ENTERED, on - timedelta(days=1), on, date(2024, 6, 1)}:
        found = [s.value for s in Stage if project in queries.at_stage(s, on=day)]
        expected = core_stage(project, day)
        assert found == ([expected] if expected else [])


def test_the_stage_table_counts_each_project_once(make: Any) -> None:
    make.project(planned_wan=5)
    for stage, on in ((Stage.SIGNED, date(2024, 3, 1)), (Stage.STARTED, date(2024, 5, 1))):
        make.forced(make.project(planned_wan=10), stage, on)

    table = {row.stage: row for row in queries.stage_table(on=date(2024, 4, 30))}

    assert [row.count for row in table.values()] == [2, 1, 0, 0, 0, 0, 0]
    assert (table[Stage.IN_LIBRARY].reached, table[Stage.SIGNED].reached) == (3, 1)
    assert table[Stage.IN_LIBRARY].planned_wan == 15
    assert sum(row.count for row in table.values()) == Project.objects.count()
