"""``matches``, ``replace`` and ``split``: regular expressions of XPath, bounded in time."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from time import thread_time
from typing import TypeVar

import regex

from .. import bounds
from ..bounds import TooMuchWork
from ..problems import NoValue
from ..scopes import Work
from . import xpath_patterns
from .signatures import table

Found = TypeVar("Found")
Matches = Iterator["regex.Match[str]"]


def matches(work: Work, text: str, pattern: str, flags: str | None = None) -> bool:
    """Return whether the pattern is found in the text."""
    compiled = _compiled(work, pattern, flags or "")
    return _in_time(work, lambda limit: compiled.search(text, timeout=limit)) is not None


def replace(
    work: Work, text: str, pattern: str, replacement: str, flags: str | None = None
) -> str:
    """Return the text with every match replaced; ``$1`` is what the first group matched."""
    compiled = _nonempty(work, pattern, flags or "")
    template = xpath_patterns.replacement(replacement, compiled.groups, flags or "")

    def parts(matches: Matches) -> list[str]:
        pieces: list[str] = []
        length = end = 0
        for match in matches:
            filled = "".join(_filled(part, match) for part in template)
            pieces += [text[end : match.start()], filled]
            length += len(filled) + match.start() - end
            bounds.check_characters(length)
            end = match.end()
        return [*pieces, text[end:]]

    return "".join(_in_time(work, lambda limit: parts(compiled.finditer(text, timeout=limit))))


def split(work: Work, text: str, delimiter: str) -> list[str]:
    """Return the parts of the text between the matches of the pattern."""
    compiled = _nonempty(work, delimiter, "")

    def parts(matches: Matches) -> list[str]:
        pieces: list[str] = []
        end = 0
        for match in matches:
            pieces.append(text[end : match.start()])
            end = match.end()
        return [*pieces, text[end:]]

    return _in_time(work, lambda limit: parts(compiled.finditer(text, timeout=limit)))


def _compiled(work: Work, pattern: str, flags: str) -> "regex.Pattern[str]":
    return _in_time(work, lambda _limit: _kept(pattern, flags))  # making one takes time as well


@lru_cache(maxsize=1_000)
def _kept(pattern: str, flags: str) -> "regex.Pattern[str]":
    bounds.check_pattern(pattern)
    source = xpath_patterns.translated(pattern, flags)
    try:
        return regex.compile(source)
    except (regex.error, RecursionError, OverflowError) as reason:
        raise NoValue(f"正则表达式 {pattern} 不能使用：{reason}。") from None


def _nonempty(work: Work, pattern: str, flags: str) -> "regex.Pattern[str]":
    compiled = _compiled(work, pattern, flags)
    if _in_time(work, lambda limit: compiled.search("", timeout=limit)):
        raise NoValue(f"正则表达式 {pattern} 能匹配空文本，不能用来替换或拆分。")
    return compiled


def _filled(part: str | int, match: "regex.Match[str]") -> str:
    return part if isinstance(part, str) else match.group(part) or ""


def _in_time(work: Work, search: Callable[[float], Found]) -> Found:
    """Return what the search finds within the seconds that all patterns together have."""
    if work.pattern_seconds <= 0:
        raise _stopped()
    began = thread_time()
    try:
        return search(work.pattern_seconds)
    except TimeoutError:
        raise _stopped() from None
    finally:
        work.pattern_seconds -= thread_time() - began


def _stopped() -> TooMuchWork:
    return TooMuchWork(
        f"正则表达式在 {bounds.PATTERN_SECONDS:g} 秒内没有比完，已停止。"
        "请避免 (a+)+ 这样重复套重复的写法。"
    )


FUNCTIONS = table(
    ("@ matches(input: string, pattern: string, flags?: string?) -> boolean", matches),
    (
        "@ replace(input: string, pattern: string, replacement: string, flags?: string?)"
        " -> string",
        replace,
    ),
    ("@ split(string: string, delimiter: string) -> list", split),
)
