"""The pages of bulk work, from the ticked rows to the undoing."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from jingkai.apps.accounts.models import User, Zone
from jingkai.apps.accounts.roles import Role
from jingkai.apps.registers import actions
from jingkai.apps.registers.declaration import Register
from jingkai.apps.registers.models import Batch
from jingkai.apps.work import actions as work
from jingkai.apps.work.models import Job

LIST = "/z/home/visits/"
BULK = f"{LIST}bulk/"
Values = Callable[..., dict[str, Any]]


@pytest.fixture
def browser(officer: User, log_in: Callable[[User], Client]) -> Client:
    """Return the officer's browser."""
    return log_in(officer)


@pytest.fixture
def three(visits: Register, inside: Zone, values: Values, clock: datetime) -> list[Any]:
    """Return three visits on record."""
    return [
        actions.create_record(
            register=visits, zone=inside, values=values(f"LF-{number}"), by="a", at=clock
        )
        for number in (1, 2, 3)
    ]


def _previewed(browser: Client, query: str, **data: str) -> str:
    answer = browser.post(f"{BULK}?{query}", {"set-people": "on", "people": "8"} | data)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.url)


def test_ticked_rows_are_previewed_confirmed_and_undone(
    browser: Client, visits: Register, three: list[Any]
) -> None:
    page = browser.get(LIST).content.decode()
    assert f'name="pk" value="{three[0].pk}"' in page

    url = _previewed(browser, f"pk={three[0].pk}&pk={three[1].pk}")
    preview = browser.get(url).content.decode()
    browser.post(url)

    assert "尚未变更" in preview
    assert preview.count("<s>3</s> → 8") == 2
    assert sorted(visits.model.objects.values_list("people", flat=True)) == [3, 8, 8]
    assert "撤销这次批量操作" in browser.get(url).content.decode()
    browser.post(f"{url}undo/")
    assert set(visits.model.objects.values_list("people", flat=True)) == {3}


def test_all_that_the_filters_leave_are_meant_whatever_is_ticked(
    browser: Client, visits: Register, three: list[Any]
) -> None:
    url = _previewed(browser, f"every=1&pk={three[0].pk}&direction=inbound&q=LF-")

    browser.post(url)

    assert set(visits.model.objects.values_list("people", flat=True)) == {8}
    nothing = browser.post(f"{BULK}?every=1&direction=outbound", {"set-people": "on"})
    assert nothing.status_code == 400


def test_only_the_ticked_columns_count_and_an_empty_one_is_cleared(
    browser: Client, visits: Register, three: list[Any]
) -> None:
    query = f"pk={three[0].pk}"
    answer = browser.post(f"{BULK}?{query}", {"set-purpose": "on", "purpose": "", "people": "8"})

    asked = Batch.objects.get().asked
    assert (answer.status_code, asked) == (302, {"purpose": None})


def test_a_required_column_cannot_be_cleared_for_many(browser: Client, three: list[Any]) -> None:
    answer = browser.post(f"{BULK}?pk={three[0].pk}", {"set-visited_on": "on", "visited_on": ""})

    assert answer.status_code == 400
    assert "必填，不能为空" in answer.content.decode()


@pytest.mark.parametrize(("most", "is_asked"), [(3, True), (2, False)])
def test_the_most_that_a_batch_takes_is_said_before_anything_is_filled_in(
    most: int,
    is_asked: bool,
    browser: Client,
    three: list[Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("jingkai.apps.registers.queries.MOST", most)

    page = browser.get(f"{BULK}?every=1&direction=inbound").content.decode()

    assert f"选中 3 条（一次最多 {most} 条）" in page
    assert ("预览</button>" in page) is is_asked
    assert ("请先在台账中缩小筛选范围" in page) is not is_asked
    assert (f'href="{LIST}?direction=inbound"' in page) is not is_asked


def test_without_any_ticked_row_one_is_led_back_to_the_list(
    browser: Client, three: list[Any]
) -> None:
    assert browser.get(BULK).url == LIST  # type: ignore[attr-defined]


def test_another_zones_batch_answers_as_one_that_does_not_exist(
    browser: Client,
    three: list[Any],
    neighbour: Zone,
    hire: Callable[[Zone, Role], User],
    log_in: Callable[[User], Client],
) -> None:
    url = _previewed(browser, f"pk={three[0].pk}")
    stranger = log_in(hire(neighbour, Role.INVESTMENT))
    number = re.findall(r"\d+", url)[-1]

    theirs = stranger.get(f"/z/neighbour/visits/bulk/{number}/")
    none = stranger.get("/z/neighbour/visits/bulk/999999/")

    assert theirs.status_code == none.status_code == 404
    assert theirs.content == none.content


def test_more_rows_than_a_request_does_are_left_to_a_worker(
    browser: Client,
    visits: Register,
    three: list[Any],
    clock: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("jingkai.apps.registers.queries.HERE", 2)
    monkeypatch.setattr(settings, "CLOCK", clock.isoformat())

    url = _previewed(browser, "every=1")
    for _step in ("plan", "apply"):
        job = Job.objects.latest("pk")
        assert work.run(job=job, at=clock).state == Job.State.DONE, job.error
        browser.post(url)

    assert set(visits.model.objects.values_list("people", flat=True)) == {8}
    assert Job.objects.count() == 2


def test_a_right_that_was_taken_away_stops_the_worker_too(
    browser: Client,
    visits: Register,
    officer: User,
    three: list[Any],
    clock: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("jingkai.apps.registers.queries.HERE", 2)
    url = _previewed(browser, "every=1")
    work.run(job=Job.objects.latest("pk"), at=clock)
    browser.post(url)
    officer.memberships.all().delete()

    job = work.run(job=Job.objects.latest("pk"), at=clock)

    assert (job.state, bool(job.error)) == (Job.State.FAILED, True)
    assert set(visits.model.objects.values_list("people", flat=True)) == {3}
