"""What a process remembers: bounded, made once, forgotten in order."""

import threading
import time

import pytest

from jingkai.apps.atlas.tiles import Kept


def test_a_value_is_made_once():
    kept: Kept[str] = Kept(10)
    made = []

    values = [kept.get("a", lambda: made.append(1) or "value") for _turn in range(3)]

    assert values == ["value"] * 3
    assert len(made) == 1


def test_what_was_longest_unused_goes_first():
    kept: Kept[str] = Kept(2)
    for key in ("a", "b", "a", "c"):
        kept.get(key, lambda key=key: key)
    made = []

    for key in ("a", "c", "b"):
        kept.get(key, lambda key=key: made.append(key) or key)

    assert made == ["b"]
    assert kept.weight == 2


def test_what_is_heavier_than_all_is_answered_and_not_kept():
    kept: Kept[str] = Kept(3, len)
    kept.get("a", lambda: "ab")

    assert kept.get("b", lambda: "abcd") == "abcd"
    assert kept.weight == 2


def test_threads_that_ask_at_once_wait_for_the_one_that_makes():
    kept: Kept[int] = Kept(10)
    made = []

    def make():
        time.sleep(0.05)
        made.append(1)
        return len(made)

    threads = [threading.Thread(target=kept.get, args=("a", make)) for _turn in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert made == [1]


def test_what_fails_is_tried_again():
    kept: Kept[int] = Kept(10)

    def fail():
        raise LookupError

    with pytest.raises(LookupError):
        kept.get("a", fail)

    assert kept.get("a", lambda: 1) == 1


def test_a_value_that_is_no_longer_current_is_made_of_the_one_before():
    kept: Kept[int] = Kept(10)
    kept.get("a", lambda: 1)

    values = [kept.renew("a", lambda value: value >= 2, lambda before: before + 1)] * 2

    assert values == [2, 2]
    assert kept.weight == 1


def test_values_go_on_under_other_keys_or_are_forgotten():
    kept: Kept[str] = Kept(10)
    for key in ("a1", "b1", "c2"):
        kept.get(key, lambda key=key: key)

    kept.rekey({"a1": "a2", "b1": None, "c2": "c2"}.get)

    assert kept.get("a2", lambda: "new") == "a1"
    assert kept.get("b1", lambda: "new") == "new"
    assert kept.weight == 3
