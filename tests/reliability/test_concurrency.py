"""Many who write one thing at once: nobody's change is lost, one wins what only one can have."""

import threading
from collections import Counter
from collections.abc import Callable

import pytest

from tests.environment import rounds
from tests.reliability.product import Person, Product

VISITS = "/api/z/home/registers/visits"
VISIT = {
    "code": "LF-1",
    "direction": "inbound",
    "visited_on": "2024-05-06",
    "delegation": "考察团（示范）",
    "people": 1,
}
pytestmark = pytest.mark.slow


def at_once(product: Product, people: int, work: Callable[[Person], None]) -> None:
    """Let so many people do the work at the same time."""
    gate = threading.Barrier(people)
    persons = [product.person().log_in() for _ in range(people)]

    def one(person: Person) -> None:
        gate.wait()
        work(person)

    threads = [threading.Thread(target=one, args=(person,)) for person in persons]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_no_change_of_one_record_is_lost(product):
    people = rounds(8, 50)
    product.serve()
    status, visit = product.person().log_in().send("POST", VISITS, {"values": VISIT})
    assert status == 201, visit
    path = f"{VISITS}/{visit['pk']}"
    told = Counter()

    def add_one(person: Person) -> None:
        while True:
            _status, read = person.send("GET", path, {})
            values = {"people": read["values"]["people"] + 1}
            body = {"version": read["version"], "values": values}
            status, _answer = person.send("PATCH", path, body)
            told[status] += 1
            if status == 200:
                return

    at_once(product, people, add_one)

    _status, after = product.person().log_in().send("GET", path, {})
    assert (after["values"]["people"], after["version"]) == (people + 1, people + 1)
    assert set(told) <= {200, 409}
    assert told[200] == people


def test_one_of_many_gets_what_only_one_can_have(product):
    product.serve()
    told = []

    def book(person: Person) -> None:
        status, _answer = person.send("POST", VISITS, {"values": VISIT})
        told.append(status)

    at_once(product, rounds(8, 50), book)

    assert told.count(201) == 1
    assert set(told) <= {201, 409, 422}
