"""Reads of the index: which records hold the words, and how many of each kind."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import BigIntegerField, F, Func, Q
from django.db.models.expressions import RawSQL
from django.db.models.lookups import In

from . import bigrams
from .models import SHIFT, base

FEW = 500
LONGEST_EXACT = 2  # of a longer word the pairs may stand apart; its text is read again


def holding(
    zones: Iterable[int], kind: str, words: Sequence[str], *, is_walked: bool = False
) -> Q:
    """
    Return the condition on records of the kind in the zones: they hold every word.

    A few are named by their keys. Where there are many and the list ``is_walked`` in its order,
    SQLite is kept from fetching each of them just to sort them: it stops when the page is full.
    """
    sql, params = _keys(sorted(zones), kind, words)
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} LIMIT {FEW + 1}", params)
        keys = [key for (key,) in cursor.fetchall()]
    if len(keys) <= FEW:
        return Q(pk__in=keys)
    many = RawSQL(sql, params)  # noqa: S611 - every value is a parameter
    if not is_walked or connection.vendor != "sqlite":
        return Q(pk__in=many)
    unindexed = Func(F("pk"), template="+%(expressions)s", output_field=BigIntegerField())
    return Q(In(unindexed, many))


def count(zones: Iterable[int], kind: str, words: Sequence[str], most: int) -> int:
    """Return how many records of the kind hold every word, up to ``most``."""
    sql, params = _keys(sorted(zones), kind, words)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM ({sql} LIMIT {most}) AS found", params)  # noqa: S608
        return int(cursor.fetchone()[0])


def _keys(zones: Sequence[int], kind: str, words: Sequence[str]) -> tuple[str, list[Any]]:
    """Return the query of the records' own keys."""
    sql, params = _found(zones, words)
    if connection.vendor == "sqlite":
        start = base(kind)
        end = start + (1 << SHIFT) - 1
        within = f"SELECT id - {start} FROM ({sql}) WHERE id BETWEEN %s AND %s"  # noqa: S608
        return within, [*params, start, end]
    return f"SELECT object_id FROM ({sql}) AS found WHERE kind = %s", [*params, kind]  # noqa: S608


def counts(zones: Iterable[int], words: Sequence[str], kinds: Iterable[str]) -> dict[str, int]:
    """Return how many records of each kind hold every word, those that have any."""
    sql, params = _found(sorted(zones), words)
    key = f"id >> {SHIFT}" if connection.vendor == "sqlite" else "kind"
    names: dict[Any, str] = {kind: kind for kind in kinds}
    if connection.vendor == "sqlite":
        names = {base(kind) >> SHIFT: kind for kind in names}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {key}, COUNT(*) FROM ({sql}) AS found GROUP BY 1", params)  # noqa: S608 - as above
        return {names[key]: count for key, count in cursor.fetchall() if key in names}


def _found(zones: Sequence[int], words: Sequence[str]) -> tuple[str, list[Any]]:
    """Return the query of the entries that hold every word; its values are parameters."""
    long = [word for word in words if len(word) > LONGEST_EXACT]
    if connection.vendor == "sqlite":
        sql = "SELECT rowid AS id FROM search_text WHERE search_text MATCH %s"
        if long:
            held = " AND ".join(["instr(text, %s) > 0"] * len(long))
            sql = f"SELECT id FROM search_entry WHERE id IN ({sql}) AND {held}"  # noqa: S608
        return sql, [_pattern(zones, words, " AND ", " OR ", '"%s"', '"%s" *'), *long]
    sql = "SELECT kind, object_id FROM search_entry WHERE tokens @@ %s::tsquery"
    held = "".join([" AND strpos(text, %s) > 0"] * len(long))
    return sql + held, [_pattern(zones, words, " & ", " | ", "'%s'", "'%s':*"), *long]


def _pattern(  # noqa: PLR0917 - the words of two languages of patterns
    zones: Sequence[int], words: Sequence[str], both: str, either: str, whole: str, start: str
) -> str:
    of_zones = []
    for zone in zones:
        terms = [
            (start if len(word) == 1 else whole) % token
            for word in words
            for token in bigrams.asked(zone, word)
        ]
        of_zones.append(f"({both.join(dict.fromkeys(terms))})")
    return either.join(of_zones)
