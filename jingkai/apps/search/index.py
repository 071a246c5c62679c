"""
The index follows the trail: whatever was changed left an event, and the event names the record.

A search first catches up with a few changes. Many, and a first build, are left to the clock
(``jobs``); until then ``is_current`` says no, and who searches reads the tables instead.
What is indexed of a record is said by the module that ``settings.SEARCHED`` names.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from typing import Protocol, cast

from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.db.models import QuerySet

from jingkai.apps.accounts import scope
from jingkai.apps.accounts.models import Zone
from jingkai.apps.audit.models import Change, Event

from . import bigrams
from .models import Entry, Mark, base

HERE = 2_000  # records that a search indexes itself
STEP = 2_000  # records of one transaction of the worker
_AT_ONCE = 500


class Source(Protocol):
    """What says which records there are and what is indexed of them, all within the zone."""

    def make(self, zone: Zone) -> str:
        """Return another text whenever other texts are to be indexed."""

    def kinds(self) -> Collection[str]:
        """Return the kinds of records."""

    def paths(self, zone: Zone, kind: str) -> Collection[str]:
        """Return which query paths of the kind are indexed."""

    def pks(self, zone: Zone, kind: str, above: int, most: int) -> Sequence[int]:
        """Return the next records of the kind, in order."""

    def texts(self, zone: Zone, kind: str, pks: Sequence[int]) -> Mapping[int, Iterable[str]]:
        """Return the texts of those of the records that there are."""

    def leaning(self, zone: Zone, kind: str, pks: Sequence[int]) -> Iterable[tuple[str, int]]:
        """Return the records whose texts are taken from these."""


@cache
def source() -> Source:
    """Return the module that says what is indexed."""
    return cast("Source", import_module(settings.SEARCHED))


def is_current(zones: Iterable[int]) -> bool:
    """Return whether the index tells of every record, after catching up a little."""
    return all(_is_current(zone) for zone in sorted(zones))


def paths(zones: Iterable[int], kind: str) -> set[str]:
    """Return the query paths that are indexed in every one of the zones."""
    found = Zone.objects.filter(pk__in=zones).order_by("pk")
    return set[str].intersection(*(set(source().paths(zone, kind)) for zone in found))


def catch_up(zone: Zone) -> bool:
    """Index whatever is left to do in the zone; return False where another does so already."""
    while True:
        try:
            if _step(zone, STEP):
                return True
        except OperationalError:
            return False


def rebuild(zone: Zone) -> bool:
    """Build the zone's index anew."""
    Mark.everywhere.filter(zone=zone).update(make="")
    return catch_up(zone)


def _is_current(zone_id: int) -> bool:
    mark = Mark.everywhere.select_related("zone").filter(zone=zone_id).first()
    zone = mark.zone if mark else Zone.objects.get(pk=zone_id)
    left = _left(zone, mark)
    if 0 < left <= HERE:
        try:
            with _without_waiting():
                while not _step(zone, HERE):
                    pass
        except OperationalError:
            return False
        return True
    return left == 0


def _left(zone: Zone, mark: Mark | None) -> int:
    """Return about how many records are to be indexed; more than HERE need not be counted."""
    with scope.zones(zone.pk):
        if mark is None or mark.make != source().make(zone):
            building = dict.fromkeys(source().kinds(), 0)
            return 1 + sum(len(source().pks(zone, k, 0, HERE)) for k in building)
        kinds = mark.left.items()
        count = sum(1 + len(source().pks(zone, k, above, HERE)) for k, above in kinds)
    events = _events(zone, mark).values_list("change_count", flat=True)
    return count + sum(1 + changes for changes in events)


def _events(zone: Zone, mark: Mark) -> QuerySet[Event]:
    found = Event.objects.filter(zone_code=zone.code, sequence__gt=mark.sequence)
    return found.order_by("sequence")


@transaction.atomic
def _step(zone: Zone, most: int) -> bool:
    """Index about so many records; return whether nothing is left."""
    Mark.everywhere.get_or_create(zone=zone)
    mark = Mark.everywhere.select_for_update(nowait=True, of=("self",)).get(zone=zone)
    with scope.zones(zone.pk):
        _begin(zone, mark)
        done = _follow(zone, mark, most)
        for kind, above in list(mark.left.items()):
            if done >= most:
                break
            done += _build(zone, mark, kind, above, most - done)
    mark.save()
    return not mark.left and done < most


def _begin(zone: Zone, mark: Mark) -> None:
    """Begin from nothing where other texts are to be indexed."""
    make = source().make(zone)
    if mark.make == make:
        return
    Entry.everywhere.filter(zone=zone).delete()
    last = Event.objects.filter(zone_code=zone.code).order_by("-sequence").first()
    mark.make, mark.sequence, mark.change = make, last.sequence if last else 0, 0
    mark.left = dict.fromkeys(source().kinds(), 0)


def _build(zone: Zone, mark: Mark, kind: str, above: int, most: int) -> int:
    pks = source().pks(zone, kind, above, most)
    _put(zone, kind, pks)
    if len(pks) < most:
        del mark.left[kind]
    else:
        mark.left[kind] = pks[-1]
    return len(pks)


def _follow(zone: Zone, mark: Mark, most: int) -> int:
    """Index what the next changes of the trail name, and what leans on it."""
    changed: dict[str, set[int]] = defaultdict(set)
    done = 0
    for event in _events(zone, mark)[:most]:
        changes = Change.objects.filter(event=event, pk__gt=mark.change).order_by("pk")
        found = list(changes.values_list("pk", "kind", "object_id")[: most - done])
        for _pk, kind, object_id in found:
            if kind in source().kinds() and object_id.isdecimal():
                changed[kind].add(int(object_id))
        done += max(len(found), 1)
        if done >= most:
            mark.change = found[-1][0] if found else mark.change
            break
        mark.sequence, mark.change = event.sequence, 0
    for kind, pks in changed.items():
        _put_all(zone, kind, sorted(pks))
    return done


def _put_all(zone: Zone, kind: str, pks: Sequence[int]) -> None:
    leaning: dict[str, set[int]] = defaultdict(set)
    _put(zone, kind, pks)
    for other, pk in source().leaning(zone, kind, pks):
        leaning[other].add(pk)
    for other, found in leaning.items():
        _put(zone, other, sorted(found))


def _put(zone: Zone, kind: str, pks: Sequence[int]) -> None:
    """Index the records as they now are; those that are gone leave."""
    for part in (pks[at : at + _AT_ONCE] for at in range(0, len(pks), _AT_ONCE)):
        start = base(kind)
        Entry.everywhere.filter(pk__in=[start + pk for pk in part]).delete()
        texts = source().texts(zone, kind, part)
        rows = [
            (start + pk, zone.pk, kind, pk, bigrams.together(found)) for pk, found in texts.items()
        ]
        _insert(zone, rows)


def _insert(zone: Zone, rows: list[tuple[int, int, str, int, str]]) -> None:
    entry = "INSERT INTO search_entry (id, zone_id, kind, object_id, text"
    tokens = [sorted(bigrams.tokens(zone.pk, row[-1])) for row in rows]
    if not rows:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            sql = f"{entry}, tokens) VALUES (%s, %s, %s, %s, %s, array_to_tsvector(%s))"
            cursor.executemany(sql, [(*row, t) for row, t in zip(rows, tokens, strict=True)])
            return
        cursor.executemany(f"{entry}) VALUES (%s, %s, %s, %s, %s)", rows)
        cursor.executemany(
            "INSERT INTO search_text (rowid, tokens) VALUES (%s, %s)",
            [(row[0], " ".join(t)) for row, t in zip(rows, tokens, strict=True)],
        )


@contextmanager
def _without_waiting() -> Iterator[None]:
    """Let SQLite refuse at once where another writes: a search never waits for an import."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    usual = int(connection.settings_dict["OPTIONS"].get("timeout", 5) * 1_000)
    try:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 0")
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")
