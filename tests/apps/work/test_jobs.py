"""Jobs: put in the queue once, done once, tried again, given up, cancelled, taken over."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone, translation

from jingkai.apps.accounts import scope
from jingkai.apps.accounts.models import Department, Zone
from jingkai.apps.audit.models import Event
from jingkai.apps.notices.models import Notice
from jingkai.apps.work import actions
from jingkai.apps.work.models import Job

from .conftest import Broken, open_department

pytestmark = pytest.mark.django_db
DONE, FAILED, WAITING = Job.State.DONE, Job.State.FAILED, Job.State.WAITING


def departments():
    return sorted(Department.everywhere.values_list("name", flat=True))


def verbs():
    return list(Event.objects.filter(target_kind="job").values_list("verb", flat=True))


def lose_the_worker(job):
    """Make a running job look as its killed worker leaves it, a lease later."""
    Job.everywhere.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


def let_the_pause_pass():
    Job.everywhere.update(due_at=timezone.now() - timedelta(seconds=1))


def test_a_job_is_done_by_the_next_worker_and_leads_to_its_result(handlers, start, clock):
    handlers(lambda _job, _report: {"url": "/there/", "rows": 3})
    job = start()

    found = actions.run_next(at=clock)

    job.refresh_from_db()
    assert (found, job.state, job.result_url) == (True, DONE, "/there/")
    assert job.result["rows"] == 3
    assert verbs() == ["work.job.started", "work.job.finished"]
    assert not actions.run_next(at=clock)


def test_who_started_a_job_is_told_how_it_ended_and_who_cancelled_it_is_not(
    handlers, start, clock
):
    def hopeless(_job, _report):
        raise actions.NotDone("文件已损坏")

    handlers(lambda _job, _report: {"url": "/there/"})
    actions.run(job=start("a"), at=clock)
    handlers(hopeless)
    actions.run(job=start("b"), at=clock)
    actions.cancel(job=start("c"), by="home-leader", at=clock)

    told = Notice.everywhere.order_by("pk").values_list("to", "kind", "text", "url")

    failed = Job.everywhere.get(key="b")
    assert list(told) == [
        ("home-leader", "job-done", "", "/there/"),
        ("home-leader", "job-failed", "文件已损坏", f"/z/home/jobs/{failed.pk}/"),
    ]


def test_the_same_key_is_the_same_job(handlers, start):
    handlers(lambda _job, _report: {})

    first, second, other = start("a"), start("a"), start("b")

    assert first.pk == second.pk != other.pk
    assert verbs() == ["work.job.started"] * 2


def test_a_kind_that_nobody_handles_is_not_started(handlers, start):
    with pytest.raises(actions.UnknownKind):
        start()


def test_a_job_whose_transaction_is_undone_never_was(handlers, start):
    handlers(lambda _job, _report: {})

    with transaction.atomic():
        start()
        transaction.set_rollback(True)

    assert not Job.everywhere.exists()


def test_a_handler_sees_its_zone_and_speaks_the_language_of_who_asked(
    handlers, start, zone, neighbour, clock
):
    def handler(_job, _report):
        return {"zones": list(scope.current()), "language": translation.get_language()}

    handlers(handler)
    with translation.override("en"):
        job = start()

    job = actions.run(job=job, at=clock)

    assert job.result == {"zones": [zone.pk], "language": "en"}
    with pytest.raises(scope.OutsideScope):
        scope.current()


def test_the_wall_stands_around_a_handler(handlers, start, zone, neighbour, clock):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no such wall")

    def handler(_job, _report):
        with transaction.atomic():
            Department.everywhere.create(zone=neighbour, code="X", name="X")
        return {}

    handlers(handler)
    job = start()

    actions.run_next(at=clock)

    job.refresh_from_db()
    assert "row-level security" in job.error
    assert departments() == []


def test_what_a_job_writes_carries_its_number_in_the_trail(handlers, start, clock):
    handlers(lambda job, _report: open_department(job, "A") or {})
    job = start()

    actions.run(job=job, at=clock)

    event = Event.objects.get(verb="accounts.department.created")
    assert event.request_id == f"job-{job.pk}"


def test_a_failure_is_tried_three_times_with_a_pause_and_then_told(handlers, start, clock):
    tried = []

    def handler(_job, _report):
        tried.append(1)
        raise Broken("磁盘已满")

    handlers(handler)
    job = start()

    first = actions.run_next(at=clock)
    too_early = actions.run_next(at=clock)
    while let_the_pause_pass() or actions.run_next(at=clock):
        pass

    job.refresh_from_db()
    assert (first, too_early, len(tried)) == (True, False, 3)
    assert (job.state, job.error) == (FAILED, "Broken: 磁盘已满")
    assert verbs() == ["work.job.started", "work.job.failed"]


def test_what_cannot_be_done_is_not_tried_again(handlers, start, clock):
    def handler(_job, _report):
        raise actions.NotDone("工作簿已被删除，请重新上传")

    handlers(handler)

    job = actions.run(job=start(), at=clock)

    assert (job.state, job.attempts, job.error) == (FAILED, 1, "工作簿已被删除，请重新上传")


def test_a_failed_job_that_is_started_again_goes_on_from_its_checkpoint(handlers, start, clock):
    begun_from = []

    def handler(job, report):
        begun_from.append(job.checkpoint.get("row", 0))
        report(5, 10, {"row": 5})
        if len(begun_from) == 1:
            raise actions.NotDone("停")
        return {}

    handlers(handler)
    job = actions.run(job=start(), at=clock)

    again = actions.run(job=start(), at=clock)

    assert (again.pk, again.state, again.error) == (job.pk, DONE, "")
    assert begun_from == [0, 5]
    assert verbs() == [
        "work.job.started",
        "work.job.failed",
        "work.job.restarted",
        "work.job.finished",
    ]


def test_a_job_that_waits_is_cancelled_at_once(handlers, start, clock):
    handlers(lambda job, _report: open_department(job, "A") or {})
    job = start()

    actions.cancel(job=job, by="home-leader", at=clock)

    assert not actions.run_next(at=clock)
    assert departments() == []
    assert verbs() == ["work.job.started", "work.job.cancelled"]


def test_a_job_that_runs_is_cancelled_at_its_next_report(handlers, start, clock):
    def handler(job, report):
        for row in (1, 2, 3):
            with transaction.atomic():
                open_department(job, f"D{row}")
                report(row, 3, {"row": row})
            if row == 1:
                actions.cancel(job=job, by="home-leader", at=clock)
        return {}

    handlers(handler)

    job = actions.run(job=start(), at=clock)

    assert job.state == Job.State.CANCELLED
    assert departments() == ["D1"]


def test_a_job_that_has_ended_cannot_be_cancelled(handlers, start, clock):
    handlers(lambda _job, _report: {})
    job = actions.run(job=start(), at=clock)

    with pytest.raises(actions.NotCancelled, match="已经结束"):
        actions.cancel(job=job, by="home-leader", at=clock)


def test_a_running_job_is_taken_over_when_its_lease_is_over_and_not_before(handlers, start, clock):
    taken_over = []

    def handler(job, report):
        report(0, 2, {})
        if taken_over:
            return {"attempt": 2}
        taken_over.append(actions.run_next(at=clock))
        lose_the_worker(job)
        taken_over.append(actions.run_next(at=clock))
        report(1, 2, {"row": 1})
        return {"attempt": 1}

    handlers(handler)
    job = start()

    actions.run_next(at=clock)

    job.refresh_from_db()
    assert taken_over == [False, True]
    assert (job.state, job.result) == (DONE, {"attempt": 2})


def test_who_lost_a_job_writes_nothing_more_of_it(handlers, start, clock):
    def handler(job, report):
        if job.attempts == 1:
            lose_the_worker(job)
            actions.run_next(at=clock)
        with transaction.atomic():
            open_department(job, f"attempt {job.attempts}")
            report(1, 1, {"row": 1})
        return {"attempt": job.attempts}

    handlers(handler)
    start()

    actions.run_next(at=clock)

    assert departments() == ["attempt 2"]


def test_a_job_that_kills_each_of_its_workers_ends_and_says_so(handlers, start, clock):
    handlers(lambda _job, _report: {})
    job = start()
    Job.everywhere.update(
        state=Job.State.RUNNING,
        holder="dead",
        attempts=5,
        lease_until=timezone.now() - timedelta(seconds=1),
    )

    actions.run_next(at=clock)

    job.refresh_from_db()
    assert job.state == FAILED
    assert "连续 5 次中断" in job.error


def test_a_worker_that_must_stop_gives_its_job_back_unspent(handlers, start, clock):
    def handler(_job, report):
        report(3, 9, {"row": 3})
        return {}

    handlers(handler)
    job = start()

    actions.run_next(at=clock, stopping=lambda: True)

    job.refresh_from_db()
    assert (job.state, job.checkpoint, job.attempts) == (WAITING, {"row": 3}, 0)


def test_a_checkpoint_lets_the_attempts_count_anew(handlers, start, clock):
    def handler(job, report):
        row = job.checkpoint.get("row", 0) + 1
        report(row, 9, {"row": row})
        if row < 9:
            raise Broken("网络中断")
        return {}

    handlers(handler)
    job = start()

    while let_the_pause_pass() or actions.run_next(at=clock):
        pass

    job.refresh_from_db()
    assert (job.state, job.done) == (DONE, 9)


def test_progress_without_a_checkpoint_is_written_at_most_twice_a_second(
    handlers, start, clock, django_assert_max_num_queries
):
    def handler(_job, report):
        with django_assert_max_num_queries(6):
            for row in range(10_000):
                report(row, 10_000)
        return {}

    handlers(handler)

    job = actions.run(job=start(), at=clock)

    assert (job.state, job.done) == (DONE, 10_000)


def test_a_job_whose_end_cannot_be_noted_has_not_ended(handlers, start, clock, monkeypatch):
    handlers(lambda _job, _report: {})
    job = start()

    def refuse(**_texts):
        raise Broken("trail")

    monkeypatch.setattr("jingkai.apps.audit.actions.record", refuse)
    with pytest.raises(Broken):
        actions.run_next(at=clock)

    job.refresh_from_db()
    assert job.state == Job.State.RUNNING


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "running"},
        {"state": "waiting", "holder": "x"},
        {"state": "done"},
        {
            "state": "waiting",
            "finished_at": datetime(2024, 1, 1, tzinfo=timezone.get_fixed_timezone(0)),
        },
    ],
)
def test_the_database_refuses_a_state_that_does_not_fit(handlers, start, wrong):
    handlers(lambda _job, _report: {})
    start()

    with pytest.raises(IntegrityError), transaction.atomic():
        Job.everywhere.update(**wrong)


def test_another_zones_job_of_the_same_key_is_another(handlers, start, neighbour: Zone):
    handlers(lambda _job, _report: {})

    assert start("a").pk != start("a", zone=neighbour).pk
