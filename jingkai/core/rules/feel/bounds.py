"""How much one evaluation may do: a text of somebody else must never hold the server up."""

from collections.abc import Iterable

from .problems import NoValue

MOST_STEPS = 10_000_000  # nodes computed and items touched
CHARACTERS_PER_STEP = 20  # of a text that is made or compared: faster, but memory has an end too
ITEMS_PER_STEP = 10  # of a list that is copied, as of a text
MOST_ITEMS = 1_000_000  # of one list
MOST_CHARACTERS = 1_000_000  # of one string
MOST_DEPTH = 200  # of lists and contexts inside each other
MOST_CALLS = 60  # of functions inside each other; each takes a dozen frames of Python's stack
PATTERN_SECONDS = 2.0  # of all regular expressions
LONGEST_PATTERN = 10_000  # characters of a regular expression


class TooMuchWork(Exception):
    """An evaluation was stopped at a bound; ``str()`` says which, and what to do."""


def check_items(count: int) -> None:
    """
    Stop before a list of so many items is made.

    :raises TooMuchWork: if they are more than a list may have
    """
    if count > MOST_ITEMS:
        raise TooMuchWork(
            f"表达式要生成 {count:,} 项的列表，超过上限 {MOST_ITEMS:,} 项，已停止。请缩小范围。"
        )


def check_characters(count: int) -> None:
    """
    Stop before a string of so many characters is made.

    :raises TooMuchWork: if they are more than a string may have
    """
    if count > MOST_CHARACTERS:
        raise TooMuchWork(
            f"表达式要生成 {count:,} 字的文本，超过上限 {MOST_CHARACTERS:,} 字，已停止。"
            "请缩短文本或减少重复。"
        )


def check_pattern(pattern: str) -> None:
    """
    Refuse a regular expression that is too long to be one.

    :raises NoValue: if it is longer than a pattern may be
    """
    if len(pattern) > LONGEST_PATTERN:
        raise NoValue(f"正则表达式超过 {LONGEST_PATTERN:,} 字，请缩短。")


def weight(value: object, *, most: int) -> int:
    """Return how many values there are inside the value, counting on until more than ``most``."""
    waiting = [value]
    total = 0
    while waiting and total <= most:
        item = waiting.pop()
        total += 1
        if isinstance(item, list):
            waiting += item
        elif isinstance(item, dict):
            waiting += item.values()
    return total


def check_depth(value: object) -> None:
    """
    Stop before somebody walks down a value that is too deep to walk down.

    :raises TooMuchWork: if lists and contexts are inside each other more often than allowed
    """
    level = [value]
    for _ in range(MOST_DEPTH):
        inside = {id(item): item for outer in level for item in _items(outer)}
        level = [item for item in inside.values() if isinstance(item, list | dict)]
        if not level:
            return
    raise TooMuchWork(f"结果中的列表和上下文嵌套超过 {MOST_DEPTH} 层，已停止。请减少嵌套。")


def _items(value: object) -> Iterable[object]:
    match value:
        case list():
            return value
        case dict():
            return value.values()
        case _:
            return ()
