"""What is due by the clock: done once an interval, by one tick, again when one was killed."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from jingkai.apps.work import actions
from jingkai.apps.work.models import Turn

pytestmark = pytest.mark.django_db
DONE: list[str] = []


def count(_at):
    DONE.append("count")


def fail(_at):
    DONE.append("fail")
    raise ZeroDivisionError("rates")


def tick_within(at):
    DONE.append("within")
    actions.run_due(at=at)


@pytest.fixture(autouse=True)
def periodic(settings):
    DONE.clear()
    settings.PERIODIC = {"count": (f"{__name__}.count", 60)}


def pass_time(**by):
    Turn.objects.update(due_at=timezone.now() - timedelta(seconds=1), **by)


def test_what_is_due_is_done_once_an_interval(clock):
    first = actions.run_due(at=clock)
    second = actions.run_due(at=clock)
    pass_time()
    third = actions.run_due(at=clock)

    assert (first, second, third) == (["count"], [], ["count"])


def test_what_fails_is_remembered_and_does_not_stop_the_others(clock, settings):
    settings.PERIODIC = {"fail": (f"{__name__}.fail", 60)} | settings.PERIODIC

    done = actions.run_due(at=clock)

    assert DONE == done == ["fail", "count"]
    assert Turn.objects.get(name="fail").error == "ZeroDivisionError: rates"


def test_two_ticks_do_not_do_the_same(clock, settings):
    settings.PERIODIC = {"within": (f"{__name__}.tick_within", 60)}

    actions.run_due(at=clock)

    assert DONE == ["within"]


def test_what_a_killed_tick_left_is_done_again_when_its_lease_is_over(clock):
    actions.run_due(at=clock)
    pass_time(lease_until=timezone.now() + timedelta(seconds=60), holder="dead")
    during = actions.run_due(at=clock)
    pass_time(lease_until=timezone.now() - timedelta(seconds=1))
    after = actions.run_due(at=clock)

    assert (during, after) == ([], ["count"])


def test_the_command_prints_what_it_did(capsys):
    call_command("tick", once=True)

    assert capsys.readouterr().out == "count\n"
