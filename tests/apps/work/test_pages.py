"""The pages of jobs: whose they are, what they say, where they lead."""

import pytest
from django.utils import timezone

from jingkai.apps.accounts.roles import Role
from jingkai.apps.work import actions
from jingkai.apps.work.models import Job

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def person(zone, hire):
    return hire(zone, Role.LEADER)


@pytest.fixture
def client(person, log_in):
    return log_in(person)


@pytest.fixture
def colleague(zone, hire, log_in):
    return log_in(hire(zone, Role.INVESTMENT))


@pytest.fixture
def job(handlers, start):
    handlers(lambda _job, _report: {"url": "/z/home/"})
    return start(label="导入 来访.xlsx")


def address(job, verb=""):
    return f"/z/home/jobs/{job.pk}/{verb}"


def test_a_job_that_waits_says_so_and_asks_again(client, job):
    page = client.get(address(job)).content.decode()

    assert "导入 来访.xlsx" in page
    assert "等待执行" in page
    assert f'hx-get="{address(job)}"' in page


def test_its_progress_is_told_in_numbers(client, job):
    held = {"state": Job.State.RUNNING, "holder": "x", "lease_until": timezone.now()}
    Job.everywhere.update(done=2_500, total=10_000, **held)

    part = client.get(address(job), headers=HTMX).content.decode()

    assert "2,500 / 10,000" in part
    assert "25%" in part
    assert "<html" not in part


def test_when_it_is_done_the_page_leads_to_the_result(client, job, clock):
    actions.run(job=job, at=clock)

    answer = client.get(address(job), headers=HTMX)
    page = client.get(address(job)).content.decode()

    assert answer["HX-Redirect"] == "/z/home/"
    assert "作业已完成" in page
    assert "every 1s" not in page


def test_a_failure_tells_its_reason_and_what_to_do(client, handlers, start, clock):
    def handler(_job, _report):
        raise actions.NotDone("工作簿已被删除")

    handlers(handler)
    job = actions.run(job=start(), at=clock)

    answer = client.get(address(job), headers=HTMX)
    page = client.get(address(job)).content.decode()

    assert answer["HX-Refresh"] == "true"
    assert "工作簿已被删除" in page
    assert "重新执行" in page


def test_cancelling_and_starting_again(client, job):
    client.post(address(job, "cancel/"))
    cancelled = Job.everywhere.get(pk=job.pk).state
    client.post(address(job, "repeat/"))
    again = Job.everywhere.get(pk=job.pk).state

    assert (cancelled, again) == (Job.State.CANCELLED, Job.State.WAITING)


def test_what_has_ended_cannot_be_cancelled_and_the_page_says_so(client, job, clock):
    actions.run(job=job, at=clock)

    page = client.post(address(job, "cancel/"), follow=True).content.decode()

    assert "作业已经结束" in page


@pytest.mark.parametrize("verb", ["", "cancel/", "repeat/"])
def test_a_colleague_does_not_see_it(colleague, job, verb):
    answer = colleague.post(address(job, verb)) if verb else colleague.get(address(job))

    assert answer.status_code == 404


def test_a_colleague_who_holds_the_permission_sees_it(colleague, handlers, start):
    handlers(lambda _job, _report: {})
    job = start(payload={"permission": "investment.edit"})

    assert colleague.get(address(job)).status_code == 200
    assert str(job) in colleague.get("/z/home/jobs/").content.decode()


def test_another_zones_job_is_not_there(client, handlers, start, neighbour):
    handlers(lambda _job, _report: {})
    job = start(zone=neighbour)

    assert client.get(address(job)).status_code == 404


def test_the_list_has_the_persons_own_jobs_newest_first(client, handlers, start):
    handlers(lambda _job, _report: {})
    for number in range(51):
        start(str(number), label=f"作业{number:02}号")
    start("other", label="别人的", by="somebody")

    first = client.get("/z/home/jobs/").content.decode()
    second = client.get("/z/home/jobs/?page=2").content.decode()

    assert first.index("作业50号") < first.index("作业49号")
    assert "作业00号" in second
    assert "别人的" not in first + second


def test_an_empty_list_says_what_will_stand_there(client):
    assert "还没有作业" in client.get("/z/home/jobs/").content.decode()


@pytest.mark.parametrize("page", ["0", "-1", "9" * 28, "x"])
def test_no_page_of_the_list_fails(client, page):
    assert client.get("/z/home/jobs/", {"page": page}).status_code == 200
