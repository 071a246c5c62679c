"""kill -9 in the middle of writing: nothing acknowledged is lost, nothing is doubled."""

import http.client
import itertools
import random
import sqlite3
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from tests.environment import rounds
from tests.reliability.effects import STEPS
from tests.reliability.product import Person, Product

WRITERS = 4
START_WITHIN = 10.0  # seconds
NONE_STUCK_LONGER_THAN = 60.0  # seconds
pytestmark = pytest.mark.slow


@dataclass
class Sent:
    """What the writers sent: under which key, and whether an answer came."""

    keys: dict[str, str] = field(default_factory=dict)
    acknowledged: set[str] = field(default_factory=set)


def rows(product: Product, query: str) -> list:
    with sqlite3.connect(product.database) as found:
        answer = found.execute(query).fetchall()
    found.close()
    return answer


def write(person: Person, code: str, key: str) -> bool:
    visit = {"direction": "inbound", "visited_on": "2024-05-06", "delegation": "考察团（示范）"}
    status, _headers, body = person.post(
        "/z/home/visits/new/", code=code, **visit, **{"form-key": key}
    )
    assert status == 302, (code, status, body.decode()[:2000])
    return True


def keep_writing(person: Person, sent: Sent, code: Callable[[], str]) -> None:
    """Send one visit after the other until the server is gone."""
    while True:
        mine = code()
        sent.keys[mine] = uuid.uuid4().hex
        try:
            write(person, mine, sent.keys[mine])
        except (OSError, http.client.HTTPException):
            return
        sent.acknowledged.add(mine)


def write_until_killed(product: Product, people: list[Person], sent: Sent, numbers) -> None:
    writers = [
        threading.Thread(
            target=keep_writing, args=(person, sent, lambda: f"LF-{next(numbers):06}")
        )
        for person in people
    ]
    for writer in writers:
        writer.start()
    time.sleep(random.uniform(0.2, 1.0))
    product.kill()
    for writer in writers:
        writer.join()


def test_nothing_acknowledged_is_lost_and_a_repetition_doubles_nothing(product):
    sent, numbers, slowest = Sent(), itertools.count(1), 0.0
    product.serve()
    people = [product.person().log_in() for _ in range(WRITERS)]

    for _ in range(rounds(2, 100)):
        write_until_killed(product, people, sent, numbers)
        slowest = max(slowest, product.serve())
        unanswered = set(sent.keys) - sent.acknowledged
        for code in unanswered:
            sent.acknowledged |= {code} if write(people[0], code, sent.keys[code]) else set()

    there = {code for (code,) in rows(product, "SELECT code FROM investment_visit")}
    created = Counter(
        pk
        for (pk,) in rows(
            product, "SELECT target_id FROM audit_event WHERE verb = 'registers.visits.created'"
        )
    )
    assert len(sent.acknowledged) > WRITERS
    assert there == sent.acknowledged
    assert (len(created), set(created.values())) == (len(there), {1})
    assert slowest < START_WITHIN
    assert rows(product, "PRAGMA integrity_check") == [("ok",)]


def test_a_server_keeps_its_worker_and_takes_it_along(product):
    product.serve()
    put_in_the_queue(product, 3)

    wait_until(lambda: states(product) == {"done": 3}, 20)
    product.kill()

    assert set(events(product).values()) == {1}


def test_workers_that_are_killed_leave_every_effect_exactly_once(product):
    jobs, kills = rounds(30, 1_000), rounds(4, 100)
    put_in_the_queue(product, jobs)
    lease = {"JINGKAI_JOB_LEASE": "2"}
    workers = [product.start("worker", **lease) for _ in range(2)]
    chance = random.Random(kills)

    for _ in range(kills):
        time.sleep(chance.uniform(0.6, 1.6))
        victim = chance.randrange(2)
        workers[victim].kill()
        workers[victim].wait()
        workers[victim] = product.start("worker", **lease)

    wait_until(lambda: states(product) == {"done": jobs}, NONE_STUCK_LONGER_THAN)
    done = events(product)
    assert (len(done), set(done.values())) == (jobs * STEPS, {1})


def put_in_the_queue(product: Product, jobs: int) -> None:
    product.run(
        "-c",
        f"""
import django
django.setup()
from jingkai.apps.accounts.models import Zone
from jingkai.apps.work import actions
from jingkai.web import clock
zone = Zone.objects.get(code="home")
for number in range({jobs}):
    actions.start(
        zone=zone, kind="proof", key=str(number), payload={{}}, by="officer", at=clock.now()
    )
""",
    )


def states(product: Product) -> dict[str, int]:
    return dict(rows(product, "SELECT state, count(*) FROM work_job GROUP BY state"))


def events(product: Product) -> Counter[str]:
    verb = "SELECT target_id FROM audit_event WHERE verb = 'proof.step.done'"
    return Counter(target for (target,) in rows(product, verb))


def wait_until(holds: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.1)
