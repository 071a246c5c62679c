"""
Which names a text may use: FEEL names hold spaces and ``. / - ' + *``, so the scope decides.

Where several names fit, the longest wins: with ``a``, ``b`` and ``a-b`` in scope the text
``a-b`` is one name, ``a - b`` a difference.
"""

from bisect import insort
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from operator import neg

from .tokens import Token, tokenize

# Multiple-word names matter most: a single word would be read as a name anyhow.
BUILT_IN = frozenset(
    {
        *("date", "time", "date and time", "duration", "years and months duration"),
        *("day of year", "day of week", "month of year", "week of year", "now", "today"),
        *("number", "string", "not", "substring", "string length", "upper case"),
        *("lower case", "substring before", "substring after", "replace", "contains"),
        *("starts with", "ends with", "matches", "split", "string join", "list contains"),
        *("list replace", "count", "min", "max", "sum", "mean", "all", "any", "sublist"),
        *("append", "concatenate", "insert before", "remove", "reverse", "index of", "union"),
        *("distinct values", "duplicate values", "flatten", "product", "median", "stddev"),
        *("mode", "partition", "decimal", "floor", "ceiling", "round up", "round down"),
        *("round half up", "round half down", "abs", "modulo", "sqrt", "log", "exp", "odd"),
        *("even", "random number", "is", "before", "after", "meets", "met by", "overlaps"),
        *("overlaps before", "overlaps after", "finishes", "finished by", "includes"),
        *("during", "starts", "started by", "coincides", "range", "sort", "get value"),
        *("get entries", "context", "context put", "context merge", "from", "item"),
        *("partial", "?"),
    }
)
# Parts of dates, times, durations and ranges, which may follow a dot.
PARTS = frozenset(
    {
        *("year", "month", "day", "weekday", "hour", "minute", "second"),
        *("time offset", "timezone", "years", "months", "days", "hours", "minutes", "seconds"),
        *("start", "end", "start included", "end included"),
    }
)
TYPES = frozenset(
    {
        *("Any", "Null", "number", "string", "boolean", "date", "time", "date and time"),
        *("days and time duration", "day and time duration"),
        *("years and months duration", "year and month duration"),
    }
)


@dataclass(frozen=True, slots=True)
class Known:
    """The names in scope of a text, and those of entries of any context, which follow a dot."""

    names: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()


NOTHING = Known()

_Parts = tuple[tuple[str, bool], ...]  # each token, and whether white space stands before it


class Names:
    """Names by their tokens, to find the longest that stands at a place."""

    __slots__ = ("_lengths", "_names")

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._lengths: dict[str, list[int]] = {}  # by the first token, longest first
        self._names: dict[_Parts, list[str]] = {}
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        """Take the name up; one that is taken up twice must be removed twice."""
        parts = _parts(name)
        if parts:
            self._names.setdefault(parts, []).append(name)
            lengths = self._lengths.setdefault(parts[0][0], [])
            if len(parts) not in lengths:
                insort(lengths, len(parts), key=neg)

    def remove(self, name: str) -> None:
        """Forget the name once."""
        parts = _parts(name)
        if parts:
            self._names[parts].pop()

    def longest(self, tokens: list[Token], at: int) -> tuple[int, str]:
        """Return how many tokens the longest name at this place takes (0: none), and the name."""
        for length in self._lengths.get(tokens[at].text, ()):
            names = self._names.get(_standing(tokens[at : at + length]))
            if names:
                return length, names[-1]
        return 0, ""


def _standing(tokens: list[Token]) -> _Parts:
    first = (tokens[0].text, False)
    if len(tokens) == 1:
        return (first,)
    return (
        first,
        *((token.text, token.start > before.end) for before, token in pairwise(tokens)),
    )


@lru_cache(maxsize=10_000)
def _parts(name: str) -> _Parts:
    *tokens, _ = tokenize(name)
    # A name with a comment inside is none that a text could hold.
    return _standing(tokens) if tokens and "//" not in name and "/*" not in name else ()


@lru_cache(maxsize=1_000)
def names_of(known: Known) -> Names:
    """Return the names in scope of a text; a filter knows the fields of its items by name."""
    return Names(known.names | known.fields)


@lru_cache(maxsize=1_000)
def fields_of(known: Known) -> Names:
    """Return the names of entries, which may follow a dot as :data:`PART_NAMES` do."""
    return Names(known.fields)


BUILT_IN_NAMES = Names(BUILT_IN | PARTS)
PART_NAMES = Names(PARTS)
TYPE_NAMES = Names(TYPES)


def longest_of(scopes: tuple[Names, ...], tokens: list[Token], at: int) -> tuple[int, str]:
    """Return the longest name of several scopes, as ``Names.longest``; the first wins a draw."""
    found = scopes[0].longest(tokens, at)
    for names in scopes[1:]:
        other = names.longest(tokens, at)
        if other[0] > found[0]:
            found = other
    return found
